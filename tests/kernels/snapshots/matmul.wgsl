// pack 128 36 32 36 0
@group(0) @binding(0) var<storage, read> w: array<f32>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> params: Params;

fn at(n: u32, k: u32) -> f32 {
  return select(0.0, w[0u + min(n, 127u) * 36u + k], n < 128u);
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.size) { return; }
  let k = (i / 8u) % 36u;
  let n = (i / 288u) * 32u + (i % 8u) * 4u;
  packed[i] = vec4f(at(n, k), at(n + 1u, k), at(n + 2u, k), at(n + 3u, k));
}

// matmul 36 128 8 8 0 4 36 0 1 32 1 0 1 128 0 1 0 128 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> addend: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let tileLane = local % 8u;
  let row0 = (group.x * 4u + local / 8u) * 8u;
  let column = (group.y * 8u + tileLane) * 4u;
  let rowA0 = 0u + min(row0 + 0u, params.rows - 1u) * 36u;
let rowA1 = 0u + min(row0 + 1u, params.rows - 1u) * 36u;
let rowA2 = 0u + min(row0 + 2u, params.rows - 1u) * 36u;
let rowA3 = 0u + min(row0 + 3u, params.rows - 1u) * 36u;
let rowA4 = 0u + min(row0 + 4u, params.rows - 1u) * 36u;
let rowA5 = 0u + min(row0 + 5u, params.rows - 1u) * 36u;
let rowA6 = 0u + min(row0 + 6u, params.rows - 1u) * 36u;
let rowA7 = 0u + min(row0 + 7u, params.rows - 1u) * 36u;
  let panel = 0u + group.y * 1152u + tileLane * 4u;
  var acc0 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc1 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc2 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc3 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc4 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc5 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc6 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
var acc7 = vec4f(select(0.0, bias[(0u + column) + 0u], column + 0u < 128u), select(0.0, bias[(0u + column) + 1u], column + 1u < 128u), select(0.0, bias[(0u + column) + 2u], column + 2u < 128u), select(0.0, bias[(0u + column) + 3u], column + 3u < 128u));
  for (var k = 0u; k < 36u; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0 = b[(panel + (k + 0u) * 32u) >> 2u];
let b1 = b[(panel + (k + 1u) * 32u) >> 2u];
let b2 = b[(panel + (k + 2u) * 32u) >> 2u];
let b3 = b[(panel + (k + 3u) * 32u) >> 2u];
acc0 = fma(vec4f(a0.x), b0, acc0);
acc1 = fma(vec4f(a1.x), b0, acc1);
acc2 = fma(vec4f(a2.x), b0, acc2);
acc3 = fma(vec4f(a3.x), b0, acc3);
acc4 = fma(vec4f(a4.x), b0, acc4);
acc5 = fma(vec4f(a5.x), b0, acc5);
acc6 = fma(vec4f(a6.x), b0, acc6);
acc7 = fma(vec4f(a7.x), b0, acc7);
acc0 = fma(vec4f(a0.y), b1, acc0);
acc1 = fma(vec4f(a1.y), b1, acc1);
acc2 = fma(vec4f(a2.y), b1, acc2);
acc3 = fma(vec4f(a3.y), b1, acc3);
acc4 = fma(vec4f(a4.y), b1, acc4);
acc5 = fma(vec4f(a5.y), b1, acc5);
acc6 = fma(vec4f(a6.y), b1, acc6);
acc7 = fma(vec4f(a7.y), b1, acc7);
acc0 = fma(vec4f(a0.z), b2, acc0);
acc1 = fma(vec4f(a1.z), b2, acc1);
acc2 = fma(vec4f(a2.z), b2, acc2);
acc3 = fma(vec4f(a3.z), b2, acc3);
acc4 = fma(vec4f(a4.z), b2, acc4);
acc5 = fma(vec4f(a5.z), b2, acc5);
acc6 = fma(vec4f(a6.z), b2, acc6);
acc7 = fma(vec4f(a7.z), b2, acc7);
acc0 = fma(vec4f(a0.w), b3, acc0);
acc1 = fma(vec4f(a1.w), b3, acc1);
acc2 = fma(vec4f(a2.w), b3, acc2);
acc3 = fma(vec4f(a3.w), b3, acc3);
acc4 = fma(vec4f(a4.w), b3, acc4);
acc5 = fma(vec4f(a5.w), b3, acc5);
acc6 = fma(vec4f(a6.w), b3, acc6);
acc7 = fma(vec4f(a7.w), b3, acc7);
  }
