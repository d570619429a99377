// matmul 8 1 4 8 0 1 1 0 0 1 0 0 1 0 0 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let depth = params.depth;
  let tileLane = local % 8u;
  let row0 = (group.y * 4u + local / 8u) * 8u;
  let column0 = ((group.x * 1u + 0u) * 8u + tileLane) * 4u;
let panel0 = params.bOffset + min(column0, params.columns - 4u);
  let bStride = params.bStride;
  let rowA0 = params.aOffset + min(row0 + 0u, params.rows - 1u) * params.aStride;
let rowA1 = params.aOffset + min(row0 + 1u, params.rows - 1u) * params.aStride;
let rowA2 = params.aOffset + min(row0 + 2u, params.rows - 1u) * params.aStride;
let rowA3 = params.aOffset + min(row0 + 3u, params.rows - 1u) * params.aStride;
let rowA4 = params.aOffset + min(row0 + 4u, params.rows - 1u) * params.aStride;
let rowA5 = params.aOffset + min(row0 + 5u, params.rows - 1u) * params.aStride;
let rowA6 = params.aOffset + min(row0 + 6u, params.rows - 1u) * params.aStride;
let rowA7 = params.aOffset + min(row0 + 7u, params.rows - 1u) * params.aStride;
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var k = 0u; k < depth; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0_0 = b[(panel0 + (k + 0u) * bStride) >> 2u];
let b1_0 = b[(panel0 + (k + 1u) * bStride) >> 2u];
let b2_0 = b[(panel0 + (k + 2u) * bStride) >> 2u];
let b3_0 = b[(panel0 + (k + 3u) * bStride) >> 2u];
acc0_0 = fma(vec4f(a0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a0.y), b1_0, acc0_0);
acc0_0 = fma(vec4f(a0.z), b2_0, acc0_0);
acc0_0 = fma(vec4f(a0.w), b3_0, acc0_0);
acc1_0 = fma(vec4f(a1.x), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a1.z), b2_0, acc1_0);
acc1_0 = fma(vec4f(a1.w), b3_0, acc1_0);
acc2_0 = fma(vec4f(a2.x), b0_0, acc2_0);
acc2_0 = fma(vec4f(a2.y), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a2.w), b3_0, acc2_0);
acc3_0 = fma(vec4f(a3.x), b0_0, acc3_0);
acc3_0 = fma(vec4f(a3.y), b1_0, acc3_0);
acc3_0 = fma(vec4f(a3.z), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a4.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a4.y), b1_0, acc4_0);
acc4_0 = fma(vec4f(a4.z), b2_0, acc4_0);
acc4_0 = fma(vec4f(a4.w), b3_0, acc4_0);
acc5_0 = fma(vec4f(a5.x), b0_0, acc5_0);
acc5_0 = fma(vec4f(a5.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a5.z), b2_0, acc5_0);
acc5_0 = fma(vec4f(a5.w), b3_0, acc5_0);
acc6_0 = fma(vec4f(a6.x), b0_0, acc6_0);
acc6_0 = fma(vec4f(a6.y), b1_0, acc6_0);
acc6_0 = fma(vec4f(a6.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a6.w), b3_0, acc6_0);
acc7_0 = fma(vec4f(a7.x), b0_0, acc7_0);
acc7_0 = fma(vec4f(a7.y), b1_0, acc7_0);
acc7_0 = fma(vec4f(a7.z), b2_0, acc7_0);
acc7_0 = fma(vec4f(a7.w), b3_0, acc7_0);
  }
if ((row0 + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 0u) * params.cStride + column0)) >> 2u] = acc0_0; } }
if ((row0 + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 1u) * params.cStride + column0)) >> 2u] = acc1_0; } }
if ((row0 + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 2u) * params.cStride + column0)) >> 2u] = acc2_0; } }
if ((row0 + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 3u) * params.cStride + column0)) >> 2u] = acc3_0; } }
if ((row0 + 4u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 4u) * params.cStride + column0)) >> 2u] = acc4_0; } }
if ((row0 + 5u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 5u) * params.cStride + column0)) >> 2u] = acc5_0; } }
if ((row0 + 6u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 6u) * params.cStride + column0)) >> 2u] = acc6_0; } }
if ((row0 + 7u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 7u) * params.cStride + column0)) >> 2u] = acc7_0; } }
}

// matmul 8 1 4 8 0 1 1 0 1 1 0 0 1 1 1 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> addend: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let depth = params.depth;
  let tileLane = local % 8u;
  let row0 = (group.y * 4u + local / 8u) * 8u;
  let column0 = ((group.x * 1u + 0u) * 8u + tileLane) * 4u;
let panel0 = params.bOffset + min(group.x * 1u + 0u, (params.columns - 1u) / 32u) * depth * 32u + tileLane * 4u;
  
  let rowA0 = params.aOffset + min(row0 + 0u, params.rows - 1u) * params.aStride;
