// reduce 13 13 0 13 0 false
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
struct Params { size: u32, count: u32, step: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.size) { return; }
  let first = (i / 13u) * 13u + i % 13u + 0u;
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
  let at = (i / 13u) * 13u + i % 13u + 0u;
  let sum = (sum0 + sum1) + (sum2 + sum3);
  target_[at] = sum;
}

// reduce 13 13 0 13 0 true
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> target_: array<f32>;
struct Params { size: u32, count: u32, step: u32 }
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.size) { return; }
  let first = (i / 13u) * 13u + i % 13u + 0u;
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
  let at = (i / 13u) * 13u + i % 13u + 0u;
  let sum = (sum0 + sum1) + (sum2 + sum3);
  target_[at] = target_[at] + sum;
}
