// selectiveScan 24 16 1 4 0 8 0 1 1 0 1 1 1 1 u:24/0/1 delta:24/0/1 A:16/0/1 D:24/0/1 deltaBias:24/0/1 sequenceIndex:19/0/0 B:36/4/1 C:36/20/1 z:48/24/1 out:24/0/1 lastState:16/0/1
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
struct Params { length: u32, batch: u32 }
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
  let tile = group.x * 1u + local / 8u;
  let tileLane = local % 8u;
  let inGroup = (tile % 3u) * 8u + tileLane;
  let g = min(tile / 3u, 0u);
  let valid = inGroup < 24u && tile < 3u;
  let d = g * 24u + min(inGroup, 23u);
  let chunks = (params.length + 3u) / 4u;
  let saved = ((batch * 3u + min(tile, 2u)) * chunks) * 32u + tileLane;
  
  let A0 = -exp(A[0u + d * 16u + 0u]) * 1.4426950408889634;
let A1 = -exp(A[0u + d * 16u + 1u]) * 1.4426950408889634;
let A2 = -exp(A[0u + d * 16u + 2u]) * 1.4426950408889634;
let A3 = -exp(A[0u + d * 16u + 3u]) * 1.4426950408889634;
let A4 = -exp(A[0u + d * 16u + 4u]) * 1.4426950408889634;
let A5 = -exp(A[0u + d * 16u + 5u]) * 1.4426950408889634;
let A6 = -exp(A[0u + d * 16u + 6u]) * 1.4426950408889634;
let A7 = -exp(A[0u + d * 16u + 7u]) * 1.4426950408889634;
let A8 = -exp(A[0u + d * 16u + 8u]) * 1.4426950408889634;
let A9 = -exp(A[0u + d * 16u + 9u]) * 1.4426950408889634;
let A10 = -exp(A[0u + d * 16u + 10u]) * 1.4426950408889634;
let A11 = -exp(A[0u + d * 16u + 11u]) * 1.4426950408889634;
let A12 = -exp(A[0u + d * 16u + 12u]) * 1.4426950408889634;
let A13 = -exp(A[0u + d * 16u + 13u]) * 1.4426950408889634;
let A14 = -exp(A[0u + d * 16u + 14u]) * 1.4426950408889634;
let A15 = -exp(A[0u + d * 16u + 15u]) * 1.4426950408889634;
let Dskip = D[0u + d];
let bias = deltaBias[0u + d];
  var h0 = 0.0;
