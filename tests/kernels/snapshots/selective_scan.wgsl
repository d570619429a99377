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

// reduce 4 0
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
struct Params { firsts: array<vec4u, 1>, rows: array<vec4u, 8> }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let workgroup = (group.y * 32768u + group.x);
  var piece = 0u;
  var first = 0u;
  if (workgroup >= params.firsts[0].y) { piece = 1u; first = params.firsts[0].y; }
  if (workgroup >= params.firsts[0].z) { piece = 2u; first = params.firsts[0].z; }
  if (workgroup >= params.firsts[0].w) { piece = 3u; first = params.firsts[0].w; }
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

// selectiveScan 24 16 1 4 4 16 0 8 0 1 1 0 1 0 1 1 0 1 1 u:24/0/1 delta:24/0/1 A:16/0/1 D:24/0/1 deltaBias:24/0/1 sequenceIndex:19/0/0 B:36/4/1 C:36/20/1 z:48/24/1 out:24/0/1 lastState:16/0/1
@group(0) @binding(0) var<storage, read> u: array<f32>;
@group(0) @binding(1) var<storage, read> delta: array<f32>;
@group(0) @binding(2) var<storage, read> A: array<f32>;
@group(0) @binding(3) var<storage, read> B: array<vec4f>;
@group(0) @binding(4) var<storage, read> C: array<vec4f>;
@group(0) @binding(5) var<storage, read> D: array<f32>;
@group(0) @binding(6) var<storage, read> z: array<f32>;
@group(0) @binding(7) var<storage, read> deltaBias: array<f32>;
@group(0) @binding(8) var<storage, read> sequenceIndex: array<i32>;
@group(0) @binding(9) var<storage, read_write> result: array<f32>;
@group(0) @binding(10) var<storage, read_write> states: array<vec4f>;
@group(0) @binding(11) var<storage, read_write> last: array<f32>;
struct Params { length: u32, batch: u32, sectionBlocks: u32 }
@group(0) @binding(12) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tileLane = local % 8u;
  let chunks = (params.length + 3u) / 4u;
  let blocks = (chunks + 15u) / 16u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);
  let tile = (group.x * 1u + local / 8u) * 1u + 0u;
  let inGroup = (tile % 3u) * 8u + tileLane;
  let g = min(tile / 3u, 0u);
  let valid = inGroup < 24u && tile < 3u;
  let d = g * 24u + min(inGroup, 23u);
  let saved = (batch * 3u + min(tile, 2u)) * blocks * 32u + tileLane;
  
  let A0 = exp(vec4f(A[0u + d * 16u + 0u], A[0u + d * 16u + 1u], A[0u + d * 16u + 2u], A[0u + d * 16u + 3u])) * -1.4426950408889634;
let A1 = exp(vec4f(A[0u + d * 16u + 4u], A[0u + d * 16u + 5u], A[0u + d * 16u + 6u], A[0u + d * 16u + 7u])) * -1.4426950408889634;
let A2 = exp(vec4f(A[0u + d * 16u + 8u], A[0u + d * 16u + 9u], A[0u + d * 16u + 10u], A[0u + d * 16u + 11u])) * -1.4426950408889634;
let A3 = exp(vec4f(A[0u + d * 16u + 12u], A[0u + d * 16u + 13u], A[0u + d * 16u + 14u], A[0u + d * 16u + 15u])) * -1.4426950408889634;
let Dskip = D[0u + d];
let bias = deltaBias[0u + d];
  var h0 = vec4f(0.0, 0.0, 0.0, 0.0);
var h1 = vec4f(0.0, 0.0, 0.0, 0.0);
var h2 = vec4f(0.0, 0.0, 0.0, 0.0);
var h3 = vec4f(0.0, 0.0, 0.0, 0.0);
  for (var block = firstBlock; block < endBlock; block++) {
    if (tile < 3u) { states[saved + (block * 4u + 0u) * 8u] = h0;
states[saved + (block * 4u + 1u) * 8u] = h1;
states[saved + (block * 4u + 2u) * 8u] = h2;
states[saved + (block * 4u + 3u) * 8u] = h3; }
    let endChunk = min((block + 1u) * 16u, chunks);
  for (var chunk = block * 16u; chunk < endChunk; chunk++) {
    let t0 = chunk * 4u;
    let Bw0 = B[((4u + (batch * params.length + min(t0 + (0u / 4u), params.length - 1u)) * 36u + g * 16u + (0u % 4u) * 4u)) >> 2u];
let Bw1 = B[((4u + (batch * params.length + min(t0 + (1u / 4u), params.length - 1u)) * 36u + g * 16u + (1u % 4u) * 4u)) >> 2u];
let Bw2 = B[((4u + (batch * params.length + min(t0 + (2u / 4u), params.length - 1u)) * 36u + g * 16u + (2u % 4u) * 4u)) >> 2u];
let Bw3 = B[((4u + (batch * params.length + min(t0 + (3u / 4u), params.length - 1u)) * 36u + g * 16u + (3u % 4u) * 4u)) >> 2u];
let Bw4 = B[((4u + (batch * params.length + min(t0 + (4u / 4u), params.length - 1u)) * 36u + g * 16u + (4u % 4u) * 4u)) >> 2u];
let Bw5 = B[((4u + (batch * params.length + min(t0 + (5u / 4u), params.length - 1u)) * 36u + g * 16u + (5u % 4u) * 4u)) >> 2u];
let Bw6 = B[((4u + (batch * params.length + min(t0 + (6u / 4u), params.length - 1u)) * 36u + g * 16u + (6u % 4u) * 4u)) >> 2u];
let Bw7 = B[((4u + (batch * params.length + min(t0 + (7u / 4u), params.length - 1u)) * 36u + g * 16u + (7u % 4u) * 4u)) >> 2u];
let Bw8 = B[((4u + (batch * params.length + min(t0 + (8u / 4u), params.length - 1u)) * 36u + g * 16u + (8u % 4u) * 4u)) >> 2u];
let Bw9 = B[((4u + (batch * params.length + min(t0 + (9u / 4u), params.length - 1u)) * 36u + g * 16u + (9u % 4u) * 4u)) >> 2u];
let Bw10 = B[((4u + (batch * params.length + min(t0 + (10u / 4u), params.length - 1u)) * 36u + g * 16u + (10u % 4u) * 4u)) >> 2u];
let Bw11 = B[((4u + (batch * params.length + min(t0 + (11u / 4u), params.length - 1u)) * 36u + g * 16u + (11u % 4u) * 4u)) >> 2u];
let Bw12 = B[((4u + (batch * params.length + min(t0 + (12u / 4u), params.length - 1u)) * 36u + g * 16u + (12u % 4u) * 4u)) >> 2u];
let Bw13 = B[((4u + (batch * params.length + min(t0 + (13u / 4u), params.length - 1u)) * 36u + g * 16u + (13u % 4u) * 4u)) >> 2u];
let Bw14 = B[((4u + (batch * params.length + min(t0 + (14u / 4u), params.length - 1u)) * 36u + g * 16u + (14u % 4u) * 4u)) >> 2u];
let Bw15 = B[((4u + (batch * params.length + min(t0 + (15u / 4u), params.length - 1u)) * 36u + g * 16u + (15u % 4u) * 4u)) >> 2u];
    let Cw0 = C[((20u + (batch * params.length + min(t0 + (0u / 4u), params.length - 1u)) * 36u + g * 16u + (0u % 4u) * 4u)) >> 2u];
let Cw1 = C[((20u + (batch * params.length + min(t0 + (1u / 4u), params.length - 1u)) * 36u + g * 16u + (1u % 4u) * 4u)) >> 2u];
let Cw2 = C[((20u + (batch * params.length + min(t0 + (2u / 4u), params.length - 1u)) * 36u + g * 16u + (2u % 4u) * 4u)) >> 2u];
let Cw3 = C[((20u + (batch * params.length + min(t0 + (3u / 4u), params.length - 1u)) * 36u + g * 16u + (3u % 4u) * 4u)) >> 2u];
let Cw4 = C[((20u + (batch * params.length + min(t0 + (4u / 4u), params.length - 1u)) * 36u + g * 16u + (4u % 4u) * 4u)) >> 2u];
let Cw5 = C[((20u + (batch * params.length + min(t0 + (5u / 4u), params.length - 1u)) * 36u + g * 16u + (5u % 4u) * 4u)) >> 2u];
let Cw6 = C[((20u + (batch * params.length + min(t0 + (6u / 4u), params.length - 1u)) * 36u + g * 16u + (6u % 4u) * 4u)) >> 2u];
let Cw7 = C[((20u + (batch * params.length + min(t0 + (7u / 4u), params.length - 1u)) * 36u + g * 16u + (7u % 4u) * 4u)) >> 2u];
let Cw8 = C[((20u + (batch * params.length + min(t0 + (8u / 4u), params.length - 1u)) * 36u + g * 16u + (8u % 4u) * 4u)) >> 2u];
let Cw9 = C[((20u + (batch * params.length + min(t0 + (9u / 4u), params.length - 1u)) * 36u + g * 16u + (9u % 4u) * 4u)) >> 2u];
let Cw10 = C[((20u + (batch * params.length + min(t0 + (10u / 4u), params.length - 1u)) * 36u + g * 16u + (10u % 4u) * 4u)) >> 2u];
let Cw11 = C[((20u + (batch * params.length + min(t0 + (11u / 4u), params.length - 1u)) * 36u + g * 16u + (11u % 4u) * 4u)) >> 2u];
let Cw12 = C[((20u + (batch * params.length + min(t0 + (12u / 4u), params.length - 1u)) * 36u + g * 16u + (12u % 4u) * 4u)) >> 2u];
let Cw13 = C[((20u + (batch * params.length + min(t0 + (13u / 4u), params.length - 1u)) * 36u + g * 16u + (13u % 4u) * 4u)) >> 2u];
let Cw14 = C[((20u + (batch * params.length + min(t0 + (14u / 4u), params.length - 1u)) * 36u + g * 16u + (14u % 4u) * 4u)) >> 2u];
let Cw15 = C[((20u + (batch * params.length + min(t0 + (15u / 4u), params.length - 1u)) * 36u + g * 16u + (15u % 4u) * 4u)) >> 2u];
    
    
    { let reset0 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 0u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 0u, params.length - 1u), 1u) - 1u] && t0 + 0u < params.length);let raw0 = delta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length);let u0 = u[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)]; let du0 = dt0 * u0;let z0 = z[(24u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 48u + d)];
var y = Dskip * u0;
h0 = fma(exp2(fma(vec4f(dt0), A0, vec4f(reset0))), h0, du0 * Bw0);
let C0 = Cw0;
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(fma(vec4f(dt0), A1, vec4f(reset0))), h1, du0 * Bw1);
let C1 = Cw1;
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
h2 = fma(exp2(fma(vec4f(dt0), A2, vec4f(reset0))), h2, du0 * Bw2);
let C2 = Cw2;
y = fma(h2.x, C2.x, y);
y = fma(h2.y, C2.y, y);
y = fma(h2.z, C2.z, y);
y = fma(h2.w, C2.w, y);
h3 = fma(exp2(fma(vec4f(dt0), A3, vec4f(reset0))), h3, du0 * Bw3);
let C3 = Cw3;
y = fma(h3.x, C3.x, y);
y = fma(h3.y, C3.y, y);
y = fma(h3.z, C3.z, y);
y = fma(h3.w, C3.w, y);
if (valid && t0 + 0u < params.length) { result[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] = y * z0 * sigmoid(z0); } }
{ let reset1 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 1u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 1u, params.length - 1u), 1u) - 1u] && t0 + 1u < params.length);let raw1 = delta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length);let u1 = u[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)]; let du1 = dt1 * u1;let z1 = z[(24u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 48u + d)];
var y = Dskip * u1;
h0 = fma(exp2(fma(vec4f(dt1), A0, vec4f(reset1))), h0, du1 * Bw4);
let C0 = Cw4;
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(fma(vec4f(dt1), A1, vec4f(reset1))), h1, du1 * Bw5);
let C1 = Cw5;
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
h2 = fma(exp2(fma(vec4f(dt1), A2, vec4f(reset1))), h2, du1 * Bw6);
let C2 = Cw6;
y = fma(h2.x, C2.x, y);
y = fma(h2.y, C2.y, y);
y = fma(h2.z, C2.z, y);
y = fma(h2.w, C2.w, y);
h3 = fma(exp2(fma(vec4f(dt1), A3, vec4f(reset1))), h3, du1 * Bw7);
let C3 = Cw7;
y = fma(h3.x, C3.x, y);
y = fma(h3.y, C3.y, y);
y = fma(h3.z, C3.z, y);
y = fma(h3.w, C3.w, y);
if (valid && t0 + 1u < params.length) { result[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] = y * z1 * sigmoid(z1); } }
{ let reset2 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 2u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 2u, params.length - 1u), 1u) - 1u] && t0 + 2u < params.length);let raw2 = delta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length);let u2 = u[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)]; let du2 = dt2 * u2;let z2 = z[(24u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 48u + d)];
var y = Dskip * u2;
h0 = fma(exp2(fma(vec4f(dt2), A0, vec4f(reset2))), h0, du2 * Bw8);
let C0 = Cw8;
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(fma(vec4f(dt2), A1, vec4f(reset2))), h1, du2 * Bw9);
let C1 = Cw9;
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
h2 = fma(exp2(fma(vec4f(dt2), A2, vec4f(reset2))), h2, du2 * Bw10);
let C2 = Cw10;
y = fma(h2.x, C2.x, y);
y = fma(h2.y, C2.y, y);
y = fma(h2.z, C2.z, y);
y = fma(h2.w, C2.w, y);
h3 = fma(exp2(fma(vec4f(dt2), A3, vec4f(reset2))), h3, du2 * Bw11);
let C3 = Cw11;
y = fma(h3.x, C3.x, y);
y = fma(h3.y, C3.y, y);
y = fma(h3.z, C3.z, y);
y = fma(h3.w, C3.w, y);
if (valid && t0 + 2u < params.length) { result[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] = y * z2 * sigmoid(z2); } }
{ let reset3 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 3u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 3u, params.length - 1u), 1u) - 1u] && t0 + 3u < params.length);let raw3 = delta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length);let u3 = u[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)]; let du3 = dt3 * u3;let z3 = z[(24u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 48u + d)];
var y = Dskip * u3;
h0 = fma(exp2(fma(vec4f(dt3), A0, vec4f(reset3))), h0, du3 * Bw12);
let C0 = Cw12;
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(fma(vec4f(dt3), A1, vec4f(reset3))), h1, du3 * Bw13);
let C1 = Cw13;
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
h2 = fma(exp2(fma(vec4f(dt3), A2, vec4f(reset3))), h2, du3 * Bw14);
let C2 = Cw14;
y = fma(h2.x, C2.x, y);
y = fma(h2.y, C2.y, y);
y = fma(h2.z, C2.z, y);
y = fma(h2.w, C2.w, y);
h3 = fma(exp2(fma(vec4f(dt3), A3, vec4f(reset3))), h3, du3 * Bw15);
let C3 = Cw15;
y = fma(h3.x, C3.x, y);
y = fma(h3.y, C3.y, y);
y = fma(h3.z, C3.z, y);
y = fma(h3.w, C3.w, y);
if (valid && t0 + 3u < params.length) { result[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] = y * z3 * sigmoid(z3); } }
    
  }
  }
  if (valid && endBlock == blocks) { last[0u + (batch * 24u + d) * 16u + 0u] = h0.x;
last[0u + (batch * 24u + d) * 16u + 1u] = h0.y;
last[0u + (batch * 24u + d) * 16u + 2u] = h0.z;
last[0u + (batch * 24u + d) * 16u + 3u] = h0.w;
last[0u + (batch * 24u + d) * 16u + 4u] = h1.x;
last[0u + (batch * 24u + d) * 16u + 5u] = h1.y;
last[0u + (batch * 24u + d) * 16u + 6u] = h1.z;
last[0u + (batch * 24u + d) * 16u + 7u] = h1.w;
last[0u + (batch * 24u + d) * 16u + 8u] = h2.x;
last[0u + (batch * 24u + d) * 16u + 9u] = h2.y;
last[0u + (batch * 24u + d) * 16u + 10u] = h2.z;
last[0u + (batch * 24u + d) * 16u + 11u] = h2.w;
last[0u + (batch * 24u + d) * 16u + 12u] = h3.x;
last[0u + (batch * 24u + d) * 16u + 13u] = h3.y;
last[0u + (batch * 24u + d) * 16u + 14u] = h3.z;
last[0u + (batch * 24u + d) * 16u + 15u] = h3.w; }
}

