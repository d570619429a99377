// conv1d 8 3 8 0 1 0 1 0 0 1 0 1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> initial: array<vec4f>;
@group(0) @binding(4) var<storage, read> sequence: array<i32>;
@group(0) @binding(5) var<storage, read_write> result: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> last: array<vec4f>;
struct Params { length: u32, span: u32, pieces: u32, threads: u32 }
@group(0) @binding(7) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = group.x * 64u + local;
  if (i >= params.threads) { return; }
  let channel = (i % 2u) * 4u;
  let piece = i / 2u;
  let batch = piece / params.pieces;
  let start = (piece % params.pieces) * params.span;
  let end = min(start + params.span, params.length);
let wRaw0 = weight[((0u + (0u * 8u + channel) * 3u) >> 2u) + 0u];
let wRaw1 = weight[((0u + (0u * 8u + channel) * 3u) >> 2u) + 1u];
let wRaw2 = weight[((0u + (0u * 8u + channel) * 3u) >> 2u) + 2u];
let w0 = vec4f(wRaw0.x, wRaw0.w, wRaw1.z, wRaw2.y);
let w1 = vec4f(wRaw0.y, wRaw1.x, wRaw1.w, wRaw2.z);
let w2 = vec4f(wRaw0.z, wRaw1.y, wRaw2.x, wRaw2.w);
  let offset = vec4f(select(0.0, bias[(0u + channel) + 0u], channel + 0u < 8u), select(0.0, bias[(0u + channel) + 1u], channel + 1u < 8u), select(0.0, bias[(0u + channel) + 2u], channel + 2u < 8u), select(0.0, bias[(0u + channel) + 3u], channel + 3u < 8u));
  var v0 = vec4f();
var v1 = vec4f();
var valid = 2u;
  var current = sequence[0u + batch * params.length + max(start, 2u) - 2u];
  if (start > 0u) {
    v0 = x[((0u + (batch * params.length + (start - 2u)) * 8u + channel)) >> 2u];
{
      let next = sequence[0u + batch * params.length + start - 1u];
      if (next != current) { v0 = vec4f(); valid = 1u; }
      current = next;
    }
    v1 = x[((0u + (batch * params.length + (start - 1u)) * 8u + channel)) >> 2u];
  } else {{
let sRaw0 = initial[((0u + (batch * 8u + channel) * 2u) >> 2u) + 0u];
let sRaw1 = initial[((0u + (batch * 8u + channel) * 2u) >> 2u) + 1u];
let s0 = vec4f(sRaw0.x, sRaw0.z, sRaw1.x, sRaw1.z);
let s1 = vec4f(sRaw0.y, sRaw0.w, sRaw1.y, sRaw1.w);
v0 = s0;
v1 = s1;
  }}
  for (var t = start; t < end; t++) {
    {
      let next = sequence[0u + batch * params.length + t];
      if (next != current) { v0 = vec4f();
v1 = vec4f(); valid = 0u; }
      current = next;
    }
    let v2 = x[((0u + (batch * params.length + t) * 8u + channel)) >> 2u];
    var pre = offset;
    pre = fma(w0, v0, pre);
pre = fma(w1, v1, pre);
pre = fma(w2, v2, pre);
    if (channel < 8u) { result[(((batch * params.length + t) * 8u + channel)) >> 2u] = pre * sigmoid(pre); }
    v0 = v1;
    v1 = v2;
  }
if (end == params.length) {
last[(((batch * 8u + channel) * 2u) >> 2u) + 0u] = vec4f(v0.x, v1.x, v0.y, v1.y);
last[(((batch * 8u + channel) * 2u) >> 2u) + 1u] = vec4f(v0.z, v1.z, v0.w, v1.w);
}
}

// conv1dBackward 8 3 8 0 1 0 1 0 0 1 0 8 0 1 8 0 1 0 1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> initial: array<vec4f>;
@group(0) @binding(4) var<storage, read> sequence: array<i32>;
@group(0) @binding(5) var<storage, read> dOut: array<vec4f>;
@group(0) @binding(6) var<storage, read> dLast: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> dX: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> dWeight: array<vec4f>;
@group(0) @binding(9) var<storage, read_write> dBias: array<vec4f>;
@group(0) @binding(10) var<storage, read_write> dInitial: array<f32>;
struct Params { length: u32, span: u32, pieces: u32, threads: u32 }
@group(0) @binding(11) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = group.x * 64u + local;
  if (i >= params.threads) { return; }
  let channel = (i % 2u) * 4u;
  let piece = i / 2u;
  let batch = piece / params.pieces;
  let start = (piece % params.pieces) * params.span;
  let end = min(start + params.span, params.length);
