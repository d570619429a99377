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

// rmsNorm 64 1 0 0.00001 f32 64,0,1 0,0,1 64,0,1
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;
@group(0) @binding(2) var<storage, read> addend: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> sum: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> result: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> inverse: array<f32>;
struct Params { rows: u32 }
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let place = (group.y * 32768u + group.x) * 64u + local / 1u;
  let part = local % 1u;
  let wanted = place < params.rows;
  let row = min(place, params.rows - 1u);

  var squares = vec4f();
  for (var first = 0u; first < 64u; first += 4u) {
    let column = first + part * 4u;
    let h = x[((0u + row * 64u + column)) >> 2u] + addend[((0u + row * 64u + column)) >> 2u];
    squares = fma(h, h, squares);
    if (wanted) { if (column < 64u) { sum[((0u + row * 64u + column)) >> 2u] = h; } }
  }
  var total = dot(squares, vec4f(1.0));

  let r = inverseSqrt(fma(total, 0.015625, 0.00001));
  if (part == 0u && wanted) { inverse[row] = r; }
  for (var first = 0u; first < 64u; first += 4u) {
    let column = first + part * 4u;
    let h = x[((0u + row * 64u + column)) >> 2u] + addend[((0u + row * 64u + column)) >> 2u];
    if (wanted) { if (column < 64u) { result[((0u + row * 64u + column)) >> 2u] = h * r * weight[((0u + row * 0u + column)) >> 2u]; } }
  }
}

// rmsNorm 64 64 0 0.00001 f32 64,0,1 0,0,1 64,0,1
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;
@group(0) @binding(2) var<storage, read> addend: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> sum: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> result: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> inverse: array<f32>;
struct Params { rows: u32 }
@group(0) @binding(6) var<uniform> params: Params;

var<workgroup> scratch: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let place = (group.y * 32768u + group.x) * 1u + local / 64u;
  let part = local % 64u;
  let wanted = place < params.rows;
  let row = min(place, params.rows - 1u);
  let column0 = part * 4u + 0u;
  var squares = vec4f();
    let h0 = select(vec4f(), x[((0u + row * 64u + column0)) >> 2u], column0 < 64u) + select(vec4f(), addend[((0u + row * 64u + column0)) >> 2u], column0 < 64u);
    squares = fma(h0, h0, squares);
    if (wanted) { if (column0 < 64u) { sum[((0u + row * 64u + column0)) >> 2u] = h0; } }
  var total = dot(squares, vec4f(1.0));
  scratch[local] = total;
  workgroupBarrier();
  if (local < 32u) { scratch[local] += scratch[local + 32u]; }
  workgroupBarrier();
  if (local < 16u) { scratch[local] += scratch[local + 16u]; }
  workgroupBarrier();
  if (local < 8u) { scratch[local] += scratch[local + 8u]; }
  workgroupBarrier();
  if (local < 4u) { scratch[local] += scratch[local + 4u]; }
  workgroupBarrier();
  if (local < 2u) { scratch[local] += scratch[local + 2u]; }
  workgroupBarrier();
  if (local < 1u) { scratch[local] += scratch[local + 1u]; }
  workgroupBarrier();
  total = scratch[0];
  let r = inverseSqrt(fma(total, 0.015625, 0.00001));
  if (part == 0u && wanted) { inverse[row] = r; }
    
    if (wanted) { if (column0 < 64u) { result[((0u + row * 64u + column0)) >> 2u] = h0 * r * select(vec4f(), weight[((0u + row * 0u + column0)) >> 2u], column0 < 64u); } }
}