var h1 = 0.0;
var h2 = 0.0;
var h3 = 0.0;
var h4 = 0.0;
var h5 = 0.0;
var h6 = 0.0;
var h7 = 0.0;
var h8 = 0.0;
var h9 = 0.0;
var h10 = 0.0;
var h11 = 0.0;
var h12 = 0.0;
var h13 = 0.0;
var h14 = 0.0;
var h15 = 0.0;
  for (var chunk = 0u; chunk < chunks; chunk++) {
    let t0 = chunk * 4u;
    if (tile < 3u) { states[saved + (chunk * 4u + 0u) * 8u] = vec4f(h0, h1, h2, h3);
states[saved + (chunk * 4u + 1u) * 8u] = vec4f(h4, h5, h6, h7);
states[saved + (chunk * 4u + 2u) * 8u] = vec4f(h8, h9, h10, h11);
states[saved + (chunk * 4u + 3u) * 8u] = vec4f(h12, h13, h14, h15); }
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
    
    
    { let raw0 = delta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length);
let u0 = u[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)]; let du0 = dt0 * u0;
let z0 = z[(24u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 48u + d)];let reset0 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 0u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 0u, params.length - 1u), 1u) - 1u] && t0 + 0u < params.length);
var y = Dskip * u0;
h0 = fma(exp2(fma(dt0, A0, reset0)), h0, du0 * Bw0.x);
y = fma(h0, Cw0.x, y);
h1 = fma(exp2(fma(dt0, A1, reset0)), h1, du0 * Bw0.y);
y = fma(h1, Cw0.y, y);
h2 = fma(exp2(fma(dt0, A2, reset0)), h2, du0 * Bw0.z);
y = fma(h2, Cw0.z, y);
h3 = fma(exp2(fma(dt0, A3, reset0)), h3, du0 * Bw0.w);
y = fma(h3, Cw0.w, y);
h4 = fma(exp2(fma(dt0, A4, reset0)), h4, du0 * Bw1.x);
y = fma(h4, Cw1.x, y);
h5 = fma(exp2(fma(dt0, A5, reset0)), h5, du0 * Bw1.y);
y = fma(h5, Cw1.y, y);
h6 = fma(exp2(fma(dt0, A6, reset0)), h6, du0 * Bw1.z);
y = fma(h6, Cw1.z, y);
h7 = fma(exp2(fma(dt0, A7, reset0)), h7, du0 * Bw1.w);
y = fma(h7, Cw1.w, y);
h8 = fma(exp2(fma(dt0, A8, reset0)), h8, du0 * Bw2.x);
y = fma(h8, Cw2.x, y);
h9 = fma(exp2(fma(dt0, A9, reset0)), h9, du0 * Bw2.y);
y = fma(h9, Cw2.y, y);
h10 = fma(exp2(fma(dt0, A10, reset0)), h10, du0 * Bw2.z);
y = fma(h10, Cw2.z, y);
h11 = fma(exp2(fma(dt0, A11, reset0)), h11, du0 * Bw2.w);
y = fma(h11, Cw2.w, y);
h12 = fma(exp2(fma(dt0, A12, reset0)), h12, du0 * Bw3.x);
y = fma(h12, Cw3.x, y);
h13 = fma(exp2(fma(dt0, A13, reset0)), h13, du0 * Bw3.y);
y = fma(h13, Cw3.y, y);
h14 = fma(exp2(fma(dt0, A14, reset0)), h14, du0 * Bw3.z);
y = fma(h14, Cw3.z, y);
h15 = fma(exp2(fma(dt0, A15, reset0)), h15, du0 * Bw3.w);
y = fma(h15, Cw3.w, y);
if (valid && t0 + 0u < params.length) { result[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] = y * z0 * sigmoid(z0); } }
{ let raw1 = delta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length);
let u1 = u[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)]; let du1 = dt1 * u1;
let z1 = z[(24u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 48u + d)];let reset1 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 1u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 1u, params.length - 1u), 1u) - 1u] && t0 + 1u < params.length);
var y = Dskip * u1;
h0 = fma(exp2(fma(dt1, A0, reset1)), h0, du1 * Bw4.x);
y = fma(h0, Cw4.x, y);
h1 = fma(exp2(fma(dt1, A1, reset1)), h1, du1 * Bw4.y);
y = fma(h1, Cw4.y, y);
h2 = fma(exp2(fma(dt1, A2, reset1)), h2, du1 * Bw4.z);
y = fma(h2, Cw4.z, y);
h3 = fma(exp2(fma(dt1, A3, reset1)), h3, du1 * Bw4.w);
y = fma(h3, Cw4.w, y);
h4 = fma(exp2(fma(dt1, A4, reset1)), h4, du1 * Bw5.x);
y = fma(h4, Cw5.x, y);
h5 = fma(exp2(fma(dt1, A5, reset1)), h5, du1 * Bw5.y);
y = fma(h5, Cw5.y, y);
h6 = fma(exp2(fma(dt1, A6, reset1)), h6, du1 * Bw5.z);
y = fma(h6, Cw5.z, y);
h7 = fma(exp2(fma(dt1, A7, reset1)), h7, du1 * Bw5.w);
y = fma(h7, Cw5.w, y);
h8 = fma(exp2(fma(dt1, A8, reset1)), h8, du1 * Bw6.x);
y = fma(h8, Cw6.x, y);
h9 = fma(exp2(fma(dt1, A9, reset1)), h9, du1 * Bw6.y);
y = fma(h9, Cw6.y, y);
h10 = fma(exp2(fma(dt1, A10, reset1)), h10, du1 * Bw6.z);
y = fma(h10, Cw6.z, y);
h11 = fma(exp2(fma(dt1, A11, reset1)), h11, du1 * Bw6.w);
y = fma(h11, Cw6.w, y);
h12 = fma(exp2(fma(dt1, A12, reset1)), h12, du1 * Bw7.x);
y = fma(h12, Cw7.x, y);
h13 = fma(exp2(fma(dt1, A13, reset1)), h13, du1 * Bw7.y);
y = fma(h13, Cw7.y, y);
h14 = fma(exp2(fma(dt1, A14, reset1)), h14, du1 * Bw7.z);
y = fma(h14, Cw7.z, y);
h15 = fma(exp2(fma(dt1, A15, reset1)), h15, du1 * Bw7.w);
y = fma(h15, Cw7.w, y);
if (valid && t0 + 1u < params.length) { result[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] = y * z1 * sigmoid(z1); } }
{ let raw2 = delta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length);
let u2 = u[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)]; let du2 = dt2 * u2;
let z2 = z[(24u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 48u + d)];let reset2 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 2u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 2u, params.length - 1u), 1u) - 1u] && t0 + 2u < params.length);
var y = Dskip * u2;
h0 = fma(exp2(fma(dt2, A0, reset2)), h0, du2 * Bw8.x);
y = fma(h0, Cw8.x, y);
h1 = fma(exp2(fma(dt2, A1, reset2)), h1, du2 * Bw8.y);
y = fma(h1, Cw8.y, y);
h2 = fma(exp2(fma(dt2, A2, reset2)), h2, du2 * Bw8.z);
y = fma(h2, Cw8.z, y);
h3 = fma(exp2(fma(dt2, A3, reset2)), h3, du2 * Bw8.w);
y = fma(h3, Cw8.w, y);
h4 = fma(exp2(fma(dt2, A4, reset2)), h4, du2 * Bw9.x);
y = fma(h4, Cw9.x, y);
h5 = fma(exp2(fma(dt2, A5, reset2)), h5, du2 * Bw9.y);
y = fma(h5, Cw9.y, y);
h6 = fma(exp2(fma(dt2, A6, reset2)), h6, du2 * Bw9.z);
y = fma(h6, Cw9.z, y);
h7 = fma(exp2(fma(dt2, A7, reset2)), h7, du2 * Bw9.w);
y = fma(h7, Cw9.w, y);
h8 = fma(exp2(fma(dt2, A8, reset2)), h8, du2 * Bw10.x);
y = fma(h8, Cw10.x, y);
h9 = fma(exp2(fma(dt2, A9, reset2)), h9, du2 * Bw10.y);
y = fma(h9, Cw10.y, y);
h10 = fma(exp2(fma(dt2, A10, reset2)), h10, du2 * Bw10.z);
y = fma(h10, Cw10.z, y);
h11 = fma(exp2(fma(dt2, A11, reset2)), h11, du2 * Bw10.w);
y = fma(h11, Cw10.w, y);
h12 = fma(exp2(fma(dt2, A12, reset2)), h12, du2 * Bw11.x);
y = fma(h12, Cw11.x, y);
h13 = fma(exp2(fma(dt2, A13, reset2)), h13, du2 * Bw11.y);
y = fma(h13, Cw11.y, y);
h14 = fma(exp2(fma(dt2, A14, reset2)), h14, du2 * Bw11.z);
y = fma(h14, Cw11.z, y);
h15 = fma(exp2(fma(dt2, A15, reset2)), h15, du2 * Bw11.w);
y = fma(h15, Cw11.w, y);
if (valid && t0 + 2u < params.length) { result[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] = y * z2 * sigmoid(z2); } }
{ let raw3 = delta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length);
let u3 = u[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)]; let du3 = dt3 * u3;
let z3 = z[(24u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 48u + d)];let reset3 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 3u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 3u, params.length - 1u), 1u) - 1u] && t0 + 3u < params.length);
var y = Dskip * u3;
h0 = fma(exp2(fma(dt3, A0, reset3)), h0, du3 * Bw12.x);
y = fma(h0, Cw12.x, y);
h1 = fma(exp2(fma(dt3, A1, reset3)), h1, du3 * Bw12.y);
y = fma(h1, Cw12.y, y);
h2 = fma(exp2(fma(dt3, A2, reset3)), h2, du3 * Bw12.z);
y = fma(h2, Cw12.z, y);
h3 = fma(exp2(fma(dt3, A3, reset3)), h3, du3 * Bw12.w);
y = fma(h3, Cw12.w, y);
h4 = fma(exp2(fma(dt3, A4, reset3)), h4, du3 * Bw13.x);
y = fma(h4, Cw13.x, y);
h5 = fma(exp2(fma(dt3, A5, reset3)), h5, du3 * Bw13.y);
y = fma(h5, Cw13.y, y);
h6 = fma(exp2(fma(dt3, A6, reset3)), h6, du3 * Bw13.z);
y = fma(h6, Cw13.z, y);
h7 = fma(exp2(fma(dt3, A7, reset3)), h7, du3 * Bw13.w);
y = fma(h7, Cw13.w, y);
h8 = fma(exp2(fma(dt3, A8, reset3)), h8, du3 * Bw14.x);
y = fma(h8, Cw14.x, y);
h9 = fma(exp2(fma(dt3, A9, reset3)), h9, du3 * Bw14.y);
y = fma(h9, Cw14.y, y);
h10 = fma(exp2(fma(dt3, A10, reset3)), h10, du3 * Bw14.z);
y = fma(h10, Cw14.z, y);
h11 = fma(exp2(fma(dt3, A11, reset3)), h11, du3 * Bw14.w);
y = fma(h11, Cw14.w, y);
h12 = fma(exp2(fma(dt3, A12, reset3)), h12, du3 * Bw15.x);
y = fma(h12, Cw15.x, y);
h13 = fma(exp2(fma(dt3, A13, reset3)), h13, du3 * Bw15.y);
y = fma(h13, Cw15.y, y);
h14 = fma(exp2(fma(dt3, A14, reset3)), h14, du3 * Bw15.z);
y = fma(h14, Cw15.z, y);
h15 = fma(exp2(fma(dt3, A15, reset3)), h15, du3 * Bw15.w);
y = fma(h15, Cw15.w, y);
if (valid && t0 + 3u < params.length) { result[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] = y * z3 * sigmoid(z3); } }
    
  }
  if (valid) { last[0u + (batch * 24u + d) * 16u + 0u] = h0;
last[0u + (batch * 24u + d) * 16u + 1u] = h1;
last[0u + (batch * 24u + d) * 16u + 2u] = h2;
last[0u + (batch * 24u + d) * 16u + 3u] = h3;
last[0u + (batch * 24u + d) * 16u + 4u] = h4;
last[0u + (batch * 24u + d) * 16u + 5u] = h5;
last[0u + (batch * 24u + d) * 16u + 6u] = h6;
last[0u + (batch * 24u + d) * 16u + 7u] = h7;
last[0u + (batch * 24u + d) * 16u + 8u] = h8;
last[0u + (batch * 24u + d) * 16u + 9u] = h9;
last[0u + (batch * 24u + d) * 16u + 10u] = h10;
last[0u + (batch * 24u + d) * 16u + 11u] = h11;
last[0u + (batch * 24u + d) * 16u + 12u] = h12;
last[0u + (batch * 24u + d) * 16u + 13u] = h13;
last[0u + (batch * 24u + d) * 16u + 14u] = h14;
last[0u + (batch * 24u + d) * 16u + 15u] = h15; }
}

// selectiveScanBackward 24 16 1 4 0 8 0 1 1 0 1 1 0 1 u:24/0/1 delta:24/0/1 A:16/0/1 D:24/0/1 deltaBias:24/0/1 sequenceIndex:19/0/0 B:36/4/1 C:36/20/1 z:48/24/1 dOut:24/0/1 dLast:16/0/1 du:24/0/1 ddelta:24/0/1 dz:48/24/1
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
@group(0) @binding(15) var<storage, read_write> partialBC: array<f32>;
@group(0) @binding(16) var<storage, read_write> perChannel: array<f32>;
struct Params { length: u32, batch: u32 }
@group(0) @binding(17) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}
var<workgroup> exchanged: array<f32, 256>;
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let batch = group.y;
  let tile = group.x * 1u + local / 8u;
  let tileLane = local % 8u;
  let inGroup = (tile % 3u) * 8u + tileLane;
  let g = min(tile / 3u, 0u);
  let valid = inGroup < 24u && tile < 3u;
  let d = g * 24u + min(inGroup, 23u);
  let chunks = (params.length + 3u) / 4u;
  let saved = ((batch * 3u + min(tile, 2u)) * chunks) * 32u + tileLane;
  
  let A0 = -exp(A[0u + d * 16u + 0u]) * 1.4426950408889634;
