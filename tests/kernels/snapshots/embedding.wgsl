// embedding 64 64 0 1 0
@group(0) @binding(0) var<storage, read> table: array<vec4f>;
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;
struct Params { count: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let thread = (group.y * 32768u + group.x) * 64u + local;
  let i = thread / 4u;
  let part = thread % 4u;
  if (i >= params.count) { return; }
  let source = 0u + u32(ids[0u + i]) * 64u;
{ let column = (part + 0u) * 4u;
    if (column < 64u) {
      let value = table[(source + column) >> 2u];
      if (column < 64u) { result[((i * 64u + column)) >> 2u] = value; }
    } }
{ let column = (part + 4u) * 4u;
    if (column < 64u) {
      let value = table[(source + column) >> 2u];
      if (column < 64u) { result[((i * 64u + column)) >> 2u] = value; }
    } }
{ let column = (part + 8u) * 4u;
    if (column < 64u) {
      let value = table[(source + column) >> 2u];
      if (column < 64u) { result[((i * 64u + column)) >> 2u] = value; }
    } }
{ let column = (part + 12u) * 4u;
    if (column < 64u) {
      let value = table[(source + column) >> 2u];
      if (column < 64u) { result[((i * 64u + column)) >> 2u] = value; }
    } }
}

// embeddingBackward 64 64 0 1 0 1 0 1
@group(0) @binding(0) var<storage, read> upstream: array<vec4f>;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read> positions: array<u32>;
@group(0) @binding(3) var<storage, read_write> target_: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(4) var<uniform> params: Params;


fn term(p: u32, column: u32) -> vec4f {
  let at = 0u + positions[p] * 64u + column;
  return upstream[(at) >> 2u];
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let slice = 0u;
  let row = (group.y * 32768u + group.x) * 4u + local / 16u;
  let column = (group.z * 16u + local % 16u) * 4u;
  var sum = vec4f();
  if (row < params.rows && column < 64u) {
    let end = starts[row + 1u];
    var other = vec4f();
    var p = starts[row] + slice;
    for (; p + 1u < end; p += 2u) {
      sum += term(p, column);
      other += term(p + 1u, column);
    }
    if (p < end) { sum += term(p, column); }
    sum += other;
  }

  if (row < params.rows && slice == 0u && column < 64u) {
    let value = sum;
    if (column < 64u) { target_[((0u + row * 64u + column)) >> 2u] = value; }
  }
}
