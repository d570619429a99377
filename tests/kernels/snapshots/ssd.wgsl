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

// ssdCarry 4 6 2 10 16 8 0 1 4 0 0 1
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> states: array<vec4f>;
@group(0) @binding(2) var<storage, read> start: array<f32>;
@group(0) @binding(3) var<storage, read_write> last: array<f32>;
struct Params { chunks: u32, total: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  let tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let part_ = tile % 2u;
  let head = tile / 2u % 4u;
  let batch = tile / 8u;
  let wanted = part_ * 8u + lane;
  let inside = live && wanted < 15u;
  let word = min(wanted, 14u);
  var carried = vec4f(start[0u + ((batch * 4u + head) * 6u + (word * 4u + 0u) % 6u) * 10u + (word * 4u + 0u) / 6u], start[0u + ((batch * 4u + head) * 6u + (word * 4u + 1u) % 6u) * 10u + (word * 4u + 1u) / 6u], start[0u + ((batch * 4u + head) * 6u + (word * 4u + 2u) % 6u) * 10u + (word * 4u + 2u) / 6u], start[0u + ((batch * 4u + head) * 6u + (word * 4u + 3u) % 6u) * 10u + (word * 4u + 3u) / 6u]);
  for (var i = 0u; i < params.chunks; i++) {
    let at = (batch * params.chunks + i) * 4u + head;
    let to = at * 15u + word;
    let keep = steps[at * 16u + 15u].z;
    let added = states[to];
    
    if (inside) { states[to] = carried; }
    carried = fma(vec4f(keep), carried, added);
  }
  if (inside) { last[((batch * 4u + head) * 6u + (word * 4u + 0u) % 6u) * 10u + (word * 4u + 0u) / 6u] = carried.x; last[((batch * 4u + head) * 6u + (word * 4u + 1u) % 6u) * 10u + (word * 4u + 1u) / 6u] = carried.y; last[((batch * 4u + head) * 6u + (word * 4u + 2u) % 6u) * 10u + (word * 4u + 2u) / 6u] = carried.z; last[((batch * 4u + head) * 6u + (word * 4u + 3u) % 6u) * 10u + (word * 4u + 3u) / 6u] = carried.w; }
}

// ssdCarry 4 6 2 10 16 8 0 1 4 1 0 1
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> states: array<vec4f>;
@group(0) @binding(2) var<storage, read> start: array<f32>;
@group(0) @binding(3) var<storage, read> forward: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> products: array<f32>;
@group(0) @binding(5) var<storage, read_write> last: array<f32>;
struct Params { chunks: u32, total: u32 }
@group(0) @binding(6) var<uniform> params: Params;
var<workgroup> scratchF32: array<f32, 8>;
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
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  let tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let part_ = tile % 2u;
  let head = tile / 2u % 4u;
  let batch = tile / 8u;
  let wanted = part_ * 8u + lane;
  let inside = live && wanted < 15u;
  let word = min(wanted, 14u);
  var carried = vec4f(start[0u + ((batch * 4u + head) * 6u + (word * 4u + 0u) % 6u) * 10u + (word * 4u + 0u) / 6u], start[0u + ((batch * 4u + head) * 6u + (word * 4u + 1u) % 6u) * 10u + (word * 4u + 1u) / 6u], start[0u + ((batch * 4u + head) * 6u + (word * 4u + 2u) % 6u) * 10u + (word * 4u + 2u) / 6u], start[0u + ((batch * 4u + head) * 6u + (word * 4u + 3u) % 6u) * 10u + (word * 4u + 3u) / 6u]);
  for (var i = 0u; i < params.chunks; i++) {
    let at = (batch * params.chunks + params.chunks - 1u - i) * 4u + head;
    let to = at * 15u + word;
    let keep = steps[at * 16u + 15u].z;
    let added = states[to];
    let product = select(0.0, keep * dot(carried, forward[to]), inside);
    let sum = sumF32(product, local);
    if (live && lane == 0u) { products[(at * 2u) + part_] = sum; }
    if (inside) { states[to] = carried; }
    carried = fma(vec4f(keep), carried, added);
  }
  if (inside) { last[((batch * 4u + head) * 6u + (word * 4u + 0u) % 6u) * 10u + (word * 4u + 0u) / 6u] = carried.x; last[((batch * 4u + head) * 6u + (word * 4u + 1u) % 6u) * 10u + (word * 4u + 1u) / 6u] = carried.y; last[((batch * 4u + head) * 6u + (word * 4u + 2u) % 6u) * 10u + (word * 4u + 2u) / 6u] = carried.z; last[((batch * 4u + head) * 6u + (word * 4u + 3u) % 6u) * 10u + (word * 4u + 3u) / 6u] = carried.w; }
}

// ssdOutput 4 6 2 10 16 8 0 1 20 0 2 24 0 1 24 0 w 1
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> rows: array<vec2f>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read> states: array<f32>;
@group(0) @binding(4) var<storage, read> scores: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let columnTile = tile % 1u; tile /= 1u;
  let rowTile = tile % 4u; tile /= 4u;
  let head = tile % 4u; tile /= 4u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let group_ = head / 2u;
  let t0 = rowTile * 4u;
  let first = (place * 4u + head) * 16u;
  let scoresAt = first * 16u;
  let pWanted = columnTile * 8u + lane * 1u;
  let pInside = live && pWanted < 6u;
  let p = min(pWanted, 5u);
  let statesAt = (place * 4u + head) * 60u + p;
  var acc0 = f32();
var acc1 = f32();
var acc2 = f32();
var acc3 = f32();
  for (var n = 0u; n < 10u; n += 2u) {
    let a0 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
let a1 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
let a2 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
let a3 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
    { let column = states[statesAt + (n + 0u) * 6u];
acc0 = fma(f32(a0.x), column, acc0);
acc1 = fma(f32(a1.x), column, acc1);
acc2 = fma(f32(a2.x), column, acc2);
acc3 = fma(f32(a3.x), column, acc3); }
{ let column = states[statesAt + (n + 1u) * 6u];
acc0 = fma(f32(a0.y), column, acc0);
acc1 = fma(f32(a1.y), column, acc1);
acc2 = fma(f32(a2.y), column, acc2);
acc3 = fma(f32(a3.y), column, acc3); }
  }
  let f0 = steps[first + t0 + 0u].w;
let f1 = steps[first + t0 + 1u].w;
let f2 = steps[first + t0 + 2u].w;
let f3 = steps[first + t0 + 3u].w;
  acc0 *= f0;
acc1 *= f1;
acc2 *= f2;
acc3 *= f3;
  for (var k = t0; k < 16u; k += 4u) {
    let s0 = scores[(scoresAt + (t0 + 0u) * 16u + k + 0u) / 4u];
let s1 = scores[(scoresAt + (t0 + 1u) * 16u + k + 0u) / 4u];
let s2 = scores[(scoresAt + (t0 + 2u) * 16u + k + 0u) / 4u];
let s3 = scores[(scoresAt + (t0 + 3u) * 16u + k + 0u) / 4u];
    { let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 0u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s0.x), column, acc0);