// selectiveScan 4 8 1 8 8 8 0 8 0 1 1 0 0 0 1 0 0 1 1 u:length/0/1 delta:length/0/1 A:8/0/1 B:length/0/1 C:length/0/1 D:4/0/1 z:length/0/1 deltaBias:4/0/1 initialState:8/0/1 out:length/0/1 lastState:8/0/1
@group(0) @binding(0) var<storage, read> u: array<f32>;
@group(0) @binding(1) var<storage, read> delta: array<f32>;
@group(0) @binding(2) var<storage, read> A: array<f32>;
@group(0) @binding(3) var<storage, read> B: array<vec4f>;
@group(0) @binding(4) var<storage, read> C: array<vec4f>;
@group(0) @binding(5) var<storage, read> D: array<f32>;
@group(0) @binding(6) var<storage, read> z: array<f32>;
@group(0) @binding(7) var<storage, read> deltaBias: array<f32>;
@group(0) @binding(8) var<storage, read> initialState: array<f32>;
@group(0) @binding(9) var<storage, read_write> result: array<f32>;
@group(0) @binding(10) var<storage, read_write> states: array<vec4f>;
@group(0) @binding(11) var<storage, read_write> last: array<f32>;
struct Params { length: u32, batch: u32, sectionBlocks: u32 }
@group(0) @binding(12) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tileLane = local % 8u;
  let chunks = (params.length + 7u) / 8u;
  let blocks = (chunks + 7u) / 8u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);
  let tile = (group.x * 1u + local / 8u) * 1u + 0u;
  let inGroup = (tile % 1u) * 8u + tileLane;
  let g = min(tile / 1u, 0u);
  let valid = inGroup < 4u && tile < 1u;
  let d = g * 4u + min(inGroup, 3u);
  let saved = (batch * 1u + min(tile, 0u)) * blocks * 16u + tileLane;
  
  let A0 = vec4f(A[0u + d * 8u + 0u], A[0u + d * 8u + 1u], A[0u + d * 8u + 2u], A[0u + d * 8u + 3u]) * 1.4426950408889634;
let A1 = vec4f(A[0u + d * 8u + 4u], A[0u + d * 8u + 5u], A[0u + d * 8u + 6u], A[0u + d * 8u + 7u]) * 1.4426950408889634;
let Dskip = D[0u + d];
let bias = deltaBias[0u + d];
  var h0 = vec4f(initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 0u], initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 1u], initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 2u], initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 3u]);
var h1 = vec4f(initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 4u], initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 5u], initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 6u], initialState[0u + ((batch * sections + section) * 4u + d) * 8u + 7u]);
  for (var block = firstBlock; block < endBlock; block++) {
    if (tile < 1u) { states[saved + (block * 2u + 0u) * 8u] = h0;
states[saved + (block * 2u + 1u) * 8u] = h1; }
    let endChunk = min((block + 1u) * 8u, chunks);
  for (var chunk = block * 8u; chunk < endChunk; chunk++) {
    let t0 = chunk * 8u;
    let Bw0 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw1 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw2 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw3 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw4 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw5 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw6 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw7 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw8 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw9 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw10 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw11 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw12 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw13 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw14 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw15 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
    let Cw0 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw1 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw2 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw3 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw4 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw5 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw6 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw7 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw8 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw9 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw10 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw11 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw12 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw13 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw14 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw15 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
    
    
    { let raw0 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length);let u0 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))]; let du0 = dt0 * u0;let z0 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))];
var y = Dskip * u0;
h0 = fma(exp2(dt0 * A0), h0, du0 * vec4f(Bw0.x, Bw2.x, Bw4.x, Bw6.x));
let C0 = vec4f(Cw0.x, Cw2.x, Cw4.x, Cw6.x);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt0 * A1), h1, du0 * vec4f(Bw8.x, Bw10.x, Bw12.x, Bw14.x));
let C1 = vec4f(Cw8.x, Cw10.x, Cw12.x, Cw14.x);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 0u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] = y * z0 * sigmoid(z0); } }
{ let raw1 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length);let u1 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))]; let du1 = dt1 * u1;let z1 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))];
var y = Dskip * u1;
h0 = fma(exp2(dt1 * A0), h0, du1 * vec4f(Bw0.y, Bw2.y, Bw4.y, Bw6.y));
let C0 = vec4f(Cw0.y, Cw2.y, Cw4.y, Cw6.y);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt1 * A1), h1, du1 * vec4f(Bw8.y, Bw10.y, Bw12.y, Bw14.y));
let C1 = vec4f(Cw8.y, Cw10.y, Cw12.y, Cw14.y);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 1u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] = y * z1 * sigmoid(z1); } }
{ let raw2 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length);let u2 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))]; let du2 = dt2 * u2;let z2 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))];
var y = Dskip * u2;
h0 = fma(exp2(dt2 * A0), h0, du2 * vec4f(Bw0.z, Bw2.z, Bw4.z, Bw6.z));
let C0 = vec4f(Cw0.z, Cw2.z, Cw4.z, Cw6.z);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt2 * A1), h1, du2 * vec4f(Bw8.z, Bw10.z, Bw12.z, Bw14.z));
let C1 = vec4f(Cw8.z, Cw10.z, Cw12.z, Cw14.z);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 2u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] = y * z2 * sigmoid(z2); } }
{ let raw3 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length);let u3 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))]; let du3 = dt3 * u3;let z3 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))];
var y = Dskip * u3;
h0 = fma(exp2(dt3 * A0), h0, du3 * vec4f(Bw0.w, Bw2.w, Bw4.w, Bw6.w));
let C0 = vec4f(Cw0.w, Cw2.w, Cw4.w, Cw6.w);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt3 * A1), h1, du3 * vec4f(Bw8.w, Bw10.w, Bw12.w, Bw14.w));
let C1 = vec4f(Cw8.w, Cw10.w, Cw12.w, Cw14.w);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 3u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] = y * z3 * sigmoid(z3); } }
{ let raw4 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] + bias; let dt4 = select(0.0, softplus(raw4), t0 + 4u < params.length);let u4 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))]; let du4 = dt4 * u4;let z4 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))];
var y = Dskip * u4;
h0 = fma(exp2(dt4 * A0), h0, du4 * vec4f(Bw1.x, Bw3.x, Bw5.x, Bw7.x));
let C0 = vec4f(Cw1.x, Cw3.x, Cw5.x, Cw7.x);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt4 * A1), h1, du4 * vec4f(Bw9.x, Bw11.x, Bw13.x, Bw15.x));
let C1 = vec4f(Cw9.x, Cw11.x, Cw13.x, Cw15.x);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 4u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] = y * z4 * sigmoid(z4); } }
{ let raw5 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] + bias; let dt5 = select(0.0, softplus(raw5), t0 + 5u < params.length);let u5 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))]; let du5 = dt5 * u5;let z5 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))];
var y = Dskip * u5;
h0 = fma(exp2(dt5 * A0), h0, du5 * vec4f(Bw1.y, Bw3.y, Bw5.y, Bw7.y));
let C0 = vec4f(Cw1.y, Cw3.y, Cw5.y, Cw7.y);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt5 * A1), h1, du5 * vec4f(Bw9.y, Bw11.y, Bw13.y, Bw15.y));
let C1 = vec4f(Cw9.y, Cw11.y, Cw13.y, Cw15.y);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 5u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] = y * z5 * sigmoid(z5); } }
{ let raw6 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] + bias; let dt6 = select(0.0, softplus(raw6), t0 + 6u < params.length);let u6 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))]; let du6 = dt6 * u6;let z6 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))];
var y = Dskip * u6;
h0 = fma(exp2(dt6 * A0), h0, du6 * vec4f(Bw1.z, Bw3.z, Bw5.z, Bw7.z));
let C0 = vec4f(Cw1.z, Cw3.z, Cw5.z, Cw7.z);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt6 * A1), h1, du6 * vec4f(Bw9.z, Bw11.z, Bw13.z, Bw15.z));
let C1 = vec4f(Cw9.z, Cw11.z, Cw13.z, Cw15.z);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 6u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] = y * z6 * sigmoid(z6); } }
{ let raw7 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] + bias; let dt7 = select(0.0, softplus(raw7), t0 + 7u < params.length);let u7 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))]; let du7 = dt7 * u7;let z7 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))];
var y = Dskip * u7;
h0 = fma(exp2(dt7 * A0), h0, du7 * vec4f(Bw1.w, Bw3.w, Bw5.w, Bw7.w));
let C0 = vec4f(Cw1.w, Cw3.w, Cw5.w, Cw7.w);
y = fma(h0.x, C0.x, y);
y = fma(h0.y, C0.y, y);
y = fma(h0.z, C0.z, y);
y = fma(h0.w, C0.w, y);
h1 = fma(exp2(dt7 * A1), h1, du7 * vec4f(Bw9.w, Bw11.w, Bw13.w, Bw15.w));
let C1 = vec4f(Cw9.w, Cw11.w, Cw13.w, Cw15.w);
y = fma(h1.x, C1.x, y);
y = fma(h1.y, C1.y, y);
y = fma(h1.z, C1.z, y);
y = fma(h1.w, C1.w, y);
if (valid && t0 + 7u < params.length) { result[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] = y * z7 * sigmoid(z7); } }
    
  }
  }
  if (valid && endBlock == blocks) { last[0u + (batch * 4u + d) * 8u + 0u] = h0.x;
last[0u + (batch * 4u + d) * 8u + 1u] = h0.y;
last[0u + (batch * 4u + d) * 8u + 2u] = h0.z;
last[0u + (batch * 4u + d) * 8u + 3u] = h0.w;
last[0u + (batch * 4u + d) * 8u + 4u] = h1.x;
last[0u + (batch * 4u + d) * 8u + 5u] = h1.y;
last[0u + (batch * 4u + d) * 8u + 6u] = h1.z;
last[0u + (batch * 4u + d) * 8u + 7u] = h1.w; }
}

// selectiveScanBackward 24 16 1 4 4 16 0 8 0 1 1 0 1 0 1 1 0 0 1 u:24/0/1 delta:24/0/1 A:16/0/1 D:24/0/1 deltaBias:24/0/1 sequenceIndex:19/0/0 B:36/4/1 C:36/20/1 z:48/24/1 dOut:24/0/1 dLast:16/0/1 du:24/0/1 ddelta:24/0/1 dz:48/24/1
@group(0) @binding(0) var<storage, read> u: array<f32>;
@group(0) @binding(1) var<storage, read> delta: array<f32>;
@group(0) @binding(2) var<storage, read> A: array<f32>;
@group(0) @binding(3) var<storage, read> B: array<vec4f>;
@group(0) @binding(4) var<storage, read> C: array<vec4f>;
@group(0) @binding(5) var<storage, read> D: array<f32>;
@group(0) @binding(6) var<storage, read> z: array<f32>;
@group(0) @binding(7) var<storage, read> deltaBias: array<f32>;
@group(0) @binding(8) var<storage, read> sequenceIndex: array<i32>;
@group(0) @binding(9) var<storage, read> dOut: array<f32>;
@group(0) @binding(10) var<storage, read> states: array<vec4f>;
@group(0) @binding(11) var<storage, read> dLast: array<f32>;
@group(0) @binding(12) var<storage, read_write> du: array<f32>;
@group(0) @binding(13) var<storage, read_write> ddelta: array<f32>;
@group(0) @binding(14) var<storage, read_write> dz: array<f32>;
@group(0) @binding(15) var<storage, read_write> partialBC: array<vec4f>;
@group(0) @binding(16) var<storage, read_write> perChannel: array<f32>;
struct Params { length: u32, batch: u32, sectionBlocks: u32 }
@group(0) @binding(17) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}
var<workgroup> exchanged: array<vec4f, 256>;
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tileLane = local % 8u;
  let chunks = (params.length + 3u) / 4u;
  let blocks = (chunks + 15u) / 16u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);
  
  let tile = (group.x * 1u + local / 8u) * 1u + 0u;
  let inGroup = (tile % 3u) * 8u + tileLane;
  let g = min(tile / 3u, 0u);
  let valid = inGroup < 24u && tile < 3u;
  let d = g * 24u + min(inGroup, 23u);
  let saved = (batch * 3u + min(tile, 2u)) * blocks * 32u + tileLane;
  
  let A0 = exp(vec4f(A[0u + d * 16u + 0u], A[0u + d * 16u + 1u], A[0u + d * 16u + 2u], A[0u + d * 16u + 3u])) * -1.4426950408889634;
let A1 = exp(vec4f(A[0u + d * 16u + 4u], A[0u + d * 16u + 5u], A[0u + d * 16u + 6u], A[0u + d * 16u + 7u])) * -1.4426950408889634;
let A2 = exp(vec4f(A[0u + d * 16u + 8u], A[0u + d * 16u + 9u], A[0u + d * 16u + 10u], A[0u + d * 16u + 11u])) * -1.4426950408889634;
let A3 = exp(vec4f(A[0u + d * 16u + 12u], A[0u + d * 16u + 13u], A[0u + d * 16u + 14u], A[0u + d * 16u + 15u])) * -1.4426950408889634;
let Dskip = D[0u + d];
let bias = deltaBias[0u + d];
  var g0 = select(vec4f(), vec4f(dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 0u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 1u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 2u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 3u]), valid); var dA0 = vec4f();
var g1 = select(vec4f(), vec4f(dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 4u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 5u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 6u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 7u]), valid); var dA1 = vec4f();
var g2 = select(vec4f(), vec4f(dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 8u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 9u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 10u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 11u]), valid); var dA2 = vec4f();
var g3 = select(vec4f(), vec4f(dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 12u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 13u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 14u], dLast[0u + ((batch * sections + section) * 24u + d) * 16u + 15u]), valid); var dA3 = vec4f();
  var dD = 0.0;
  var dBias = 0.0;
  var before0: array<vec4f, 16>;
var before1: array<vec4f, 16>;
var before2: array<vec4f, 16>;
var before3: array<vec4f, 16>;
  for (var blocksLeft = endBlock; blocksLeft > firstBlock; blocksLeft--) {
    let block = blocksLeft - 1u;
    let firstChunk = block * 16u;
    let endChunk = min(firstChunk + 16u, chunks);
    {
    var h0 = states[saved + (block * 4u + 0u) * 8u]; before0[firstChunk - firstChunk] = h0;
var h1 = states[saved + (block * 4u + 1u) * 8u]; before1[firstChunk - firstChunk] = h1;
var h2 = states[saved + (block * 4u + 2u) * 8u]; before2[firstChunk - firstChunk] = h2;
var h3 = states[saved + (block * 4u + 3u) * 8u]; before3[firstChunk - firstChunk] = h3;
    for (var chunk = firstChunk; chunk + 1u < endChunk; chunk++) {
      let t0 = chunk * 4u;
      
      let Bw0 = B[((4u + (batch * params.length + min(t0 + (0u / 4u), params.length - 1u)) * 36u + g * 16u + (0u % 4u) * 4u)) >> 2u];
let Bw1 = B[((4u + (batch * params.length + min(t0 + (1u / 4u), params.length - 1u)) * 36u + g * 16u + (1u % 4u) * 4u)) >> 2u];
let Bw2 = B[((4u + (batch * params.length + min(t0 + (2u / 4u), params.length - 1u)) * 36u + g * 16u + (2u % 4u) * 4u)) >> 2u];
let Bw3 = B[((4u + (batch * params.length + min(t0 + (3u / 4u), params.length - 1u)) * 36u + g * 16u + (3u % 4u) * 4u)) >> 2u];
let Bw4 = B[((4u + (batch * params.length + min(t0 + (4u / 4u), params.length - 1u)) * 36u + g * 16u + (4u % 4u) * 4u)) >> 2u];
let Bw5 = B[((4u + (batch * params.length + min(t0 + (5u / 4u), params.length - 1u)) * 36u + g * 16u + (5u % 4u) * 4u)) >> 2u];
let Bw6 = B[((4u + (batch * params.length + min(t0 + (6u / 4u), params.length - 1u)) * 36u + g * 16u + (6u % 4u) * 4u)) >> 2u];
let Bw7 = B[((4u + (batch * params.length + min(t0 + (7u / 4u), params.length - 1u)) * 36u + g * 16u + (7u % 4u) * 4u)) >> 2u];
let Bw8 = B[((4u + (batch * params.length + min(t0 + (8u / 4u), params.length - 1u)) * 36u + g * 16u + (8u % 4u) * 4u)) >> 2u];
let Bw9 = B[((4u + (batch * params.length + min(t0 + (9u / 4u), params.length - 1u)) * 36u + g * 16u + (9u % 4u) * 4u)) >> 2u];
let Bw10 = B[((4u + (batch * params.length + min(t0 + (10u / 4u), params.length - 1u)) * 36u + g * 16u + (10u % 4u) * 4u)) >> 2u];
let Bw11 = B[((4u + (batch * params.length + min(t0 + (11u / 4u), params.length - 1u)) * 36u + g * 16u + (11u % 4u) * 4u)) >> 2u];
let Bw12 = B[((4u + (batch * params.length + min(t0 + (12u / 4u), params.length - 1u)) * 36u + g * 16u + (12u % 4u) * 4u)) >> 2u];
let Bw13 = B[((4u + (batch * params.length + min(t0 + (13u / 4u), params.length - 1u)) * 36u + g * 16u + (13u % 4u) * 4u)) >> 2u];
let Bw14 = B[((4u + (batch * params.length + min(t0 + (14u / 4u), params.length - 1u)) * 36u + g * 16u + (14u % 4u) * 4u)) >> 2u];
let Bw15 = B[((4u + (batch * params.length + min(t0 + (15u / 4u), params.length - 1u)) * 36u + g * 16u + (15u % 4u) * 4u)) >> 2u];
{ let reset0 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 0u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 0u, params.length - 1u), 1u) - 1u] && t0 + 0u < params.length);
let raw0 = delta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length); let u0 = u[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)]; let du0 = dt0 * u0;
h0 = fma(exp2(fma(vec4f(dt0), A0, vec4f(reset0))), h0, du0 * Bw0);
h1 = fma(exp2(fma(vec4f(dt0), A1, vec4f(reset0))), h1, du0 * Bw1);
h2 = fma(exp2(fma(vec4f(dt0), A2, vec4f(reset0))), h2, du0 * Bw2);
h3 = fma(exp2(fma(vec4f(dt0), A3, vec4f(reset0))), h3, du0 * Bw3); }
{ let reset1 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 1u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 1u, params.length - 1u), 1u) - 1u] && t0 + 1u < params.length);
let raw1 = delta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length); let u1 = u[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)]; let du1 = dt1 * u1;
h0 = fma(exp2(fma(vec4f(dt1), A0, vec4f(reset1))), h0, du1 * Bw4);
h1 = fma(exp2(fma(vec4f(dt1), A1, vec4f(reset1))), h1, du1 * Bw5);
h2 = fma(exp2(fma(vec4f(dt1), A2, vec4f(reset1))), h2, du1 * Bw6);
h3 = fma(exp2(fma(vec4f(dt1), A3, vec4f(reset1))), h3, du1 * Bw7); }
{ let reset2 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 2u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 2u, params.length - 1u), 1u) - 1u] && t0 + 2u < params.length);
let raw2 = delta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length); let u2 = u[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)]; let du2 = dt2 * u2;
h0 = fma(exp2(fma(vec4f(dt2), A0, vec4f(reset2))), h0, du2 * Bw8);
h1 = fma(exp2(fma(vec4f(dt2), A1, vec4f(reset2))), h1, du2 * Bw9);
h2 = fma(exp2(fma(vec4f(dt2), A2, vec4f(reset2))), h2, du2 * Bw10);
h3 = fma(exp2(fma(vec4f(dt2), A3, vec4f(reset2))), h3, du2 * Bw11); }
{ let reset3 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 3u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 3u, params.length - 1u), 1u) - 1u] && t0 + 3u < params.length);
let raw3 = delta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length); let u3 = u[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)]; let du3 = dt3 * u3;
h0 = fma(exp2(fma(vec4f(dt3), A0, vec4f(reset3))), h0, du3 * Bw12);
h1 = fma(exp2(fma(vec4f(dt3), A1, vec4f(reset3))), h1, du3 * Bw13);
h2 = fma(exp2(fma(vec4f(dt3), A2, vec4f(reset3))), h2, du3 * Bw14);
h3 = fma(exp2(fma(vec4f(dt3), A3, vec4f(reset3))), h3, du3 * Bw15); }
      before0[chunk + 1u - firstChunk] = h0;
