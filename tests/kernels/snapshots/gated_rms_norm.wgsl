// gatedRmsNorm 3 7 8 8 0 0.00001 21 0 0 0 26 5 0 0 21 0 0 0 21 0 0 0
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
@group(0) @binding(4) var<storage, read_write> inverse: array<f32>;
struct Params { rows: u32 }
@group(0) @binding(5) var<uniform> params: Params;
var<workgroup> scratchF32: array<f32, 64>;
fn sumF32(value: f32, local: u32) -> f32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchF32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchF32[local] = scratchF32[local] + scratchF32[local + half]; }
    workgroupBarrier();
  }
  return scratchF32[local - inTeam];
}
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
fn sigmoid(x: vec4f) -> vec4f { return 1.0 / (1.0 + exp(-x)); }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let inTeam = local % 8u;
  let wanted = (group.y * 32768u + group.x) * 8u + local / 8u;
  let live = wanted < params.rows * 3u;
  let unit = min(wanted, params.rows * 3u - 1u);
  let row = unit / 3u;
  let first = unit % 3u * 7u;
  let i0 = inTeam * 4u + 0u;
  var squares = vec4f();
  let z0 = vec4f(select(0.0, z[5u + row * 26u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, z[5u + row * 26u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, z[5u + row * 26u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, z[5u + row * 26u + first + i0 + 3u], i0 + 3u < 7u)); let v0 = vec4f(select(0.0, x[0u + row * 21u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, x[0u + row * 21u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, x[0u + row * 21u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, x[0u + row * 21u + first + i0 + 3u], i0 + 3u < 7u)) * z0 * sigmoid(z0); squares = fma(v0, v0, squares);
  let r = inverseSqrt(fma(sumF32(total(squares), local), 0.14285714285714285, 0.00001));
  if (live && inTeam == 0u) { inverse[unit] = r; }
   if (live) { if (i0 + 0u < 7u) { result[0u + row * 21u + first + i0 + 0u] = (v0 * r * vec4f(select(0.0, weight[0u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, weight[0u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, weight[0u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, weight[0u + first + i0 + 3u], i0 + 3u < 7u))).x; }
if (i0 + 1u < 7u) { result[0u + row * 21u + first + i0 + 1u] = (v0 * r * vec4f(select(0.0, weight[0u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, weight[0u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, weight[0u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, weight[0u + first + i0 + 3u], i0 + 3u < 7u))).y; }
if (i0 + 2u < 7u) { result[0u + row * 21u + first + i0 + 2u] = (v0 * r * vec4f(select(0.0, weight[0u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, weight[0u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, weight[0u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, weight[0u + first + i0 + 3u], i0 + 3u < 7u))).z; }
if (i0 + 3u < 7u) { result[0u + row * 21u + first + i0 + 3u] = (v0 * r * vec4f(select(0.0, weight[0u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, weight[0u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, weight[0u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, weight[0u + first + i0 + 3u], i0 + 3u < 7u))).w; } }
}

// gatedRmsNormBackward 3 7 8 8 0 0.00001 21 0 0 0 26 5 0 0 21 0 0 0 21 0 0 0 26 5 0 0 21 0 0 0 21 0 0 0
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> dOut: array<f32>;
@group(0) @binding(4) var<storage, read> inverse: array<f32>;
@group(0) @binding(5) var<storage, read_write> dx: array<f32>;
@group(0) @binding(6) var<storage, read_write> dz: array<f32>;
@group(0) @binding(7) var<storage, read_write> terms: array<f32>;
struct Params { rows: u32 }
@group(0) @binding(8) var<uniform> params: Params;
var<workgroup> scratchF32: array<f32, 64>;
fn sumF32(value: f32, local: u32) -> f32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchF32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchF32[local] = scratchF32[local] + scratchF32[local + half]; }
    workgroupBarrier();
  }
  return scratchF32[local - inTeam];
}
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
fn sigmoid(x: vec4f) -> vec4f { return 1.0 / (1.0 + exp(-x)); }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let inTeam = local % 8u;
  let wanted = (group.y * 32768u + group.x) * 8u + local / 8u;
  let live = wanted < params.rows * 3u;
  let unit = min(wanted, params.rows * 3u - 1u);
  let row = unit / 3u;
  let first = unit % 3u * 7u;
  let i0 = inTeam * 4u + 0u;
  let r = inverse[unit];
  var products = vec4f();
  let z0 = vec4f(select(0.0, z[5u + row * 26u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, z[5u + row * 26u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, z[5u + row * 26u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, z[5u + row * 26u + first + i0 + 3u], i0 + 3u < 7u)); let x0 = vec4f(select(0.0, x[0u + row * 21u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, x[0u + row * 21u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, x[0u + row * 21u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, x[0u + row * 21u + first + i0 + 3u], i0 + 3u < 7u)); let s0 = sigmoid(z0);
let v0 = x0 * z0 * s0; let d0 = vec4f(select(0.0, dOut[0u + row * 21u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, dOut[0u + row * 21u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, dOut[0u + row * 21u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, dOut[0u + row * 21u + first + i0 + 3u], i0 + 3u < 7u));
let g0 = d0 * vec4f(select(0.0, weight[0u + first + i0 + 0u], i0 + 0u < 7u), select(0.0, weight[0u + first + i0 + 1u], i0 + 1u < 7u), select(0.0, weight[0u + first + i0 + 2u], i0 + 2u < 7u), select(0.0, weight[0u + first + i0 + 3u], i0 + 3u < 7u)); products = fma(g0, v0, products);
  let k = r * r * sumF32(total(products), local) * 0.14285714285714285;
  { 
let dv = r * (g0 - v0 * k);
if (live) { if (i0 + 0u < 7u) { dx[0u + row * 21u + first + i0 + 0u] = ((dv * z0 * s0)).x; }
if (i0 + 1u < 7u) { dx[0u + row * 21u + first + i0 + 1u] = ((dv * z0 * s0)).y; }
if (i0 + 2u < 7u) { dx[0u + row * 21u + first + i0 + 2u] = ((dv * z0 * s0)).z; }
if (i0 + 3u < 7u) { dx[0u + row * 21u + first + i0 + 3u] = ((dv * z0 * s0)).w; } }
if (live) { if (i0 + 0u < 7u) { dz[5u + row * 26u + first + i0 + 0u] = ((dv * x0 * s0 * fma(z0, 1.0 - s0, vec4f(1.0)))).x; }
if (i0 + 1u < 7u) { dz[5u + row * 26u + first + i0 + 1u] = ((dv * x0 * s0 * fma(z0, 1.0 - s0, vec4f(1.0)))).y; }
if (i0 + 2u < 7u) { dz[5u + row * 26u + first + i0 + 2u] = ((dv * x0 * s0 * fma(z0, 1.0 - s0, vec4f(1.0)))).z; }
if (i0 + 3u < 7u) { dz[5u + row * 26u + first + i0 + 3u] = ((dv * x0 * s0 * fma(z0, 1.0 - s0, vec4f(1.0)))).w; } }
if (live) { if (i0 + 0u < 7u) { terms[0u + row * 21u + first + i0 + 0u] = ((d0 * v0 * r)).x; }
if (i0 + 1u < 7u) { terms[0u + row * 21u + first + i0 + 1u] = ((d0 * v0 * r)).y; }
if (i0 + 2u < 7u) { terms[0u + row * 21u + first + i0 + 2u] = ((d0 * v0 * r)).z; }
if (i0 + 3u < 7u) { terms[0u + row * 21u + first + i0 + 3u] = ((d0 * v0 * r)).w; } } }
}

// reduce 1 0
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
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
  let width = rowB.z / 1u;
  let row = i / width;
  if (row >= rowB.w) { return; }
  let column = (i - row * width) * 1u;
  let count = rowA.w >> 1u;
  let start = rowA.x + row * rowA.y + column;
  var sum0 = 0.0;
var sum1 = 0.0;
var sum2 = 0.0;
var sum3 = 0.0;
  var p = 0u;
  for (; p + 4u <= count; p += 4u) {
    sum0 += partials[start + (p + 0u) * rowA.z];
sum1 += partials[start + (p + 1u) * rowA.z];
sum2 += partials[start + (p + 2u) * rowA.z];
sum3 += partials[start + (p + 3u) * rowA.z];
  }
  for (; p < count; p++) { sum0 += partials[start + (p) * rowA.z]; }
  let at = rowB.x + row * rowB.y + column;
  var sum = (sum0 + sum1) + (sum2 + sum3);
  if ((rowA.w & 1u) == 1u) { sum = target_[at] + sum; }
  target_[at] = sum;
}

// sumRows 21 -1 21,0,0
@group(0) @binding(0) var<storage, read> factor0: array<f32>;
@group(0) @binding(1) var<storage, read_write> partials: array<f32>;
struct Params { rows: u32, span: u32, threads: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = group.x * 64u + local;
  if (i >= params.threads) { return; }
  let column = (i % 6u) * 4u;
  let piece = i / 6u;
  let end = min((piece + 1u) * params.span, params.rows);
  var sum = vec4f();
  for (var row = piece * params.span; row < end; row++) {
    sum += vec4f(select(0.0, factor0[(0u + row * 21u + column) + 0u], column + 0u < 21u), select(0.0, factor0[(0u + row * 21u + column) + 1u], column + 1u < 21u), select(0.0, factor0[(0u + row * 21u + column) + 2u], column + 2u < 21u), select(0.0, factor0[(0u + row * 21u + column) + 3u], column + 3u < 21u));
  }
  if (column + 0u < 21u) { partials[(piece * 21u + column) + 0u] = (sum).x; }
if (column + 1u < 21u) { partials[(piece * 21u + column) + 1u] = (sum).y; }
if (column + 2u < 21u) { partials[(piece * 21u + column) + 2u] = (sum).z; }
if (column + 3u < 21u) { partials[(piece * 21u + column) + 3u] = (sum).w; }
}