acc1 = fma(f32(s1.x), column, acc1);
acc2 = fma(f32(s2.x), column, acc2);
acc3 = fma(f32(s3.x), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 1u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s0.y), column, acc0);
acc1 = fma(f32(s1.y), column, acc1);
acc2 = fma(f32(s2.y), column, acc2);
acc3 = fma(f32(s3.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 2u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s0.z), column, acc0);
acc1 = fma(f32(s1.z), column, acc1);
acc2 = fma(f32(s2.z), column, acc2);
acc3 = fma(f32(s3.z), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 3u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s0.w), column, acc0);
acc1 = fma(f32(s1.w), column, acc1);
acc2 = fma(f32(s2.w), column, acc2);
acc3 = fma(f32(s3.w), column, acc3); }
  }
  if (pInside && chunk * 16u + t0 + 0u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 0u, params.length - 1u)) * 24u) + head * 6u + p] = acc0; }
if (pInside && chunk * 16u + t0 + 1u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 1u, params.length - 1u)) * 24u) + head * 6u + p] = acc1; }
if (pInside && chunk * 16u + t0 + 2u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 2u, params.length - 1u)) * 24u) + head * 6u + p] = acc2; }
if (pInside && chunk * 16u + t0 + 3u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 3u, params.length - 1u)) * 24u) + head * 6u + p] = acc3; }
}

// ssdOutput 4 6 2 10 16 8 0 1 20 0 2 24 0 1 24 0 z 0
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> rows: array<vec2f>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read> states: array<f32>;
@group(0) @binding(4) var<storage, read> scores: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let columnTile = tile % 1u; tile /= 1u;
  let rowTile = tile % 4u; tile /= 4u;
  let head = tile % 4u; tile /= 4u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let group_ = head / 2u;
  let t0 = rowTile * 4u;
  let first = (place * 4u + head) * 16u;
  let scoresAt = first * 16u;
  let pWanted = columnTile * 8u + lane * 1u;
  let pInside = live && pWanted < 6u;
  let p = min(pWanted, 5u);
  let statesAt = (place * 4u + head) * 60u + p;
  var acc0 = f32();
var acc1 = f32();
var acc2 = f32();
var acc3 = f32();
  for (var n = 0u; n < 10u; n += 2u) {
    let a0 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
let a1 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
let a2 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
let a3 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 20u) + group_ * 10u + n + 0u) / 2u];
    { let column = states[statesAt + (n + 0u) * 6u];
acc0 = fma(f32(a0.x), column, acc0);
acc1 = fma(f32(a1.x), column, acc1);
acc2 = fma(f32(a2.x), column, acc2);
acc3 = fma(f32(a3.x), column, acc3); }
{ let column = states[statesAt + (n + 1u) * 6u];
acc0 = fma(f32(a0.y), column, acc0);
acc1 = fma(f32(a1.y), column, acc1);
acc2 = fma(f32(a2.y), column, acc2);
acc3 = fma(f32(a3.y), column, acc3); }
  }
  let f0 = select(0.0, steps[first + t0 + 0u].z, chunk * 16u + t0 + 0u < params.length);
let f1 = select(0.0, steps[first + t0 + 1u].z, chunk * 16u + t0 + 1u < params.length);
let f2 = select(0.0, steps[first + t0 + 2u].z, chunk * 16u + t0 + 2u < params.length);
let f3 = select(0.0, steps[first + t0 + 3u].z, chunk * 16u + t0 + 3u < params.length);
  acc0 *= f0;
acc1 *= f1;
acc2 *= f2;
acc3 *= f3;
  for (var k = 0u; k < t0 + 4u; k += 4u) {
    let s0 = scores[(scoresAt + (k + 0u) * 16u + t0 + 0u) / 4u];
let s1 = scores[(scoresAt + (k + 1u) * 16u + t0 + 0u) / 4u];
let s2 = scores[(scoresAt + (k + 2u) * 16u + t0 + 0u) / 4u];
let s3 = scores[(scoresAt + (k + 3u) * 16u + t0 + 0u) / 4u];
    { let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 0u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s0.x), column, acc0);
acc1 = fma(f32(s0.y), column, acc1);
acc2 = fma(f32(s0.z), column, acc2);
acc3 = fma(f32(s0.w), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 1u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s1.x), column, acc0);
acc1 = fma(f32(s1.y), column, acc1);
acc2 = fma(f32(s1.z), column, acc2);
acc3 = fma(f32(s1.w), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 2u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s2.x), column, acc0);
acc1 = fma(f32(s2.y), column, acc1);
acc2 = fma(f32(s2.z), column, acc2);
acc3 = fma(f32(s2.w), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 3u), params.length - 1u)) * 24u) + head * 6u + p];
acc0 = fma(f32(s3.x), column, acc0);
acc1 = fma(f32(s3.y), column, acc1);
acc2 = fma(f32(s3.z), column, acc2);
acc3 = fma(f32(s3.w), column, acc3); }
  }
  if (pInside && chunk * 16u + t0 + 0u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 0u, params.length - 1u)) * 24u) + head * 6u + p] = acc0; }
if (pInside && chunk * 16u + t0 + 1u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 1u, params.length - 1u)) * 24u) + head * 6u + p] = acc1; }
if (pInside && chunk * 16u + t0 + 2u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 2u, params.length - 1u)) * 24u) + head * 6u + p] = acc2; }
if (pInside && chunk * 16u + t0 + 3u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 3u, params.length - 1u)) * 24u) + head * 6u + p] = acc3; }
}

// ssdScores 4 6 2 10 16 8 0 1 20 0 2 20 0 2 0 1
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> B: array<vec2f>;
@group(0) @binding(2) var<storage, read> C: array<vec2f>;
@group(0) @binding(3) var<storage, read> D: array<f32>;
@group(0) @binding(4) var<storage, read> ordinals: array<f32>;
@group(0) @binding(5) var<storage, read_write> scores: array<vec4f>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let rowTile = tile % 4u; tile /= 4u;
  let group_ = tile % 2u; tile /= 2u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let t0 = rowTile * 4u;
  
  let sInside0 = 0u + lane < 16u;
let s0 = min(0u + lane, 15u);
let ordinal0 = ordinals[place * 16u + s0];

let sInside1 = 8u + lane < 16u;
let s1 = min(8u + lane, 15u);
let ordinal1 = ordinals[place * 16u + s1];

  let o0 = ordinals[place * 16u + t0 + 0u];
let o1 = ordinals[place * 16u + t0 + 1u];
let o2 = ordinals[place * 16u + t0 + 2u];
let o3 = ordinals[place * 16u + t0 + 3u];
  let ok_0_0 = s0 <= t0 + 0u && sInside0 && chunk * 16u + t0 + 0u < params.length && o0 == ordinal0;