let rowA1 = params.aOffset + min(row0 + 1u, params.rows - 1u) * params.aStride;
let rowA2 = params.aOffset + min(row0 + 2u, params.rows - 1u) * params.aStride;
let rowA3 = params.aOffset + min(row0 + 3u, params.rows - 1u) * params.aStride;
let rowA4 = params.aOffset + min(row0 + 4u, params.rows - 1u) * params.aStride;
let rowA5 = params.aOffset + min(row0 + 5u, params.rows - 1u) * params.aStride;
let rowA6 = params.aOffset + min(row0 + 6u, params.rows - 1u) * params.aStride;
let rowA7 = params.aOffset + min(row0 + 7u, params.rows - 1u) * params.aStride;
  var acc0_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc1_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc2_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc3_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc4_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc5_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc6_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
var acc7_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  for (var k = 0u; k < depth; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0_0 = b[(panel0 + (k + 0u) * 32u) >> 2u];
let b1_0 = b[(panel0 + (k + 1u) * 32u) >> 2u];
let b2_0 = b[(panel0 + (k + 2u) * 32u) >> 2u];
let b3_0 = b[(panel0 + (k + 3u) * 32u) >> 2u];
acc0_0 = fma(vec4f(a0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a0.y), b1_0, acc0_0);
acc0_0 = fma(vec4f(a0.z), b2_0, acc0_0);
acc0_0 = fma(vec4f(a0.w), b3_0, acc0_0);
acc1_0 = fma(vec4f(a1.x), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a1.z), b2_0, acc1_0);
acc1_0 = fma(vec4f(a1.w), b3_0, acc1_0);
acc2_0 = fma(vec4f(a2.x), b0_0, acc2_0);
acc2_0 = fma(vec4f(a2.y), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a2.w), b3_0, acc2_0);
acc3_0 = fma(vec4f(a3.x), b0_0, acc3_0);
acc3_0 = fma(vec4f(a3.y), b1_0, acc3_0);
acc3_0 = fma(vec4f(a3.z), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a4.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a4.y), b1_0, acc4_0);
acc4_0 = fma(vec4f(a4.z), b2_0, acc4_0);
acc4_0 = fma(vec4f(a4.w), b3_0, acc4_0);
acc5_0 = fma(vec4f(a5.x), b0_0, acc5_0);
acc5_0 = fma(vec4f(a5.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a5.z), b2_0, acc5_0);
acc5_0 = fma(vec4f(a5.w), b3_0, acc5_0);
acc6_0 = fma(vec4f(a6.x), b0_0, acc6_0);
acc6_0 = fma(vec4f(a6.y), b1_0, acc6_0);
acc6_0 = fma(vec4f(a6.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a6.w), b3_0, acc6_0);
acc7_0 = fma(vec4f(a7.x), b0_0, acc7_0);
acc7_0 = fma(vec4f(a7.y), b1_0, acc7_0);
acc7_0 = fma(vec4f(a7.z), b2_0, acc7_0);
acc7_0 = fma(vec4f(a7.w), b3_0, acc7_0);
  }
if ((row0 + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 0u) * params.cStride + column0)) >> 2u] = acc0_0 + addend[((params.addendOffset + (row0 + 0u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 1u) * params.cStride + column0)) >> 2u] = acc1_0 + addend[((params.addendOffset + (row0 + 1u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 2u) * params.cStride + column0)) >> 2u] = acc2_0 + addend[((params.addendOffset + (row0 + 2u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 3u) * params.cStride + column0)) >> 2u] = acc3_0 + addend[((params.addendOffset + (row0 + 3u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 4u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 4u) * params.cStride + column0)) >> 2u] = acc4_0 + addend[((params.addendOffset + (row0 + 4u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 5u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 5u) * params.cStride + column0)) >> 2u] = acc5_0 + addend[((params.addendOffset + (row0 + 5u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 6u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 6u) * params.cStride + column0)) >> 2u] = acc6_0 + addend[((params.addendOffset + (row0 + 6u) * params.addendStride + column0)) >> 2u]; } }
if ((row0 + 7u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 7u) * params.cStride + column0)) >> 2u] = acc7_0 + addend[((params.addendOffset + (row0 + 7u) * params.addendStride + column0)) >> 2u]; } }
}

// matmul tiled 64 1 1 8 0 0 1 0 1 1 0 0 1 1 1 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> addend: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(5) var<uniform> params: Params;