before1[chunk + 1u - firstChunk] = h1;
before2[chunk + 1u - firstChunk] = h2;
before3[chunk + 1u - firstChunk] = h3;
    }
  }
    for (var left = endChunk; left > firstChunk; left--) {
      let chunk = left - 1u;
      let t0 = chunk * 4u;
      let Bw0 = B[((4u + (batch * params.length + min(t0 + (0u / 4u), params.length - 1u)) * 36u + g * 16u + (0u % 4u) * 4u)) >> 2u];
let Bw1 = B[((4u + (batch * params.length + min(t0 + (1u / 4u), params.length - 1u)) * 36u + g * 16u + (1u % 4u) * 4u)) >> 2u];
let Bw2 = B[((4u + (batch * params.length + min(t0 + (2u / 4u), params.length - 1u)) * 36u + g * 16u + (2u % 4u) * 4u)) >> 2u];
let Bw3 = B[((4u + (batch * params.length + min(t0 + (3u / 4u), params.length - 1u)) * 36u + g * 16u + (3u % 4u) * 4u)) >> 2u];
let Bw4 = B[((4u + (batch * params.length + min(t0 + (4u / 4u), params.length - 1u)) * 36u + g * 16u + (4u % 4u) * 4u)) >> 2u];
let Bw5 = B[((4u + (batch * params.length + min(t0 + (5u / 4u), params.length - 1u)) * 36u + g * 16u + (5u % 4u) * 4u)) >> 2u];
let Bw6 = B[((4u + (batch * params.length + min(t0 + (6u / 4u), params.length - 1u)) * 36u + g * 16u + (6u % 4u) * 4u)) >> 2u];
let Bw7 = B[((4u + (batch * params.length + min(t0 + (7u / 4u), params.length - 1u)) * 36u + g * 16u + (7u % 4u) * 4u)) >> 2u];
let Bw8 = B[((4u + (batch * params.length + min(t0 + (8u / 4u), params.length - 1u)) * 36u + g * 16u + (8u % 4u) * 4u)) >> 2u];
let Bw9 = B[((4u + (batch * params.length + min(t0 + (9u / 4u), params.length - 1u)) * 36u + g * 16u + (9u % 4u) * 4u)) >> 2u];
let Bw10 = B[((4u + (batch * params.length + min(t0 + (10u / 4u), params.length - 1u)) * 36u + g * 16u + (10u % 4u) * 4u)) >> 2u];
let Bw11 = B[((4u + (batch * params.length + min(t0 + (11u / 4u), params.length - 1u)) * 36u + g * 16u + (11u % 4u) * 4u)) >> 2u];
let Bw12 = B[((4u + (batch * params.length + min(t0 + (12u / 4u), params.length - 1u)) * 36u + g * 16u + (12u % 4u) * 4u)) >> 2u];
let Bw13 = B[((4u + (batch * params.length + min(t0 + (13u / 4u), params.length - 1u)) * 36u + g * 16u + (13u % 4u) * 4u)) >> 2u];
let Bw14 = B[((4u + (batch * params.length + min(t0 + (14u / 4u), params.length - 1u)) * 36u + g * 16u + (14u % 4u) * 4u)) >> 2u];
let Bw15 = B[((4u + (batch * params.length + min(t0 + (15u / 4u), params.length - 1u)) * 36u + g * 16u + (15u % 4u) * 4u)) >> 2u];
      let Cw0 = C[((20u + (batch * params.length + min(t0 + (0u / 4u), params.length - 1u)) * 36u + g * 16u + (0u % 4u) * 4u)) >> 2u];
let Cw1 = C[((20u + (batch * params.length + min(t0 + (1u / 4u), params.length - 1u)) * 36u + g * 16u + (1u % 4u) * 4u)) >> 2u];
let Cw2 = C[((20u + (batch * params.length + min(t0 + (2u / 4u), params.length - 1u)) * 36u + g * 16u + (2u % 4u) * 4u)) >> 2u];
let Cw3 = C[((20u + (batch * params.length + min(t0 + (3u / 4u), params.length - 1u)) * 36u + g * 16u + (3u % 4u) * 4u)) >> 2u];
let Cw4 = C[((20u + (batch * params.length + min(t0 + (4u / 4u), params.length - 1u)) * 36u + g * 16u + (4u % 4u) * 4u)) >> 2u];
let Cw5 = C[((20u + (batch * params.length + min(t0 + (5u / 4u), params.length - 1u)) * 36u + g * 16u + (5u % 4u) * 4u)) >> 2u];
let Cw6 = C[((20u + (batch * params.length + min(t0 + (6u / 4u), params.length - 1u)) * 36u + g * 16u + (6u % 4u) * 4u)) >> 2u];
let Cw7 = C[((20u + (batch * params.length + min(t0 + (7u / 4u), params.length - 1u)) * 36u + g * 16u + (7u % 4u) * 4u)) >> 2u];
let Cw8 = C[((20u + (batch * params.length + min(t0 + (8u / 4u), params.length - 1u)) * 36u + g * 16u + (8u % 4u) * 4u)) >> 2u];
let Cw9 = C[((20u + (batch * params.length + min(t0 + (9u / 4u), params.length - 1u)) * 36u + g * 16u + (9u % 4u) * 4u)) >> 2u];
let Cw10 = C[((20u + (batch * params.length + min(t0 + (10u / 4u), params.length - 1u)) * 36u + g * 16u + (10u % 4u) * 4u)) >> 2u];
let Cw11 = C[((20u + (batch * params.length + min(t0 + (11u / 4u), params.length - 1u)) * 36u + g * 16u + (11u % 4u) * 4u)) >> 2u];
let Cw12 = C[((20u + (batch * params.length + min(t0 + (12u / 4u), params.length - 1u)) * 36u + g * 16u + (12u % 4u) * 4u)) >> 2u];
let Cw13 = C[((20u + (batch * params.length + min(t0 + (13u / 4u), params.length - 1u)) * 36u + g * 16u + (13u % 4u) * 4u)) >> 2u];
let Cw14 = C[((20u + (batch * params.length + min(t0 + (14u / 4u), params.length - 1u)) * 36u + g * 16u + (14u % 4u) * 4u)) >> 2u];
let Cw15 = C[((20u + (batch * params.length + min(t0 + (15u / 4u), params.length - 1u)) * 36u + g * 16u + (15u % 4u) * 4u)) >> 2u];
      let reset0 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 0u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 0u, params.length - 1u), 1u) - 1u] && t0 + 0u < params.length);
let reset1 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 1u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 1u, params.length - 1u), 1u) - 1u] && t0 + 1u < params.length);
let reset2 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 2u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 2u, params.length - 1u), 1u) - 1u] && t0 + 2u < params.length);
let reset3 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 3u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 3u, params.length - 1u), 1u) - 1u] && t0 + 3u < params.length);
      
      
      let raw0 = delta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length);let u0 = u[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)]; let du0 = dt0 * u0;let z0 = z[(24u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 48u + d)];let dOut0 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)], valid && t0 + 0u < params.length);let s0 = sigmoid(z0);