let A1 = -exp(A[0u + d * 16u + 1u]) * 1.4426950408889634;
let A2 = -exp(A[0u + d * 16u + 2u]) * 1.4426950408889634;
let A3 = -exp(A[0u + d * 16u + 3u]) * 1.4426950408889634;
let A4 = -exp(A[0u + d * 16u + 4u]) * 1.4426950408889634;
let A5 = -exp(A[0u + d * 16u + 5u]) * 1.4426950408889634;
let A6 = -exp(A[0u + d * 16u + 6u]) * 1.4426950408889634;
let A7 = -exp(A[0u + d * 16u + 7u]) * 1.4426950408889634;
let A8 = -exp(A[0u + d * 16u + 8u]) * 1.4426950408889634;
let A9 = -exp(A[0u + d * 16u + 9u]) * 1.4426950408889634;
let A10 = -exp(A[0u + d * 16u + 10u]) * 1.4426950408889634;
let A11 = -exp(A[0u + d * 16u + 11u]) * 1.4426950408889634;
let A12 = -exp(A[0u + d * 16u + 12u]) * 1.4426950408889634;
let A13 = -exp(A[0u + d * 16u + 13u]) * 1.4426950408889634;
let A14 = -exp(A[0u + d * 16u + 14u]) * 1.4426950408889634;
let A15 = -exp(A[0u + d * 16u + 15u]) * 1.4426950408889634;
let Dskip = D[0u + d];
let bias = deltaBias[0u + d];
  var g0 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 0u], valid); var dA0 = 0.0;