var<workgroup> tileA: array<vec4f, 256>;
var<workgroup> tileB: array<vec4f, 256>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let tileRow = group.y * 64u;
  let tileColumn = group.x * 64u;
  let quadA = local / 8u;
  let quadB = local % 8u;
  let column0 = tileColumn + quadB * 4u;
  let column1 = column0 + 32u;
  let rowA0 = params.aOffset + min(tileRow + local / 4u * 4u + 0u, params.rows - 1u) * params.aStride;
  let rowA1 = params.aOffset + min(tileRow + local / 4u * 4u + 1u, params.rows - 1u) * params.aStride;
  let rowA2 = params.aOffset + min(tileRow + local / 4u * 4u + 2u, params.rows - 1u) * params.aStride;
  let rowA3 = params.aOffset + min(tileRow + local / 4u * 4u + 3u, params.rows - 1u) * params.aStride;
  let columnB = tileColumn + local % 16u * 4u;
  let firstB = params.bOffset + min(columnB, params.columns - 1u) / 32u * params.depth * 32u + columnB % 32u;
  var acc0_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc0_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc1_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc1_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc2_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc2_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc3_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc3_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc4_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc4_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc5_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc5_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc6_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc6_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  var acc7_0 = vec4f(select(0.0, bias[(params.biasOffset + column0) + 0u], column0 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 1u], column0 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 2u], column0 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column0) + 3u], column0 + 3u < params.columns));
  var acc7_1 = vec4f(select(0.0, bias[(params.biasOffset + column1) + 0u], column1 + 0u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 1u], column1 + 1u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 2u], column1 + 2u < params.columns), select(0.0, bias[(params.biasOffset + column1) + 3u], column1 + 3u < params.columns));
  for (var k = 0u; k < params.depth; k += 16u) {
    workgroupBarrier();
    let kA = k + local % 4u * 4u;
    let a0 = select(vec4f(), a[(rowA0 + min(kA, params.depth - 4u)) >> 2u], kA < params.depth);
    let a1 = select(vec4f(), a[(rowA1 + min(kA, params.depth - 4u)) >> 2u], kA < params.depth);
    let a2 = select(vec4f(), a[(rowA2 + min(kA, params.depth - 4u)) >> 2u], kA < params.depth);
    let a3 = select(vec4f(), a[(rowA3 + min(kA, params.depth - 4u)) >> 2u], kA < params.depth);
    tileA[(local % 4u * 4u + 0u) * 16u + local / 4u] = vec4f(a0.x, a1.x, a2.x, a3.x);
    tileA[(local % 4u * 4u + 1u) * 16u + local / 4u] = vec4f(a0.y, a1.y, a2.y, a3.y);
    tileA[(local % 4u * 4u + 2u) * 16u + local / 4u] = vec4f(a0.z, a1.z, a2.z, a3.z);
    tileA[(local % 4u * 4u + 3u) * 16u + local / 4u] = vec4f(a0.w, a1.w, a2.w, a3.w);
    tileB[local + 0u] = b[(firstB + min(k + (local / 16u + 0u), params.depth - 1u) * 32u) >> 2u];
    tileB[local + 64u] = b[(firstB + min(k + (local / 16u + 4u), params.depth - 1u) * 32u) >> 2u];
    tileB[local + 128u] = b[(firstB + min(k + (local / 16u + 8u), params.depth - 1u) * 32u) >> 2u];
    tileB[local + 192u] = b[(firstB + min(k + (local / 16u + 12u), params.depth - 1u) * 32u) >> 2u];
    workgroupBarrier();
    {
let x0 = tileA[quadA + 0u]; let y0 = tileB[quadB + 0u];
let x1 = tileA[quadA + 8u]; let y1 = tileB[quadB + 8u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 16u]; let y0 = tileB[quadB + 16u];
let x1 = tileA[quadA + 24u]; let y1 = tileB[quadB + 24u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 32u]; let y0 = tileB[quadB + 32u];
let x1 = tileA[quadA + 40u]; let y1 = tileB[quadB + 40u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 48u]; let y0 = tileB[quadB + 48u];
let x1 = tileA[quadA + 56u]; let y1 = tileB[quadB + 56u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 64u]; let y0 = tileB[quadB + 64u];
let x1 = tileA[quadA + 72u]; let y1 = tileB[quadB + 72u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 80u]; let y0 = tileB[quadB + 80u];
let x1 = tileA[quadA + 88u]; let y1 = tileB[quadB + 88u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 96u]; let y0 = tileB[quadB + 96u];
let x1 = tileA[quadA + 104u]; let y1 = tileB[quadB + 104u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 112u]; let y0 = tileB[quadB + 112u];
let x1 = tileA[quadA + 120u]; let y1 = tileB[quadB + 120u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 128u]; let y0 = tileB[quadB + 128u];
let x1 = tileA[quadA + 136u]; let y1 = tileB[quadB + 136u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 144u]; let y0 = tileB[quadB + 144u];
let x1 = tileA[quadA + 152u]; let y1 = tileB[quadB + 152u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 160u]; let y0 = tileB[quadB + 160u];
let x1 = tileA[quadA + 168u]; let y1 = tileB[quadB + 168u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 176u]; let y0 = tileB[quadB + 176u];
let x1 = tileA[quadA + 184u]; let y1 = tileB[quadB + 184u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 192u]; let y0 = tileB[quadB + 192u];
let x1 = tileA[quadA + 200u]; let y1 = tileB[quadB + 200u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 208u]; let y0 = tileB[quadB + 208u];
let x1 = tileA[quadA + 216u]; let y1 = tileB[quadB + 216u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 224u]; let y0 = tileB[quadB + 224u];
let x1 = tileA[quadA + 232u]; let y1 = tileB[quadB + 232u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 240u]; let y0 = tileB[quadB + 240u];
let x1 = tileA[quadA + 248u]; let y1 = tileB[quadB + 248u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
  }
if ((tileRow + quadA * 4u + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 0u) * params.cStride + column0)) >> 2u] = acc0_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 0u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 0u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 0u) * params.cStride + column1)) >> 2u] = acc0_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 0u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 1u) * params.cStride + column0)) >> 2u] = acc1_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 1u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 1u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 1u) * params.cStride + column1)) >> 2u] = acc1_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 1u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 2u) * params.cStride + column0)) >> 2u] = acc2_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 2u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 2u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 2u) * params.cStride + column1)) >> 2u] = acc2_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 2u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 3u) * params.cStride + column0)) >> 2u] = acc3_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 3u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 3u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 3u) * params.cStride + column1)) >> 2u] = acc3_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 3u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 32u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 32u) * params.cStride + column0)) >> 2u] = acc4_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 32u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 32u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 32u) * params.cStride + column1)) >> 2u] = acc4_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 32u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 33u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 33u) * params.cStride + column0)) >> 2u] = acc5_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 33u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 33u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 33u) * params.cStride + column1)) >> 2u] = acc5_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 33u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 34u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 34u) * params.cStride + column0)) >> 2u] = acc6_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 34u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 34u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 34u) * params.cStride + column1)) >> 2u] = acc6_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 34u) * params.addendStride + column1)) >> 2u]; } }
if ((tileRow + quadA * 4u + 35u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 35u) * params.cStride + column0)) >> 2u] = acc7_0 + addend[((params.addendOffset + (tileRow + quadA * 4u + 35u) * params.addendStride + column0)) >> 2u]; } }
if ((tileRow + quadA * 4u + 35u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 35u) * params.cStride + column1)) >> 2u] = acc7_1 + addend[((params.addendOffset + (tileRow + quadA * 4u + 35u) * params.addendStride + column1)) >> 2u]; } }
}