let dy0 = dOut0 * z0 * s0;
var y0 = Dskip * u0;
var fromB0 = 0.0; var fromA0 = 0.0;
let raw1 = delta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length);let u1 = u[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)]; let du1 = dt1 * u1;let z1 = z[(24u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 48u + d)];let dOut1 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)], valid && t0 + 1u < params.length);let s1 = sigmoid(z1);
let dy1 = dOut1 * z1 * s1;
var y1 = Dskip * u1;
var fromB1 = 0.0; var fromA1 = 0.0;
let raw2 = delta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length);let u2 = u[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)]; let du2 = dt2 * u2;let z2 = z[(24u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 48u + d)];let dOut2 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)], valid && t0 + 2u < params.length);let s2 = sigmoid(z2);
let dy2 = dOut2 * z2 * s2;
var y2 = Dskip * u2;
var fromB2 = 0.0; var fromA2 = 0.0;
let raw3 = delta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length);let u3 = u[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)]; let du3 = dt3 * u3;let z3 = z[(24u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 48u + d)];let dOut3 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)], valid && t0 + 3u < params.length);let s3 = sigmoid(z3);
let dy3 = dOut3 * z3 * s3;
var y3 = Dskip * u3;
var fromB3 = 0.0; var fromA3 = 0.0;
      { let B0_0 = Bw0; let C0_0 = Cw0;
let B1_0 = Bw4; let C1_0 = Cw4;
let B2_0 = Bw8; let C2_0 = Cw8;
let B3_0 = Bw12; let C3_0 = Cw12;
      let hs_0 = before0[chunk - firstChunk];let e0_0 = exp2(fma(vec4f(dt0), A0, vec4f(reset0)));
let h0_0 = fma(e0_0, hs_0, du0 * B0_0);
y0 = fma(h0_0.x, C0_0.x, y0);
y0 = fma(h0_0.y, C0_0.y, y0);
y0 = fma(h0_0.z, C0_0.z, y0);
y0 = fma(h0_0.w, C0_0.w, y0);
let e1_0 = exp2(fma(vec4f(dt1), A0, vec4f(reset1)));
let h1_0 = fma(e1_0, h0_0, du1 * B1_0);
y1 = fma(h1_0.x, C1_0.x, y1);
y1 = fma(h1_0.y, C1_0.y, y1);
y1 = fma(h1_0.z, C1_0.z, y1);
y1 = fma(h1_0.w, C1_0.w, y1);
let e2_0 = exp2(fma(vec4f(dt2), A0, vec4f(reset2)));
let h2_0 = fma(e2_0, h1_0, du2 * B2_0);
y2 = fma(h2_0.x, C2_0.x, y2);
y2 = fma(h2_0.y, C2_0.y, y2);
y2 = fma(h2_0.z, C2_0.z, y2);
y2 = fma(h2_0.w, C2_0.w, y2);
let e3_0 = exp2(fma(vec4f(dt3), A0, vec4f(reset3)));
let h3_0 = fma(e3_0, h2_0, du3 * B3_0);
y3 = fma(h3_0.x, C3_0.x, y3);
y3 = fma(h3_0.y, C3_0.y, y3);
y3 = fma(h3_0.z, C3_0.z, y3);
y3 = fma(h3_0.w, C3_0.w, y3);
let gh3_0 = fma(vec4f(dy3), C3_0, g0);
let pB3_0 = gh3_0 * du3;
let pC3_0 = dy3 * h3_0;
fromB3 = fma(gh3_0.x, B3_0.x, fromB3);
fromB3 = fma(gh3_0.y, B3_0.y, fromB3);
fromB3 = fma(gh3_0.z, B3_0.z, fromB3);
fromB3 = fma(gh3_0.w, B3_0.w, fromB3);
g0 = gh3_0 * e3_0;
let gA3_0 = g0 * h2_0;
fromA3 = fma(gA3_0.x, A0.x, fromA3);
fromA3 = fma(gA3_0.y, A0.y, fromA3);
fromA3 = fma(gA3_0.z, A0.z, fromA3);
fromA3 = fma(gA3_0.w, A0.w, fromA3);
dA0 = fma(gA3_0, vec4f(dt3), dA0);
let gh2_0 = fma(vec4f(dy2), C2_0, g0);
let pB2_0 = gh2_0 * du2;
let pC2_0 = dy2 * h2_0;
fromB2 = fma(gh2_0.x, B2_0.x, fromB2);
fromB2 = fma(gh2_0.y, B2_0.y, fromB2);
fromB2 = fma(gh2_0.z, B2_0.z, fromB2);
fromB2 = fma(gh2_0.w, B2_0.w, fromB2);
g0 = gh2_0 * e2_0;
let gA2_0 = g0 * h1_0;
fromA2 = fma(gA2_0.x, A0.x, fromA2);
fromA2 = fma(gA2_0.y, A0.y, fromA2);
fromA2 = fma(gA2_0.z, A0.z, fromA2);
fromA2 = fma(gA2_0.w, A0.w, fromA2);
dA0 = fma(gA2_0, vec4f(dt2), dA0);
let gh1_0 = fma(vec4f(dy1), C1_0, g0);
let pB1_0 = gh1_0 * du1;
let pC1_0 = dy1 * h1_0;
fromB1 = fma(gh1_0.x, B1_0.x, fromB1);
fromB1 = fma(gh1_0.y, B1_0.y, fromB1);
fromB1 = fma(gh1_0.z, B1_0.z, fromB1);
fromB1 = fma(gh1_0.w, B1_0.w, fromB1);
g0 = gh1_0 * e1_0;
let gA1_0 = g0 * h0_0;
fromA1 = fma(gA1_0.x, A0.x, fromA1);
fromA1 = fma(gA1_0.y, A0.y, fromA1);
fromA1 = fma(gA1_0.z, A0.z, fromA1);
fromA1 = fma(gA1_0.w, A0.w, fromA1);
dA0 = fma(gA1_0, vec4f(dt1), dA0);
let gh0_0 = fma(vec4f(dy0), C0_0, g0);
let pB0_0 = gh0_0 * du0;
let pC0_0 = dy0 * h0_0;
fromB0 = fma(gh0_0.x, B0_0.x, fromB0);
fromB0 = fma(gh0_0.y, B0_0.y, fromB0);
fromB0 = fma(gh0_0.z, B0_0.z, fromB0);
fromB0 = fma(gh0_0.w, B0_0.w, fromB0);
g0 = gh0_0 * e0_0;
let gA0_0 = g0 * hs_0;
fromA0 = fma(gA0_0.x, A0.x, fromA0);
fromA0 = fma(gA0_0.y, A0.y, fromA0);
fromA0 = fma(gA0_0.z, A0.z, fromA0);
fromA0 = fma(gA0_0.w, A0.w, fromA0);
dA0 = fma(gA0_0, vec4f(dt0), dA0);
      let sumB0_0 = pB0_0;
let sumB1_0 = pB1_0;
let sumB2_0 = pB2_0;
let sumB3_0 = pB3_0;
let sumC0_0 = pC0_0;
let sumC1_0 = pC1_0;
let sumC2_0 = pC2_0;
let sumC3_0 = pC3_0;
exchanged[0u + local] = sumB0_0;
exchanged[64u + local] = sumB1_0;
exchanged[128u + local] = sumB2_0;
exchanged[192u + local] = sumB3_0;
exchanged[32u + local] = sumC0_0;
exchanged[96u + local] = sumC1_0;
exchanged[160u + local] = sumC2_0;
exchanged[224u + local] = sumC3_0; }
{ let B0_1 = Bw1; let C0_1 = Cw1;
let B1_1 = Bw5; let C1_1 = Cw5;
let B2_1 = Bw9; let C2_1 = Cw9;
let B3_1 = Bw13; let C3_1 = Cw13;
      let hs_1 = before1[chunk - firstChunk];let e0_1 = exp2(fma(vec4f(dt0), A1, vec4f(reset0)));
let h0_1 = fma(e0_1, hs_1, du0 * B0_1);
y0 = fma(h0_1.x, C0_1.x, y0);
y0 = fma(h0_1.y, C0_1.y, y0);
y0 = fma(h0_1.z, C0_1.z, y0);
y0 = fma(h0_1.w, C0_1.w, y0);
let e1_1 = exp2(fma(vec4f(dt1), A1, vec4f(reset1)));
let h1_1 = fma(e1_1, h0_1, du1 * B1_1);
y1 = fma(h1_1.x, C1_1.x, y1);
y1 = fma(h1_1.y, C1_1.y, y1);
y1 = fma(h1_1.z, C1_1.z, y1);
y1 = fma(h1_1.w, C1_1.w, y1);
let e2_1 = exp2(fma(vec4f(dt2), A1, vec4f(reset2)));
let h2_1 = fma(e2_1, h1_1, du2 * B2_1);
y2 = fma(h2_1.x, C2_1.x, y2);
y2 = fma(h2_1.y, C2_1.y, y2);
y2 = fma(h2_1.z, C2_1.z, y2);
y2 = fma(h2_1.w, C2_1.w, y2);
let e3_1 = exp2(fma(vec4f(dt3), A1, vec4f(reset3)));
let h3_1 = fma(e3_1, h2_1, du3 * B3_1);
y3 = fma(h3_1.x, C3_1.x, y3);
y3 = fma(h3_1.y, C3_1.y, y3);
y3 = fma(h3_1.z, C3_1.z, y3);
y3 = fma(h3_1.w, C3_1.w, y3);
let gh3_1 = fma(vec4f(dy3), C3_1, g1);
let pB3_1 = gh3_1 * du3;
let pC3_1 = dy3 * h3_1;
fromB3 = fma(gh3_1.x, B3_1.x, fromB3);
fromB3 = fma(gh3_1.y, B3_1.y, fromB3);
fromB3 = fma(gh3_1.z, B3_1.z, fromB3);
fromB3 = fma(gh3_1.w, B3_1.w, fromB3);
g1 = gh3_1 * e3_1;
let gA3_1 = g1 * h2_1;
fromA3 = fma(gA3_1.x, A1.x, fromA3);
fromA3 = fma(gA3_1.y, A1.y, fromA3);
fromA3 = fma(gA3_1.z, A1.z, fromA3);
fromA3 = fma(gA3_1.w, A1.w, fromA3);
dA1 = fma(gA3_1, vec4f(dt3), dA1);
let gh2_1 = fma(vec4f(dy2), C2_1, g1);
let pB2_1 = gh2_1 * du2;
let pC2_1 = dy2 * h2_1;
fromB2 = fma(gh2_1.x, B2_1.x, fromB2);
fromB2 = fma(gh2_1.y, B2_1.y, fromB2);
fromB2 = fma(gh2_1.z, B2_1.z, fromB2);
fromB2 = fma(gh2_1.w, B2_1.w, fromB2);
g1 = gh2_1 * e2_1;
let gA2_1 = g1 * h1_1;
fromA2 = fma(gA2_1.x, A1.x, fromA2);
fromA2 = fma(gA2_1.y, A1.y, fromA2);
fromA2 = fma(gA2_1.z, A1.z, fromA2);
fromA2 = fma(gA2_1.w, A1.w, fromA2);
dA1 = fma(gA2_1, vec4f(dt2), dA1);
let gh1_1 = fma(vec4f(dy1), C1_1, g1);
let pB1_1 = gh1_1 * du1;
let pC1_1 = dy1 * h1_1;
fromB1 = fma(gh1_1.x, B1_1.x, fromB1);
fromB1 = fma(gh1_1.y, B1_1.y, fromB1);
fromB1 = fma(gh1_1.z, B1_1.z, fromB1);
fromB1 = fma(gh1_1.w, B1_1.w, fromB1);
g1 = gh1_1 * e1_1;
let gA1_1 = g1 * h0_1;
fromA1 = fma(gA1_1.x, A1.x, fromA1);
fromA1 = fma(gA1_1.y, A1.y, fromA1);
fromA1 = fma(gA1_1.z, A1.z, fromA1);
fromA1 = fma(gA1_1.w, A1.w, fromA1);
dA1 = fma(gA1_1, vec4f(dt1), dA1);
let gh0_1 = fma(vec4f(dy0), C0_1, g1);
let pB0_1 = gh0_1 * du0;
let pC0_1 = dy0 * h0_1;
fromB0 = fma(gh0_1.x, B0_1.x, fromB0);
fromB0 = fma(gh0_1.y, B0_1.y, fromB0);
fromB0 = fma(gh0_1.z, B0_1.z, fromB0);
fromB0 = fma(gh0_1.w, B0_1.w, fromB0);
g1 = gh0_1 * e0_1;
let gA0_1 = g1 * hs_1;
fromA0 = fma(gA0_1.x, A1.x, fromA0);
fromA0 = fma(gA0_1.y, A1.y, fromA0);
fromA0 = fma(gA0_1.z, A1.z, fromA0);
fromA0 = fma(gA0_1.w, A1.w, fromA0);
dA1 = fma(gA0_1, vec4f(dt0), dA1);
      let sumB0_1 = pB0_1;
let sumB1_1 = pB1_1;
let sumB2_1 = pB2_1;
let sumB3_1 = pB3_1;
let sumC0_1 = pC0_1;
let sumC1_1 = pC1_1;
let sumC2_1 = pC2_1;
let sumC3_1 = pC3_1;
exchanged[8u + local] = sumB0_1;
exchanged[72u + local] = sumB1_1;
exchanged[136u + local] = sumB2_1;
exchanged[200u + local] = sumB3_1;
exchanged[40u + local] = sumC0_1;
exchanged[104u + local] = sumC1_1;
exchanged[168u + local] = sumC2_1;
exchanged[232u + local] = sumC3_1; }
{ let B0_2 = Bw2; let C0_2 = Cw2;
let B1_2 = Bw6; let C1_2 = Cw6;
let B2_2 = Bw10; let C2_2 = Cw10;
let B3_2 = Bw14; let C3_2 = Cw14;
      let hs_2 = before2[chunk - firstChunk];let e0_2 = exp2(fma(vec4f(dt0), A2, vec4f(reset0)));
let h0_2 = fma(e0_2, hs_2, du0 * B0_2);
y0 = fma(h0_2.x, C0_2.x, y0);
y0 = fma(h0_2.y, C0_2.y, y0);
y0 = fma(h0_2.z, C0_2.z, y0);
y0 = fma(h0_2.w, C0_2.w, y0);
let e1_2 = exp2(fma(vec4f(dt1), A2, vec4f(reset1)));
let h1_2 = fma(e1_2, h0_2, du1 * B1_2);
y1 = fma(h1_2.x, C1_2.x, y1);
y1 = fma(h1_2.y, C1_2.y, y1);
y1 = fma(h1_2.z, C1_2.z, y1);
y1 = fma(h1_2.w, C1_2.w, y1);
let e2_2 = exp2(fma(vec4f(dt2), A2, vec4f(reset2)));
let h2_2 = fma(e2_2, h1_2, du2 * B2_2);
y2 = fma(h2_2.x, C2_2.x, y2);
y2 = fma(h2_2.y, C2_2.y, y2);
y2 = fma(h2_2.z, C2_2.z, y2);
y2 = fma(h2_2.w, C2_2.w, y2);
let e3_2 = exp2(fma(vec4f(dt3), A2, vec4f(reset3)));
let h3_2 = fma(e3_2, h2_2, du3 * B3_2);
y3 = fma(h3_2.x, C3_2.x, y3);
y3 = fma(h3_2.y, C3_2.y, y3);
y3 = fma(h3_2.z, C3_2.z, y3);
y3 = fma(h3_2.w, C3_2.w, y3);
let gh3_2 = fma(vec4f(dy3), C3_2, g2);
let pB3_2 = gh3_2 * du3;
let pC3_2 = dy3 * h3_2;
fromB3 = fma(gh3_2.x, B3_2.x, fromB3);
fromB3 = fma(gh3_2.y, B3_2.y, fromB3);
fromB3 = fma(gh3_2.z, B3_2.z, fromB3);
fromB3 = fma(gh3_2.w, B3_2.w, fromB3);
g2 = gh3_2 * e3_2;
let gA3_2 = g2 * h2_2;
fromA3 = fma(gA3_2.x, A2.x, fromA3);
fromA3 = fma(gA3_2.y, A2.y, fromA3);
fromA3 = fma(gA3_2.z, A2.z, fromA3);
fromA3 = fma(gA3_2.w, A2.w, fromA3);
dA2 = fma(gA3_2, vec4f(dt3), dA2);
let gh2_2 = fma(vec4f(dy2), C2_2, g2);
let pB2_2 = gh2_2 * du2;
let pC2_2 = dy2 * h2_2;
fromB2 = fma(gh2_2.x, B2_2.x, fromB2);
fromB2 = fma(gh2_2.y, B2_2.y, fromB2);
fromB2 = fma(gh2_2.z, B2_2.z, fromB2);
fromB2 = fma(gh2_2.w, B2_2.w, fromB2);
g2 = gh2_2 * e2_2;
let gA2_2 = g2 * h1_2;
fromA2 = fma(gA2_2.x, A2.x, fromA2);
fromA2 = fma(gA2_2.y, A2.y, fromA2);
fromA2 = fma(gA2_2.z, A2.z, fromA2);
fromA2 = fma(gA2_2.w, A2.w, fromA2);
dA2 = fma(gA2_2, vec4f(dt2), dA2);
let gh1_2 = fma(vec4f(dy1), C1_2, g2);
let pB1_2 = gh1_2 * du1;
let pC1_2 = dy1 * h1_2;
fromB1 = fma(gh1_2.x, B1_2.x, fromB1);
fromB1 = fma(gh1_2.y, B1_2.y, fromB1);
fromB1 = fma(gh1_2.z, B1_2.z, fromB1);
fromB1 = fma(gh1_2.w, B1_2.w, fromB1);
g2 = gh1_2 * e1_2;
let gA1_2 = g2 * h0_2;
fromA1 = fma(gA1_2.x, A2.x, fromA1);
fromA1 = fma(gA1_2.y, A2.y, fromA1);
fromA1 = fma(gA1_2.z, A2.z, fromA1);
fromA1 = fma(gA1_2.w, A2.w, fromA1);
dA2 = fma(gA1_2, vec4f(dt1), dA2);
let gh0_2 = fma(vec4f(dy0), C0_2, g2);
let pB0_2 = gh0_2 * du0;
let pC0_2 = dy0 * h0_2;
fromB0 = fma(gh0_2.x, B0_2.x, fromB0);
fromB0 = fma(gh0_2.y, B0_2.y, fromB0);
fromB0 = fma(gh0_2.z, B0_2.z, fromB0);
fromB0 = fma(gh0_2.w, B0_2.w, fromB0);
g2 = gh0_2 * e0_2;
let gA0_2 = g2 * hs_2;
fromA0 = fma(gA0_2.x, A2.x, fromA0);
fromA0 = fma(gA0_2.y, A2.y, fromA0);
fromA0 = fma(gA0_2.z, A2.z, fromA0);
fromA0 = fma(gA0_2.w, A2.w, fromA0);
dA2 = fma(gA0_2, vec4f(dt0), dA2);
      let sumB0_2 = pB0_2;
let sumB1_2 = pB1_2;
let sumB2_2 = pB2_2;
let sumB3_2 = pB3_2;
let sumC0_2 = pC0_2;
let sumC1_2 = pC1_2;
let sumC2_2 = pC2_2;
let sumC3_2 = pC3_2;
exchanged[16u + local] = sumB0_2;
exchanged[80u + local] = sumB1_2;
exchanged[144u + local] = sumB2_2;
exchanged[208u + local] = sumB3_2;
exchanged[48u + local] = sumC0_2;
exchanged[112u + local] = sumC1_2;
exchanged[176u + local] = sumC2_2;
exchanged[240u + local] = sumC3_2; }
{ let B0_3 = Bw3; let C0_3 = Cw3;
let B1_3 = Bw7; let C1_3 = Cw7;
let B2_3 = Bw11; let C2_3 = Cw11;
let B3_3 = Bw15; let C3_3 = Cw15;
      let hs_3 = before3[chunk - firstChunk];let e0_3 = exp2(fma(vec4f(dt0), A3, vec4f(reset0)));
let h0_3 = fma(e0_3, hs_3, du0 * B0_3);
y0 = fma(h0_3.x, C0_3.x, y0);
y0 = fma(h0_3.y, C0_3.y, y0);
y0 = fma(h0_3.z, C0_3.z, y0);
y0 = fma(h0_3.w, C0_3.w, y0);
let e1_3 = exp2(fma(vec4f(dt1), A3, vec4f(reset1)));
let h1_3 = fma(e1_3, h0_3, du1 * B1_3);
y1 = fma(h1_3.x, C1_3.x, y1);
y1 = fma(h1_3.y, C1_3.y, y1);
y1 = fma(h1_3.z, C1_3.z, y1);
y1 = fma(h1_3.w, C1_3.w, y1);
let e2_3 = exp2(fma(vec4f(dt2), A3, vec4f(reset2)));
let h2_3 = fma(e2_3, h1_3, du2 * B2_3);
y2 = fma(h2_3.x, C2_3.x, y2);
y2 = fma(h2_3.y, C2_3.y, y2);
y2 = fma(h2_3.z, C2_3.z, y2);
y2 = fma(h2_3.w, C2_3.w, y2);
let e3_3 = exp2(fma(vec4f(dt3), A3, vec4f(reset3)));
let h3_3 = fma(e3_3, h2_3, du3 * B3_3);
y3 = fma(h3_3.x, C3_3.x, y3);
y3 = fma(h3_3.y, C3_3.y, y3);
y3 = fma(h3_3.z, C3_3.z, y3);
y3 = fma(h3_3.w, C3_3.w, y3);
let gh3_3 = fma(vec4f(dy3), C3_3, g3);
let pB3_3 = gh3_3 * du3;
let pC3_3 = dy3 * h3_3;
fromB3 = fma(gh3_3.x, B3_3.x, fromB3);
fromB3 = fma(gh3_3.y, B3_3.y, fromB3);
fromB3 = fma(gh3_3.z, B3_3.z, fromB3);
fromB3 = fma(gh3_3.w, B3_3.w, fromB3);
g3 = gh3_3 * e3_3;
let gA3_3 = g3 * h2_3;
fromA3 = fma(gA3_3.x, A3.x, fromA3);
fromA3 = fma(gA3_3.y, A3.y, fromA3);
fromA3 = fma(gA3_3.z, A3.z, fromA3);
fromA3 = fma(gA3_3.w, A3.w, fromA3);
dA3 = fma(gA3_3, vec4f(dt3), dA3);
let gh2_3 = fma(vec4f(dy2), C2_3, g3);
let pB2_3 = gh2_3 * du2;
let pC2_3 = dy2 * h2_3;
fromB2 = fma(gh2_3.x, B2_3.x, fromB2);
fromB2 = fma(gh2_3.y, B2_3.y, fromB2);
fromB2 = fma(gh2_3.z, B2_3.z, fromB2);
fromB2 = fma(gh2_3.w, B2_3.w, fromB2);
g3 = gh2_3 * e2_3;
let gA2_3 = g3 * h1_3;
fromA2 = fma(gA2_3.x, A3.x, fromA2);
fromA2 = fma(gA2_3.y, A3.y, fromA2);
fromA2 = fma(gA2_3.z, A3.z, fromA2);
fromA2 = fma(gA2_3.w, A3.w, fromA2);
dA3 = fma(gA2_3, vec4f(dt2), dA3);
let gh1_3 = fma(vec4f(dy1), C1_3, g3);
let pB1_3 = gh1_3 * du1;
let pC1_3 = dy1 * h1_3;
fromB1 = fma(gh1_3.x, B1_3.x, fromB1);
fromB1 = fma(gh1_3.y, B1_3.y, fromB1);
fromB1 = fma(gh1_3.z, B1_3.z, fromB1);
fromB1 = fma(gh1_3.w, B1_3.w, fromB1);
g3 = gh1_3 * e1_3;
let gA1_3 = g3 * h0_3;
fromA1 = fma(gA1_3.x, A3.x, fromA1);
fromA1 = fma(gA1_3.y, A3.y, fromA1);
fromA1 = fma(gA1_3.z, A3.z, fromA1);
fromA1 = fma(gA1_3.w, A3.w, fromA1);
dA3 = fma(gA1_3, vec4f(dt1), dA3);
let gh0_3 = fma(vec4f(dy0), C0_3, g3);
let pB0_3 = gh0_3 * du0;
let pC0_3 = dy0 * h0_3;
fromB0 = fma(gh0_3.x, B0_3.x, fromB0);
fromB0 = fma(gh0_3.y, B0_3.y, fromB0);
fromB0 = fma(gh0_3.z, B0_3.z, fromB0);
fromB0 = fma(gh0_3.w, B0_3.w, fromB0);
g3 = gh0_3 * e0_3;
let gA0_3 = g3 * hs_3;
fromA0 = fma(gA0_3.x, A3.x, fromA0);
fromA0 = fma(gA0_3.y, A3.y, fromA0);
fromA0 = fma(gA0_3.z, A3.z, fromA0);
fromA0 = fma(gA0_3.w, A3.w, fromA0);
dA3 = fma(gA0_3, vec4f(dt0), dA3);
      let sumB0_3 = pB0_3;
let sumB1_3 = pB1_3;
let sumB2_3 = pB2_3;
let sumB3_3 = pB3_3;
let sumC0_3 = pC0_3;
let sumC1_3 = pC1_3;
let sumC2_3 = pC2_3;
let sumC3_3 = pC3_3;
exchanged[24u + local] = sumB0_3;
exchanged[88u + local] = sumB1_3;
exchanged[152u + local] = sumB2_3;
exchanged[216u + local] = sumB3_3;
exchanged[56u + local] = sumC0_3;
exchanged[120u + local] = sumC1_3;
exchanged[184u + local] = sumC2_3;
exchanged[248u + local] = sumC3_3; }
      dD = fma(dy3, u3, dD);