let ok_0_1 = s1 <= t0 + 0u && sInside1 && chunk * 16u + t0 + 0u < params.length && o0 == ordinal1;
let ok_1_0 = s0 <= t0 + 1u && sInside0 && chunk * 16u + t0 + 1u < params.length && o1 == ordinal0;
let ok_1_1 = s1 <= t0 + 1u && sInside1 && chunk * 16u + t0 + 1u < params.length && o1 == ordinal1;
let ok_2_0 = s0 <= t0 + 2u && sInside0 && chunk * 16u + t0 + 2u < params.length && o2 == ordinal0;
let ok_2_1 = s1 <= t0 + 2u && sInside1 && chunk * 16u + t0 + 2u < params.length && o2 == ordinal1;
let ok_3_0 = s0 <= t0 + 3u && sInside0 && chunk * 16u + t0 + 3u < params.length && o3 == ordinal0;
let ok_3_1 = s1 <= t0 + 3u && sInside1 && chunk * 16u + t0 + 3u < params.length && o3 == ordinal1;
  var g_0_0 = 0.0;
var g_0_1 = 0.0;
var g_1_0 = 0.0;
var g_1_1 = 0.0;
var g_2_0 = 0.0;
var g_2_1 = 0.0;
var g_3_0 = 0.0;
var g_3_1 = 0.0;
for (var k = 0u; k < 10u; k += 2u) {
let ga0 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let ga1 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let ga2 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let ga3 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let gb0 = B[((0u + (batch * params.length + min(chunk * 16u + s0, params.length - 1u)) * 20u) + group_ * 10u + k) / 2u];
let gb1 = B[((0u + (batch * params.length + min(chunk * 16u + s1, params.length - 1u)) * 20u) + group_ * 10u + k) / 2u];
g_0_0 = fma(ga0.x, gb0.x, g_0_0);
g_0_1 = fma(ga0.x, gb1.x, g_0_1);
g_1_0 = fma(ga1.x, gb0.x, g_1_0);
g_1_1 = fma(ga1.x, gb1.x, g_1_1);
g_2_0 = fma(ga2.x, gb0.x, g_2_0);
g_2_1 = fma(ga2.x, gb1.x, g_2_1);
g_3_0 = fma(ga3.x, gb0.x, g_3_0);
g_3_1 = fma(ga3.x, gb1.x, g_3_1);
g_0_0 = fma(ga0.y, gb0.y, g_0_0);
g_0_1 = fma(ga0.y, gb1.y, g_0_1);
g_1_0 = fma(ga1.y, gb0.y, g_1_0);
g_1_1 = fma(ga1.y, gb1.y, g_1_1);
g_2_0 = fma(ga2.y, gb0.y, g_2_0);
g_2_1 = fma(ga2.y, gb1.y, g_2_1);
g_3_0 = fma(ga3.y, gb0.y, g_3_0);
g_3_1 = fma(ga3.y, gb1.y, g_3_1);
}
  for (var i = 0u; i < 2u; i++) {
    let head = group_ * 2u + i;
    let first = (place * 4u + head) * 16u;
    let skip = D[0u + head];
    let step0 = steps[first + s0];
let step1 = steps[first + s1];
    let d0 = steps[first + t0 + 0u].x;
let d1 = steps[first + t0 + 1u].x;
let d2 = steps[first + t0 + 2u].x;
let d3 = steps[first + t0 + 3u].x;
    let l_0_0 = select(0.0, exp2(d0 - step0.x), ok_0_0);
let m_0_0 = fma(g_0_0 * l_0_0, step0.y, select(0.0, skip, s0 == t0 + 0u && ok_0_0));
let l_0_1 = select(0.0, exp2(d0 - step1.x), ok_0_1);
let m_0_1 = fma(g_0_1 * l_0_1, step1.y, select(0.0, skip, s1 == t0 + 0u && ok_0_1));
let l_1_0 = select(0.0, exp2(d1 - step0.x), ok_1_0);
let m_1_0 = fma(g_1_0 * l_1_0, step0.y, select(0.0, skip, s0 == t0 + 1u && ok_1_0));
let l_1_1 = select(0.0, exp2(d1 - step1.x), ok_1_1);
let m_1_1 = fma(g_1_1 * l_1_1, step1.y, select(0.0, skip, s1 == t0 + 1u && ok_1_1));
let l_2_0 = select(0.0, exp2(d2 - step0.x), ok_2_0);
let m_2_0 = fma(g_2_0 * l_2_0, step0.y, select(0.0, skip, s0 == t0 + 2u && ok_2_0));
let l_2_1 = select(0.0, exp2(d2 - step1.x), ok_2_1);
let m_2_1 = fma(g_2_1 * l_2_1, step1.y, select(0.0, skip, s1 == t0 + 2u && ok_2_1));
let l_3_0 = select(0.0, exp2(d3 - step0.x), ok_3_0);
let m_3_0 = fma(g_3_0 * l_3_0, step0.y, select(0.0, skip, s0 == t0 + 3u && ok_3_0));
let l_3_1 = select(0.0, exp2(d3 - step1.x), ok_3_1);
let m_3_1 = fma(g_3_1 * l_3_1, step1.y, select(0.0, skip, s1 == t0 + 3u && ok_3_1));
    if (live && sInside0) { scores[((first + s0) * 16u + t0 + 0u) / 4u] = vec4f(m_0_0, m_1_0, m_2_0, m_3_0); }
if (live && sInside1) { scores[((first + s1) * 16u + t0 + 0u) / 4u] = vec4f(m_0_1, m_1_1, m_2_1, m_3_1); }
    
  }
  
}

// ssdScoresBackward 4 6 2 10 16 8 0 1 20 0 2 20 0 2 0 1 24 0 2 24 0 2
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> B: array<vec2f>;
@group(0) @binding(2) var<storage, read> C: array<vec2f>;
@group(0) @binding(3) var<storage, read> D: array<f32>;
@group(0) @binding(4) var<storage, read> ordinals: array<f32>;
@group(0) @binding(5) var<storage, read> x: array<vec2f>;
@group(0) @binding(6) var<storage, read> dOut: array<vec2f>;
@group(0) @binding(7) var<storage, read_write> scores: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> dShared: array<vec4f>;
@group(0) @binding(9) var<storage, read_write> perStep: array<vec4f>;
@group(0) @binding(10) var<storage, read_write> taken: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(11) var<uniform> params: Params;
var<workgroup> scratchF32: array<f32, 8>;
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
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let rowTile = tile % 4u; tile /= 4u;
  let group_ = tile % 2u; tile /= 2u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let t0 = rowTile * 4u;
  let allSteps = params.total / 8u * 64u;
  let sInside0 = 0u + lane < 16u;
let s0 = min(0u + lane, 15u);
let ordinal0 = ordinals[place * 16u + s0];
var dG_0_0 = 0.0;
var dG_1_0 = 0.0;
var dG_2_0 = 0.0;
var dG_3_0 = 0.0;
let sInside1 = 8u + lane < 16u;
let s1 = min(8u + lane, 15u);
let ordinal1 = ordinals[place * 16u + s1];
var dG_0_1 = 0.0;
var dG_1_1 = 0.0;
var dG_2_1 = 0.0;
var dG_3_1 = 0.0;
  let o0 = ordinals[place * 16u + t0 + 0u];