var g1 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 1u], valid); var dA1 = 0.0;
var g2 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 2u], valid); var dA2 = 0.0;
var g3 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 3u], valid); var dA3 = 0.0;
var g4 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 4u], valid); var dA4 = 0.0;
var g5 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 5u], valid); var dA5 = 0.0;
var g6 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 6u], valid); var dA6 = 0.0;
var g7 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 7u], valid); var dA7 = 0.0;
var g8 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 8u], valid); var dA8 = 0.0;
var g9 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 9u], valid); var dA9 = 0.0;
var g10 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 10u], valid); var dA10 = 0.0;
var g11 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 11u], valid); var dA11 = 0.0;
var g12 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 12u], valid); var dA12 = 0.0;
var g13 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 13u], valid); var dA13 = 0.0;
var g14 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 14u], valid); var dA14 = 0.0;
var g15 = select(0.0, dLast[0u + (batch * 24u + d) * 16u + 15u], valid); var dA15 = 0.0;
  var dD = 0.0;
  var dBias = 0.0;
  for (var left = chunks; left > 0u; left--) {
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
    
    
    let saved0 = states[saved + (chunk * 4u + 0u) * 8u];
let saved1 = states[saved + (chunk * 4u + 1u) * 8u];
let saved2 = states[saved + (chunk * 4u + 2u) * 8u];
let saved3 = states[saved + (chunk * 4u + 3u) * 8u];
let hs_0 = saved0.x;
let hs_1 = saved0.y;
let hs_2 = saved0.z;
let hs_3 = saved0.w;
let hs_4 = saved1.x;
let hs_5 = saved1.y;
let hs_6 = saved1.z;
let hs_7 = saved1.w;
let hs_8 = saved2.x;
let hs_9 = saved2.y;
let hs_10 = saved2.z;
let hs_11 = saved2.w;
let hs_12 = saved3.x;
let hs_13 = saved3.y;
let hs_14 = saved3.z;
let hs_15 = saved3.w;
let raw0 = delta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] + bias; let dt0 = select(0.0, softplus(raw0), t0 + 0u < params.length);
let u0 = u[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)]; let du0 = dt0 * u0;
let z0 = z[(24u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 48u + d)];let reset0 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 0u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 0u, params.length - 1u), 1u) - 1u] && t0 + 0u < params.length);let dOut0 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)], valid && t0 + 0u < params.length);let e0_0 = exp2(fma(dt0, A0, reset0));
let h0_0 = fma(e0_0, hs_0, du0 * Bw0.x);
let e0_1 = exp2(fma(dt0, A1, reset0));
let h0_1 = fma(e0_1, hs_1, du0 * Bw0.y);
let e0_2 = exp2(fma(dt0, A2, reset0));
let h0_2 = fma(e0_2, hs_2, du0 * Bw0.z);
let e0_3 = exp2(fma(dt0, A3, reset0));
let h0_3 = fma(e0_3, hs_3, du0 * Bw0.w);
let e0_4 = exp2(fma(dt0, A4, reset0));
let h0_4 = fma(e0_4, hs_4, du0 * Bw1.x);
let e0_5 = exp2(fma(dt0, A5, reset0));
let h0_5 = fma(e0_5, hs_5, du0 * Bw1.y);
let e0_6 = exp2(fma(dt0, A6, reset0));
let h0_6 = fma(e0_6, hs_6, du0 * Bw1.z);
let e0_7 = exp2(fma(dt0, A7, reset0));
let h0_7 = fma(e0_7, hs_7, du0 * Bw1.w);
let e0_8 = exp2(fma(dt0, A8, reset0));
let h0_8 = fma(e0_8, hs_8, du0 * Bw2.x);
let e0_9 = exp2(fma(dt0, A9, reset0));
let h0_9 = fma(e0_9, hs_9, du0 * Bw2.y);
let e0_10 = exp2(fma(dt0, A10, reset0));
let h0_10 = fma(e0_10, hs_10, du0 * Bw2.z);
let e0_11 = exp2(fma(dt0, A11, reset0));
let h0_11 = fma(e0_11, hs_11, du0 * Bw2.w);
let e0_12 = exp2(fma(dt0, A12, reset0));
let h0_12 = fma(e0_12, hs_12, du0 * Bw3.x);
let e0_13 = exp2(fma(dt0, A13, reset0));
let h0_13 = fma(e0_13, hs_13, du0 * Bw3.y);
let e0_14 = exp2(fma(dt0, A14, reset0));
let h0_14 = fma(e0_14, hs_14, du0 * Bw3.z);
let e0_15 = exp2(fma(dt0, A15, reset0));
let h0_15 = fma(e0_15, hs_15, du0 * Bw3.w);var y0 = Dskip * u0;y0 = fma(h0_0, Cw0.x, y0);
y0 = fma(h0_1, Cw0.y, y0);
y0 = fma(h0_2, Cw0.z, y0);
y0 = fma(h0_3, Cw0.w, y0);
y0 = fma(h0_4, Cw1.x, y0);
y0 = fma(h0_5, Cw1.y, y0);
y0 = fma(h0_6, Cw1.z, y0);
y0 = fma(h0_7, Cw1.w, y0);
y0 = fma(h0_8, Cw2.x, y0);
y0 = fma(h0_9, Cw2.y, y0);
y0 = fma(h0_10, Cw2.z, y0);
y0 = fma(h0_11, Cw2.w, y0);
y0 = fma(h0_12, Cw3.x, y0);
y0 = fma(h0_13, Cw3.y, y0);
y0 = fma(h0_14, Cw3.z, y0);
y0 = fma(h0_15, Cw3.w, y0);
let s0 = sigmoid(z0);
let dy0 = dOut0 * z0 * s0;
if (valid && t0 + 0u < params.length) { dz[(24u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 48u + d)] = dOut0 * y0 * s0 * (1.0 + z0 * (1.0 - s0)); }
let raw1 = delta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] + bias; let dt1 = select(0.0, softplus(raw1), t0 + 1u < params.length);
let u1 = u[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)]; let du1 = dt1 * u1;
let z1 = z[(24u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 48u + d)];let reset1 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 1u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 1u, params.length - 1u), 1u) - 1u] && t0 + 1u < params.length);let dOut1 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)], valid && t0 + 1u < params.length);let e1_0 = exp2(fma(dt1, A0, reset1));
let h1_0 = fma(e1_0, h0_0, du1 * Bw4.x);
let e1_1 = exp2(fma(dt1, A1, reset1));
let h1_1 = fma(e1_1, h0_1, du1 * Bw4.y);
let e1_2 = exp2(fma(dt1, A2, reset1));
let h1_2 = fma(e1_2, h0_2, du1 * Bw4.z);
let e1_3 = exp2(fma(dt1, A3, reset1));
let h1_3 = fma(e1_3, h0_3, du1 * Bw4.w);
let e1_4 = exp2(fma(dt1, A4, reset1));
let h1_4 = fma(e1_4, h0_4, du1 * Bw5.x);
let e1_5 = exp2(fma(dt1, A5, reset1));
let h1_5 = fma(e1_5, h0_5, du1 * Bw5.y);
let e1_6 = exp2(fma(dt1, A6, reset1));
let h1_6 = fma(e1_6, h0_6, du1 * Bw5.z);
let e1_7 = exp2(fma(dt1, A7, reset1));
let h1_7 = fma(e1_7, h0_7, du1 * Bw5.w);
let e1_8 = exp2(fma(dt1, A8, reset1));
let h1_8 = fma(e1_8, h0_8, du1 * Bw6.x);
let e1_9 = exp2(fma(dt1, A9, reset1));
let h1_9 = fma(e1_9, h0_9, du1 * Bw6.y);
let e1_10 = exp2(fma(dt1, A10, reset1));
let h1_10 = fma(e1_10, h0_10, du1 * Bw6.z);
let e1_11 = exp2(fma(dt1, A11, reset1));
let h1_11 = fma(e1_11, h0_11, du1 * Bw6.w);
let e1_12 = exp2(fma(dt1, A12, reset1));
let h1_12 = fma(e1_12, h0_12, du1 * Bw7.x);
let e1_13 = exp2(fma(dt1, A13, reset1));
let h1_13 = fma(e1_13, h0_13, du1 * Bw7.y);
let e1_14 = exp2(fma(dt1, A14, reset1));
let h1_14 = fma(e1_14, h0_14, du1 * Bw7.z);
let e1_15 = exp2(fma(dt1, A15, reset1));
let h1_15 = fma(e1_15, h0_15, du1 * Bw7.w);var y1 = Dskip * u1;y1 = fma(h1_0, Cw4.x, y1);
y1 = fma(h1_1, Cw4.y, y1);
y1 = fma(h1_2, Cw4.z, y1);
y1 = fma(h1_3, Cw4.w, y1);
y1 = fma(h1_4, Cw5.x, y1);
y1 = fma(h1_5, Cw5.y, y1);
y1 = fma(h1_6, Cw5.z, y1);
y1 = fma(h1_7, Cw5.w, y1);
y1 = fma(h1_8, Cw6.x, y1);
y1 = fma(h1_9, Cw6.y, y1);
y1 = fma(h1_10, Cw6.z, y1);
y1 = fma(h1_11, Cw6.w, y1);
y1 = fma(h1_12, Cw7.x, y1);
y1 = fma(h1_13, Cw7.y, y1);
y1 = fma(h1_14, Cw7.z, y1);
y1 = fma(h1_15, Cw7.w, y1);
let s1 = sigmoid(z1);
let dy1 = dOut1 * z1 * s1;
if (valid && t0 + 1u < params.length) { dz[(24u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 48u + d)] = dOut1 * y1 * s1 * (1.0 + z1 * (1.0 - s1)); }
let raw2 = delta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] + bias; let dt2 = select(0.0, softplus(raw2), t0 + 2u < params.length);
let u2 = u[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)]; let du2 = dt2 * u2;
let z2 = z[(24u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 48u + d)];let reset2 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 2u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 2u, params.length - 1u), 1u) - 1u] && t0 + 2u < params.length);let dOut2 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)], valid && t0 + 2u < params.length);let e2_0 = exp2(fma(dt2, A0, reset2));
let h2_0 = fma(e2_0, h1_0, du2 * Bw8.x);
let e2_1 = exp2(fma(dt2, A1, reset2));
let h2_1 = fma(e2_1, h1_1, du2 * Bw8.y);
let e2_2 = exp2(fma(dt2, A2, reset2));
let h2_2 = fma(e2_2, h1_2, du2 * Bw8.z);
let e2_3 = exp2(fma(dt2, A3, reset2));
let h2_3 = fma(e2_3, h1_3, du2 * Bw8.w);
let e2_4 = exp2(fma(dt2, A4, reset2));
let h2_4 = fma(e2_4, h1_4, du2 * Bw9.x);
let e2_5 = exp2(fma(dt2, A5, reset2));
let h2_5 = fma(e2_5, h1_5, du2 * Bw9.y);
let e2_6 = exp2(fma(dt2, A6, reset2));
let h2_6 = fma(e2_6, h1_6, du2 * Bw9.z);
let e2_7 = exp2(fma(dt2, A7, reset2));
let h2_7 = fma(e2_7, h1_7, du2 * Bw9.w);
let e2_8 = exp2(fma(dt2, A8, reset2));
let h2_8 = fma(e2_8, h1_8, du2 * Bw10.x);
let e2_9 = exp2(fma(dt2, A9, reset2));
let h2_9 = fma(e2_9, h1_9, du2 * Bw10.y);
let e2_10 = exp2(fma(dt2, A10, reset2));
let h2_10 = fma(e2_10, h1_10, du2 * Bw10.z);
let e2_11 = exp2(fma(dt2, A11, reset2));
let h2_11 = fma(e2_11, h1_11, du2 * Bw10.w);
let e2_12 = exp2(fma(dt2, A12, reset2));
let h2_12 = fma(e2_12, h1_12, du2 * Bw11.x);
let e2_13 = exp2(fma(dt2, A13, reset2));
let h2_13 = fma(e2_13, h1_13, du2 * Bw11.y);
let e2_14 = exp2(fma(dt2, A14, reset2));
let h2_14 = fma(e2_14, h1_14, du2 * Bw11.z);
let e2_15 = exp2(fma(dt2, A15, reset2));
let h2_15 = fma(e2_15, h1_15, du2 * Bw11.w);var y2 = Dskip * u2;y2 = fma(h2_0, Cw8.x, y2);
y2 = fma(h2_1, Cw8.y, y2);
y2 = fma(h2_2, Cw8.z, y2);
y2 = fma(h2_3, Cw8.w, y2);
y2 = fma(h2_4, Cw9.x, y2);
y2 = fma(h2_5, Cw9.y, y2);
y2 = fma(h2_6, Cw9.z, y2);
y2 = fma(h2_7, Cw9.w, y2);
y2 = fma(h2_8, Cw10.x, y2);
y2 = fma(h2_9, Cw10.y, y2);
y2 = fma(h2_10, Cw10.z, y2);
y2 = fma(h2_11, Cw10.w, y2);
y2 = fma(h2_12, Cw11.x, y2);
y2 = fma(h2_13, Cw11.y, y2);
y2 = fma(h2_14, Cw11.z, y2);
y2 = fma(h2_15, Cw11.w, y2);
let s2 = sigmoid(z2);
let dy2 = dOut2 * z2 * s2;
if (valid && t0 + 2u < params.length) { dz[(24u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 48u + d)] = dOut2 * y2 * s2 * (1.0 + z2 * (1.0 - s2)); }
let raw3 = delta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] + bias; let dt3 = select(0.0, softplus(raw3), t0 + 3u < params.length);
let u3 = u[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)]; let du3 = dt3 * u3;
let z3 = z[(24u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 48u + d)];let reset3 = select(0.0, -1e30, sequenceIndex[0u + batch * params.length + min(t0 + 3u, params.length - 1u)] != sequenceIndex[0u + batch * params.length + max(min(t0 + 3u, params.length - 1u), 1u) - 1u] && t0 + 3u < params.length);let dOut3 = select(0.0, dOut[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)], valid && t0 + 3u < params.length);let e3_0 = exp2(fma(dt3, A0, reset3));
let h3_0 = fma(e3_0, h2_0, du3 * Bw12.x);
let e3_1 = exp2(fma(dt3, A1, reset3));
let h3_1 = fma(e3_1, h2_1, du3 * Bw12.y);
let e3_2 = exp2(fma(dt3, A2, reset3));
let h3_2 = fma(e3_2, h2_2, du3 * Bw12.z);
let e3_3 = exp2(fma(dt3, A3, reset3));
let h3_3 = fma(e3_3, h2_3, du3 * Bw12.w);
let e3_4 = exp2(fma(dt3, A4, reset3));
let h3_4 = fma(e3_4, h2_4, du3 * Bw13.x);
let e3_5 = exp2(fma(dt3, A5, reset3));
let h3_5 = fma(e3_5, h2_5, du3 * Bw13.y);
let e3_6 = exp2(fma(dt3, A6, reset3));
let h3_6 = fma(e3_6, h2_6, du3 * Bw13.z);
let e3_7 = exp2(fma(dt3, A7, reset3));
let h3_7 = fma(e3_7, h2_7, du3 * Bw13.w);
let e3_8 = exp2(fma(dt3, A8, reset3));
let h3_8 = fma(e3_8, h2_8, du3 * Bw14.x);
let e3_9 = exp2(fma(dt3, A9, reset3));
let h3_9 = fma(e3_9, h2_9, du3 * Bw14.y);
let e3_10 = exp2(fma(dt3, A10, reset3));
let h3_10 = fma(e3_10, h2_10, du3 * Bw14.z);
let e3_11 = exp2(fma(dt3, A11, reset3));
let h3_11 = fma(e3_11, h2_11, du3 * Bw14.w);
let e3_12 = exp2(fma(dt3, A12, reset3));
let h3_12 = fma(e3_12, h2_12, du3 * Bw15.x);
let e3_13 = exp2(fma(dt3, A13, reset3));
let h3_13 = fma(e3_13, h2_13, du3 * Bw15.y);
let e3_14 = exp2(fma(dt3, A14, reset3));
let h3_14 = fma(e3_14, h2_14, du3 * Bw15.z);
let e3_15 = exp2(fma(dt3, A15, reset3));
let h3_15 = fma(e3_15, h2_15, du3 * Bw15.w);var y3 = Dskip * u3;y3 = fma(h3_0, Cw12.x, y3);
y3 = fma(h3_1, Cw12.y, y3);
y3 = fma(h3_2, Cw12.z, y3);
y3 = fma(h3_3, Cw12.w, y3);
y3 = fma(h3_4, Cw13.x, y3);
y3 = fma(h3_5, Cw13.y, y3);
y3 = fma(h3_6, Cw13.z, y3);
y3 = fma(h3_7, Cw13.w, y3);
y3 = fma(h3_8, Cw14.x, y3);
y3 = fma(h3_9, Cw14.y, y3);
y3 = fma(h3_10, Cw14.z, y3);
y3 = fma(h3_11, Cw14.w, y3);
y3 = fma(h3_12, Cw15.x, y3);
y3 = fma(h3_13, Cw15.y, y3);
y3 = fma(h3_14, Cw15.z, y3);
y3 = fma(h3_15, Cw15.w, y3);
let s3 = sigmoid(z3);
let dy3 = dOut3 * z3 * s3;
if (valid && t0 + 3u < params.length) { dz[(24u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 48u + d)] = dOut3 * y3 * s3 * (1.0 + z3 * (1.0 - s3)); }
    { var fromB = 0.0; var fromA = 0.0;
g0 = fma(dy3, Cw12.x, g0);
let pB0 = g0 * du3;
let pC0 = dy3 * h3_0;
fromB = fma(g0, Bw12.x, fromB);
g0 *= e3_0;
{ let q = g0 * h2_0; fromA = fma(q, A0, fromA); dA0 = fma(q, dt3, dA0); }
g1 = fma(dy3, Cw12.y, g1);
let pB1 = g1 * du3;
let pC1 = dy3 * h3_1;
fromB = fma(g1, Bw12.y, fromB);
g1 *= e3_1;
{ let q = g1 * h2_1; fromA = fma(q, A1, fromA); dA1 = fma(q, dt3, dA1); }
g2 = fma(dy3, Cw12.z, g2);
let pB2 = g2 * du3;
let pC2 = dy3 * h3_2;
fromB = fma(g2, Bw12.z, fromB);
g2 *= e3_2;
{ let q = g2 * h2_2; fromA = fma(q, A2, fromA); dA2 = fma(q, dt3, dA2); }
g3 = fma(dy3, Cw12.w, g3);
let pB3 = g3 * du3;
let pC3 = dy3 * h3_3;
fromB = fma(g3, Bw12.w, fromB);
g3 *= e3_3;
{ let q = g3 * h2_3; fromA = fma(q, A3, fromA); dA3 = fma(q, dt3, dA3); }
g4 = fma(dy3, Cw13.x, g4);
let pB4 = g4 * du3;
let pC4 = dy3 * h3_4;
fromB = fma(g4, Bw13.x, fromB);
g4 *= e3_4;
{ let q = g4 * h2_4; fromA = fma(q, A4, fromA); dA4 = fma(q, dt3, dA4); }
g5 = fma(dy3, Cw13.y, g5);
let pB5 = g5 * du3;
let pC5 = dy3 * h3_5;
fromB = fma(g5, Bw13.y, fromB);
g5 *= e3_5;
{ let q = g5 * h2_5; fromA = fma(q, A5, fromA); dA5 = fma(q, dt3, dA5); }
g6 = fma(dy3, Cw13.z, g6);
let pB6 = g6 * du3;
let pC6 = dy3 * h3_6;
fromB = fma(g6, Bw13.z, fromB);
g6 *= e3_6;
{ let q = g6 * h2_6; fromA = fma(q, A6, fromA); dA6 = fma(q, dt3, dA6); }
g7 = fma(dy3, Cw13.w, g7);
let pB7 = g7 * du3;
let pC7 = dy3 * h3_7;
fromB = fma(g7, Bw13.w, fromB);
g7 *= e3_7;
{ let q = g7 * h2_7; fromA = fma(q, A7, fromA); dA7 = fma(q, dt3, dA7); }
g8 = fma(dy3, Cw14.x, g8);
let pB8 = g8 * du3;
let pC8 = dy3 * h3_8;
fromB = fma(g8, Bw14.x, fromB);
g8 *= e3_8;
{ let q = g8 * h2_8; fromA = fma(q, A8, fromA); dA8 = fma(q, dt3, dA8); }
g9 = fma(dy3, Cw14.y, g9);
let pB9 = g9 * du3;
let pC9 = dy3 * h3_9;
fromB = fma(g9, Bw14.y, fromB);
g9 *= e3_9;
{ let q = g9 * h2_9; fromA = fma(q, A9, fromA); dA9 = fma(q, dt3, dA9); }
g10 = fma(dy3, Cw14.z, g10);
let pB10 = g10 * du3;
let pC10 = dy3 * h3_10;
fromB = fma(g10, Bw14.z, fromB);
g10 *= e3_10;
{ let q = g10 * h2_10; fromA = fma(q, A10, fromA); dA10 = fma(q, dt3, dA10); }
g11 = fma(dy3, Cw14.w, g11);
let pB11 = g11 * du3;
let pC11 = dy3 * h3_11;
fromB = fma(g11, Bw14.w, fromB);
g11 *= e3_11;
{ let q = g11 * h2_11; fromA = fma(q, A11, fromA); dA11 = fma(q, dt3, dA11); }
g12 = fma(dy3, Cw15.x, g12);
let pB12 = g12 * du3;
let pC12 = dy3 * h3_12;
fromB = fma(g12, Bw15.x, fromB);
g12 *= e3_12;
{ let q = g12 * h2_12; fromA = fma(q, A12, fromA); dA12 = fma(q, dt3, dA12); }
g13 = fma(dy3, Cw15.y, g13);
let pB13 = g13 * du3;
let pC13 = dy3 * h3_13;
fromB = fma(g13, Bw15.y, fromB);
g13 *= e3_13;
{ let q = g13 * h2_13; fromA = fma(q, A13, fromA); dA13 = fma(q, dt3, dA13); }
g14 = fma(dy3, Cw15.z, g14);
let pB14 = g14 * du3;
let pC14 = dy3 * h3_14;
fromB = fma(g14, Bw15.z, fromB);
g14 *= e3_14;
{ let q = g14 * h2_14; fromA = fma(q, A14, fromA); dA14 = fma(q, dt3, dA14); }
g15 = fma(dy3, Cw15.w, g15);
let pB15 = g15 * du3;
let pC15 = dy3 * h3_15;
fromB = fma(g15, Bw15.w, fromB);
g15 *= e3_15;
{ let q = g15 * h2_15; fromA = fma(q, A15, fromA); dA15 = fma(q, dt3, dA15); }
dD = fma(dy3, u3, dD);
if (valid && t0 + 3u < params.length) {
  let slope = (u3 * fromB + fromA * 0.6931471805599453) * sigmoid(raw3);
  dBias += slope;
  ddelta[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] = slope;
  du[(0u + (batch * params.length + min(t0 + 3u, params.length - 1u)) * 24u + d)] = Dskip * dy3 + dt3 * fromB;
}
workgroupBarrier();
exchanged[0u + local] = pB0;
exchanged[8u + local] = pB1;
exchanged[16u + local] = pB2;
exchanged[24u + local] = pB3;
exchanged[32u + local] = pB4;
exchanged[40u + local] = pB5;
exchanged[48u + local] = pB6;
exchanged[56u + local] = pB7;
exchanged[64u + local] = pB8;
exchanged[72u + local] = pB9;
exchanged[80u + local] = pB10;
exchanged[88u + local] = pB11;
exchanged[96u + local] = pB12;
exchanged[104u + local] = pB13;
exchanged[112u + local] = pB14;
exchanged[120u + local] = pB15;
exchanged[128u + local] = pC0;
exchanged[136u + local] = pC1;
exchanged[144u + local] = pC2;
exchanged[152u + local] = pC3;
exchanged[160u + local] = pC4;
exchanged[168u + local] = pC5;
exchanged[176u + local] = pC6;
exchanged[184u + local] = pC7;
exchanged[192u + local] = pC8;
exchanged[200u + local] = pC9;
exchanged[208u + local] = pC10;
exchanged[216u + local] = pC11;
exchanged[224u + local] = pC12;
exchanged[232u + local] = pC13;
exchanged[240u + local] = pC14;
exchanged[248u + local] = pC15;
workgroupBarrier();
for (var v = local; v < 32u; v += 8u) {
  var sum = 0.0;
  for (var l = 0u; l < 8u; l++) { sum += exchanged[v * 8u + l]; }
  if (t0 + 3u < params.length) { partialBC[((((tile % 3u) * params.batch + batch) * params.length + t0 + 3u) * 1u + g) * 32u + v] = sum; }
} }
{ var fromB = 0.0; var fromA = 0.0;
g0 = fma(dy2, Cw8.x, g0);
let pB0 = g0 * du2;
let pC0 = dy2 * h2_0;
fromB = fma(g0, Bw8.x, fromB);
g0 *= e2_0;
{ let q = g0 * h1_0; fromA = fma(q, A0, fromA); dA0 = fma(q, dt2, dA0); }
g1 = fma(dy2, Cw8.y, g1);
let pB1 = g1 * du2;
let pC1 = dy2 * h2_1;
fromB = fma(g1, Bw8.y, fromB);
g1 *= e2_1;
{ let q = g1 * h1_1; fromA = fma(q, A1, fromA); dA1 = fma(q, dt2, dA1); }
g2 = fma(dy2, Cw8.z, g2);
let pB2 = g2 * du2;
let pC2 = dy2 * h2_2;
fromB = fma(g2, Bw8.z, fromB);
g2 *= e2_2;
{ let q = g2 * h1_2; fromA = fma(q, A2, fromA); dA2 = fma(q, dt2, dA2); }
g3 = fma(dy2, Cw8.w, g3);
let pB3 = g3 * du2;
let pC3 = dy2 * h2_3;
fromB = fma(g3, Bw8.w, fromB);
g3 *= e2_3;
{ let q = g3 * h1_3; fromA = fma(q, A3, fromA); dA3 = fma(q, dt2, dA3); }
g4 = fma(dy2, Cw9.x, g4);
let pB4 = g4 * du2;
let pC4 = dy2 * h2_4;
fromB = fma(g4, Bw9.x, fromB);
g4 *= e2_4;
{ let q = g4 * h1_4; fromA = fma(q, A4, fromA); dA4 = fma(q, dt2, dA4); }
g5 = fma(dy2, Cw9.y, g5);
let pB5 = g5 * du2;
let pC5 = dy2 * h2_5;
fromB = fma(g5, Bw9.y, fromB);
g5 *= e2_5;
{ let q = g5 * h1_5; fromA = fma(q, A5, fromA); dA5 = fma(q, dt2, dA5); }
g6 = fma(dy2, Cw9.z, g6);
let pB6 = g6 * du2;
let pC6 = dy2 * h2_6;
fromB = fma(g6, Bw9.z, fromB);
g6 *= e2_6;
{ let q = g6 * h1_6; fromA = fma(q, A6, fromA); dA6 = fma(q, dt2, dA6); }
g7 = fma(dy2, Cw9.w, g7);
let pB7 = g7 * du2;
let pC7 = dy2 * h2_7;
fromB = fma(g7, Bw9.w, fromB);
g7 *= e2_7;
{ let q = g7 * h1_7; fromA = fma(q, A7, fromA); dA7 = fma(q, dt2, dA7); }
g8 = fma(dy2, Cw10.x, g8);
let pB8 = g8 * du2;
let pC8 = dy2 * h2_8;
fromB = fma(g8, Bw10.x, fromB);
g8 *= e2_8;
{ let q = g8 * h1_8; fromA = fma(q, A8, fromA); dA8 = fma(q, dt2, dA8); }
g9 = fma(dy2, Cw10.y, g9);
let pB9 = g9 * du2;
let pC9 = dy2 * h2_9;
fromB = fma(g9, Bw10.y, fromB);
g9 *= e2_9;
{ let q = g9 * h1_9; fromA = fma(q, A9, fromA); dA9 = fma(q, dt2, dA9); }
g10 = fma(dy2, Cw10.z, g10);
let pB10 = g10 * du2;
let pC10 = dy2 * h2_10;
fromB = fma(g10, Bw10.z, fromB);
g10 *= e2_10;
{ let q = g10 * h1_10; fromA = fma(q, A10, fromA); dA10 = fma(q, dt2, dA10); }
g11 = fma(dy2, Cw10.w, g11);
let pB11 = g11 * du2;
let pC11 = dy2 * h2_11;
fromB = fma(g11, Bw10.w, fromB);
g11 *= e2_11;
{ let q = g11 * h1_11; fromA = fma(q, A11, fromA); dA11 = fma(q, dt2, dA11); }
g12 = fma(dy2, Cw11.x, g12);
let pB12 = g12 * du2;
let pC12 = dy2 * h2_12;
fromB = fma(g12, Bw11.x, fromB);
g12 *= e2_12;
{ let q = g12 * h1_12; fromA = fma(q, A12, fromA); dA12 = fma(q, dt2, dA12); }
g13 = fma(dy2, Cw11.y, g13);
let pB13 = g13 * du2;
let pC13 = dy2 * h2_13;
fromB = fma(g13, Bw11.y, fromB);
g13 *= e2_13;
{ let q = g13 * h1_13; fromA = fma(q, A13, fromA); dA13 = fma(q, dt2, dA13); }
g14 = fma(dy2, Cw11.z, g14);
let pB14 = g14 * du2;
let pC14 = dy2 * h2_14;
fromB = fma(g14, Bw11.z, fromB);
g14 *= e2_14;
{ let q = g14 * h1_14; fromA = fma(q, A14, fromA); dA14 = fma(q, dt2, dA14); }
g15 = fma(dy2, Cw11.w, g15);
let pB15 = g15 * du2;
let pC15 = dy2 * h2_15;
fromB = fma(g15, Bw11.w, fromB);
g15 *= e2_15;
{ let q = g15 * h1_15; fromA = fma(q, A15, fromA); dA15 = fma(q, dt2, dA15); }
dD = fma(dy2, u2, dD);
if (valid && t0 + 2u < params.length) {
  let slope = (u2 * fromB + fromA * 0.6931471805599453) * sigmoid(raw2);
  dBias += slope;
  ddelta[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] = slope;
  du[(0u + (batch * params.length + min(t0 + 2u, params.length - 1u)) * 24u + d)] = Dskip * dy2 + dt2 * fromB;
}
workgroupBarrier();
exchanged[0u + local] = pB0;
exchanged[8u + local] = pB1;
exchanged[16u + local] = pB2;
exchanged[24u + local] = pB3;
exchanged[32u + local] = pB4;
exchanged[40u + local] = pB5;
exchanged[48u + local] = pB6;
exchanged[56u + local] = pB7;
exchanged[64u + local] = pB8;
exchanged[72u + local] = pB9;
exchanged[80u + local] = pB10;
exchanged[88u + local] = pB11;
exchanged[96u + local] = pB12;
exchanged[104u + local] = pB13;
exchanged[112u + local] = pB14;
exchanged[120u + local] = pB15;
exchanged[128u + local] = pC0;
exchanged[136u + local] = pC1;
exchanged[144u + local] = pC2;
exchanged[152u + local] = pC3;
exchanged[160u + local] = pC4;
exchanged[168u + local] = pC5;
exchanged[176u + local] = pC6;
exchanged[184u + local] = pC7;
exchanged[192u + local] = pC8;
exchanged[200u + local] = pC9;
exchanged[208u + local] = pC10;
exchanged[216u + local] = pC11;
exchanged[224u + local] = pC12;
exchanged[232u + local] = pC13;
exchanged[240u + local] = pC14;
exchanged[248u + local] = pC15;
workgroupBarrier();
for (var v = local; v < 32u; v += 8u) {
  var sum = 0.0;
  for (var l = 0u; l < 8u; l++) { sum += exchanged[v * 8u + l]; }
  if (t0 + 2u < params.length) { partialBC[((((tile % 3u) * params.batch + batch) * params.length + t0 + 2u) * 1u + g) * 32u + v] = sum; }
} }
{ var fromB = 0.0; var fromA = 0.0;
g0 = fma(dy1, Cw4.x, g0);
let pB0 = g0 * du1;
let pC0 = dy1 * h1_0;
fromB = fma(g0, Bw4.x, fromB);
g0 *= e1_0;
{ let q = g0 * h0_0; fromA = fma(q, A0, fromA); dA0 = fma(q, dt1, dA0); }
g1 = fma(dy1, Cw4.y, g1);
let pB1 = g1 * du1;
let pC1 = dy1 * h1_1;
fromB = fma(g1, Bw4.y, fromB);
g1 *= e1_1;
{ let q = g1 * h0_1; fromA = fma(q, A1, fromA); dA1 = fma(q, dt1, dA1); }
g2 = fma(dy1, Cw4.z, g2);
let pB2 = g2 * du1;
let pC2 = dy1 * h1_2;
fromB = fma(g2, Bw4.z, fromB);
g2 *= e1_2;
{ let q = g2 * h0_2; fromA = fma(q, A2, fromA); dA2 = fma(q, dt1, dA2); }
g3 = fma(dy1, Cw4.w, g3);
let pB3 = g3 * du1;
let pC3 = dy1 * h1_3;
fromB = fma(g3, Bw4.w, fromB);
g3 *= e1_3;
{ let q = g3 * h0_3; fromA = fma(q, A3, fromA); dA3 = fma(q, dt1, dA3); }
g4 = fma(dy1, Cw5.x, g4);
let pB4 = g4 * du1;
let pC4 = dy1 * h1_4;
fromB = fma(g4, Bw5.x, fromB);
g4 *= e1_4;
{ let q = g4 * h0_4; fromA = fma(q, A4, fromA); dA4 = fma(q, dt1, dA4); }
g5 = fma(dy1, Cw5.y, g5);
let pB5 = g5 * du1;
let pC5 = dy1 * h1_5;
fromB = fma(g5, Bw5.y, fromB);
g5 *= e1_5;
{ let q = g5 * h0_5; fromA = fma(q, A5, fromA); dA5 = fma(q, dt1, dA5); }
g6 = fma(dy1, Cw5.z, g6);
let pB6 = g6 * du1;
let pC6 = dy1 * h1_6;
fromB = fma(g6, Bw5.z, fromB);
g6 *= e1_6;
{ let q = g6 * h0_6; fromA = fma(q, A6, fromA); dA6 = fma(q, dt1, dA6); }
g7 = fma(dy1, Cw5.w, g7);
let pB7 = g7 * du1;
let pC7 = dy1 * h1_7;
fromB = fma(g7, Bw5.w, fromB);
g7 *= e1_7;
{ let q = g7 * h0_7; fromA = fma(q, A7, fromA); dA7 = fma(q, dt1, dA7); }
g8 = fma(dy1, Cw6.x, g8);
let pB8 = g8 * du1;
let pC8 = dy1 * h1_8;
fromB = fma(g8, Bw6.x, fromB);
g8 *= e1_8;
{ let q = g8 * h0_8; fromA = fma(q, A8, fromA); dA8 = fma(q, dt1, dA8); }
g9 = fma(dy1, Cw6.y, g9);
let pB9 = g9 * du1;
let pC9 = dy1 * h1_9;
fromB = fma(g9, Bw6.y, fromB);
g9 *= e1_9;
{ let q = g9 * h0_9; fromA = fma(q, A9, fromA); dA9 = fma(q, dt1, dA9); }
g10 = fma(dy1, Cw6.z, g10);
let pB10 = g10 * du1;
let pC10 = dy1 * h1_10;
fromB = fma(g10, Bw6.z, fromB);
g10 *= e1_10;
{ let q = g10 * h0_10; fromA = fma(q, A10, fromA); dA10 = fma(q, dt1, dA10); }
g11 = fma(dy1, Cw6.w, g11);
let pB11 = g11 * du1;
let pC11 = dy1 * h1_11;
fromB = fma(g11, Bw6.w, fromB);
g11 *= e1_11;
{ let q = g11 * h0_11; fromA = fma(q, A11, fromA); dA11 = fma(q, dt1, dA11); }
g12 = fma(dy1, Cw7.x, g12);
let pB12 = g12 * du1;
let pC12 = dy1 * h1_12;
fromB = fma(g12, Bw7.x, fromB);
g12 *= e1_12;
{ let q = g12 * h0_12; fromA = fma(q, A12, fromA); dA12 = fma(q, dt1, dA12); }
g13 = fma(dy1, Cw7.y, g13);
let pB13 = g13 * du1;
let pC13 = dy1 * h1_13;
fromB = fma(g13, Bw7.y, fromB);
g13 *= e1_13;
{ let q = g13 * h0_13; fromA = fma(q, A13, fromA); dA13 = fma(q, dt1, dA13); }
g14 = fma(dy1, Cw7.z, g14);
let pB14 = g14 * du1;
let pC14 = dy1 * h1_14;
fromB = fma(g14, Bw7.z, fromB);
g14 *= e1_14;
{ let q = g14 * h0_14; fromA = fma(q, A14, fromA); dA14 = fma(q, dt1, dA14); }
g15 = fma(dy1, Cw7.w, g15);
let pB15 = g15 * du1;
let pC15 = dy1 * h1_15;
fromB = fma(g15, Bw7.w, fromB);
g15 *= e1_15;
{ let q = g15 * h0_15; fromA = fma(q, A15, fromA); dA15 = fma(q, dt1, dA15); }
dD = fma(dy1, u1, dD);
if (valid && t0 + 1u < params.length) {
  let slope = (u1 * fromB + fromA * 0.6931471805599453) * sigmoid(raw1);
  dBias += slope;
  ddelta[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] = slope;
  du[(0u + (batch * params.length + min(t0 + 1u, params.length - 1u)) * 24u + d)] = Dskip * dy1 + dt1 * fromB;
}
workgroupBarrier();
exchanged[0u + local] = pB0;
exchanged[8u + local] = pB1;
exchanged[16u + local] = pB2;
exchanged[24u + local] = pB3;
exchanged[32u + local] = pB4;
exchanged[40u + local] = pB5;
exchanged[48u + local] = pB6;
exchanged[56u + local] = pB7;
exchanged[64u + local] = pB8;
exchanged[72u + local] = pB9;
exchanged[80u + local] = pB10;
exchanged[88u + local] = pB11;
exchanged[96u + local] = pB12;
exchanged[104u + local] = pB13;
exchanged[112u + local] = pB14;
exchanged[120u + local] = pB15;
exchanged[128u + local] = pC0;
exchanged[136u + local] = pC1;
exchanged[144u + local] = pC2;
exchanged[152u + local] = pC3;
exchanged[160u + local] = pC4;
exchanged[168u + local] = pC5;
exchanged[176u + local] = pC6;
exchanged[184u + local] = pC7;
exchanged[192u + local] = pC8;
exchanged[200u + local] = pC9;
exchanged[208u + local] = pC10;
exchanged[216u + local] = pC11;
exchanged[224u + local] = pC12;
exchanged[232u + local] = pC13;
exchanged[240u + local] = pC14;
exchanged[248u + local] = pC15;
workgroupBarrier();
for (var v = local; v < 32u; v += 8u) {
  var sum = 0.0;
  for (var l = 0u; l < 8u; l++) { sum += exchanged[v * 8u + l]; }
  if (t0 + 1u < params.length) { partialBC[((((tile % 3u) * params.batch + batch) * params.length + t0 + 1u) * 1u + g) * 32u + v] = sum; }
} }
{ var fromB = 0.0; var fromA = 0.0;
g0 = fma(dy0, Cw0.x, g0);
let pB0 = g0 * du0;
let pC0 = dy0 * h0_0;
fromB = fma(g0, Bw0.x, fromB);
g0 *= e0_0;
{ let q = g0 * hs_0; fromA = fma(q, A0, fromA); dA0 = fma(q, dt0, dA0); }
g1 = fma(dy0, Cw0.y, g1);
let pB1 = g1 * du0;
let pC1 = dy0 * h0_1;
fromB = fma(g1, Bw0.y, fromB);
g1 *= e0_1;
{ let q = g1 * hs_1; fromA = fma(q, A1, fromA); dA1 = fma(q, dt0, dA1); }
g2 = fma(dy0, Cw0.z, g2);
let pB2 = g2 * du0;
let pC2 = dy0 * h0_2;
fromB = fma(g2, Bw0.z, fromB);
g2 *= e0_2;
{ let q = g2 * hs_2; fromA = fma(q, A2, fromA); dA2 = fma(q, dt0, dA2); }
g3 = fma(dy0, Cw0.w, g3);
let pB3 = g3 * du0;
let pC3 = dy0 * h0_3;
fromB = fma(g3, Bw0.w, fromB);
g3 *= e0_3;
{ let q = g3 * hs_3; fromA = fma(q, A3, fromA); dA3 = fma(q, dt0, dA3); }
g4 = fma(dy0, Cw1.x, g4);
let pB4 = g4 * du0;
let pC4 = dy0 * h0_4;
fromB = fma(g4, Bw1.x, fromB);
g4 *= e0_4;
{ let q = g4 * hs_4; fromA = fma(q, A4, fromA); dA4 = fma(q, dt0, dA4); }
g5 = fma(dy0, Cw1.y, g5);
let pB5 = g5 * du0;
let pC5 = dy0 * h0_5;
fromB = fma(g5, Bw1.y, fromB);
g5 *= e0_5;
{ let q = g5 * hs_5; fromA = fma(q, A5, fromA); dA5 = fma(q, dt0, dA5); }
g6 = fma(dy0, Cw1.z, g6);
let pB6 = g6 * du0;
let pC6 = dy0 * h0_6;
fromB = fma(g6, Bw1.z, fromB);
g6 *= e0_6;
{ let q = g6 * hs_6; fromA = fma(q, A6, fromA); dA6 = fma(q, dt0, dA6); }
g7 = fma(dy0, Cw1.w, g7);
let pB7 = g7 * du0;
let pC7 = dy0 * h0_7;
fromB = fma(g7, Bw1.w, fromB);
g7 *= e0_7;
{ let q = g7 * hs_7; fromA = fma(q, A7, fromA); dA7 = fma(q, dt0, dA7); }
g8 = fma(dy0, Cw2.x, g8);
let pB8 = g8 * du0;
let pC8 = dy0 * h0_8;
fromB = fma(g8, Bw2.x, fromB);
g8 *= e0_8;
{ let q = g8 * hs_8; fromA = fma(q, A8, fromA); dA8 = fma(q, dt0, dA8); }
g9 = fma(dy0, Cw2.y, g9);
let pB9 = g9 * du0;
let pC9 = dy0 * h0_9;
fromB = fma(g9, Bw2.y, fromB);
g9 *= e0_9;
{ let q = g9 * hs_9; fromA = fma(q, A9, fromA); dA9 = fma(q, dt0, dA9); }
g10 = fma(dy0, Cw2.z, g10);
let pB10 = g10 * du0;
let pC10 = dy0 * h0_10;
fromB = fma(g10, Bw2.z, fromB);
g10 *= e0_10;
{ let q = g10 * hs_10; fromA = fma(q, A10, fromA); dA10 = fma(q, dt0, dA10); }
g11 = fma(dy0, Cw2.w, g11);
let pB11 = g11 * du0;
let pC11 = dy0 * h0_11;
fromB = fma(g11, Bw2.w, fromB);
g11 *= e0_11;
{ let q = g11 * hs_11; fromA = fma(q, A11, fromA); dA11 = fma(q, dt0, dA11); }
g12 = fma(dy0, Cw3.x, g12);
let pB12 = g12 * du0;
let pC12 = dy0 * h0_12;
fromB = fma(g12, Bw3.x, fromB);
g12 *= e0_12;
{ let q = g12 * hs_12; fromA = fma(q, A12, fromA); dA12 = fma(q, dt0, dA12); }
g13 = fma(dy0, Cw3.y, g13);
let pB13 = g13 * du0;
let pC13 = dy0 * h0_13;
fromB = fma(g13, Bw3.y, fromB);
g13 *= e0_13;
{ let q = g13 * hs_13; fromA = fma(q, A13, fromA); dA13 = fma(q, dt0, dA13); }
g14 = fma(dy0, Cw3.z, g14);
let pB14 = g14 * du0;
let pC14 = dy0 * h0_14;
fromB = fma(g14, Bw3.z, fromB);
g14 *= e0_14;
{ let q = g14 * hs_14; fromA = fma(q, A14, fromA); dA14 = fma(q, dt0, dA14); }
g15 = fma(dy0, Cw3.w, g15);
let pB15 = g15 * du0;
let pC15 = dy0 * h0_15;
fromB = fma(g15, Bw3.w, fromB);
g15 *= e0_15;
{ let q = g15 * hs_15; fromA = fma(q, A15, fromA); dA15 = fma(q, dt0, dA15); }
dD = fma(dy0, u0, dD);
if (valid && t0 + 0u < params.length) {
  let slope = (u0 * fromB + fromA * 0.6931471805599453) * sigmoid(raw0);
  dBias += slope;
  ddelta[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] = slope;
  du[(0u + (batch * params.length + min(t0 + 0u, params.length - 1u)) * 24u + d)] = Dskip * dy0 + dt0 * fromB;
}
workgroupBarrier();
exchanged[0u + local] = pB0;
exchanged[8u + local] = pB1;
exchanged[16u + local] = pB2;
exchanged[24u + local] = pB3;
exchanged[32u + local] = pB4;
exchanged[40u + local] = pB5;
exchanged[48u + local] = pB6;
exchanged[56u + local] = pB7;
exchanged[64u + local] = pB8;
exchanged[72u + local] = pB9;
exchanged[80u + local] = pB10;
exchanged[88u + local] = pB11;
exchanged[96u + local] = pB12;
exchanged[104u + local] = pB13;
exchanged[112u + local] = pB14;
exchanged[120u + local] = pB15;
exchanged[128u + local] = pC0;
exchanged[136u + local] = pC1;
exchanged[144u + local] = pC2;
exchanged[152u + local] = pC3;
exchanged[160u + local] = pC4;
exchanged[168u + local] = pC5;
exchanged[176u + local] = pC6;
exchanged[184u + local] = pC7;
exchanged[192u + local] = pC8;
exchanged[200u + local] = pC9;
exchanged[208u + local] = pC10;
exchanged[216u + local] = pC11;
exchanged[224u + local] = pC12;
exchanged[232u + local] = pC13;
exchanged[240u + local] = pC14;
exchanged[248u + local] = pC15;
workgroupBarrier();
for (var v = local; v < 32u; v += 8u) {
  var sum = 0.0;
  for (var l = 0u; l < 8u; l++) { sum += exchanged[v * 8u + l]; }
  if (t0 + 0u < params.length) { partialBC[((((tile % 3u) * params.batch + batch) * params.length + t0 + 0u) * 1u + g) * 32u + v] = sum; }
} }
    
  }
  if (valid) {
perChannel[(batch * 24u + d) * 18u + 0u] = dA0 * A0 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 1u] = dA1 * A1 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 2u] = dA2 * A2 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 3u] = dA3 * A3 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 4u] = dA4 * A4 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 5u] = dA5 * A5 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 6u] = dA6 * A6 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 7u] = dA7 * A7 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 8u] = dA8 * A8 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 9u] = dA9 * A9 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 10u] = dA10 * A10 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 11u] = dA11 * A11 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 12u] = dA12 * A12 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 13u] = dA13 * A13 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 14u] = dA14 * A14 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 15u] = dA15 * A15 * 0.6931471805599453;
perChannel[(batch * 24u + d) * 18u + 16u] = dD;
perChannel[(batch * 24u + d) * 18u + 17u] = dBias;

}
}