// rmsNormBackward 64 1 0 0 64,0,1 0,0,1 64,0,1 64,0,1
@group(0) @binding(0) var<storage, read> sum: array<vec4f>;
@group(0) @binding(1) var<storage, read> inverse: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<vec4f>;
@group(0) @binding(3) var<storage, read> dOut: array<vec4f>;
@group(0) @binding(4) var<storage, read> dSum: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dX: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let place = (group.y * 32768u + group.x) * 64u + local / 1u;
  let part = local % 1u;
  let wanted = place < params.rows;
  let row = min(place, params.rows - 1u);

  let r = inverse[0u + row];
  var products = vec4f();
  for (var first = 0u; first < 64u; first += 4u) {
    let column = first + part * 4u;
    let h = sum[((0u + row * 64u + column)) >> 2u];
    let g = dOut[((0u + row * 64u + column)) >> 2u] * weight[((0u + row * 0u + column)) >> 2u];
    products = fma(h, g, products);
  }
  var total = dot(products, vec4f(1.0));

  let k = total * r * r * 0.015625;
  for (var first = 0u; first < 64u; first += 4u) {
    let column = first + part * 4u;
    let h = sum[((0u + row * 64u + column)) >> 2u];
    let g = dOut[((0u + row * 64u + column)) >> 2u] * weight[((0u + row * 0u + column)) >> 2u];
    if (wanted) { if (column < 64u) { dX[((0u + row * 64u + column)) >> 2u] = (r * (g - h * k)) + dSum[((0u + row * 64u + column)) >> 2u]; } }
  }
}

// rmsNormBackward 64 64 0 0 64,0,1 0,0,1 64,0,1 64,0,1
@group(0) @binding(0) var<storage, read> sum: array<vec4f>;
@group(0) @binding(1) var<storage, read> inverse: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<vec4f>;
@group(0) @binding(3) var<storage, read> dOut: array<vec4f>;
@group(0) @binding(4) var<storage, read> dSum: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dX: array<vec4f>;
struct Params { rows: u32 }
@group(0) @binding(6) var<uniform> params: Params;

var<workgroup> scratch: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let place = (group.y * 32768u + group.x) * 1u + local / 64u;
  let part = local % 64u;
  let wanted = place < params.rows;
  let row = min(place, params.rows - 1u);
  let column0 = part * 4u + 0u;
  let r = inverse[0u + row];
  var products = vec4f();
    let h0 = select(vec4f(), sum[((0u + row * 64u + column0)) >> 2u], column0 < 64u);
    let g0 = select(vec4f(), dOut[((0u + row * 64u + column0)) >> 2u], column0 < 64u) * select(vec4f(), weight[((0u + row * 0u + column0)) >> 2u], column0 < 64u);
    products = fma(h0, g0, products);
  var total = dot(products, vec4f(1.0));
  scratch[local] = total;
  workgroupBarrier();
  if (local < 32u) { scratch[local] += scratch[local + 32u]; }
  workgroupBarrier();
  if (local < 16u) { scratch[local] += scratch[local + 16u]; }
  workgroupBarrier();
  if (local < 8u) { scratch[local] += scratch[local + 8u]; }
  workgroupBarrier();
  if (local < 4u) { scratch[local] += scratch[local + 4u]; }
  workgroupBarrier();
  if (local < 2u) { scratch[local] += scratch[local + 2u]; }
  workgroupBarrier();
  if (local < 1u) { scratch[local] += scratch[local + 1u]; }
  workgroupBarrier();
  total = scratch[0];
  let k = total * r * r * 0.015625;
    
    if (wanted) { if (column0 < 64u) { dX[((0u + row * 64u + column0)) >> 2u] = (r * (g0 - h0 * k)) + select(vec4f(), dSum[((0u + row * 64u + column0)) >> 2u], column0 < 64u); } }
}

// rmsNormWeight 64 0 64,0,1 64,0,1
@group(0) @binding(0) var<storage, read> factor0: array<vec4f>;
@group(0) @binding(1) var<storage, read> factor1: array<vec4f>;
@group(0) @binding(2) var<storage, read> rowFactor: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<vec4f>;
struct Params { rows: u32, span: u32, threads: u32 }
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = group.x * 64u + local;
  if (i >= params.threads) { return; }
  let column = (i % 16u) * 4u;
  let piece = i / 16u;
  let end = min((piece + 1u) * params.span, params.rows);
  var sum = vec4f();
  for (var row = piece * params.span; row < end; row++) {
    sum += factor0[((0u + row * 64u + column)) >> 2u] * factor1[((0u + row * 64u + column)) >> 2u] * rowFactor[0u + row];
  }
  if (column < 64u) { partials[((piece * 64u + column)) >> 2u] = sum; }
}