let o1 = ordinals[place * 16u + t0 + 1u];
let o2 = ordinals[place * 16u + t0 + 2u];
let o3 = ordinals[place * 16u + t0 + 3u];
  let ok_0_0 = s0 <= t0 + 0u && sInside0 && chunk * 16u + t0 + 0u < params.length && o0 == ordinal0;
let ok_0_1 = s1 <= t0 + 0u && sInside1 && chunk * 16u + t0 + 0u < params.length && o0 == ordinal1;
let ok_1_0 = s0 <= t0 + 1u && sInside0 && chunk * 16u + t0 + 1u < params.length && o1 == ordinal0;
let ok_1_1 = s1 <= t0 + 1u && sInside1 && chunk * 16u + t0 + 1u < params.length && o1 == ordinal1;
let ok_2_0 = s0 <= t0 + 2u && sInside0 && chunk * 16u + t0 + 2u < params.length && o2 == ordinal0;
let ok_2_1 = s1 <= t0 + 2u && sInside1 && chunk * 16u + t0 + 2u < params.length && o2 == ordinal1;
let ok_3_0 = s0 <= t0 + 3u && sInside0 && chunk * 16u + t0 + 3u < params.length && o3 == ordinal0;
let ok_3_1 = s1 <= t0 + 3u && sInside1 && chunk * 16u + t0 + 3u < params.length && o3 == ordinal1;
  var g_0_0 = 0.0;