// matmul tiled 64 1 1 8 0 1 1 0 0 1 0 0 1 0 0 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(3) var<uniform> params: Params;

var<workgroup> tileA: array<vec4f, 256>;
var<workgroup> tileB: array<vec4f, 256>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let tileRow = group.y * 64u;
  let tileColumn = group.x * 64u;
  let quadA = local / 8u;
  let quadB = local % 8u;
  let column0 = tileColumn + quadB * 4u;
  let column1 = column0 + 32u;
  let rowA0 = params.aOffset + min(tileRow + local / 4u * 4u + 0u, params.rows - 1u) * params.aStride;
  let rowA1 = params.aOffset + min(tileRow + local / 4u * 4u + 1u, params.rows - 1u) * params.aStride;
  let rowA2 = params.aOffset + min(tileRow + local / 4u * 4u + 2u, params.rows - 1u) * params.aStride;
  let rowA3 = params.aOffset + min(tileRow + local / 4u * 4u + 3u, params.rows - 1u) * params.aStride;
  let columnB = tileColumn + local % 16u * 4u;
  let firstB = params.bOffset;
  var acc0_0 = vec4f();
  var acc0_1 = vec4f();
  var acc1_0 = vec4f();
  var acc1_1 = vec4f();
  var acc2_0 = vec4f();
  var acc2_1 = vec4f();
  var acc3_0 = vec4f();
  var acc3_1 = vec4f();
  var acc4_0 = vec4f();
  var acc4_1 = vec4f();
  var acc5_0 = vec4f();
  var acc5_1 = vec4f();
  var acc6_0 = vec4f();
  var acc6_1 = vec4f();
  var acc7_0 = vec4f();
  var acc7_1 = vec4f();
  for (var k = 0u; k < params.depth; k += 16u) {
    workgroupBarrier();
    let kA = k + local % 4u * 4u;
    let a0 = a[(rowA0 + kA) >> 2u];
    let a1 = a[(rowA1 + kA) >> 2u];
    let a2 = a[(rowA2 + kA) >> 2u];
    let a3 = a[(rowA3 + kA) >> 2u];
    tileA[(local % 4u * 4u + 0u) * 16u + local / 4u] = vec4f(a0.x, a1.x, a2.x, a3.x);
    tileA[(local % 4u * 4u + 1u) * 16u + local / 4u] = vec4f(a0.y, a1.y, a2.y, a3.y);
    tileA[(local % 4u * 4u + 2u) * 16u + local / 4u] = vec4f(a0.z, a1.z, a2.z, a3.z);
    tileA[(local % 4u * 4u + 3u) * 16u + local / 4u] = vec4f(a0.w, a1.w, a2.w, a3.w);
    tileB[local + 0u] = b[((firstB + min(k + (local / 16u + 0u), params.depth - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    tileB[local + 64u] = b[((firstB + min(k + (local / 16u + 4u), params.depth - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    tileB[local + 128u] = b[((firstB + min(k + (local / 16u + 8u), params.depth - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    tileB[local + 192u] = b[((firstB + min(k + (local / 16u + 12u), params.depth - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    workgroupBarrier();
    {
let x0 = tileA[quadA + 0u]; let y0 = tileB[quadB + 0u];
let x1 = tileA[quadA + 8u]; let y1 = tileB[quadB + 8u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 16u]; let y0 = tileB[quadB + 16u];
let x1 = tileA[quadA + 24u]; let y1 = tileB[quadB + 24u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 32u]; let y0 = tileB[quadB + 32u];
let x1 = tileA[quadA + 40u]; let y1 = tileB[quadB + 40u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 48u]; let y0 = tileB[quadB + 48u];
let x1 = tileA[quadA + 56u]; let y1 = tileB[quadB + 56u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 64u]; let y0 = tileB[quadB + 64u];
let x1 = tileA[quadA + 72u]; let y1 = tileB[quadB + 72u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 80u]; let y0 = tileB[quadB + 80u];
let x1 = tileA[quadA + 88u]; let y1 = tileB[quadB + 88u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 96u]; let y0 = tileB[quadB + 96u];
let x1 = tileA[quadA + 104u]; let y1 = tileB[quadB + 104u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 112u]; let y0 = tileB[quadB + 112u];
let x1 = tileA[quadA + 120u]; let y1 = tileB[quadB + 120u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 128u]; let y0 = tileB[quadB + 128u];
let x1 = tileA[quadA + 136u]; let y1 = tileB[quadB + 136u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 144u]; let y0 = tileB[quadB + 144u];
let x1 = tileA[quadA + 152u]; let y1 = tileB[quadB + 152u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 160u]; let y0 = tileB[quadB + 160u];
let x1 = tileA[quadA + 168u]; let y1 = tileB[quadB + 168u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 176u]; let y0 = tileB[quadB + 176u];
let x1 = tileA[quadA + 184u]; let y1 = tileB[quadB + 184u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 192u]; let y0 = tileB[quadB + 192u];
let x1 = tileA[quadA + 200u]; let y1 = tileB[quadB + 200u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 208u]; let y0 = tileB[quadB + 208u];
let x1 = tileA[quadA + 216u]; let y1 = tileB[quadB + 216u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 224u]; let y0 = tileB[quadB + 224u];
let x1 = tileA[quadA + 232u]; let y1 = tileB[quadB + 232u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 240u]; let y0 = tileB[quadB + 240u];
let x1 = tileA[quadA + 248u]; let y1 = tileB[quadB + 248u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
  }
if ((tileRow + quadA * 4u + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 0u) * params.cStride + column0)) >> 2u] = acc0_0; } }
if ((tileRow + quadA * 4u + 0u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 0u) * params.cStride + column1)) >> 2u] = acc0_1; } }
if ((tileRow + quadA * 4u + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 1u) * params.cStride + column0)) >> 2u] = acc1_0; } }
if ((tileRow + quadA * 4u + 1u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 1u) * params.cStride + column1)) >> 2u] = acc1_1; } }
if ((tileRow + quadA * 4u + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 2u) * params.cStride + column0)) >> 2u] = acc2_0; } }
if ((tileRow + quadA * 4u + 2u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 2u) * params.cStride + column1)) >> 2u] = acc2_1; } }
if ((tileRow + quadA * 4u + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 3u) * params.cStride + column0)) >> 2u] = acc3_0; } }
if ((tileRow + quadA * 4u + 3u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 3u) * params.cStride + column1)) >> 2u] = acc3_1; } }
if ((tileRow + quadA * 4u + 32u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 32u) * params.cStride + column0)) >> 2u] = acc4_0; } }
if ((tileRow + quadA * 4u + 32u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 32u) * params.cStride + column1)) >> 2u] = acc4_1; } }
if ((tileRow + quadA * 4u + 33u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 33u) * params.cStride + column0)) >> 2u] = acc5_0; } }
if ((tileRow + quadA * 4u + 33u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 33u) * params.cStride + column1)) >> 2u] = acc5_1; } }
if ((tileRow + quadA * 4u + 34u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 34u) * params.cStride + column0)) >> 2u] = acc6_0; } }
if ((tileRow + quadA * 4u + 34u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 34u) * params.cStride + column1)) >> 2u] = acc6_1; } }
if ((tileRow + quadA * 4u + 35u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 35u) * params.cStride + column0)) >> 2u] = acc7_0; } }
if ((tileRow + quadA * 4u + 35u) < params.rows) { if (column1 < params.columns) { c[((params.cOffset + (tileRow + quadA * 4u + 35u) * params.cStride + column1)) >> 2u] = acc7_1; } }
}