if (valid && t0 + 3u < params.length) { let slope3 = (u3 * fromB3 + fromA3 * 0.6931471805599453) * sigmoid(raw3);
  dBias += slope3;
  ddelta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] = slope3;
  du[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] = Dskip * dy3 + dt3 * fromB3;
  dz[(24u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 48u + d)] = dOut3 * y3 * s3 * (1.0 + z3 * (1.0 - s3)); }
dD = fma(dy2, u2, dD);
if (valid && t0 + 2u < params.length) { let slope2 = (u2 * fromB2 + fromA2 * 0.6931471805599453) * sigmoid(raw2);
  dBias += slope2;
  ddelta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] = slope2;
  du[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] = Dskip * dy2 + dt2 * fromB2;
  dz[(24u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 48u + d)] = dOut2 * y2 * s2 * (1.0 + z2 * (1.0 - s2)); }
dD = fma(dy1, u1, dD);
if (valid && t0 + 1u < params.length) { let slope1 = (u1 * fromB1 + fromA1 * 0.6931471805599453) * sigmoid(raw1);
  dBias += slope1;
  ddelta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] = slope1;
  du[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] = Dskip * dy1 + dt1 * fromB1;
  dz[(24u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 48u + d)] = dOut1 * y1 * s1 * (1.0 + z1 * (1.0 - s1)); }
dD = fma(dy0, u0, dD);
if (valid && t0 + 0u < params.length) { let slope0 = (u0 * fromB0 + fromA0 * 0.6931471805599453) * sigmoid(raw0);
  dBias += slope0;
  ddelta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] = slope0;
  du[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] = Dskip * dy0 + dt0 * fromB0;
  dz[(24u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 48u + d)] = dOut0 * y0 * s0 * (1.0 + z0 * (1.0 - s0)); }
      
      



      workgroupBarrier();
for (var w = local; w < 32u; w += 8u) {
  let sum = exchanged[w * 8u + 0u] + exchanged[w * 8u + 1u] + exchanged[w * 8u + 2u] + exchanged[w * 8u + 3u] + exchanged[w * 8u + 4u] + exchanged[w * 8u + 5u] + exchanged[w * 8u + 6u] + exchanged[w * 8u + 7u];
  let step = w / 8u;
  if (t0 + step < params.length) {
    partialBC[(((((tile % 3u) / 1u * params.batch + batch) * params.length + t0 + step) * 1u + g) * 32u) / 4u + w % 8u] = sum;
  }
}
workgroupBarrier();
    }
  }
  if (valid) {
perChannel[((batch * sections + section) * 24u + d) * 18u + 0u] = dA0.x * A0.x * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 1u] = dA0.y * A0.y * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 2u] = dA0.z * A0.z * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 3u] = dA0.w * A0.w * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 4u] = dA1.x * A1.x * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 5u] = dA1.y * A1.y * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 6u] = dA1.z * A1.z * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 7u] = dA1.w * A1.w * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 8u] = dA2.x * A2.x * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 9u] = dA2.y * A2.y * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 10u] = dA2.z * A2.z * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 11u] = dA2.w * A2.w * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 12u] = dA3.x * A3.x * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 13u] = dA3.y * A3.y * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 14u] = dA3.z * A3.z * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 15u] = dA3.w * A3.w * 0.6931471805599453;
perChannel[((batch * sections + section) * 24u + d) * 18u + 16u] = dD;
perChannel[((batch * sections + section) * 24u + d) * 18u + 17u] = dBias;

}
}

// selectiveScanBackward 4 8 1 8 8 8 0 8 0 1 1 0 0 0 1 0 0 0 1 u:length/0/1 delta:length/0/1 A:8/0/1 B:length/0/1 C:length/0/1 D:4/0/1 z:length/0/1 deltaBias:4/0/1 initialState:8/0/1 dOut:length/0/1 dLast:8/0/1 du:length/0/1 ddelta:length/0/1 dz:length/0/1
@group(0) @binding(0) var<storage, read> u: array<f32>;
@group(0) @binding(1) var<storage, read> delta: array<f32>;
@group(0) @binding(2) var<storage, read> A: array<f32>;
@group(0) @binding(3) var<storage, read> B: array<vec4f>;
@group(0) @binding(4) var<storage, read> C: array<vec4f>;
@group(0) @binding(5) var<storage, read> D: array<f32>;
@group(0) @binding(6) var<storage, read> z: array<f32>;
@group(0) @binding(7) var<storage, read> deltaBias: array<f32>;
@group(0) @binding(8) var<storage, read> initialState: array<f32>;
@group(0) @binding(9) var<storage, read> dOut: array<f32>;
@group(0) @binding(10) var<storage, read> states: array<vec4f>;
@group(0) @binding(11) var<storage, read> dLast: array<f32>;
@group(0) @binding(12) var<storage, read_write> du: array<f32>;
@group(0) @binding(13) var<storage, read_write> ddelta: array<f32>;
@group(0) @binding(14) var<storage, read_write> dz: array<f32>;
@group(0) @binding(15) var<storage, read_write> partialBC: array<vec4f>;
@group(0) @binding(16) var<storage, read_write> perChannel: array<f32>;
@group(0) @binding(17) var<storage, read_write> dInitial: array<f32>;
struct Params { length: u32, batch: u32, sectionBlocks: u32 }
@group(0) @binding(18) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}
var<workgroup> exchanged: array<vec4f, 256>;
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tileLane = local % 8u;
  let chunks = (params.length + 7u) / 8u;
  let blocks = (chunks + 7u) / 8u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);
  
  let tile = (group.x * 1u + local / 8u) * 1u + 0u;
  let inGroup = (tile % 1u) * 8u + tileLane;
  let g = min(tile / 1u, 0u);
  let valid = inGroup < 4u && tile < 1u;
  let d = g * 4u + min(inGroup, 3u);
  let saved = (batch * 1u + min(tile, 0u)) * blocks * 16u + tileLane;
  
  let A0 = vec4f(A[0u + d * 8u + 0u], A[0u + d * 8u + 1u], A[0u + d * 8u + 2u], A[0u + d * 8u + 3u]) * 1.4426950408889634;
let A1 = vec4f(A[0u + d * 8u + 4u], A[0u + d * 8u + 5u], A[0u + d * 8u + 6u], A[0u + d * 8u + 7u]) * 1.4426950408889634;
let Dskip = D[0u + d];
let bias = deltaBias[0u + d];
  var g0 = select(vec4f(), vec4f(dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 0u], dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 1u], dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 2u], dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 3u]), valid); var dA0 = vec4f();
var g1 = select(vec4f(), vec4f(dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 4u], dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 5u], dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 6u], dLast[0u + ((batch * sections + section) * 4u + d) * 8u + 7u]), valid); var dA1 = vec4f();
  var dD = 0.0;
  var dBias = 0.0;
  var before0: array<vec4f, 8>;
var before1: array<vec4f, 8>;
  for (var blocksLeft = endBlock; blocksLeft > firstBlock; blocksLeft--) {
    let block = blocksLeft - 1u;
    let firstChunk = block * 8u;
    let endChunk = min(firstChunk + 8u, chunks);
    {
    var h0 = states[saved + (block * 2u + 0u) * 8u]; before0[firstChunk - firstChunk] = h0;
var h1 = states[saved + (block * 2u + 1u) * 8u]; before1[firstChunk - firstChunk] = h1;
    for (var chunk = firstChunk; chunk + 1u < endChunk; chunk++) {
      let t0 = chunk * 8u;
      
      let Bw0 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw1 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw2 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw3 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw4 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw5 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw6 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw7 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw8 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw9 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw10 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw11 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw12 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw13 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw14 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw15 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
{ 
let raw0 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length); let u0 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))]; let du0 = dt0 * u0;
h0 = fma(exp2(dt0 * A0), h0, du0 * vec4f(Bw0.x, Bw2.x, Bw4.x, Bw6.x));
h1 = fma(exp2(dt0 * A1), h1, du0 * vec4f(Bw8.x, Bw10.x, Bw12.x, Bw14.x)); }
{ 
let raw1 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length); let u1 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))]; let du1 = dt1 * u1;
h0 = fma(exp2(dt1 * A0), h0, du1 * vec4f(Bw0.y, Bw2.y, Bw4.y, Bw6.y));
h1 = fma(exp2(dt1 * A1), h1, du1 * vec4f(Bw8.y, Bw10.y, Bw12.y, Bw14.y)); }
{ 
let raw2 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length); let u2 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))]; let du2 = dt2 * u2;
h0 = fma(exp2(dt2 * A0), h0, du2 * vec4f(Bw0.z, Bw2.z, Bw4.z, Bw6.z));
h1 = fma(exp2(dt2 * A1), h1, du2 * vec4f(Bw8.z, Bw10.z, Bw12.z, Bw14.z)); }
{ 
let raw3 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length); let u3 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))]; let du3 = dt3 * u3;
h0 = fma(exp2(dt3 * A0), h0, du3 * vec4f(Bw0.w, Bw2.w, Bw4.w, Bw6.w));
h1 = fma(exp2(dt3 * A1), h1, du3 * vec4f(Bw8.w, Bw10.w, Bw12.w, Bw14.w)); }
{ 
let raw4 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] + bias; let dt4 = select(0.0, softplus(raw4), t0 + 4u < params.length); let u4 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))]; let du4 = dt4 * u4;
h0 = fma(exp2(dt4 * A0), h0, du4 * vec4f(Bw1.x, Bw3.x, Bw5.x, Bw7.x));
h1 = fma(exp2(dt4 * A1), h1, du4 * vec4f(Bw9.x, Bw11.x, Bw13.x, Bw15.x)); }
{ 
let raw5 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] + bias; let dt5 = select(0.0, softplus(raw5), t0 + 5u < params.length); let u5 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))]; let du5 = dt5 * u5;
h0 = fma(exp2(dt5 * A0), h0, du5 * vec4f(Bw1.y, Bw3.y, Bw5.y, Bw7.y));
h1 = fma(exp2(dt5 * A1), h1, du5 * vec4f(Bw9.y, Bw11.y, Bw13.y, Bw15.y)); }
{ 
let raw6 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] + bias; let dt6 = select(0.0, softplus(raw6), t0 + 6u < params.length); let u6 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))]; let du6 = dt6 * u6;
h0 = fma(exp2(dt6 * A0), h0, du6 * vec4f(Bw1.z, Bw3.z, Bw5.z, Bw7.z));
h1 = fma(exp2(dt6 * A1), h1, du6 * vec4f(Bw9.z, Bw11.z, Bw13.z, Bw15.z)); }
{ 
let raw7 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] + bias; let dt7 = select(0.0, softplus(raw7), t0 + 7u < params.length); let u7 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))]; let du7 = dt7 * u7;
h0 = fma(exp2(dt7 * A0), h0, du7 * vec4f(Bw1.w, Bw3.w, Bw5.w, Bw7.w));
h1 = fma(exp2(dt7 * A1), h1, du7 * vec4f(Bw9.w, Bw11.w, Bw13.w, Bw15.w)); }
      before0[chunk + 1u - firstChunk] = h0;
before1[chunk + 1u - firstChunk] = h1;
    }
  }
    for (var left = endChunk; left > firstChunk; left--) {
      let chunk = left - 1u;
      let t0 = chunk * 8u;
      let Bw0 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw1 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw2 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw3 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw4 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw5 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw6 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw7 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw8 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw9 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw10 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw11 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw12 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw13 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw14 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw15 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
      let Cw0 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw1 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw2 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw3 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw4 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw5 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw6 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw7 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw8 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw9 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw10 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw11 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw12 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw13 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw14 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw15 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
      







      
      
      let raw0 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length);let u0 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))]; let du0 = dt0 * u0;let z0 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))];let dOut0 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))], valid && t0 + 0u < params.length);let s0 = sigmoid(z0);