var g_0_1 = 0.0;
var g_1_0 = 0.0;
var g_1_1 = 0.0;
var g_2_0 = 0.0;
var g_2_1 = 0.0;
var g_3_0 = 0.0;
var g_3_1 = 0.0;
for (var k = 0u; k < 10u; k += 2u) {
let ga0 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let ga1 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let ga2 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let ga3 = C[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 20u) + group_ * 10u + k + 0u) / 2u];
let gb0 = B[((0u + (batch * params.length + min(chunk * 16u + s0, params.length - 1u)) * 20u) + group_ * 10u + k) / 2u];
let gb1 = B[((0u + (batch * params.length + min(chunk * 16u + s1, params.length - 1u)) * 20u) + group_ * 10u + k) / 2u];
g_0_0 = fma(ga0.x, gb0.x, g_0_0);
g_0_1 = fma(ga0.x, gb1.x, g_0_1);
g_1_0 = fma(ga1.x, gb0.x, g_1_0);
g_1_1 = fma(ga1.x, gb1.x, g_1_1);
g_2_0 = fma(ga2.x, gb0.x, g_2_0);
g_2_1 = fma(ga2.x, gb1.x, g_2_1);
g_3_0 = fma(ga3.x, gb0.x, g_3_0);
g_3_1 = fma(ga3.x, gb1.x, g_3_1);
g_0_0 = fma(ga0.y, gb0.y, g_0_0);
g_0_1 = fma(ga0.y, gb1.y, g_0_1);
g_1_0 = fma(ga1.y, gb0.y, g_1_0);
g_1_1 = fma(ga1.y, gb1.y, g_1_1);
g_2_0 = fma(ga2.y, gb0.y, g_2_0);
g_2_1 = fma(ga2.y, gb1.y, g_2_1);
g_3_0 = fma(ga3.y, gb0.y, g_3_0);
g_3_1 = fma(ga3.y, gb1.y, g_3_1);
}
  for (var i = 0u; i < 2u; i++) {
    let head = group_ * 2u + i;
    let first = (place * 4u + head) * 16u;
    let skip = D[0u + head];
    let step0 = steps[first + s0];
let step1 = steps[first + s1];
    let d0 = steps[first + t0 + 0u].x;
let d1 = steps[first + t0 + 1u].x;
let d2 = steps[first + t0 + 2u].x;
let d3 = steps[first + t0 + 3u].x;
    let l_0_0 = select(0.0, exp2(d0 - step0.x), ok_0_0);
let m_0_0 = fma(g_0_0 * l_0_0, step0.y, select(0.0, skip, s0 == t0 + 0u && ok_0_0));
let l_0_1 = select(0.0, exp2(d0 - step1.x), ok_0_1);
let m_0_1 = fma(g_0_1 * l_0_1, step1.y, select(0.0, skip, s1 == t0 + 0u && ok_0_1));
let l_1_0 = select(0.0, exp2(d1 - step0.x), ok_1_0);
let m_1_0 = fma(g_1_0 * l_1_0, step0.y, select(0.0, skip, s0 == t0 + 1u && ok_1_0));
let l_1_1 = select(0.0, exp2(d1 - step1.x), ok_1_1);
let m_1_1 = fma(g_1_1 * l_1_1, step1.y, select(0.0, skip, s1 == t0 + 1u && ok_1_1));
let l_2_0 = select(0.0, exp2(d2 - step0.x), ok_2_0);
let m_2_0 = fma(g_2_0 * l_2_0, step0.y, select(0.0, skip, s0 == t0 + 2u && ok_2_0));
let l_2_1 = select(0.0, exp2(d2 - step1.x), ok_2_1);
let m_2_1 = fma(g_2_1 * l_2_1, step1.y, select(0.0, skip, s1 == t0 + 2u && ok_2_1));
let l_3_0 = select(0.0, exp2(d3 - step0.x), ok_3_0);
let m_3_0 = fma(g_3_0 * l_3_0, step0.y, select(0.0, skip, s0 == t0 + 3u && ok_3_0));
let l_3_1 = select(0.0, exp2(d3 - step1.x), ok_3_1);
let m_3_1 = fma(g_3_1 * l_3_1, step1.y, select(0.0, skip, s1 == t0 + 3u && ok_3_1));
    if (live && sInside0) { scores[((first + s0) * 16u + t0 + 0u) / 4u] = vec4f(m_0_0, m_1_0, m_2_0, m_3_0); }
if (live && sInside1) { scores[((first + s1) * 16u + t0 + 0u) / 4u] = vec4f(m_0_1, m_1_1, m_2_1, m_3_1); }
    var e_0_0 = 0.0;
var e_0_1 = 0.0;
var e_1_0 = 0.0;
var e_1_1 = 0.0;
var e_2_0 = 0.0;
var e_2_1 = 0.0;
var e_3_0 = 0.0;
var e_3_1 = 0.0;
for (var k = 0u; k < 6u; k += 2u) {
let ea0 = dOut[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let ea1 = dOut[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let ea2 = dOut[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let ea3 = dOut[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let eb0 = x[((0u + (batch * params.length + min(chunk * 16u + s0, params.length - 1u)) * 24u) + head * 6u + k) / 2u];
let eb1 = x[((0u + (batch * params.length + min(chunk * 16u + s1, params.length - 1u)) * 24u) + head * 6u + k) / 2u];
e_0_0 = fma(ea0.x, eb0.x, e_0_0);
e_0_1 = fma(ea0.x, eb1.x, e_0_1);
e_1_0 = fma(ea1.x, eb0.x, e_1_0);
e_1_1 = fma(ea1.x, eb1.x, e_1_1);
e_2_0 = fma(ea2.x, eb0.x, e_2_0);
e_2_1 = fma(ea2.x, eb1.x, e_2_1);
e_3_0 = fma(ea3.x, eb0.x, e_3_0);
e_3_1 = fma(ea3.x, eb1.x, e_3_1);
e_0_0 = fma(ea0.y, eb0.y, e_0_0);
e_0_1 = fma(ea0.y, eb1.y, e_0_1);
e_1_0 = fma(ea1.y, eb0.y, e_1_0);
e_1_1 = fma(ea1.y, eb1.y, e_1_1);
e_2_0 = fma(ea2.y, eb0.y, e_2_0);
e_2_1 = fma(ea2.y, eb1.y, e_2_1);
e_3_0 = fma(ea3.y, eb0.y, e_3_0);
e_3_1 = fma(ea3.y, eb1.y, e_3_1);
}
var stepSum0 = 0.0; var given0 = 0.0; var skipped0 = 0.0;
var stepSum1 = 0.0; var given1 = 0.0; var skipped1 = 0.0;
var taken0 = 0.0;
var taken1 = 0.0;
var taken2 = 0.0;
var taken3 = 0.0;
{ let d = e_0_0 * l_0_0;
dG_0_0 = fma(d, step0.y, dG_0_0);
let q = d * g_0_0;
stepSum0 += q;
let own = s0 == t0 + 0u;
let later = select(q * step0.y, 0.0, own);
given0 += later;
taken0 += later;
skipped0 += select(0.0, e_0_0, own && ok_0_0); }
{ let d = e_0_1 * l_0_1;
dG_0_1 = fma(d, step1.y, dG_0_1);
let q = d * g_0_1;
stepSum1 += q;
let own = s1 == t0 + 0u;
let later = select(q * step1.y, 0.0, own);
given1 += later;
taken0 += later;
skipped1 += select(0.0, e_0_1, own && ok_0_1); }
{ let d = e_1_0 * l_1_0;
dG_1_0 = fma(d, step0.y, dG_1_0);
let q = d * g_1_0;
stepSum0 += q;
let own = s0 == t0 + 1u;
let later = select(q * step0.y, 0.0, own);
given0 += later;
taken1 += later;
skipped0 += select(0.0, e_1_0, own && ok_1_0); }
{ let d = e_1_1 * l_1_1;
dG_1_1 = fma(d, step1.y, dG_1_1);
let q = d * g_1_1;
stepSum1 += q;
let own = s1 == t0 + 1u;
let later = select(q * step1.y, 0.0, own);
given1 += later;
taken1 += later;
skipped1 += select(0.0, e_1_1, own && ok_1_1); }
{ let d = e_2_0 * l_2_0;
dG_2_0 = fma(d, step0.y, dG_2_0);
let q = d * g_2_0;
stepSum0 += q;
let own = s0 == t0 + 2u;
let later = select(q * step0.y, 0.0, own);
given0 += later;
taken2 += later;
skipped0 += select(0.0, e_2_0, own && ok_2_0); }
{ let d = e_2_1 * l_2_1;
dG_2_1 = fma(d, step1.y, dG_2_1);
let q = d * g_2_1;
stepSum1 += q;
let own = s1 == t0 + 2u;
let later = select(q * step1.y, 0.0, own);
given1 += later;
taken2 += later;
skipped1 += select(0.0, e_2_1, own && ok_2_1); }
{ let d = e_3_0 * l_3_0;
dG_3_0 = fma(d, step0.y, dG_3_0);
let q = d * g_3_0;
stepSum0 += q;
let own = s0 == t0 + 3u;
let later = select(q * step0.y, 0.0, own);
given0 += later;
taken3 += later;
skipped0 += select(0.0, e_3_0, own && ok_3_0); }
{ let d = e_3_1 * l_3_1;
dG_3_1 = fma(d, step1.y, dG_3_1);
let q = d * g_3_1;
stepSum1 += q;
let own = s1 == t0 + 3u;
let later = select(q * step1.y, 0.0, own);
given1 += later;
taken3 += later;
skipped1 += select(0.0, e_3_1, own && ok_3_1); }
if (live && sInside0) { perStep[rowTile * allSteps + first + s0] = vec4f(given0, stepSum0, skipped0, 0.0); }
if (live && sInside1) { perStep[rowTile * allSteps + first + s1] = vec4f(given1, stepSum1, skipped1, 0.0); }
let all0 = sumF32(taken0, local);
let all1 = sumF32(taken1, local);
let all2 = sumF32(taken2, local);
let all3 = sumF32(taken3, local);
if (live && lane == 0u) { taken[first + t0 + 0u] = all0;
taken[first + t0 + 1u] = all1;
taken[first + t0 + 2u] = all2;
taken[first + t0 + 3u] = all3; }
  }
  if (live && sInside0) { dShared[((((place * 2u + group_) * 16u) + s0) * 16u + t0 + 0u) / 4u] = vec4f(dG_0_0, dG_1_0, dG_2_0, dG_3_0); }
if (live && sInside1) { dShared[((((place * 2u + group_) * 16u) + s1) * 16u + t0 + 0u) / 4u] = vec4f(dG_0_1, dG_1_1, dG_2_1, dG_3_1); }
}

// ssdShared 4 6 2 10 16 8 0 1 24 0 2 20 0 1 20 0 1 20 0 2 w 1
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> rows: array<vec2f>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read> own: array<f32>;
@group(0) @binding(4) var<storage, read> states: array<vec2f>;
@group(0) @binding(5) var<storage, read> dShared: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> result: array<f32>;
@group(0) @binding(7) var<storage, read_write> products: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(8) var<uniform> params: Params;
var<workgroup> scratchF32: array<f32, 8>;
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
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let columnTile = tile % 2u; tile /= 2u;
  let rowTile = tile % 4u; tile /= 4u;
  let group_ = tile % 2u; tile /= 2u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let t0 = rowTile * 4u;
  let nWanted = columnTile * 8u + lane * 1u;
  let nInside = live && nWanted < 10u;
  let n = min(nWanted, 9u);
  var acc0 = f32();
let own0 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 0u, params.length - 1u)) * 20u) + group_ * 10u + n];
var acc1 = f32();
let own1 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 1u, params.length - 1u)) * 20u) + group_ * 10u + n];
var acc2 = f32();
let own2 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 2u, params.length - 1u)) * 20u) + group_ * 10u + n];
var acc3 = f32();
let own3 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 3u, params.length - 1u)) * 20u) + group_ * 10u + n];
  for (var i = 0u; i < 2u; i++) {
    let head = group_ * 2u + i;
    let first = (place * 4u + head) * 16u;
    let statesAt = ((place * 4u + head) * 10u + n) * 6u;
    var v0 = f32();
var v1 = f32();
var v2 = f32();
var v3 = f32();
    for (var k = 0u; k < 6u; k += 2u) {
      let a0 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let a1 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let a2 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let a3 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
      let state0 = states[(statesAt + 0u + k) / 2u];
      { let column = state0.x;
v0 = fma(f32(a0.x), column, v0);
v1 = fma(f32(a1.x), column, v1);
v2 = fma(f32(a2.x), column, v2);
v3 = fma(f32(a3.x), column, v3); }
{ let column = state0.y;
v0 = fma(f32(a0.y), column, v0);
v1 = fma(f32(a1.y), column, v1);
v2 = fma(f32(a2.y), column, v2);
v3 = fma(f32(a3.y), column, v3); }
    }
    let f0 = steps[first + t0 + 0u].w;
let f1 = steps[first + t0 + 1u].w;
let f2 = steps[first + t0 + 2u].w;
let f3 = steps[first + t0 + 3u].w;
    let w0 = v0 * f0;
acc0 += w0;
let sum0 = sumF32(select(0.0, own0 * w0, nInside), local);
let w1 = v1 * f1;
acc1 += w1;
let sum1 = sumF32(select(0.0, own1 * w1, nInside), local);
let w2 = v2 * f2;
acc2 += w2;
let sum2 = sumF32(select(0.0, own2 * w2, nInside), local);
let w3 = v3 * f3;
acc3 += w3;
let sum3 = sumF32(select(0.0, own3 * w3, nInside), local);
    if (live && lane == 0u) { products[(first + t0 + 0u) * 2u + columnTile] = sum0;
products[(first + t0 + 1u) * 2u + columnTile] = sum1;
products[(first + t0 + 2u) * 2u + columnTile] = sum2;
products[(first + t0 + 3u) * 2u + columnTile] = sum3; }
  }
  let scoresAt = (place * 2u + group_) * 256u;
  for (var k = t0; k < 16u; k += 4u) {
    let s0 = dShared[(scoresAt + (t0 + 0u) * 16u + k + 0u) / 4u];
let s1 = dShared[(scoresAt + (t0 + 1u) * 16u + k + 0u) / 4u];
let s2 = dShared[(scoresAt + (t0 + 2u) * 16u + k + 0u) / 4u];
let s3 = dShared[(scoresAt + (t0 + 3u) * 16u + k + 0u) / 4u];
    { let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 0u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s0.x), column, acc0);