let wRaw0 = weight[((0u + (0u * 8u + channel) * 3u) >> 2u) + 0u];
let wRaw1 = weight[((0u + (0u * 8u + channel) * 3u) >> 2u) + 1u];
let wRaw2 = weight[((0u + (0u * 8u + channel) * 3u) >> 2u) + 2u];
let w0 = vec4f(wRaw0.x, wRaw0.w, wRaw1.z, wRaw2.y);
let w1 = vec4f(wRaw0.y, wRaw1.x, wRaw1.w, wRaw2.z);
let w2 = vec4f(wRaw0.z, wRaw1.y, wRaw2.x, wRaw2.w);
  let offset = vec4f(select(0.0, bias[(0u + channel) + 0u], channel + 0u < 8u), select(0.0, bias[(0u + channel) + 1u], channel + 1u < 8u), select(0.0, bias[(0u + channel) + 2u], channel + 2u < 8u), select(0.0, bias[(0u + channel) + 3u], channel + 3u < 8u));
  var v0 = vec4f();
var v1 = vec4f();
var valid = 2u;
  var current = sequence[0u + batch * params.length + max(start, 2u) - 2u];
  if (start > 0u) {
    v0 = x[((0u + (batch * params.length + (start - 2u)) * 8u + channel)) >> 2u];
{
      let next = sequence[0u + batch * params.length + start - 1u];
      if (next != current) { v0 = vec4f(); valid = 1u; }
      current = next;
    }
    v1 = x[((0u + (batch * params.length + (start - 1u)) * 8u + channel)) >> 2u];
  } else {{
let sRaw0 = initial[((0u + (batch * 8u + channel) * 2u) >> 2u) + 0u];
let sRaw1 = initial[((0u + (batch * 8u + channel) * 2u) >> 2u) + 1u];
let s0 = vec4f(sRaw0.x, sRaw0.z, sRaw1.x, sRaw1.z);
let s1 = vec4f(sRaw0.y, sRaw0.w, sRaw1.y, sRaw1.w);
v0 = s0;
v1 = s1;
  }}
  var gradientBias = vec4f();
  var gradientWeight0 = vec4f();
var gradientWeight1 = vec4f();
var gradientWeight2 = vec4f();
  var d0 = vec4f();
var d1 = vec4f();
  for (var t = start; t < end + 2u; t++) {
    var g = vec4f();
    if (t < params.length) {
    {
      let next = sequence[0u + batch * params.length + t];
      if (next != current) { v0 = vec4f();
v1 = vec4f(); valid = 0u; }
      current = next;
    }
    let v2 = x[((0u + (batch * params.length + t) * 8u + channel)) >> 2u];
    var pre = offset;
    pre = fma(w0, v0, pre);
pre = fma(w1, v1, pre);
pre = fma(w2, v2, pre);
    let s = sigmoid(pre);
    g = dOut[((0u + (batch * params.length + t) * 8u + channel)) >> 2u] * s * fma(pre, 1.0 - s, vec4f(1.0));
    let own = select(vec4f(), g, t < end);
    gradientBias += own;
    gradientWeight0 = fma(own, v0, gradientWeight0);
gradientWeight1 = fma(own, v1, gradientWeight1);
gradientWeight2 = fma(own, v2, gradientWeight2);
    v0 = v1;
    v1 = v2;
    } else if (t == params.length) {
let uRaw0 = dLast[((0u + (batch * 8u + channel) * 2u) >> 2u) + 0u];
let uRaw1 = dLast[((0u + (batch * 8u + channel) * 2u) >> 2u) + 1u];
let u0 = vec4f(uRaw0.x, uRaw0.z, uRaw1.x, uRaw1.z);
let u1 = vec4f(uRaw0.y, uRaw0.w, uRaw1.y, uRaw1.w);
      d0 += select(vec4f(), u0, valid + 0u >= 2u);
d1 += select(vec4f(), u1, valid + 1u >= 2u);
    }
    d0 = fma(select(vec4f(), w0, valid + 0u >= 2u), g, d0);
d1 = fma(select(vec4f(), w1, valid + 1u >= 2u), g, d1);
    if (t >= start + 2u) {
      if (channel < 8u) { dX[((0u + (batch * params.length + t - 2u) * 8u + channel)) >> 2u] = d0; }
    } else if (start == 0u) {
      if (channel + 0u < 8u) { dInitial[(batch * 8u + channel) * 2u + t + 0u] = d0.x; }
if (channel + 1u < 8u) { dInitial[(batch * 8u + channel) * 2u + t + 2u] = d0.y; }
if (channel + 2u < 8u) { dInitial[(batch * 8u + channel) * 2u + t + 4u] = d0.z; }
if (channel + 3u < 8u) { dInitial[(batch * 8u + channel) * 2u + t + 6u] = d0.w; }
    }
    d0 = d1;
d1 = w2 * g;
    valid = min(valid + 1u, 2u);
  }
dWeight[(((piece * 8u + channel) * 3u) >> 2u) + 0u] = vec4f(gradientWeight0.x, gradientWeight1.x, gradientWeight2.x, gradientWeight0.y);
dWeight[(((piece * 8u + channel) * 3u) >> 2u) + 1u] = vec4f(gradientWeight1.y, gradientWeight2.y, gradientWeight0.z, gradientWeight1.z);
dWeight[(((piece * 8u + channel) * 3u) >> 2u) + 2u] = vec4f(gradientWeight2.z, gradientWeight0.w, gradientWeight1.w, gradientWeight2.w);
  if (channel < 8u) { dBias[((piece * 8u + channel)) >> 2u] = gradientBias; }
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