if (row0 + 0u < params.rows) { if (column < 128u) { c[((0u + (row0 + 0u) * 128u + column)) >> 2u] = acc0 + addend[((0u + (row0 + 0u) * 128u + column)) >> 2u]; } }
if (row0 + 1u < params.rows) { if (column < 128u) { c[((0u + (row0 + 1u) * 128u + column)) >> 2u] = acc1 + addend[((0u + (row0 + 1u) * 128u + column)) >> 2u]; } }
if (row0 + 2u < params.rows) { if (column < 128u) { c[((0u + (row0 + 2u) * 128u + column)) >> 2u] = acc2 + addend[((0u + (row0 + 2u) * 128u + column)) >> 2u]; } }
if (row0 + 3u < params.rows) { if (column < 128u) { c[((0u + (row0 + 3u) * 128u + column)) >> 2u] = acc3 + addend[((0u + (row0 + 3u) * 128u + column)) >> 2u]; } }
if (row0 + 4u < params.rows) { if (column < 128u) { c[((0u + (row0 + 4u) * 128u + column)) >> 2u] = acc4 + addend[((0u + (row0 + 4u) * 128u + column)) >> 2u]; } }
if (row0 + 5u < params.rows) { if (column < 128u) { c[((0u + (row0 + 5u) * 128u + column)) >> 2u] = acc5 + addend[((0u + (row0 + 5u) * 128u + column)) >> 2u]; } }
if (row0 + 6u < params.rows) { if (column < 128u) { c[((0u + (row0 + 6u) * 128u + column)) >> 2u] = acc6 + addend[((0u + (row0 + 6u) * 128u + column)) >> 2u]; } }
if (row0 + 7u < params.rows) { if (column < 128u) { c[((0u + (row0 + 7u) * 128u + column)) >> 2u] = acc7 + addend[((0u + (row0 + 7u) * 128u + column)) >> 2u]; } }
}

// matmul 128 36 8 8 0 4 128 0 1 36 0 0 1 36 0 1 -1 -1 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let tileLane = local % 8u;
  let row0 = (group.x * 4u + local / 8u) * 8u;
  let column = (group.y * 8u + tileLane) * 4u;
  let rowA0 = 0u + min(row0 + 0u, params.rows - 1u) * 128u;
let rowA1 = 0u + min(row0 + 1u, params.rows - 1u) * 128u;
let rowA2 = 0u + min(row0 + 2u, params.rows - 1u) * 128u;
let rowA3 = 0u + min(row0 + 3u, params.rows - 1u) * 128u;
let rowA4 = 0u + min(row0 + 4u, params.rows - 1u) * 128u;
let rowA5 = 0u + min(row0 + 5u, params.rows - 1u) * 128u;
let rowA6 = 0u + min(row0 + 6u, params.rows - 1u) * 128u;
let rowA7 = 0u + min(row0 + 7u, params.rows - 1u) * 128u;
  let panel = 0u + min(column, 32u);
  var acc0 = vec4f();
var acc1 = vec4f();
var acc2 = vec4f();
var acc3 = vec4f();
var acc4 = vec4f();
var acc5 = vec4f();
var acc6 = vec4f();
var acc7 = vec4f();
  for (var k = 0u; k < 128u; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0 = b[(panel + (k + 0u) * 36u) >> 2u];
let b1 = b[(panel + (k + 1u) * 36u) >> 2u];
let b2 = b[(panel + (k + 2u) * 36u) >> 2u];
let b3 = b[(panel + (k + 3u) * 36u) >> 2u];
acc0 = fma(vec4f(a0.x), b0, acc0);
acc1 = fma(vec4f(a1.x), b0, acc1);
acc2 = fma(vec4f(a2.x), b0, acc2);
acc3 = fma(vec4f(a3.x), b0, acc3);
acc4 = fma(vec4f(a4.x), b0, acc4);
acc5 = fma(vec4f(a5.x), b0, acc5);
acc6 = fma(vec4f(a6.x), b0, acc6);
acc7 = fma(vec4f(a7.x), b0, acc7);
acc0 = fma(vec4f(a0.y), b1, acc0);
acc1 = fma(vec4f(a1.y), b1, acc1);
acc2 = fma(vec4f(a2.y), b1, acc2);
acc3 = fma(vec4f(a3.y), b1, acc3);
acc4 = fma(vec4f(a4.y), b1, acc4);
acc5 = fma(vec4f(a5.y), b1, acc5);
acc6 = fma(vec4f(a6.y), b1, acc6);
acc7 = fma(vec4f(a7.y), b1, acc7);
acc0 = fma(vec4f(a0.z), b2, acc0);
acc1 = fma(vec4f(a1.z), b2, acc1);
acc2 = fma(vec4f(a2.z), b2, acc2);
acc3 = fma(vec4f(a3.z), b2, acc3);
acc4 = fma(vec4f(a4.z), b2, acc4);
acc5 = fma(vec4f(a5.z), b2, acc5);
acc6 = fma(vec4f(a6.z), b2, acc6);
acc7 = fma(vec4f(a7.z), b2, acc7);
acc0 = fma(vec4f(a0.w), b3, acc0);
acc1 = fma(vec4f(a1.w), b3, acc1);
acc2 = fma(vec4f(a2.w), b3, acc2);
acc3 = fma(vec4f(a3.w), b3, acc3);
acc4 = fma(vec4f(a4.w), b3, acc4);
acc5 = fma(vec4f(a5.w), b3, acc5);
acc6 = fma(vec4f(a6.w), b3, acc6);
acc7 = fma(vec4f(a7.w), b3, acc7);
  }
