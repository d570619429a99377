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