acc1 = fma(f32(s1.x), column, acc1);
acc2 = fma(f32(s2.x), column, acc2);
acc3 = fma(f32(s3.x), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 1u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s0.y), column, acc0);
acc1 = fma(f32(s1.y), column, acc1);
acc2 = fma(f32(s2.y), column, acc2);
acc3 = fma(f32(s3.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 2u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s0.z), column, acc0);
acc1 = fma(f32(s1.z), column, acc1);
acc2 = fma(f32(s2.z), column, acc2);
acc3 = fma(f32(s3.z), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 3u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s0.w), column, acc0);
acc1 = fma(f32(s1.w), column, acc1);
acc2 = fma(f32(s2.w), column, acc2);
acc3 = fma(f32(s3.w), column, acc3); }
  }
  if (nInside && chunk * 16u + t0 + 0u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 0u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc0; }
if (nInside && chunk * 16u + t0 + 1u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 1u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc1; }
if (nInside && chunk * 16u + t0 + 2u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 2u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc2; }
if (nInside && chunk * 16u + t0 + 3u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 3u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc3; }
}

// ssdShared 4 6 2 10 16 8 0 1 24 0 2 20 0 1 20 0 1 20 0 2 z 0
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> rows: array<vec2f>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read> own: array<f32>;
@group(0) @binding(4) var<storage, read> states: array<vec2f>;
@group(0) @binding(5) var<storage, read> dShared: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> result: array<f32>;
@group(0) @binding(7) var<storage, read_write> products: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(8) var<uniform> params: Params;
var<workgroup> scratchF32: array<f32, 8>;
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
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let columnTile = tile % 2u; tile /= 2u;
  let rowTile = tile % 4u; tile /= 4u;
  let group_ = tile % 2u; tile /= 2u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let t0 = rowTile * 4u;
  let nWanted = columnTile * 8u + lane * 1u;
  let nInside = live && nWanted < 10u;
  let n = min(nWanted, 9u);
  var acc0 = f32();
let own0 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 0u, params.length - 1u)) * 20u) + group_ * 10u + n];
var acc1 = f32();
let own1 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 1u, params.length - 1u)) * 20u) + group_ * 10u + n];
var acc2 = f32();
let own2 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 2u, params.length - 1u)) * 20u) + group_ * 10u + n];
var acc3 = f32();
let own3 = own[(0u + (batch * params.length + min(chunk * 16u + t0 + 3u, params.length - 1u)) * 20u) + group_ * 10u + n];
  for (var i = 0u; i < 2u; i++) {
    let head = group_ * 2u + i;
    let first = (place * 4u + head) * 16u;
    let statesAt = ((place * 4u + head) * 10u + n) * 6u;
    var v0 = f32();
var v1 = f32();
var v2 = f32();
var v3 = f32();
    for (var k = 0u; k < 6u; k += 2u) {
      let a0 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 0u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let a1 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 1u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let a2 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 2u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
let a3 = rows[((0u + (batch * params.length + min(chunk * 16u + (t0 + 3u), params.length - 1u)) * 24u) + head * 6u + k + 0u) / 2u];
      let state0 = states[(statesAt + 0u + k) / 2u];
      { let column = state0.x;
v0 = fma(f32(a0.x), column, v0);
v1 = fma(f32(a1.x), column, v1);
v2 = fma(f32(a2.x), column, v2);
v3 = fma(f32(a3.x), column, v3); }
{ let column = state0.y;
v0 = fma(f32(a0.y), column, v0);
v1 = fma(f32(a1.y), column, v1);
v2 = fma(f32(a2.y), column, v2);
v3 = fma(f32(a3.y), column, v3); }
    }
    let f0 = select(0.0, steps[first + t0 + 0u].z, chunk * 16u + t0 + 0u < params.length);
let f1 = select(0.0, steps[first + t0 + 1u].z, chunk * 16u + t0 + 1u < params.length);
let f2 = select(0.0, steps[first + t0 + 2u].z, chunk * 16u + t0 + 2u < params.length);
let f3 = select(0.0, steps[first + t0 + 3u].z, chunk * 16u + t0 + 3u < params.length);
    let w0 = v0 * f0;
acc0 += w0;
let sum0 = sumF32(select(0.0, own0 * w0, nInside), local);
let w1 = v1 * f1;
acc1 += w1;
let sum1 = sumF32(select(0.0, own1 * w1, nInside), local);
let w2 = v2 * f2;
acc2 += w2;
let sum2 = sumF32(select(0.0, own2 * w2, nInside), local);
let w3 = v3 * f3;
acc3 += w3;
let sum3 = sumF32(select(0.0, own3 * w3, nInside), local);
    if (live && lane == 0u) { products[(first + t0 + 0u) * 2u + columnTile] = sum0;
products[(first + t0 + 1u) * 2u + columnTile] = sum1;
products[(first + t0 + 2u) * 2u + columnTile] = sum2;
products[(first + t0 + 3u) * 2u + columnTile] = sum3; }
  }
  let scoresAt = (place * 2u + group_) * 256u;
  for (var k = 0u; k < t0 + 4u; k += 4u) {
    let s0 = dShared[(scoresAt + (k + 0u) * 16u + t0 + 0u) / 4u];
let s1 = dShared[(scoresAt + (k + 1u) * 16u + t0 + 0u) / 4u];
let s2 = dShared[(scoresAt + (k + 2u) * 16u + t0 + 0u) / 4u];
let s3 = dShared[(scoresAt + (k + 3u) * 16u + t0 + 0u) / 4u];
    { let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 0u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s0.x), column, acc0);