let dy0 = dOut0 * z0 * s0;
var y0 = Dskip * u0;
var fromB0 = 0.0; var fromA0 = 0.0;
let raw1 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length);let u1 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))]; let du1 = dt1 * u1;let z1 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))];let dOut1 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))], valid && t0 + 1u < params.length);let s1 = sigmoid(z1);
let dy1 = dOut1 * z1 * s1;
var y1 = Dskip * u1;
var fromB1 = 0.0; var fromA1 = 0.0;
let raw2 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length);let u2 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))]; let du2 = dt2 * u2;let z2 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))];let dOut2 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))], valid && t0 + 2u < params.length);let s2 = sigmoid(z2);
let dy2 = dOut2 * z2 * s2;
var y2 = Dskip * u2;
var fromB2 = 0.0; var fromA2 = 0.0;
let raw3 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length);let u3 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))]; let du3 = dt3 * u3;let z3 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))];let dOut3 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))], valid && t0 + 3u < params.length);let s3 = sigmoid(z3);
let dy3 = dOut3 * z3 * s3;
var y3 = Dskip * u3;
var fromB3 = 0.0; var fromA3 = 0.0;
let raw4 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] + bias; let dt4 = select(0.0, softplus(raw4), t0 + 4u < params.length);let u4 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))]; let du4 = dt4 * u4;let z4 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))];let dOut4 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))], valid && t0 + 4u < params.length);let s4 = sigmoid(z4);
let dy4 = dOut4 * z4 * s4;
var y4 = Dskip * u4;
var fromB4 = 0.0; var fromA4 = 0.0;
let raw5 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] + bias; let dt5 = select(0.0, softplus(raw5), t0 + 5u < params.length);let u5 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))]; let du5 = dt5 * u5;let z5 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))];let dOut5 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))], valid && t0 + 5u < params.length);let s5 = sigmoid(z5);
let dy5 = dOut5 * z5 * s5;
var y5 = Dskip * u5;
var fromB5 = 0.0; var fromA5 = 0.0;
let raw6 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] + bias; let dt6 = select(0.0, softplus(raw6), t0 + 6u < params.length);let u6 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))]; let du6 = dt6 * u6;let z6 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))];let dOut6 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))], valid && t0 + 6u < params.length);let s6 = sigmoid(z6);
let dy6 = dOut6 * z6 * s6;
var y6 = Dskip * u6;
var fromB6 = 0.0; var fromA6 = 0.0;
let raw7 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] + bias; let dt7 = select(0.0, softplus(raw7), t0 + 7u < params.length);let u7 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))]; let du7 = dt7 * u7;let z7 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))];let dOut7 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))], valid && t0 + 7u < params.length);let s7 = sigmoid(z7);
let dy7 = dOut7 * z7 * s7;
var y7 = Dskip * u7;
var fromB7 = 0.0; var fromA7 = 0.0;
      { let B0_0 = vec4f(Bw0.x, Bw2.x, Bw4.x, Bw6.x); let C0_0 = vec4f(Cw0.x, Cw2.x, Cw4.x, Cw6.x);
let B1_0 = vec4f(Bw0.y, Bw2.y, Bw4.y, Bw6.y); let C1_0 = vec4f(Cw0.y, Cw2.y, Cw4.y, Cw6.y);
let B2_0 = vec4f(Bw0.z, Bw2.z, Bw4.z, Bw6.z); let C2_0 = vec4f(Cw0.z, Cw2.z, Cw4.z, Cw6.z);
let B3_0 = vec4f(Bw0.w, Bw2.w, Bw4.w, Bw6.w); let C3_0 = vec4f(Cw0.w, Cw2.w, Cw4.w, Cw6.w);
let B4_0 = vec4f(Bw1.x, Bw3.x, Bw5.x, Bw7.x); let C4_0 = vec4f(Cw1.x, Cw3.x, Cw5.x, Cw7.x);
let B5_0 = vec4f(Bw1.y, Bw3.y, Bw5.y, Bw7.y); let C5_0 = vec4f(Cw1.y, Cw3.y, Cw5.y, Cw7.y);
let B6_0 = vec4f(Bw1.z, Bw3.z, Bw5.z, Bw7.z); let C6_0 = vec4f(Cw1.z, Cw3.z, Cw5.z, Cw7.z);
let B7_0 = vec4f(Bw1.w, Bw3.w, Bw5.w, Bw7.w); let C7_0 = vec4f(Cw1.w, Cw3.w, Cw5.w, Cw7.w);
      let hs_0 = before0[chunk - firstChunk];let e0_0 = exp2(dt0 * A0);
let h0_0 = fma(e0_0, hs_0, du0 * B0_0);
y0 = fma(h0_0.x, C0_0.x, y0);
y0 = fma(h0_0.y, C0_0.y, y0);
y0 = fma(h0_0.z, C0_0.z, y0);
y0 = fma(h0_0.w, C0_0.w, y0);
let e1_0 = exp2(dt1 * A0);
let h1_0 = fma(e1_0, h0_0, du1 * B1_0);
y1 = fma(h1_0.x, C1_0.x, y1);
y1 = fma(h1_0.y, C1_0.y, y1);
y1 = fma(h1_0.z, C1_0.z, y1);
y1 = fma(h1_0.w, C1_0.w, y1);
let e2_0 = exp2(dt2 * A0);
let h2_0 = fma(e2_0, h1_0, du2 * B2_0);
y2 = fma(h2_0.x, C2_0.x, y2);
y2 = fma(h2_0.y, C2_0.y, y2);
y2 = fma(h2_0.z, C2_0.z, y2);
y2 = fma(h2_0.w, C2_0.w, y2);
let e3_0 = exp2(dt3 * A0);
let h3_0 = fma(e3_0, h2_0, du3 * B3_0);
y3 = fma(h3_0.x, C3_0.x, y3);
y3 = fma(h3_0.y, C3_0.y, y3);
y3 = fma(h3_0.z, C3_0.z, y3);
y3 = fma(h3_0.w, C3_0.w, y3);
let e4_0 = exp2(dt4 * A0);
let h4_0 = fma(e4_0, h3_0, du4 * B4_0);
y4 = fma(h4_0.x, C4_0.x, y4);
y4 = fma(h4_0.y, C4_0.y, y4);
y4 = fma(h4_0.z, C4_0.z, y4);
y4 = fma(h4_0.w, C4_0.w, y4);
let e5_0 = exp2(dt5 * A0);
let h5_0 = fma(e5_0, h4_0, du5 * B5_0);
y5 = fma(h5_0.x, C5_0.x, y5);
y5 = fma(h5_0.y, C5_0.y, y5);
y5 = fma(h5_0.z, C5_0.z, y5);
y5 = fma(h5_0.w, C5_0.w, y5);
let e6_0 = exp2(dt6 * A0);
let h6_0 = fma(e6_0, h5_0, du6 * B6_0);
y6 = fma(h6_0.x, C6_0.x, y6);
y6 = fma(h6_0.y, C6_0.y, y6);
y6 = fma(h6_0.z, C6_0.z, y6);
y6 = fma(h6_0.w, C6_0.w, y6);
let e7_0 = exp2(dt7 * A0);
let h7_0 = fma(e7_0, h6_0, du7 * B7_0);
y7 = fma(h7_0.x, C7_0.x, y7);
y7 = fma(h7_0.y, C7_0.y, y7);
y7 = fma(h7_0.z, C7_0.z, y7);
y7 = fma(h7_0.w, C7_0.w, y7);
let gh7_0 = fma(vec4f(dy7), C7_0, g0);
let pB7_0 = gh7_0 * du7;
let pC7_0 = dy7 * h7_0;
fromB7 = fma(gh7_0.x, B7_0.x, fromB7);
fromB7 = fma(gh7_0.y, B7_0.y, fromB7);
fromB7 = fma(gh7_0.z, B7_0.z, fromB7);
fromB7 = fma(gh7_0.w, B7_0.w, fromB7);
g0 = gh7_0 * e7_0;
let gA7_0 = g0 * h6_0;
fromA7 = fma(gA7_0.x, A0.x, fromA7);
fromA7 = fma(gA7_0.y, A0.y, fromA7);
fromA7 = fma(gA7_0.z, A0.z, fromA7);
fromA7 = fma(gA7_0.w, A0.w, fromA7);
dA0 = fma(gA7_0, vec4f(dt7), dA0);
let gh6_0 = fma(vec4f(dy6), C6_0, g0);
let pB6_0 = gh6_0 * du6;
let pC6_0 = dy6 * h6_0;
fromB6 = fma(gh6_0.x, B6_0.x, fromB6);
fromB6 = fma(gh6_0.y, B6_0.y, fromB6);
fromB6 = fma(gh6_0.z, B6_0.z, fromB6);
fromB6 = fma(gh6_0.w, B6_0.w, fromB6);
g0 = gh6_0 * e6_0;
let gA6_0 = g0 * h5_0;
fromA6 = fma(gA6_0.x, A0.x, fromA6);
fromA6 = fma(gA6_0.y, A0.y, fromA6);
fromA6 = fma(gA6_0.z, A0.z, fromA6);
fromA6 = fma(gA6_0.w, A0.w, fromA6);
dA0 = fma(gA6_0, vec4f(dt6), dA0);
let gh5_0 = fma(vec4f(dy5), C5_0, g0);
let pB5_0 = gh5_0 * du5;
let pC5_0 = dy5 * h5_0;
fromB5 = fma(gh5_0.x, B5_0.x, fromB5);
fromB5 = fma(gh5_0.y, B5_0.y, fromB5);
fromB5 = fma(gh5_0.z, B5_0.z, fromB5);
fromB5 = fma(gh5_0.w, B5_0.w, fromB5);
g0 = gh5_0 * e5_0;
let gA5_0 = g0 * h4_0;
fromA5 = fma(gA5_0.x, A0.x, fromA5);
fromA5 = fma(gA5_0.y, A0.y, fromA5);
fromA5 = fma(gA5_0.z, A0.z, fromA5);
fromA5 = fma(gA5_0.w, A0.w, fromA5);
dA0 = fma(gA5_0, vec4f(dt5), dA0);
let gh4_0 = fma(vec4f(dy4), C4_0, g0);
let pB4_0 = gh4_0 * du4;
let pC4_0 = dy4 * h4_0;
fromB4 = fma(gh4_0.x, B4_0.x, fromB4);
fromB4 = fma(gh4_0.y, B4_0.y, fromB4);
fromB4 = fma(gh4_0.z, B4_0.z, fromB4);
fromB4 = fma(gh4_0.w, B4_0.w, fromB4);
g0 = gh4_0 * e4_0;
let gA4_0 = g0 * h3_0;
fromA4 = fma(gA4_0.x, A0.x, fromA4);
fromA4 = fma(gA4_0.y, A0.y, fromA4);
fromA4 = fma(gA4_0.z, A0.z, fromA4);
fromA4 = fma(gA4_0.w, A0.w, fromA4);
dA0 = fma(gA4_0, vec4f(dt4), dA0);
let gh3_0 = fma(vec4f(dy3), C3_0, g0);
let pB3_0 = gh3_0 * du3;
let pC3_0 = dy3 * h3_0;
fromB3 = fma(gh3_0.x, B3_0.x, fromB3);
fromB3 = fma(gh3_0.y, B3_0.y, fromB3);
fromB3 = fma(gh3_0.z, B3_0.z, fromB3);
fromB3 = fma(gh3_0.w, B3_0.w, fromB3);
g0 = gh3_0 * e3_0;
let gA3_0 = g0 * h2_0;
fromA3 = fma(gA3_0.x, A0.x, fromA3);
fromA3 = fma(gA3_0.y, A0.y, fromA3);
fromA3 = fma(gA3_0.z, A0.z, fromA3);
fromA3 = fma(gA3_0.w, A0.w, fromA3);
dA0 = fma(gA3_0, vec4f(dt3), dA0);
let gh2_0 = fma(vec4f(dy2), C2_0, g0);
let pB2_0 = gh2_0 * du2;
let pC2_0 = dy2 * h2_0;
fromB2 = fma(gh2_0.x, B2_0.x, fromB2);
fromB2 = fma(gh2_0.y, B2_0.y, fromB2);
fromB2 = fma(gh2_0.z, B2_0.z, fromB2);
fromB2 = fma(gh2_0.w, B2_0.w, fromB2);
g0 = gh2_0 * e2_0;
let gA2_0 = g0 * h1_0;
fromA2 = fma(gA2_0.x, A0.x, fromA2);
fromA2 = fma(gA2_0.y, A0.y, fromA2);
fromA2 = fma(gA2_0.z, A0.z, fromA2);
fromA2 = fma(gA2_0.w, A0.w, fromA2);
dA0 = fma(gA2_0, vec4f(dt2), dA0);
let gh1_0 = fma(vec4f(dy1), C1_0, g0);
let pB1_0 = gh1_0 * du1;
let pC1_0 = dy1 * h1_0;
fromB1 = fma(gh1_0.x, B1_0.x, fromB1);
fromB1 = fma(gh1_0.y, B1_0.y, fromB1);
fromB1 = fma(gh1_0.z, B1_0.z, fromB1);
fromB1 = fma(gh1_0.w, B1_0.w, fromB1);
g0 = gh1_0 * e1_0;
let gA1_0 = g0 * h0_0;
fromA1 = fma(gA1_0.x, A0.x, fromA1);
fromA1 = fma(gA1_0.y, A0.y, fromA1);
fromA1 = fma(gA1_0.z, A0.z, fromA1);
fromA1 = fma(gA1_0.w, A0.w, fromA1);
dA0 = fma(gA1_0, vec4f(dt1), dA0);
let gh0_0 = fma(vec4f(dy0), C0_0, g0);
let pB0_0 = gh0_0 * du0;
let pC0_0 = dy0 * h0_0;
fromB0 = fma(gh0_0.x, B0_0.x, fromB0);
fromB0 = fma(gh0_0.y, B0_0.y, fromB0);
fromB0 = fma(gh0_0.z, B0_0.z, fromB0);
fromB0 = fma(gh0_0.w, B0_0.w, fromB0);
g0 = gh0_0 * e0_0;
let gA0_0 = g0 * hs_0;
fromA0 = fma(gA0_0.x, A0.x, fromA0);
fromA0 = fma(gA0_0.y, A0.y, fromA0);
fromA0 = fma(gA0_0.z, A0.z, fromA0);
fromA0 = fma(gA0_0.w, A0.w, fromA0);
dA0 = fma(gA0_0, vec4f(dt0), dA0);
      let sumB0_0 = pB0_0;
let sumB1_0 = pB1_0;
let sumB2_0 = pB2_0;
let sumB3_0 = pB3_0;
let sumB4_0 = pB4_0;
let sumB5_0 = pB5_0;
let sumB6_0 = pB6_0;
let sumB7_0 = pB7_0;
let sumC0_0 = pC0_0;
let sumC1_0 = pC1_0;
let sumC2_0 = pC2_0;
let sumC3_0 = pC3_0;
let sumC4_0 = pC4_0;
let sumC5_0 = pC5_0;
let sumC6_0 = pC6_0;
let sumC7_0 = pC7_0;
exchanged[0u + local] = sumB0_0;
exchanged[32u + local] = sumB1_0;
exchanged[64u + local] = sumB2_0;
exchanged[96u + local] = sumB3_0;
exchanged[128u + local] = sumB4_0;
exchanged[160u + local] = sumB5_0;
exchanged[192u + local] = sumB6_0;
exchanged[224u + local] = sumB7_0;
exchanged[16u + local] = sumC0_0;
exchanged[48u + local] = sumC1_0;
exchanged[80u + local] = sumC2_0;
exchanged[112u + local] = sumC3_0;
exchanged[144u + local] = sumC4_0;
exchanged[176u + local] = sumC5_0;
exchanged[208u + local] = sumC6_0;
exchanged[240u + local] = sumC7_0; }
{ let B0_1 = vec4f(Bw8.x, Bw10.x, Bw12.x, Bw14.x); let C0_1 = vec4f(Cw8.x, Cw10.x, Cw12.x, Cw14.x);
let B1_1 = vec4f(Bw8.y, Bw10.y, Bw12.y, Bw14.y); let C1_1 = vec4f(Cw8.y, Cw10.y, Cw12.y, Cw14.y);
let B2_1 = vec4f(Bw8.z, Bw10.z, Bw12.z, Bw14.z); let C2_1 = vec4f(Cw8.z, Cw10.z, Cw12.z, Cw14.z);
let B3_1 = vec4f(Bw8.w, Bw10.w, Bw12.w, Bw14.w); let C3_1 = vec4f(Cw8.w, Cw10.w, Cw12.w, Cw14.w);
let B4_1 = vec4f(Bw9.x, Bw11.x, Bw13.x, Bw15.x); let C4_1 = vec4f(Cw9.x, Cw11.x, Cw13.x, Cw15.x);
let B5_1 = vec4f(Bw9.y, Bw11.y, Bw13.y, Bw15.y); let C5_1 = vec4f(Cw9.y, Cw11.y, Cw13.y, Cw15.y);
let B6_1 = vec4f(Bw9.z, Bw11.z, Bw13.z, Bw15.z); let C6_1 = vec4f(Cw9.z, Cw11.z, Cw13.z, Cw15.z);
let B7_1 = vec4f(Bw9.w, Bw11.w, Bw13.w, Bw15.w); let C7_1 = vec4f(Cw9.w, Cw11.w, Cw13.w, Cw15.w);
      let hs_1 = before1[chunk - firstChunk];let e0_1 = exp2(dt0 * A1);
let h0_1 = fma(e0_1, hs_1, du0 * B0_1);
y0 = fma(h0_1.x, C0_1.x, y0);
y0 = fma(h0_1.y, C0_1.y, y0);
y0 = fma(h0_1.z, C0_1.z, y0);
y0 = fma(h0_1.w, C0_1.w, y0);
let e1_1 = exp2(dt1 * A1);
let h1_1 = fma(e1_1, h0_1, du1 * B1_1);
y1 = fma(h1_1.x, C1_1.x, y1);
y1 = fma(h1_1.y, C1_1.y, y1);
y1 = fma(h1_1.z, C1_1.z, y1);
y1 = fma(h1_1.w, C1_1.w, y1);
let e2_1 = exp2(dt2 * A1);
let h2_1 = fma(e2_1, h1_1, du2 * B2_1);
y2 = fma(h2_1.x, C2_1.x, y2);
y2 = fma(h2_1.y, C2_1.y, y2);
y2 = fma(h2_1.z, C2_1.z, y2);
y2 = fma(h2_1.w, C2_1.w, y2);
let e3_1 = exp2(dt3 * A1);
let h3_1 = fma(e3_1, h2_1, du3 * B3_1);
y3 = fma(h3_1.x, C3_1.x, y3);
y3 = fma(h3_1.y, C3_1.y, y3);
y3 = fma(h3_1.z, C3_1.z, y3);
y3 = fma(h3_1.w, C3_1.w, y3);
let e4_1 = exp2(dt4 * A1);
let h4_1 = fma(e4_1, h3_1, du4 * B4_1);
y4 = fma(h4_1.x, C4_1.x, y4);
y4 = fma(h4_1.y, C4_1.y, y4);
y4 = fma(h4_1.z, C4_1.z, y4);
y4 = fma(h4_1.w, C4_1.w, y4);
let e5_1 = exp2(dt5 * A1);
let h5_1 = fma(e5_1, h4_1, du5 * B5_1);
y5 = fma(h5_1.x, C5_1.x, y5);
y5 = fma(h5_1.y, C5_1.y, y5);
y5 = fma(h5_1.z, C5_1.z, y5);
y5 = fma(h5_1.w, C5_1.w, y5);
let e6_1 = exp2(dt6 * A1);
let h6_1 = fma(e6_1, h5_1, du6 * B6_1);
y6 = fma(h6_1.x, C6_1.x, y6);
y6 = fma(h6_1.y, C6_1.y, y6);
y6 = fma(h6_1.z, C6_1.z, y6);
y6 = fma(h6_1.w, C6_1.w, y6);
let e7_1 = exp2(dt7 * A1);
let h7_1 = fma(e7_1, h6_1, du7 * B7_1);
y7 = fma(h7_1.x, C7_1.x, y7);
y7 = fma(h7_1.y, C7_1.y, y7);
y7 = fma(h7_1.z, C7_1.z, y7);
y7 = fma(h7_1.w, C7_1.w, y7);
let gh7_1 = fma(vec4f(dy7), C7_1, g1);
let pB7_1 = gh7_1 * du7;
let pC7_1 = dy7 * h7_1;
fromB7 = fma(gh7_1.x, B7_1.x, fromB7);
fromB7 = fma(gh7_1.y, B7_1.y, fromB7);
fromB7 = fma(gh7_1.z, B7_1.z, fromB7);
fromB7 = fma(gh7_1.w, B7_1.w, fromB7);
g1 = gh7_1 * e7_1;
let gA7_1 = g1 * h6_1;
fromA7 = fma(gA7_1.x, A1.x, fromA7);
fromA7 = fma(gA7_1.y, A1.y, fromA7);
fromA7 = fma(gA7_1.z, A1.z, fromA7);
fromA7 = fma(gA7_1.w, A1.w, fromA7);
dA1 = fma(gA7_1, vec4f(dt7), dA1);
let gh6_1 = fma(vec4f(dy6), C6_1, g1);
let pB6_1 = gh6_1 * du6;
let pC6_1 = dy6 * h6_1;
fromB6 = fma(gh6_1.x, B6_1.x, fromB6);
fromB6 = fma(gh6_1.y, B6_1.y, fromB6);
fromB6 = fma(gh6_1.z, B6_1.z, fromB6);
fromB6 = fma(gh6_1.w, B6_1.w, fromB6);
g1 = gh6_1 * e6_1;
let gA6_1 = g1 * h5_1;
fromA6 = fma(gA6_1.x, A1.x, fromA6);
fromA6 = fma(gA6_1.y, A1.y, fromA6);
fromA6 = fma(gA6_1.z, A1.z, fromA6);
fromA6 = fma(gA6_1.w, A1.w, fromA6);
dA1 = fma(gA6_1, vec4f(dt6), dA1);
let gh5_1 = fma(vec4f(dy5), C5_1, g1);
let pB5_1 = gh5_1 * du5;
let pC5_1 = dy5 * h5_1;
fromB5 = fma(gh5_1.x, B5_1.x, fromB5);
fromB5 = fma(gh5_1.y, B5_1.y, fromB5);
fromB5 = fma(gh5_1.z, B5_1.z, fromB5);
fromB5 = fma(gh5_1.w, B5_1.w, fromB5);
g1 = gh5_1 * e5_1;
let gA5_1 = g1 * h4_1;
fromA5 = fma(gA5_1.x, A1.x, fromA5);
fromA5 = fma(gA5_1.y, A1.y, fromA5);
fromA5 = fma(gA5_1.z, A1.z, fromA5);
fromA5 = fma(gA5_1.w, A1.w, fromA5);
dA1 = fma(gA5_1, vec4f(dt5), dA1);
let gh4_1 = fma(vec4f(dy4), C4_1, g1);
let pB4_1 = gh4_1 * du4;
let pC4_1 = dy4 * h4_1;
fromB4 = fma(gh4_1.x, B4_1.x, fromB4);
fromB4 = fma(gh4_1.y, B4_1.y, fromB4);
fromB4 = fma(gh4_1.z, B4_1.z, fromB4);
fromB4 = fma(gh4_1.w, B4_1.w, fromB4);
g1 = gh4_1 * e4_1;
let gA4_1 = g1 * h3_1;
fromA4 = fma(gA4_1.x, A1.x, fromA4);
fromA4 = fma(gA4_1.y, A1.y, fromA4);
fromA4 = fma(gA4_1.z, A1.z, fromA4);
fromA4 = fma(gA4_1.w, A1.w, fromA4);
dA1 = fma(gA4_1, vec4f(dt4), dA1);
let gh3_1 = fma(vec4f(dy3), C3_1, g1);
let pB3_1 = gh3_1 * du3;
let pC3_1 = dy3 * h3_1;
fromB3 = fma(gh3_1.x, B3_1.x, fromB3);
fromB3 = fma(gh3_1.y, B3_1.y, fromB3);
fromB3 = fma(gh3_1.z, B3_1.z, fromB3);
fromB3 = fma(gh3_1.w, B3_1.w, fromB3);
g1 = gh3_1 * e3_1;
let gA3_1 = g1 * h2_1;
fromA3 = fma(gA3_1.x, A1.x, fromA3);
fromA3 = fma(gA3_1.y, A1.y, fromA3);
fromA3 = fma(gA3_1.z, A1.z, fromA3);
fromA3 = fma(gA3_1.w, A1.w, fromA3);
dA1 = fma(gA3_1, vec4f(dt3), dA1);
let gh2_1 = fma(vec4f(dy2), C2_1, g1);
let pB2_1 = gh2_1 * du2;
let pC2_1 = dy2 * h2_1;
fromB2 = fma(gh2_1.x, B2_1.x, fromB2);
fromB2 = fma(gh2_1.y, B2_1.y, fromB2);
fromB2 = fma(gh2_1.z, B2_1.z, fromB2);
fromB2 = fma(gh2_1.w, B2_1.w, fromB2);
g1 = gh2_1 * e2_1;
let gA2_1 = g1 * h1_1;
fromA2 = fma(gA2_1.x, A1.x, fromA2);
fromA2 = fma(gA2_1.y, A1.y, fromA2);
fromA2 = fma(gA2_1.z, A1.z, fromA2);
fromA2 = fma(gA2_1.w, A1.w, fromA2);
dA1 = fma(gA2_1, vec4f(dt2), dA1);
let gh1_1 = fma(vec4f(dy1), C1_1, g1);
let pB1_1 = gh1_1 * du1;
let pC1_1 = dy1 * h1_1;
fromB1 = fma(gh1_1.x, B1_1.x, fromB1);
fromB1 = fma(gh1_1.y, B1_1.y, fromB1);
fromB1 = fma(gh1_1.z, B1_1.z, fromB1);
fromB1 = fma(gh1_1.w, B1_1.w, fromB1);
g1 = gh1_1 * e1_1;
let gA1_1 = g1 * h0_1;
fromA1 = fma(gA1_1.x, A1.x, fromA1);
fromA1 = fma(gA1_1.y, A1.y, fromA1);
fromA1 = fma(gA1_1.z, A1.z, fromA1);
fromA1 = fma(gA1_1.w, A1.w, fromA1);
dA1 = fma(gA1_1, vec4f(dt1), dA1);
let gh0_1 = fma(vec4f(dy0), C0_1, g1);
let pB0_1 = gh0_1 * du0;
let pC0_1 = dy0 * h0_1;
fromB0 = fma(gh0_1.x, B0_1.x, fromB0);
fromB0 = fma(gh0_1.y, B0_1.y, fromB0);
fromB0 = fma(gh0_1.z, B0_1.z, fromB0);
fromB0 = fma(gh0_1.w, B0_1.w, fromB0);
g1 = gh0_1 * e0_1;
let gA0_1 = g1 * hs_1;
fromA0 = fma(gA0_1.x, A1.x, fromA0);
fromA0 = fma(gA0_1.y, A1.y, fromA0);
fromA0 = fma(gA0_1.z, A1.z, fromA0);
fromA0 = fma(gA0_1.w, A1.w, fromA0);
dA1 = fma(gA0_1, vec4f(dt0), dA1);
      let sumB0_1 = pB0_1;
let sumB1_1 = pB1_1;
let sumB2_1 = pB2_1;
let sumB3_1 = pB3_1;
let sumB4_1 = pB4_1;
let sumB5_1 = pB5_1;
let sumB6_1 = pB6_1;
let sumB7_1 = pB7_1;
let sumC0_1 = pC0_1;
let sumC1_1 = pC1_1;
let sumC2_1 = pC2_1;
let sumC3_1 = pC3_1;
let sumC4_1 = pC4_1;
let sumC5_1 = pC5_1;
let sumC6_1 = pC6_1;
let sumC7_1 = pC7_1;
exchanged[8u + local] = sumB0_1;
exchanged[40u + local] = sumB1_1;
exchanged[72u + local] = sumB2_1;
exchanged[104u + local] = sumB3_1;
exchanged[136u + local] = sumB4_1;
exchanged[168u + local] = sumB5_1;
exchanged[200u + local] = sumB6_1;
exchanged[232u + local] = sumB7_1;
exchanged[24u + local] = sumC0_1;
exchanged[56u + local] = sumC1_1;
exchanged[88u + local] = sumC2_1;
exchanged[120u + local] = sumC3_1;
exchanged[152u + local] = sumC4_1;
exchanged[184u + local] = sumC5_1;
exchanged[216u + local] = sumC6_1;
exchanged[248u + local] = sumC7_1; }
      dD = fma(dy7, u7, dD);