// matmulTransposeA 8 1 4 0 0 8 0 1 1 0 0 0 1
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, span: u32, resultRows: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, first: u32, continues: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let column0 = ((group.x * 1u + 0u) * 8u + local) * 4u;
  let row0 = group.y * 8u;
  let resultRows = params.resultRows;
  let columns = params.columns;
  let aStride = params.aStride;
  let aOffset = params.aOffset;
  let bStride = params.bStride;
  let bOffset = params.bOffset;
  let end = min((group.z + 1u) * params.span, params.rows);
  
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var m = group.z * params.span; m < end; m += 4u) {

let b0_0 = b[((bOffset + (m + 0u) * bStride + min(column0, columns - 4u))) >> 2u];
let b1_0 = b[((bOffset + min(m + 1u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let b2_0 = b[((bOffset + min(m + 2u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let b3_0 = b[((bOffset + min(m + 3u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let a0_0 = a[((aOffset + (m + 0u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u];
let a0_1 = a[((aOffset + (m + 0u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u];
let a1_0 = select(vec4f(), a[((aOffset + min(m + 1u, end - 1u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u], m + 1u < end);
let a1_1 = select(vec4f(), a[((aOffset + min(m + 1u, end - 1u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u], m + 1u < end);
let a2_0 = select(vec4f(), a[((aOffset + min(m + 2u, end - 1u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u], m + 2u < end);
let a2_1 = select(vec4f(), a[((aOffset + min(m + 2u, end - 1u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u], m + 2u < end);
let a3_0 = select(vec4f(), a[((aOffset + min(m + 3u, end - 1u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u], m + 3u < end);
let a3_1 = select(vec4f(), a[((aOffset + min(m + 3u, end - 1u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u], m + 3u < end);
acc0_0 = fma(vec4f(a0_0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a1_0.x), b1_0, acc0_0);
acc0_0 = fma(vec4f(a2_0.x), b2_0, acc0_0);
acc0_0 = fma(vec4f(a3_0.x), b3_0, acc0_0);
acc1_0 = fma(vec4f(a0_0.y), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1_0.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a2_0.y), b2_0, acc1_0);
acc1_0 = fma(vec4f(a3_0.y), b3_0, acc1_0);
acc2_0 = fma(vec4f(a0_0.z), b0_0, acc2_0);
acc2_0 = fma(vec4f(a1_0.z), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2_0.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a3_0.z), b3_0, acc2_0);
acc3_0 = fma(vec4f(a0_0.w), b0_0, acc3_0);
acc3_0 = fma(vec4f(a1_0.w), b1_0, acc3_0);
acc3_0 = fma(vec4f(a2_0.w), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3_0.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a0_1.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a1_1.x), b1_0, acc4_0);
acc4_0 = fma(vec4f(a2_1.x), b2_0, acc4_0);
acc4_0 = fma(vec4f(a3_1.x), b3_0, acc4_0);
acc5_0 = fma(vec4f(a0_1.y), b0_0, acc5_0);
acc5_0 = fma(vec4f(a1_1.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a2_1.y), b2_0, acc5_0);
acc5_0 = fma(vec4f(a3_1.y), b3_0, acc5_0);
acc6_0 = fma(vec4f(a0_1.z), b0_0, acc6_0);
acc6_0 = fma(vec4f(a1_1.z), b1_0, acc6_0);
acc6_0 = fma(vec4f(a2_1.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a3_1.z), b3_0, acc6_0);
acc7_0 = fma(vec4f(a0_1.w), b0_0, acc7_0);
acc7_0 = fma(vec4f(a1_1.w), b1_0, acc7_0);
acc7_0 = fma(vec4f(a2_1.w), b2_0, acc7_0);
acc7_0 = fma(vec4f(a3_1.w), b3_0, acc7_0);
  }
  
if (row0 + 0u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 0u) * columns + column0)) >> 2u] = acc0_0; } }
if (row0 + 1u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 1u) * columns + column0)) >> 2u] = acc1_0; } }
if (row0 + 2u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 2u) * columns + column0)) >> 2u] = acc2_0; } }
if (row0 + 3u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 3u) * columns + column0)) >> 2u] = acc3_0; } }
if (row0 + 4u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 4u) * columns + column0)) >> 2u] = acc4_0; } }
if (row0 + 5u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 5u) * columns + column0)) >> 2u] = acc5_0; } }
if (row0 + 6u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 6u) * columns + column0)) >> 2u] = acc6_0; } }
if (row0 + 7u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 7u) * columns + column0)) >> 2u] = acc7_0; } }
}