acc1 = fma(f32(s0.y), column, acc1);
acc2 = fma(f32(s0.z), column, acc2);
acc3 = fma(f32(s0.w), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 1u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s1.x), column, acc0);
acc1 = fma(f32(s1.y), column, acc1);
acc2 = fma(f32(s1.z), column, acc2);
acc3 = fma(f32(s1.w), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 2u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s2.x), column, acc0);
acc1 = fma(f32(s2.y), column, acc1);
acc2 = fma(f32(s2.z), column, acc2);
acc3 = fma(f32(s2.w), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 3u), params.length - 1u)) * 20u) + group_ * 10u + n];
acc0 = fma(f32(s3.x), column, acc0);
acc1 = fma(f32(s3.y), column, acc1);
acc2 = fma(f32(s3.z), column, acc2);
acc3 = fma(f32(s3.w), column, acc3); }
  }
  if (nInside && chunk * 16u + t0 + 0u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 0u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc0; }
if (nInside && chunk * 16u + t0 + 1u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 1u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc1; }
if (nInside && chunk * 16u + t0 + 2u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 2u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc2; }
if (nInside && chunk * 16u + t0 + 3u < params.length) { result[(0u + (batch * params.length + min(chunk * 16u + t0 + 3u, params.length - 1u)) * 20u) + group_ * 10u + n] = acc3; }
}

// ssdStates 4 6 2 10 16 8 0 1 20 0 2 24 0 1 w
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> rows: array<vec2f>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read_write> states: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let columnTile = tile % 1u; tile /= 1u;
  let rowTile = tile % 3u; tile /= 3u;
  let head = tile % 4u; tile /= 4u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let group_ = head / 2u;
  let n0 = rowTile * 4u;
  let first = (place * 4u + head) * 16u;
  let pWanted = columnTile * 8u + lane * 1u;
  let pInside = live && pWanted < 6u;
  let p = min(pWanted, 5u);
  var acc0 = f32();
var acc1 = f32();
var acc2 = f32();
var acc3 = f32();
  for (var k = 0u; k < 16u; k += 4u) {
    let a0 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (0u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (0u % 2u * 2u), 8u)) / 2u];
let a1 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (1u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (1u % 2u * 2u), 8u)) / 2u];
let a2 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (2u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (2u % 2u * 2u), 8u)) / 2u];
let a3 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (3u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (3u % 2u * 2u), 8u)) / 2u];
let a4 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (4u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (4u % 2u * 2u), 8u)) / 2u];
let a5 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (5u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (5u % 2u * 2u), 8u)) / 2u];
let a6 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (6u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (6u % 2u * 2u), 8u)) / 2u];
let a7 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (7u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (7u % 2u * 2u), 8u)) / 2u];
    let f0 = steps[first + k + 0u].w;
let f1 = steps[first + k + 1u].w;
let f2 = steps[first + k + 2u].w;
let f3 = steps[first + k + 3u].w;
    { let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 0u), params.length - 1u)) * 24u) + head * 6u + p] * f0;
acc0 = fma(f32(a0.x), column, acc0);
acc1 = fma(f32(a0.y), column, acc1);
acc2 = fma(f32(a1.x), column, acc2);
acc3 = fma(f32(a1.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 1u), params.length - 1u)) * 24u) + head * 6u + p] * f1;
acc0 = fma(f32(a2.x), column, acc0);
acc1 = fma(f32(a2.y), column, acc1);
acc2 = fma(f32(a3.x), column, acc2);
acc3 = fma(f32(a3.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 2u), params.length - 1u)) * 24u) + head * 6u + p] * f2;
acc0 = fma(f32(a4.x), column, acc0);
acc1 = fma(f32(a4.y), column, acc1);
acc2 = fma(f32(a5.x), column, acc2);
acc3 = fma(f32(a5.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 3u), params.length - 1u)) * 24u) + head * 6u + p] * f3;
acc0 = fma(f32(a6.x), column, acc0);
acc1 = fma(f32(a6.y), column, acc1);
acc2 = fma(f32(a7.x), column, acc2);
acc3 = fma(f32(a7.y), column, acc3); }
  }
  let to = (place * 4u + head) * 60u + p;
  if (pInside && n0 + 0u < 10u) { states[to + (n0 + 0u) * 6u] = acc0; }
if (pInside && n0 + 1u < 10u) { states[to + (n0 + 1u) * 6u] = acc1; }
if (pInside && n0 + 2u < 10u) { states[to + (n0 + 2u) * 6u] = acc2; }
if (pInside && n0 + 3u < 10u) { states[to + (n0 + 3u) * 6u] = acc3; }
}

// ssdStates 4 6 2 10 16 8 0 1 20 0 2 24 0 1 z
@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> rows: array<vec2f>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read_write> states: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let index = (group.y * 32768u + group.x) * 1u + local / 8u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  let lane = local % 8u;
  let columnTile = tile % 1u; tile /= 1u;
  let rowTile = tile % 3u; tile /= 3u;
  let head = tile % 4u; tile /= 4u;
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;
  let group_ = head / 2u;
  let n0 = rowTile * 4u;
  let first = (place * 4u + head) * 16u;
  let pWanted = columnTile * 8u + lane * 1u;
  let pInside = live && pWanted < 6u;
  let p = min(pWanted, 5u);
  var acc0 = f32();
var acc1 = f32();
var acc2 = f32();
var acc3 = f32();
  for (var k = 0u; k < 16u; k += 4u) {
    let a0 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (0u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (0u % 2u * 2u), 8u)) / 2u];
let a1 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (1u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (1u % 2u * 2u), 8u)) / 2u];
let a2 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (2u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (2u % 2u * 2u), 8u)) / 2u];
let a3 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (3u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (3u % 2u * 2u), 8u)) / 2u];
let a4 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (4u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (4u % 2u * 2u), 8u)) / 2u];
let a5 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (5u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (5u % 2u * 2u), 8u)) / 2u];
let a6 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (6u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (6u % 2u * 2u), 8u)) / 2u];
let a7 = rows[((0u + (batch * params.length + min(chunk * 16u + (k + (7u / 2u)), params.length - 1u)) * 20u) + group_ * 10u + min(n0 + (7u % 2u * 2u), 8u)) / 2u];
    let f0 = select(0.0, steps[first + k + 0u].z, chunk * 16u + k + 0u < params.length);
let f1 = select(0.0, steps[first + k + 1u].z, chunk * 16u + k + 1u < params.length);
let f2 = select(0.0, steps[first + k + 2u].z, chunk * 16u + k + 2u < params.length);
let f3 = select(0.0, steps[first + k + 3u].z, chunk * 16u + k + 3u < params.length);
    { let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 0u), params.length - 1u)) * 24u) + head * 6u + p] * f0;