// selectiveScanSum 16 1 0 3 1 36/4
@group(0) @binding(0) var<storage, read> partials: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
struct Params { rows: u32, length: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.rows * 4u) { return; }
  let n = i % 4u;
  let g = (i / 4u) % 1u;
  let row = i / 4u;
  let batch = row / params.length;
  let stride = params.rows * 8u;
  var at = (row * 1u + g) * 8u + 0u + n;
  var sum = vec4f();
  for (var tile = 0u; tile < 3u; tile++) { sum += partials[at]; at += stride; }
  target_[4u + row * 36u + g * 16u + n * 4u + 0u] = sum.x;
target_[4u + row * 36u + g * 16u + n * 4u + 1u] = sum.y;
target_[4u + row * 36u + g * 16u + n * 4u + 2u] = sum.z;
target_[4u + row * 36u + g * 16u + n * 4u + 3u] = sum.w;
}

// selectiveScanSum 16 1 16 3 1 36/20
@group(0) @binding(0) var<storage, read> partials: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
struct Params { rows: u32, length: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.rows * 4u) { return; }
  let n = i % 4u;
  let g = (i / 4u) % 1u;
  let row = i / 4u;
  let batch = row / params.length;
  let stride = params.rows * 8u;
  var at = (row * 1u + g) * 8u + 4u + n;
  var sum = vec4f();
  for (var tile = 0u; tile < 3u; tile++) { sum += partials[at]; at += stride; }
  target_[20u + row * 36u + g * 16u + n * 4u + 0u] = sum.x;
target_[20u + row * 36u + g * 16u + n * 4u + 1u] = sum.y;
target_[20u + row * 36u + g * 16u + n * 4u + 2u] = sum.z;
target_[20u + row * 36u + g * 16u + n * 4u + 3u] = sum.w;
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