// matmulTransposeA tiled 64 1 4 1 0 8 0 1 1 0 0 0 1
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, span: u32, resultRows: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, first: u32, continues: u32 }
@group(0) @binding(3) var<uniform> params: Params;

var<workgroup> tileA: array<vec4f, 256>;
var<workgroup> tileB: array<vec4f, 256>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let tileRow = group.y * 64u;
  let tileColumn = group.x * 64u;
  let quadA = local / 8u;
  let quadB = local % 8u;
  let column0 = tileColumn + quadB * 4u;
  let column1 = column0 + 32u;
  let columnA = tileRow + local % 16u * 4u;
  let columnB = tileColumn + local % 16u * 4u;
  let end = min((group.z + 1u) * params.span, params.rows);
  var acc0_0 = vec4f();
  var acc0_1 = vec4f();
  var acc1_0 = vec4f();
  var acc1_1 = vec4f();
  var acc2_0 = vec4f();
  var acc2_1 = vec4f();
  var acc3_0 = vec4f();
  var acc3_1 = vec4f();
  var acc4_0 = vec4f();
  var acc4_1 = vec4f();
  var acc5_0 = vec4f();
  var acc5_1 = vec4f();
  var acc6_0 = vec4f();
  var acc6_1 = vec4f();
  var acc7_0 = vec4f();
  var acc7_1 = vec4f();
  for (var k = group.z * params.span; k < end; k += 16u) {
    workgroupBarrier();
    tileA[local + 0u] = select(vec4f(), a[((params.aOffset + min(k + (local / 16u + 0u), end - 1u) * params.aStride + min(columnA, params.resultRows - 4u))) >> 2u], k + (local / 16u + 0u) < end);
    tileB[local + 0u] = b[((params.bOffset + min(k + (local / 16u + 0u), end - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    tileA[local + 64u] = select(vec4f(), a[((params.aOffset + min(k + (local / 16u + 4u), end - 1u) * params.aStride + min(columnA, params.resultRows - 4u))) >> 2u], k + (local / 16u + 4u) < end);
    tileB[local + 64u] = b[((params.bOffset + min(k + (local / 16u + 4u), end - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    tileA[local + 128u] = select(vec4f(), a[((params.aOffset + min(k + (local / 16u + 8u), end - 1u) * params.aStride + min(columnA, params.resultRows - 4u))) >> 2u], k + (local / 16u + 8u) < end);
    tileB[local + 128u] = b[((params.bOffset + min(k + (local / 16u + 8u), end - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    tileA[local + 192u] = select(vec4f(), a[((params.aOffset + min(k + (local / 16u + 12u), end - 1u) * params.aStride + min(columnA, params.resultRows - 4u))) >> 2u], k + (local / 16u + 12u) < end);
    tileB[local + 192u] = b[((params.bOffset + min(k + (local / 16u + 12u), end - 1u) * params.bStride + min(columnB, params.columns - 4u))) >> 2u];
    workgroupBarrier();
    {
let x0 = tileA[quadA + 0u]; let y0 = tileB[quadB + 0u];
let x1 = tileA[quadA + 8u]; let y1 = tileB[quadB + 8u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 16u]; let y0 = tileB[quadB + 16u];
let x1 = tileA[quadA + 24u]; let y1 = tileB[quadB + 24u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 32u]; let y0 = tileB[quadB + 32u];
let x1 = tileA[quadA + 40u]; let y1 = tileB[quadB + 40u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 48u]; let y0 = tileB[quadB + 48u];
let x1 = tileA[quadA + 56u]; let y1 = tileB[quadB + 56u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 64u]; let y0 = tileB[quadB + 64u];
let x1 = tileA[quadA + 72u]; let y1 = tileB[quadB + 72u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 80u]; let y0 = tileB[quadB + 80u];
let x1 = tileA[quadA + 88u]; let y1 = tileB[quadB + 88u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 96u]; let y0 = tileB[quadB + 96u];
let x1 = tileA[quadA + 104u]; let y1 = tileB[quadB + 104u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 112u]; let y0 = tileB[quadB + 112u];
let x1 = tileA[quadA + 120u]; let y1 = tileB[quadB + 120u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 128u]; let y0 = tileB[quadB + 128u];
let x1 = tileA[quadA + 136u]; let y1 = tileB[quadB + 136u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 144u]; let y0 = tileB[quadB + 144u];
let x1 = tileA[quadA + 152u]; let y1 = tileB[quadB + 152u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 160u]; let y0 = tileB[quadB + 160u];
let x1 = tileA[quadA + 168u]; let y1 = tileB[quadB + 168u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 176u]; let y0 = tileB[quadB + 176u];
let x1 = tileA[quadA + 184u]; let y1 = tileB[quadB + 184u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 192u]; let y0 = tileB[quadB + 192u];
let x1 = tileA[quadA + 200u]; let y1 = tileB[quadB + 200u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 208u]; let y0 = tileB[quadB + 208u];
let x1 = tileA[quadA + 216u]; let y1 = tileB[quadB + 216u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 224u]; let y0 = tileB[quadB + 224u];
let x1 = tileA[quadA + 232u]; let y1 = tileB[quadB + 232u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
    {
let x0 = tileA[quadA + 240u]; let y0 = tileB[quadB + 240u];
let x1 = tileA[quadA + 248u]; let y1 = tileB[quadB + 248u];
acc0_0 = fma(vec4f(x0.x), y0, acc0_0);
acc0_1 = fma(vec4f(x0.x), y1, acc0_1);
acc1_0 = fma(vec4f(x0.y), y0, acc1_0);
acc1_1 = fma(vec4f(x0.y), y1, acc1_1);
acc2_0 = fma(vec4f(x0.z), y0, acc2_0);
acc2_1 = fma(vec4f(x0.z), y1, acc2_1);
acc3_0 = fma(vec4f(x0.w), y0, acc3_0);
acc3_1 = fma(vec4f(x0.w), y1, acc3_1);
acc4_0 = fma(vec4f(x1.x), y0, acc4_0);
acc4_1 = fma(vec4f(x1.x), y1, acc4_1);
acc5_0 = fma(vec4f(x1.y), y0, acc5_0);
acc5_1 = fma(vec4f(x1.y), y1, acc5_1);
acc6_0 = fma(vec4f(x1.z), y0, acc6_0);
acc6_1 = fma(vec4f(x1.z), y1, acc6_1);
acc7_0 = fma(vec4f(x1.w), y0, acc7_0);
acc7_1 = fma(vec4f(x1.w), y1, acc7_1);
    }
  }
  if ((tileRow + quadA * 4u + 0u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 0u)) * params.columns + column0)) >> 2u] = acc0_0; } }
  if ((tileRow + quadA * 4u + 0u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 0u)) * params.columns + column1)) >> 2u] = acc0_1; } }
  if ((tileRow + quadA * 4u + 1u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 1u)) * params.columns + column0)) >> 2u] = acc1_0; } }
  if ((tileRow + quadA * 4u + 1u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 1u)) * params.columns + column1)) >> 2u] = acc1_1; } }
  if ((tileRow + quadA * 4u + 2u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 2u)) * params.columns + column0)) >> 2u] = acc2_0; } }
  if ((tileRow + quadA * 4u + 2u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 2u)) * params.columns + column1)) >> 2u] = acc2_1; } }
  if ((tileRow + quadA * 4u + 3u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 3u)) * params.columns + column0)) >> 2u] = acc3_0; } }
  if ((tileRow + quadA * 4u + 3u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 3u)) * params.columns + column1)) >> 2u] = acc3_1; } }
  if ((tileRow + quadA * 4u + 32u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 32u)) * params.columns + column0)) >> 2u] = acc4_0; } }
  if ((tileRow + quadA * 4u + 32u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 32u)) * params.columns + column1)) >> 2u] = acc4_1; } }
  if ((tileRow + quadA * 4u + 33u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 33u)) * params.columns + column0)) >> 2u] = acc5_0; } }
  if ((tileRow + quadA * 4u + 33u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 33u)) * params.columns + column1)) >> 2u] = acc5_1; } }
  if ((tileRow + quadA * 4u + 34u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 34u)) * params.columns + column0)) >> 2u] = acc6_0; } }
  if ((tileRow + quadA * 4u + 34u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 34u)) * params.columns + column1)) >> 2u] = acc6_1; } }
  if ((tileRow + quadA * 4u + 35u) < params.resultRows) { if (column0 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 35u)) * params.columns + column0)) >> 2u] = acc7_0; } }
  if ((tileRow + quadA * 4u + 35u) < params.resultRows) { if (column1 < params.columns) { c[(((group.z * params.resultRows + (tileRow + quadA * 4u + 35u)) * params.columns + column1)) >> 2u] = acc7_1; } }
}