acc0 = fma(f32(a0.x), column, acc0);
acc1 = fma(f32(a0.y), column, acc1);
acc2 = fma(f32(a1.x), column, acc2);
acc3 = fma(f32(a1.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 1u), params.length - 1u)) * 24u) + head * 6u + p] * f1;
acc0 = fma(f32(a2.x), column, acc0);
acc1 = fma(f32(a2.y), column, acc1);
acc2 = fma(f32(a3.x), column, acc2);
acc3 = fma(f32(a3.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 2u), params.length - 1u)) * 24u) + head * 6u + p] * f2;
acc0 = fma(f32(a4.x), column, acc0);
acc1 = fma(f32(a4.y), column, acc1);
acc2 = fma(f32(a5.x), column, acc2);
acc3 = fma(f32(a5.y), column, acc3); }
{ let column = columns[(0u + (batch * params.length + min(chunk * 16u + (k + 3u), params.length - 1u)) * 24u) + head * 6u + p] * f3;
acc0 = fma(f32(a6.x), column, acc0);
acc1 = fma(f32(a6.y), column, acc1);
acc2 = fma(f32(a7.x), column, acc2);
acc3 = fma(f32(a7.y), column, acc3); }
  }
  let to = (place * 4u + head) * 60u + p;
  if (pInside && n0 + 0u < 10u) { states[to + (n0 + 0u) * 6u] = acc0; }
if (pInside && n0 + 1u < 10u) { states[to + (n0 + 1u) * 6u] = acc1; }
if (pInside && n0 + 2u < 10u) { states[to + (n0 + 2u) * 6u] = acc2; }
if (pInside && n0 + 3u < 10u) { states[to + (n0 + 3u) * 6u] = acc3; }
}

// ssdStepGradients 4 6 2 10 16 8 0 1 - - 4 0 0 0 0 4 0 2 2 2 0
@group(0) @binding(0) var<storage, read> dt: array<f32>;
@group(0) @binding(1) var<storage, read> dtBias: array<f32>;
@group(0) @binding(2) var<storage, read> ALog: array<f32>;
@group(0) @binding(3) var<storage, read> sequenceIndex: array<i32>;
@group(0) @binding(4) var<storage, read> steps: array<vec4f>;
@group(0) @binding(5) var<storage, read> perStep: array<vec4f>;
@group(0) @binding(6) var<storage, read> taken: array<f32>;
@group(0) @binding(7) var<storage, read> fromCarried: array<f32>;
@group(0) @binding(8) var<storage, read> fromRead: array<f32>;
@group(0) @binding(9) var<storage, read> fromWritten: array<f32>;
@group(0) @binding(10) var<storage, read_write> ddt: array<f32>;
@group(0) @binding(11) var<storage, read_write> perHead: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(12) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.total) { return; }
  let head = i % 4u;
  let place = i / 4u;
  let chunk = place % params.chunks;
  let batch = place / params.chunks;
  let A = -exp(ALog[0u + head]);
  let bias = dtBias[0u + head];
  var later = 0.0;
for (var j = 0u; j < 2u; j++) { later += fromCarried[i * 2u + j]; }
  var dA = 0.0;
  var dBias = 0.0;
  var dD = 0.0;
  for (var k = 0u; k < 16u; k++) {
    var written_ = 0.0;
for (var j = 0u; j < 2u; j++) { written_ += fromWritten[(i * 16u + k) * 2u + j]; }
    later += written_;
  }
  for (var left = 16u; left > 0u; left--) {
    let k = left - 1u;
    let at = i * 16u + k;
    let t = chunk * 16u + k;
    let size = steps[at].y;
    var given = vec4f();
    for (var j = 0u; j < 4u; j++) {
      given += perStep[j * params.total * 16u + at];
    }
    var read_ = 0.0;
for (var j = 0u; j < 2u; j++) { read_ += fromRead[at * 2u + j]; }
    var written_ = 0.0;
for (var j = 0u; j < 2u; j++) { written_ += fromWritten[at * 2u + j]; }
    later += taken[at] - given.x + (read_ - written_);
    // The decay into a sequence's first step changes nothing.
    let first = t < params.length && (t > 0u && sequenceIndex[0u + batch * params.length + t] != sequenceIndex[0u + batch * params.length + max(t, 1u) - 1u]);
    later = select(later, 0.0, first);
    dA = fma(later, size, dA);
    dD += given.z;
    let direct = given.y + select(0.0, written_ / max(size, 1.1754944e-38), size >= 1.1754944e-38);
    if (t < params.length) {
      let row = batch * params.length + t;
      let raw = dt[0u + row * 4u + head] + bias;
      let slope = fma(later, A, direct) * sigmoid(raw);
      
      let found = slope;
      ddt[0u + row * 4u + head] = found;
      dBias += found;
    }
  }
  let sums = 0u + place * 12u + head;
  perHead[sums] = dA * A;
  perHead[sums + 4u] = dBias;
  perHead[sums + 8u] = dD;
}

// ssdSteps 4 6 2 10 16 8 0 1 - - 4 0 0 0 0
@group(0) @binding(0) var<storage, read> dt: array<f32>;
@group(0) @binding(1) var<storage, read> dtBias: array<f32>;
@group(0) @binding(2) var<storage, read> ALog: array<f32>;
@group(0) @binding(3) var<storage, read> sequenceIndex: array<i32>;
@group(0) @binding(4) var<storage, read_write> steps: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> ordinals: array<f32>;
struct Params { length: u32, chunks: u32, total: u32 }
@group(0) @binding(6) var<uniform> params: Params;

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  if (i >= params.total) { return; }
  let head = i % 4u;
  let place = i / 4u;
  let chunk = place % params.chunks;
  let batch = place / params.chunks;
  let A = -exp(ALog[0u + head]) * 1.4426950408889634;
  let bias = dtBias[0u + head];
  var decay = 0.0;
  var carried = 1.0;
  var ordinal = 0.0;
  var first = 0u;
  for (var k = 0u; k < 16u; k++) {
    let wanted = chunk * 16u + k;
    let inside = wanted < params.length;
    let t = min(wanted, params.length - 1u);
    let raw = dt[0u + (batch * params.length + t) * 4u + head] + bias;
    let step = select(0.0, softplus(raw), inside);
    let reset = inside && (t > 0u && sequenceIndex[0u + batch * params.length + t] != sequenceIndex[0u + batch * params.length + max(t, 1u) - 1u]);
    decay = select(fma(step, A, decay), 0.0, reset);
    carried = select(carried, 0.0, reset);
    first = select(first, k, reset);
    ordinal += f32(reset);
    steps[i * 16u + k] = vec4f(decay, step, carried * exp2(decay), 0.0);
    if (head == 0u) { ordinals[place * 16u + k] = ordinal; }
  }
  for (var k = first; k < 16u; k++) {
    let s = steps[i * 16u + k];
    steps[i * 16u + k].w = exp2(decay - s.x) * s.y;
  }
}