if (valid && t0 + 7u < params.length) { let slope7 = (u7 * fromB7 + fromA7 * 0.6931471805599453) * sigmoid(raw7);
  dBias += slope7;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] = slope7;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] = Dskip * dy7 + dt7 * fromB7;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] = dOut7 * y7 * s7 * (1.0 + z7 * (1.0 - s7)); }
dD = fma(dy6, u6, dD);
if (valid && t0 + 6u < params.length) { let slope6 = (u6 * fromB6 + fromA6 * 0.6931471805599453) * sigmoid(raw6);
  dBias += slope6;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] = slope6;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] = Dskip * dy6 + dt6 * fromB6;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] = dOut6 * y6 * s6 * (1.0 + z6 * (1.0 - s6)); }
dD = fma(dy5, u5, dD);
if (valid && t0 + 5u < params.length) { let slope5 = (u5 * fromB5 + fromA5 * 0.6931471805599453) * sigmoid(raw5);
  dBias += slope5;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] = slope5;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] = Dskip * dy5 + dt5 * fromB5;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] = dOut5 * y5 * s5 * (1.0 + z5 * (1.0 - s5)); }
dD = fma(dy4, u4, dD);
if (valid && t0 + 4u < params.length) { let slope4 = (u4 * fromB4 + fromA4 * 0.6931471805599453) * sigmoid(raw4);
  dBias += slope4;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] = slope4;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] = Dskip * dy4 + dt4 * fromB4;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] = dOut4 * y4 * s4 * (1.0 + z4 * (1.0 - s4)); }
dD = fma(dy3, u3, dD);
if (valid && t0 + 3u < params.length) { let slope3 = (u3 * fromB3 + fromA3 * 0.6931471805599453) * sigmoid(raw3);
  dBias += slope3;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] = slope3;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] = Dskip * dy3 + dt3 * fromB3;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] = dOut3 * y3 * s3 * (1.0 + z3 * (1.0 - s3)); }
dD = fma(dy2, u2, dD);
if (valid && t0 + 2u < params.length) { let slope2 = (u2 * fromB2 + fromA2 * 0.6931471805599453) * sigmoid(raw2);
  dBias += slope2;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] = slope2;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] = Dskip * dy2 + dt2 * fromB2;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] = dOut2 * y2 * s2 * (1.0 + z2 * (1.0 - s2)); }
dD = fma(dy1, u1, dD);
if (valid && t0 + 1u < params.length) { let slope1 = (u1 * fromB1 + fromA1 * 0.6931471805599453) * sigmoid(raw1);
  dBias += slope1;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] = slope1;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] = Dskip * dy1 + dt1 * fromB1;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] = dOut1 * y1 * s1 * (1.0 + z1 * (1.0 - s1)); }
dD = fma(dy0, u0, dD);
if (valid && t0 + 0u < params.length) { let slope0 = (u0 * fromB0 + fromA0 * 0.6931471805599453) * sigmoid(raw0);
  dBias += slope0;
  ddelta[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] = slope0;
  du[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] = Dskip * dy0 + dt0 * fromB0;
  dz[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] = dOut0 * y0 * s0 * (1.0 + z0 * (1.0 - s0)); }
      
      

      workgroupBarrier();
for (var w = local; w < 32u; w += 8u) {
  let sum = exchanged[w * 8u + 0u] + exchanged[w * 8u + 1u] + exchanged[w * 8u + 2u] + exchanged[w * 8u + 3u] + exchanged[w * 8u + 4u] + exchanged[w * 8u + 5u] + exchanged[w * 8u + 6u] + exchanged[w * 8u + 7u];
  let step = w / 4u;
  if (t0 + step < params.length) {
    partialBC[(((((tile % 1u) / 1u * params.batch + batch) * params.length + t0 + step) * 1u + g) * 16u) / 4u + w % 4u] = sum;
  }
}
workgroupBarrier();
    }
  }
  if (valid) {
perChannel[((batch * sections + section) * 4u + d) * 10u + 0u] = dA0.x;
perChannel[((batch * sections + section) * 4u + d) * 10u + 1u] = dA0.y;
perChannel[((batch * sections + section) * 4u + d) * 10u + 2u] = dA0.z;
perChannel[((batch * sections + section) * 4u + d) * 10u + 3u] = dA0.w;
perChannel[((batch * sections + section) * 4u + d) * 10u + 4u] = dA1.x;
perChannel[((batch * sections + section) * 4u + d) * 10u + 5u] = dA1.y;
perChannel[((batch * sections + section) * 4u + d) * 10u + 6u] = dA1.z;
perChannel[((batch * sections + section) * 4u + d) * 10u + 7u] = dA1.w;
perChannel[((batch * sections + section) * 4u + d) * 10u + 8u] = dD;
perChannel[((batch * sections + section) * 4u + d) * 10u + 9u] = dBias;
if (firstBlock == 0u) { dInitial[(batch * 4u + d) * 8u + 0u] = g0.x;
dInitial[(batch * 4u + d) * 8u + 1u] = g0.y;
dInitial[(batch * 4u + d) * 8u + 2u] = g0.z;
dInitial[(batch * 4u + d) * 8u + 3u] = g0.w;
dInitial[(batch * 4u + d) * 8u + 4u] = g1.x;
dInitial[(batch * 4u + d) * 8u + 5u] = g1.y;
dInitial[(batch * 4u + d) * 8u + 6u] = g1.z;
dInitial[(batch * 4u + d) * 8u + 7u] = g1.w; }
}
}

// selectiveScanBackwardSums 4 8 1 8 8 8 0 8 0 1 1 0 0 0 1 0 0 0 0 delta:length/0/1 A:8/0/1 C:length/0/1 z:length/0/1 deltaBias:4/0/1 dOut:length/0/1
@group(0) @binding(0) var<storage, read> delta: array<f32>;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read> C: array<vec4f>;
@group(0) @binding(3) var<storage, read> z: array<f32>;
@group(0) @binding(4) var<storage, read> deltaBias: array<f32>;
@group(0) @binding(5) var<storage, read> dOut: array<f32>;
@group(0) @binding(6) var<storage, read_write> ends: array<f32>;
@group(0) @binding(7) var<storage, read_write> products: array<f32>;
struct Params { length: u32, batch: u32, sectionBlocks: u32 }
@group(0) @binding(8) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tileLane = local % 8u;
  let chunks = (params.length + 7u) / 8u;
  let blocks = (chunks + 7u) / 8u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);
  let tile = (group.x * 1u + local / 8u) * 1u + 0u;
  let inGroup = (tile % 1u) * 8u + tileLane;
  let g = min(tile / 1u, 0u);
  let valid = inGroup < 4u && tile < 1u;
  let d = g * 4u + min(inGroup, 3u);
  let saved = (batch * 1u + min(tile, 0u)) * blocks * 16u + tileLane;
  
  let A0 = vec4f(A[0u + d * 8u + 0u], A[0u + d * 8u + 1u], A[0u + d * 8u + 2u], A[0u + d * 8u + 3u]) * 1.4426950408889634;
let A1 = vec4f(A[0u + d * 8u + 4u], A[0u + d * 8u + 5u], A[0u + d * 8u + 6u], A[0u + d * 8u + 7u]) * 1.4426950408889634;
let bias = deltaBias[0u + d];
  var h0 = vec4f();
