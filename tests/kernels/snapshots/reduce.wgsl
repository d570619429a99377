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
