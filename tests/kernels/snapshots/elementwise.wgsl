// add 36 36,0,1 36,0,1 36,0,1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
fn softplus(x: vec4f) -> vec4f {
  let e = exp(max(-abs(x), vec4f(-80.0)));
  let s = e / (2.0 + e);
  let q = s * s;
  var p = vec4f(0.06666666666666667);
  p = fma(p, q, vec4f(0.07692307692307693));
  p = fma(p, q, vec4f(0.09090909090909091));
  p = fma(p, q, vec4f(0.1111111111111111));
  p = fma(p, q, vec4f(0.14285714285714285));
  p = fma(p, q, vec4f(0.2));
  p = fma(p, q, vec4f(0.3333333333333333));
  p = fma(p, q, vec4f(1));
  return max(x, vec4f()) + 2.0 * s * p;
}
@group(0) @binding(0) var<storage, read> input0: array<vec4f>;
@group(0) @binding(1) var<storage, read> input1: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> output0: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let row = i / 9u;
  let column = (i % 9u) * 4u;
  if (row >= params.rows) { return; }
  let a = input0[((0u + row * 36u + column)) >> 2u];
  let b = input1[((0u + row * 36u + column)) >> 2u];

  if (column < 36u) { output0[((0u + row * 36u + column)) >> 2u] = a + b; }
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

// reduce 36 36 0 36 0 true
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
  target_[at] = target_[at] + sum;
}

// scale 36 36,0,1
@group(0) @binding(0) var<storage, read_write> x: array<vec4f>;
struct Params { rows: u32, factor: u32 }
@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let row = i / 9u;
  let column = (i % 9u) * 4u;
  if (row >= params.rows) { return; }
  let scaled = x[((0u + row * 36u + column)) >> 2u] * bitcast<f32>(params.factor);
  if (column < 36u) { x[((0u + row * 36u + column)) >> 2u] = scaled; }
}

// siluGate 36 36,0,1 36,0,1 36,0,1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
fn softplus(x: vec4f) -> vec4f {
  let e = exp(max(-abs(x), vec4f(-80.0)));
  let s = e / (2.0 + e);
  let q = s * s;
  var p = vec4f(0.06666666666666667);
  p = fma(p, q, vec4f(0.07692307692307693));
  p = fma(p, q, vec4f(0.09090909090909091));
  p = fma(p, q, vec4f(0.1111111111111111));
  p = fma(p, q, vec4f(0.14285714285714285));
  p = fma(p, q, vec4f(0.2));
  p = fma(p, q, vec4f(0.3333333333333333));
  p = fma(p, q, vec4f(1));
  return max(x, vec4f()) + 2.0 * s * p;
}
@group(0) @binding(0) var<storage, read> input0: array<vec4f>;
@group(0) @binding(1) var<storage, read> input1: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> output0: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let row = i / 9u;
  let column = (i % 9u) * 4u;
  if (row >= params.rows) { return; }
  let a = input0[((0u + row * 36u + column)) >> 2u];
  let b = input1[((0u + row * 36u + column)) >> 2u];

  if (column < 36u) { output0[((0u + row * 36u + column)) >> 2u] = a * b * sigmoid(b); }
}

// siluGateBackward 36 36,0,1 36,0,1 36,0,1 36,0,1 36,0,1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
fn softplus(x: vec4f) -> vec4f {
  let e = exp(max(-abs(x), vec4f(-80.0)));
  let s = e / (2.0 + e);
  let q = s * s;
  var p = vec4f(0.06666666666666667);
  p = fma(p, q, vec4f(0.07692307692307693));
  p = fma(p, q, vec4f(0.09090909090909091));
  p = fma(p, q, vec4f(0.1111111111111111));
  p = fma(p, q, vec4f(0.14285714285714285));
  p = fma(p, q, vec4f(0.2));
  p = fma(p, q, vec4f(0.3333333333333333));
  p = fma(p, q, vec4f(1));
  return max(x, vec4f()) + 2.0 * s * p;
}
@group(0) @binding(0) var<storage, read> input0: array<vec4f>;
@group(0) @binding(1) var<storage, read> input1: array<vec4f>;
@group(0) @binding(2) var<storage, read> input2: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> output0: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> output1: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let row = i / 9u;
  let column = (i % 9u) * 4u;
  if (row >= params.rows) { return; }
  let a = input0[((0u + row * 36u + column)) >> 2u];
  let b = input1[((0u + row * 36u + column)) >> 2u];
  let c = input2[((0u + row * 36u + column)) >> 2u];
  let s = sigmoid(b);
  if (column < 36u) { output0[((0u + row * 36u + column)) >> 2u] = c * b * s; }
  if (column < 36u) { output1[((0u + row * 36u + column)) >> 2u] = c * a * s * fma(b, 1.0 - s, vec4f(1.0)); }
}