var h1 = vec4f();
  var time = 0.0;
  
  for (var left = min(endBlock * 8u, chunks); left > firstBlock * 8u; left--) {
    let t0 = (left - 1u) * 8u;
    let Cw0 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw1 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw2 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw3 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw4 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw5 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw6 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw7 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw8 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw9 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw10 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw11 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw12 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw13 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw14 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Cw15 = vec4f(C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], C[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
    
    { let raw7 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] + bias; let dt7 = select(0.0, softplus(raw7), t0 + 7u < params.length); time += dt7;
let dOut7 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))], valid && t0 + 7u < params.length); let z7 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))]; let dy = dOut7 * z7 * sigmoid(z7);
h0 = fma(vec4f(dy), vec4f(Cw1.w, Cw3.w, Cw5.w, Cw7.w), h0) * exp2(dt7 * A0);
h1 = fma(vec4f(dy), vec4f(Cw9.w, Cw11.w, Cw13.w, Cw15.w), h1) * exp2(dt7 * A1); }
{ let raw6 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] + bias; let dt6 = select(0.0, softplus(raw6), t0 + 6u < params.length); time += dt6;
let dOut6 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))], valid && t0 + 6u < params.length); let z6 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))]; let dy = dOut6 * z6 * sigmoid(z6);
h0 = fma(vec4f(dy), vec4f(Cw1.z, Cw3.z, Cw5.z, Cw7.z), h0) * exp2(dt6 * A0);
h1 = fma(vec4f(dy), vec4f(Cw9.z, Cw11.z, Cw13.z, Cw15.z), h1) * exp2(dt6 * A1); }
{ let raw5 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] + bias; let dt5 = select(0.0, softplus(raw5), t0 + 5u < params.length); time += dt5;
let dOut5 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))], valid && t0 + 5u < params.length); let z5 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))]; let dy = dOut5 * z5 * sigmoid(z5);
h0 = fma(vec4f(dy), vec4f(Cw1.y, Cw3.y, Cw5.y, Cw7.y), h0) * exp2(dt5 * A0);
h1 = fma(vec4f(dy), vec4f(Cw9.y, Cw11.y, Cw13.y, Cw15.y), h1) * exp2(dt5 * A1); }
{ let raw4 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] + bias; let dt4 = select(0.0, softplus(raw4), t0 + 4u < params.length); time += dt4;
let dOut4 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))], valid && t0 + 4u < params.length); let z4 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))]; let dy = dOut4 * z4 * sigmoid(z4);
h0 = fma(vec4f(dy), vec4f(Cw1.x, Cw3.x, Cw5.x, Cw7.x), h0) * exp2(dt4 * A0);
h1 = fma(vec4f(dy), vec4f(Cw9.x, Cw11.x, Cw13.x, Cw15.x), h1) * exp2(dt4 * A1); }
{ let raw3 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length); time += dt3;
let dOut3 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))], valid && t0 + 3u < params.length); let z3 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))]; let dy = dOut3 * z3 * sigmoid(z3);
h0 = fma(vec4f(dy), vec4f(Cw0.w, Cw2.w, Cw4.w, Cw6.w), h0) * exp2(dt3 * A0);
h1 = fma(vec4f(dy), vec4f(Cw8.w, Cw10.w, Cw12.w, Cw14.w), h1) * exp2(dt3 * A1); }
{ let raw2 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length); time += dt2;
let dOut2 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))], valid && t0 + 2u < params.length); let z2 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))]; let dy = dOut2 * z2 * sigmoid(z2);
h0 = fma(vec4f(dy), vec4f(Cw0.z, Cw2.z, Cw4.z, Cw6.z), h0) * exp2(dt2 * A0);
h1 = fma(vec4f(dy), vec4f(Cw8.z, Cw10.z, Cw12.z, Cw14.z), h1) * exp2(dt2 * A1); }
{ let raw1 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length); time += dt1;
let dOut1 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))], valid && t0 + 1u < params.length); let z1 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))]; let dy = dOut1 * z1 * sigmoid(z1);
h0 = fma(vec4f(dy), vec4f(Cw0.y, Cw2.y, Cw4.y, Cw6.y), h0) * exp2(dt1 * A0);
h1 = fma(vec4f(dy), vec4f(Cw8.y, Cw10.y, Cw12.y, Cw14.y), h1) * exp2(dt1 * A1); }
{ let raw0 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length); time += dt0;
let dOut0 = select(0.0, dOut[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))], valid && t0 + 0u < params.length); let z0 = z[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))]; let dy = dOut0 * z0 * sigmoid(z0);
h0 = fma(vec4f(dy), vec4f(Cw0.x, Cw2.x, Cw4.x, Cw6.x), h0) * exp2(dt0 * A0);
h1 = fma(vec4f(dy), vec4f(Cw8.x, Cw10.x, Cw12.x, Cw14.x), h1) * exp2(dt0 * A1); }
  }
  if (valid) {
    let product0 = exp2(time * A0);
let product1 = exp2(time * A1);
    ends[((batch * sections + section) * 4u + d) * 8u + 0u] = h0.x;
    products[((batch * sections + section) * 4u + d) * 8u + 0u] = product0.x;
ends[((batch * sections + section) * 4u + d) * 8u + 1u] = h0.y;
    products[((batch * sections + section) * 4u + d) * 8u + 1u] = product0.y;
ends[((batch * sections + section) * 4u + d) * 8u + 2u] = h0.z;
    products[((batch * sections + section) * 4u + d) * 8u + 2u] = product0.z;
ends[((batch * sections + section) * 4u + d) * 8u + 3u] = h0.w;
    products[((batch * sections + section) * 4u + d) * 8u + 3u] = product0.w;
ends[((batch * sections + section) * 4u + d) * 8u + 4u] = h1.x;
    products[((batch * sections + section) * 4u + d) * 8u + 4u] = product1.x;
ends[((batch * sections + section) * 4u + d) * 8u + 5u] = h1.y;
    products[((batch * sections + section) * 4u + d) * 8u + 5u] = product1.y;
ends[((batch * sections + section) * 4u + d) * 8u + 6u] = h1.z;
    products[((batch * sections + section) * 4u + d) * 8u + 6u] = product1.z;
ends[((batch * sections + section) * 4u + d) * 8u + 7u] = h1.w;
    products[((batch * sections + section) * 4u + d) * 8u + 7u] = product1.w;
  }
}

// selectiveScanCarry 0 1 0
@group(0) @binding(0) var<storage, read> ends: array<f32>;
@group(0) @binding(1) var<storage, read> products: array<f32>;
@group(0) @binding(2) var<storage, read> initial: array<f32>;
@group(0) @binding(3) var<storage, read_write> carried: array<f32>;
struct Params { size: u32, width: u32, sections: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let lane = (group.y * 32768u + group.x) * 64u + local;
  if (lane >= params.size) { return; }
  let batch = lane / params.width;
  var state = initial[0u + lane];
  for (var i = 0u; i < params.sections; i++) {
    let at = (batch * params.sections + i) * params.width + lane % params.width;
    carried[at] = state;
    state = fma(products[at], state, ends[at]);
  }
}

// selectiveScanCarry 1 1 0
@group(0) @binding(0) var<storage, read> ends: array<f32>;
@group(0) @binding(1) var<storage, read> products: array<f32>;
@group(0) @binding(2) var<storage, read> initial: array<f32>;
@group(0) @binding(3) var<storage, read_write> carried: array<f32>;
struct Params { size: u32, width: u32, sections: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let lane = (group.y * 32768u + group.x) * 64u + local;
  if (lane >= params.size) { return; }
  let batch = lane / params.width;
  var state = initial[0u + lane];
  for (var i = 0u; i < params.sections; i++) {
    let at = (batch * params.sections + params.sections - 1u - i) * params.width + lane % params.width;
    carried[at] = state;
    state = fma(products[at], state, ends[at]);
  }
}

// selectiveScanSum 16 1 3 1 1 36/4/1 36/20/1
@group(0) @binding(0) var<storage, read> partials: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4f>;
struct Params { rows: u32, length: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.rows * 8u) { return; }
  let n = i % 8u;
  let g = (i / 8u) % 1u;
  let row = i / 8u;
  let batch = row / params.length;
  let stride = params.rows * 8u;
  var at = i;
  var sum = vec4f();
  for (var term = 0u; term < 3u; term++) { sum += partials[at]; at += stride; }
  if (n < 4u) { if (n * 4u < 16u) { target_[(4u + row * 36u + g * 16u + n * 4u) >> 2u] = sum; } } else { if ((n - 4u) * 4u < 16u) { target_[(20u + row * 36u + g * 16u + (n - 4u) * 4u) >> 2u] = sum; } }
}

// selectiveScanSum 8 1 1 0 0 length/0/1 length/0/1
@group(0) @binding(0) var<storage, read> partials: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> dB: array<f32>;
@group(0) @binding(2) var<storage, read_write> dC: array<f32>;
struct Params { rows: u32, length: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.rows * 4u) { return; }
  let n = i % 4u;
  let g = (i / 4u) % 1u;
  let row = i / 4u;
  let batch = row / params.length;
  let stride = params.rows * 4u;
  var at = i;
  var sum = vec4f();
  for (var term = 0u; term < 1u; term++) { sum += partials[at]; at += stride; }
  if (n < 2u) { dB[0u + ((batch * 1u + g) * 8u + n * 4u + 0u) * params.length + row % params.length] = sum[0];
dB[0u + ((batch * 1u + g) * 8u + n * 4u + 1u) * params.length + row % params.length] = sum[1];
dB[0u + ((batch * 1u + g) * 8u + n * 4u + 2u) * params.length + row % params.length] = sum[2];
dB[0u + ((batch * 1u + g) * 8u + n * 4u + 3u) * params.length + row % params.length] = sum[3]; } else { dC[0u + ((batch * 1u + g) * 8u + (n - 2u) * 4u + 0u) * params.length + row % params.length] = sum[0];
dC[0u + ((batch * 1u + g) * 8u + (n - 2u) * 4u + 1u) * params.length + row % params.length] = sum[1];
dC[0u + ((batch * 1u + g) * 8u + (n - 2u) * 4u + 2u) * params.length + row % params.length] = sum[2];
dC[0u + ((batch * 1u + g) * 8u + (n - 2u) * 4u + 3u) * params.length + row % params.length] = sum[3]; }
}

// selectiveScanSums 4 8 1 8 8 8 0 8 0 1 1 0 0 0 1 0 0 0 0 u:length/0/1 delta:length/0/1 A:8/0/1 B:length/0/1 deltaBias:4/0/1
@group(0) @binding(0) var<storage, read> u: array<f32>;
@group(0) @binding(1) var<storage, read> delta: array<f32>;
@group(0) @binding(2) var<storage, read> A: array<f32>;
@group(0) @binding(3) var<storage, read> B: array<vec4f>;
@group(0) @binding(4) var<storage, read> deltaBias: array<f32>;
@group(0) @binding(5) var<storage, read_write> ends: array<f32>;
@group(0) @binding(6) var<storage, read_write> products: array<f32>;
struct Params { length: u32, batch: u32, sectionBlocks: u32 }
@group(0) @binding(7) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tileLane = local % 8u;
  let chunks = (params.length + 7u) / 8u;
  let blocks = (chunks + 7u) / 8u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);
  let tile = (group.x * 1u + local / 8u) * 1u + 0u;
  let inGroup = (tile % 1u) * 8u + tileLane;
  let g = min(tile / 1u, 0u);
  let valid = inGroup < 4u && tile < 1u;
  let d = g * 4u + min(inGroup, 3u);
  let saved = (batch * 1u + min(tile, 0u)) * blocks * 16u + tileLane;
  
  let A0 = vec4f(A[0u + d * 8u + 0u], A[0u + d * 8u + 1u], A[0u + d * 8u + 2u], A[0u + d * 8u + 3u]) * 1.4426950408889634;
let A1 = vec4f(A[0u + d * 8u + 4u], A[0u + d * 8u + 5u], A[0u + d * 8u + 6u], A[0u + d * 8u + 7u]) * 1.4426950408889634;
let bias = deltaBias[0u + d];
  var h0 = vec4f();
var h1 = vec4f();
  var time = 0.0;
  
  for (var chunk = firstBlock * 8u; chunk < min(endBlock * 8u, chunks); chunk++) {
    let t0 = chunk * 8u;
    let Bw0 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((0u / 2u), 7u)) * params.length + min(t0 + (0u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw1 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((1u / 2u), 7u)) * params.length + min(t0 + (1u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw2 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((2u / 2u), 7u)) * params.length + min(t0 + (2u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw3 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((3u / 2u), 7u)) * params.length + min(t0 + (3u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw4 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((4u / 2u), 7u)) * params.length + min(t0 + (4u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw5 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((5u / 2u), 7u)) * params.length + min(t0 + (5u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw6 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((6u / 2u), 7u)) * params.length + min(t0 + (6u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw7 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((7u / 2u), 7u)) * params.length + min(t0 + (7u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw8 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((8u / 2u), 7u)) * params.length + min(t0 + (8u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw9 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((9u / 2u), 7u)) * params.length + min(t0 + (9u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw10 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((10u / 2u), 7u)) * params.length + min(t0 + (10u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw11 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((11u / 2u), 7u)) * params.length + min(t0 + (11u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw12 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((12u / 2u), 7u)) * params.length + min(t0 + (12u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw13 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((13u / 2u), 7u)) * params.length + min(t0 + (13u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw14 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((14u / 2u), 7u)) * params.length + min(t0 + (14u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
let Bw15 = vec4f(B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 0u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 1u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 2u, params.length - 1u)) & 3u], B[(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) >> 2u][(0u + ((batch * 1u + g) * 8u + min((15u / 2u), 7u)) * params.length + min(t0 + (15u % 2u) * 4u + 3u, params.length - 1u)) & 3u]);
    
    { let raw0 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length); let u0 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 0u, params.length - 1u))]; let du0 = dt0 * u0; time += dt0;
h0 = fma(exp2(dt0 * A0), h0, du0 * vec4f(Bw0.x, Bw2.x, Bw4.x, Bw6.x));
h1 = fma(exp2(dt0 * A1), h1, du0 * vec4f(Bw8.x, Bw10.x, Bw12.x, Bw14.x)); }
{ let raw1 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length); let u1 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 1u, params.length - 1u))]; let du1 = dt1 * u1; time += dt1;
h0 = fma(exp2(dt1 * A0), h0, du1 * vec4f(Bw0.y, Bw2.y, Bw4.y, Bw6.y));
h1 = fma(exp2(dt1 * A1), h1, du1 * vec4f(Bw8.y, Bw10.y, Bw12.y, Bw14.y)); }
{ let raw2 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length); let u2 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 2u, params.length - 1u))]; let du2 = dt2 * u2; time += dt2;
h0 = fma(exp2(dt2 * A0), h0, du2 * vec4f(Bw0.z, Bw2.z, Bw4.z, Bw6.z));
h1 = fma(exp2(dt2 * A1), h1, du2 * vec4f(Bw8.z, Bw10.z, Bw12.z, Bw14.z)); }
{ let raw3 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length); let u3 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 3u, params.length - 1u))]; let du3 = dt3 * u3; time += dt3;
h0 = fma(exp2(dt3 * A0), h0, du3 * vec4f(Bw0.w, Bw2.w, Bw4.w, Bw6.w));
h1 = fma(exp2(dt3 * A1), h1, du3 * vec4f(Bw8.w, Bw10.w, Bw12.w, Bw14.w)); }
{ let raw4 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))] + bias; let dt4 = select(0.0, softplus(raw4), t0 + 4u < params.length); let u4 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 4u, params.length - 1u))]; let du4 = dt4 * u4; time += dt4;
h0 = fma(exp2(dt4 * A0), h0, du4 * vec4f(Bw1.x, Bw3.x, Bw5.x, Bw7.x));
h1 = fma(exp2(dt4 * A1), h1, du4 * vec4f(Bw9.x, Bw11.x, Bw13.x, Bw15.x)); }
{ let raw5 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))] + bias; let dt5 = select(0.0, softplus(raw5), t0 + 5u < params.length); let u5 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 5u, params.length - 1u))]; let du5 = dt5 * u5; time += dt5;
h0 = fma(exp2(dt5 * A0), h0, du5 * vec4f(Bw1.y, Bw3.y, Bw5.y, Bw7.y));
h1 = fma(exp2(dt5 * A1), h1, du5 * vec4f(Bw9.y, Bw11.y, Bw13.y, Bw15.y)); }
{ let raw6 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))] + bias; let dt6 = select(0.0, softplus(raw6), t0 + 6u < params.length); let u6 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 6u, params.length - 1u))]; let du6 = dt6 * u6; time += dt6;
h0 = fma(exp2(dt6 * A0), h0, du6 * vec4f(Bw1.z, Bw3.z, Bw5.z, Bw7.z));
h1 = fma(exp2(dt6 * A1), h1, du6 * vec4f(Bw9.z, Bw11.z, Bw13.z, Bw15.z)); }
{ let raw7 = delta[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))] + bias; let dt7 = select(0.0, softplus(raw7), t0 + 7u < params.length); let u7 = u[(0u + (batch * 4u + d) * params.length + min(t0 + 7u, params.length - 1u))]; let du7 = dt7 * u7; time += dt7;
h0 = fma(exp2(dt7 * A0), h0, du7 * vec4f(Bw1.w, Bw3.w, Bw5.w, Bw7.w));
h1 = fma(exp2(dt7 * A1), h1, du7 * vec4f(Bw9.w, Bw11.w, Bw13.w, Bw15.w)); }
  }
  if (valid) {
    let product0 = exp2(time * A0);
let product1 = exp2(time * A1);
    ends[((batch * sections + section) * 4u + d) * 8u + 0u] = h0.x;
    products[((batch * sections + section) * 4u + d) * 8u + 0u] = product0.x;
ends[((batch * sections + section) * 4u + d) * 8u + 1u] = h0.y;
    products[((batch * sections + section) * 4u + d) * 8u + 1u] = product0.y;
ends[((batch * sections + section) * 4u + d) * 8u + 2u] = h0.z;
    products[((batch * sections + section) * 4u + d) * 8u + 2u] = product0.z;
ends[((batch * sections + section) * 4u + d) * 8u + 3u] = h0.w;
    products[((batch * sections + section) * 4u + d) * 8u + 3u] = product0.w;
ends[((batch * sections + section) * 4u + d) * 8u + 4u] = h1.x;
    products[((batch * sections + section) * 4u + d) * 8u + 4u] = product1.x;
ends[((batch * sections + section) * 4u + d) * 8u + 5u] = h1.y;
    products[((batch * sections + section) * 4u + d) * 8u + 5u] = product1.y;
ends[((batch * sections + section) * 4u + d) * 8u + 6u] = h1.z;
    products[((batch * sections + section) * 4u + d) * 8u + 6u] = product1.z;
ends[((batch * sections + section) * 4u + d) * 8u + 7u] = h1.w;
    products[((batch * sections + section) * 4u + d) * 8u + 7u] = product1.w;
  }
}