if (row0 + 0u < params.rows) { if (column < 36u) { c[((0u + (row0 + 0u) * 36u + column)) >> 2u] = acc0; } }
if (row0 + 1u < params.rows) { if (column < 36u) { c[((0u + (row0 + 1u) * 36u + column)) >> 2u] = acc1; } }
if (row0 + 2u < params.rows) { if (column < 36u) { c[((0u + (row0 + 2u) * 36u + column)) >> 2u] = acc2; } }
if (row0 + 3u < params.rows) { if (column < 36u) { c[((0u + (row0 + 3u) * 36u + column)) >> 2u] = acc3; } }
if (row0 + 4u < params.rows) { if (column < 36u) { c[((0u + (row0 + 4u) * 36u + column)) >> 2u] = acc4; } }
if (row0 + 5u < params.rows) { if (column < 36u) { c[((0u + (row0 + 5u) * 36u + column)) >> 2u] = acc5; } }
if (row0 + 6u < params.rows) { if (column < 36u) { c[((0u + (row0 + 6u) * 36u + column)) >> 2u] = acc6; } }
if (row0 + 7u < params.rows) { if (column < 36u) { c[((0u + (row0 + 7u) * 36u + column)) >> 2u] = acc7; } }
}

// matmulTransposeA 128 36 8 8 0 128 0 1 36 0 1
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, span: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let column = (group.x * 8u + local) * 4u;
  let row0 = group.y * 8u;
  let end = min((group.z + 1u) * params.span, params.rows);
  var acc0 = vec4f();
var acc1 = vec4f();
var acc2 = vec4f();
var acc3 = vec4f();
var acc4 = vec4f();
var acc5 = vec4f();
var acc6 = vec4f();
var acc7 = vec4f();
  for (var m = group.z * params.span; m < end; m++) {
    let b0 = b[((0u + m * 36u + min(column, 32u))) >> 2u];
let a0 = a[((0u + m * 128u + min((row0 + 0u), 124u))) >> 2u];
acc0 = fma(vec4f(a0.x), b0, acc0);
acc1 = fma(vec4f(a0.y), b0, acc1);
acc2 = fma(vec4f(a0.z), b0, acc2);
acc3 = fma(vec4f(a0.w), b0, acc3);
let a1 = a[((0u + m * 128u + min((row0 + 4u), 124u))) >> 2u];
acc4 = fma(vec4f(a1.x), b0, acc4);
acc5 = fma(vec4f(a1.y), b0, acc5);
acc6 = fma(vec4f(a1.z), b0, acc6);
acc7 = fma(vec4f(a1.w), b0, acc7);
  }
if (row0 + 0u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 0u) * 36u + column)) >> 2u] = acc0; } }
if (row0 + 1u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 1u) * 36u + column)) >> 2u] = acc1; } }
if (row0 + 2u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 2u) * 36u + column)) >> 2u] = acc2; } }
if (row0 + 3u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 3u) * 36u + column)) >> 2u] = acc3; } }
if (row0 + 4u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 4u) * 36u + column)) >> 2u] = acc4; } }
if (row0 + 5u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 5u) * 36u + column)) >> 2u] = acc5; } }
if (row0 + 6u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 6u) * 36u + column)) >> 2u] = acc6; } }
if (row0 + 7u < 128u) { if (column < 36u) { c[(((group.z * 128u + row0 + 7u) * 36u + column)) >> 2u] = acc7; } }
}

// reduce 36 36 0 36 0 false
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
struct Params { size: u32, count: u32, step: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.size) { return; }
  let first = (i / 36u) * 36u + i % 36u + 0u;
  var sum0 = 0.0;
var sum1 = 0.0;
var sum2 = 0.0;
var sum3 = 0.0;
  var p = 0u;
  for (; p + 4u <= params.count; p += 4u) {
    sum0 += partials[first + (p + 0u) * params.step];
sum1 += partials[first + (p + 1u) * params.step];
sum2 += partials[first + (p + 2u) * params.step];
sum3 += partials[first + (p + 3u) * params.step];
  }
  for (; p < params.count; p++) { sum0 += partials[first + p * params.step]; }
  let at = (i / 36u) * 36u + i % 36u + 0u;
  let sum = (sum0 + sum1) + (sum2 + sum3);
  target_[at] = sum;
}