// softplusBias 36 36,0,1 0,0,1 36,0,1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
fn softplus(x: vec4f) -> vec4f {
  let e = exp(max(-abs(x), vec4f(-80.0)));
  let s = e / (2.0 + e);
  let q = s * s;
  var p = vec4f(0.06666666666666667);
  p = fma(p, q, vec4f(0.07692307692307693));
  p = fma(p, q, vec4f(0.09090909090909091));
  p = fma(p, q, vec4f(0.1111111111111111));
  p = fma(p, q, vec4f(0.14285714285714285));
  p = fma(p, q, vec4f(0.2));
  p = fma(p, q, vec4f(0.3333333333333333));
  p = fma(p, q, vec4f(1));
  return max(x, vec4f()) + 2.0 * s * p;
}
@group(0) @binding(0) var<storage, read> input0: array<vec4f>;
@group(0) @binding(1) var<storage, read> input1: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> output0: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let row = i / 9u;
  let column = (i % 9u) * 4u;
  if (row >= params.rows) { return; }
  let a = input0[((0u + row * 36u + column)) >> 2u];
  let b = input1[((0u + row * 0u + column)) >> 2u];

  if (column < 36u) { output0[((0u + row * 36u + column)) >> 2u] = softplus(a + b); }
}

// softplusBiasBackward 36 36,0,1 36,0,1 0,0,1 36,0,1
fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
fn softplus(x: vec4f) -> vec4f {
  let e = exp(max(-abs(x), vec4f(-80.0)));
  let s = e / (2.0 + e);
  let q = s * s;
  var p = vec4f(0.06666666666666667);
  p = fma(p, q, vec4f(0.07692307692307693));
  p = fma(p, q, vec4f(0.09090909090909091));
  p = fma(p, q, vec4f(0.1111111111111111));
  p = fma(p, q, vec4f(0.14285714285714285));
  p = fma(p, q, vec4f(0.2));
  p = fma(p, q, vec4f(0.3333333333333333));
  p = fma(p, q, vec4f(1));
  return max(x, vec4f()) + 2.0 * s * p;
}
@group(0) @binding(0) var<storage, read> input0: array<vec4f>;
@group(0) @binding(1) var<storage, read> input1: array<vec4f>;
@group(0) @binding(2) var<storage, read> input2: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> output0: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let row = i / 9u;
  let column = (i % 9u) * 4u;
  if (row >= params.rows) { return; }
  let a = input0[((0u + row * 36u + column)) >> 2u];
  let b = input1[((0u + row * 36u + column)) >> 2u];
  let c = input2[((0u + row * 0u + column)) >> 2u];

  if (column < 36u) { output0[((0u + row * 36u + column)) >> 2u] = b * sigmoid(a + c); }
}

// sumRows 36 -1 36,0,1
@group(0) @binding(0) var<storage, read> factor0: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> partials: array<vec4f>;
struct Params { rows: u32, span: u32, threads: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = group.x * 64u + local;
  if (i >= params.threads) { return; }
  let column = (i % 9u) * 4u;
  let piece = i / 9u;
  let end = min((piece + 1u) * params.span, params.rows);
  var sum = vec4f();
  for (var row = piece * params.span; row < end; row++) {
    sum += factor0[((0u + row * 36u + column)) >> 2u];
  }
  if (column < 36u) { partials[((piece * 36u + column)) >> 2u] = sum; }
}