// pack 1 32 0
@group(0) @binding(0) var<storage, read> w: array<f32>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;
struct Params { firsts: array<vec4u, 1>, rows: array<vec4u, 2> }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let workgroup = (group.y * 32768u + group.x);
  var piece = 0u;
  var first = 0u;

  let i = (workgroup - first) * 64u + local;
  let rowA = params.rows[2u * piece];
  let rowB = params.rows[2u * piece + 1u];
  if (i >= rowB.y) { return; }
  let word = i / 8u;
  let k = word % rowA.w;
  let n = word / rowA.w * 32u + i % 8u * 4u;
  let last = vec4u(rowA.z - 1u);
  let columns = n + vec4u(0u, 1u, 2u, 3u);
  let at = rowA.x + min(columns, last) * rowA.y + k;
  let values = vec4f(w[at.x], w[at.y], w[at.z], w[at.w]);
  packed[rowB.x + i] = vec4f(select(vec4f(), values, columns <= last));
}

// reduce 1 1
@group(0) @binding(0) var<storage, read> partials: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4f>;
struct Params { firsts: array<vec4u, 1>, rows: array<vec4u, 2> }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let workgroup = (group.y * 32768u + group.x);
  var piece = 0u;
  var first = 0u;

  let i = (workgroup - first) * 64u + local;
  let rowA = params.rows[2u * piece];
  let rowB = params.rows[2u * piece + 1u];
  let width = rowB.z / 4u;
  let row = i / width;
  if (row >= rowB.w) { return; }
  let column = (i - row * width) * 4u;
  let count = rowA.w >> 1u;
  let start = rowA.x + row * rowA.y + column;
  var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
  var p = 0u;
  for (; p + 4u <= count; p += 4u) {
    sum0 += partials[(start + (p + 0u) * rowA.z) >> 2u];
sum1 += partials[(start + (p + 1u) * rowA.z) >> 2u];
sum2 += partials[(start + (p + 2u) * rowA.z) >> 2u];
sum3 += partials[(start + (p + 3u) * rowA.z) >> 2u];
  }
  for (; p < count; p++) { sum0 += partials[(start + (p) * rowA.z) >> 2u]; }
  let at = (rowB.x + row * rowB.y + column) >> 2u;
  var sum = (sum0 + sum1) + (sum2 + sum3);
  if ((rowA.w & 1u) == 1u) { sum = target_[at] + sum; }
  target_[at] = sum;
}
