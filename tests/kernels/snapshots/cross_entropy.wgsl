// crossEntropy 256 1 0 293 296 296 0 1 0 0
@group(0) @binding(0) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> correct: array<u32>;
struct Params { rows: u32 }
@group(0) @binding(5) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }

var<workgroup> scratchF32: array<f32, 256>;
var<workgroup> scratchU32: array<u32, 256>;
fn sumF32(value: f32, local: u32) -> f32 {
  let inTeam = local % 256u;
  workgroupBarrier();
  scratchF32[local] = value;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchF32[local] = scratchF32[local] + scratchF32[local + half]; }
    workgroupBarrier();
  }
  return scratchF32[local - inTeam];
}
fn maxF32(value: f32, local: u32) -> f32 {
  let inTeam = local % 256u;
  workgroupBarrier();
  scratchF32[local] = value;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchF32[local] = max(scratchF32[local], scratchF32[local + half]); }
    workgroupBarrier();
  }
  return scratchF32[local - inTeam];
}
fn maxU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 256u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = max(scratchU32[local], scratchU32[local + half]); }
    workgroupBarrier();
  }
  return scratchU32[local - inTeam];
}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let inTeam = local % 256u;
  let firstColumn = inTeam * 4u;
  let team = 0u;
  let wanted = (group.y * 32768u + group.x) * 1u + team;
  let r = min(wanted, params.rows - 1u);
  let rowAt = 0u + r * 296u;
  let label = labels[0u + r];
  let known = label >= 0 && label < 293;
  let target_ = u32(select(0, label, known));
  let targetLogit = logits[(rowAt + target_) >> 2u][(rowAt + target_) & 3u];
var x0 = select(vec4f(LOWEST), logits[(rowAt + min((firstColumn + 0u), 292u)) >> 2u], columns4((firstColumn + 0u)) < vec4u(293u));
  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
{ let column = (firstColumn + 0u);
tops = max(tops, x0); magnitudes = max(magnitudes, magnitude(x0)); }
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);
  var sums = vec4f();
  var ties = vec4<bool>();
{ let column = (firstColumn + 0u);
ties = ties | ((x0 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x0 = exp(x0 - top); sums += x0; }
  let all = sumF32(total(sums), local);
  let beaten = maxU32(select(0u, 1u, any(ties)), local) > 0u;
  let inverse = 1.0 / all;
  let failed = wrong >= NOT_FINITE || (!known && label != -100);
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let nan = bitcast<f32>(wrong | 0x7fc00000u);
  let loss = select(log(all) - (targetLogit - top), nan, failed);
  let scale = select(weights[0u + r], nan, failed);
  if (wanted < params.rows) {
{ let column = (firstColumn + 0u);
let four = columns4(column);
    let p = x0 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
  }
  if (wanted < params.rows && inTeam == 0u) {
    rowLoss[r] = select(loss, 0.0, label == -100);
    correct[r] = select(0u, 1u, known && !failed && targetLogit == top && !beaten);
  }
}

// crossEntropy 8 8 0 293 296 296 0 1 0 0
@group(0) @binding(0) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> correct: array<u32>;
struct Params { rows: u32 }
@group(0) @binding(5) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }

var<workgroup> scratchF32: array<f32, 64>;
var<workgroup> scratchU32: array<u32, 64>;
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
fn maxF32(value: f32, local: u32) -> f32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchF32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchF32[local] = max(scratchF32[local], scratchF32[local + half]); }
    workgroupBarrier();
  }
  return scratchF32[local - inTeam];
}
fn maxU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = max(scratchU32[local], scratchU32[local + half]); }
    workgroupBarrier();
  }
  return scratchU32[local - inTeam];
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let inTeam = local % 8u;
  let firstColumn = inTeam * 4u;
  let team = local / 8u;
  let wanted = (group.y * 32768u + group.x) * 8u + team;
  let r = min(wanted, params.rows - 1u);
  let rowAt = 0u + r * 296u;
  let label = labels[0u + r];
  let known = label >= 0 && label < 293;
  let target_ = u32(select(0, label, known));
  let targetLogit = logits[(rowAt + target_) >> 2u][(rowAt + target_) & 3u];
var x0 = logits[(rowAt + min((firstColumn + 0u), 292u)) >> 2u];
var x1 = logits[(rowAt + min((firstColumn + 32u), 292u)) >> 2u];
var x2 = logits[(rowAt + min((firstColumn + 64u), 292u)) >> 2u];
var x3 = logits[(rowAt + min((firstColumn + 96u), 292u)) >> 2u];
var x4 = logits[(rowAt + min((firstColumn + 128u), 292u)) >> 2u];
var x5 = logits[(rowAt + min((firstColumn + 160u), 292u)) >> 2u];
var x6 = logits[(rowAt + min((firstColumn + 192u), 292u)) >> 2u];
var x7 = logits[(rowAt + min((firstColumn + 224u), 292u)) >> 2u];
var x8 = logits[(rowAt + min((firstColumn + 256u), 292u)) >> 2u];
var x9 = select(vec4f(LOWEST), logits[(rowAt + min((firstColumn + 288u), 292u)) >> 2u], columns4((firstColumn + 288u)) < vec4u(293u));
  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
{ let column = (firstColumn + 0u);
tops = max(tops, x0); magnitudes = max(magnitudes, magnitude(x0)); }
{ let column = (firstColumn + 32u);
tops = max(tops, x1); magnitudes = max(magnitudes, magnitude(x1)); }
{ let column = (firstColumn + 64u);
tops = max(tops, x2); magnitudes = max(magnitudes, magnitude(x2)); }
{ let column = (firstColumn + 96u);
tops = max(tops, x3); magnitudes = max(magnitudes, magnitude(x3)); }
{ let column = (firstColumn + 128u);
tops = max(tops, x4); magnitudes = max(magnitudes, magnitude(x4)); }
{ let column = (firstColumn + 160u);
tops = max(tops, x5); magnitudes = max(magnitudes, magnitude(x5)); }
{ let column = (firstColumn + 192u);
tops = max(tops, x6); magnitudes = max(magnitudes, magnitude(x6)); }
{ let column = (firstColumn + 224u);
tops = max(tops, x7); magnitudes = max(magnitudes, magnitude(x7)); }
{ let column = (firstColumn + 256u);
tops = max(tops, x8); magnitudes = max(magnitudes, magnitude(x8)); }
{ let column = (firstColumn + 288u);
tops = max(tops, x9); magnitudes = max(magnitudes, magnitude(x9)); }
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);
  var sums = vec4f();
  var ties = vec4<bool>();
{ let column = (firstColumn + 0u);
ties = ties | ((x0 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x0 = exp(x0 - top); sums += x0; }
{ let column = (firstColumn + 32u);
ties = ties | ((x1 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x1 = exp(x1 - top); sums += x1; }
{ let column = (firstColumn + 64u);
ties = ties | ((x2 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x2 = exp(x2 - top); sums += x2; }
{ let column = (firstColumn + 96u);
ties = ties | ((x3 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x3 = exp(x3 - top); sums += x3; }
{ let column = (firstColumn + 128u);
ties = ties | ((x4 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x4 = exp(x4 - top); sums += x4; }
{ let column = (firstColumn + 160u);
ties = ties | ((x5 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x5 = exp(x5 - top); sums += x5; }
{ let column = (firstColumn + 192u);
ties = ties | ((x6 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x6 = exp(x6 - top); sums += x6; }
{ let column = (firstColumn + 224u);
ties = ties | ((x7 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x7 = exp(x7 - top); sums += x7; }
{ let column = (firstColumn + 256u);
ties = ties | ((x8 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x8 = exp(x8 - top); sums += x8; }
{ let column = (firstColumn + 288u);
ties = ties | ((x9 == vec4f(top)) & (columns4(column) < vec4u(target_)));
x9 = exp(x9 - top); sums += x9; }
  let all = sumF32(total(sums), local);
  let beaten = maxU32(select(0u, 1u, any(ties)), local) > 0u;
  let inverse = 1.0 / all;
  let failed = wrong >= NOT_FINITE || (!known && label != -100);
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let nan = bitcast<f32>(wrong | 0x7fc00000u);
  let loss = select(log(all) - (targetLogit - top), nan, failed);
  let scale = select(weights[0u + r], nan, failed);
  if (wanted < params.rows) {
{ let column = (firstColumn + 0u);
let four = columns4(column);
    let p = x0 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 32u);
let four = columns4(column);
    let p = x1 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 64u);
let four = columns4(column);
    let p = x2 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 96u);
let four = columns4(column);
    let p = x3 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 128u);
let four = columns4(column);
    let p = x4 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 160u);
let four = columns4(column);
    let p = x5 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 192u);
let four = columns4(column);
    let p = x6 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 224u);
let four = columns4(column);
    let p = x7 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 256u);
let four = columns4(column);
    let p = x8 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
{ let column = (firstColumn + 288u);
let four = columns4(column);
    let p = x9 * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(293u, 0u, label == -100));
    let slope = select(vec4f(), scale * (p - hit), counts);
    if (column < 296u) { logits[((rowAt + column)) >> 2u] = slope; } }
  }
  if (wanted < params.rows && inTeam == 0u) {
    rowLoss[r] = select(loss, 0.0, label == -100);
    correct[r] = select(0u, 1u, known && !failed && targetLogit == top && !beaten);
  }
}

// crossEntropySum 0
@group(0) @binding(0) var<storage, read> rowLoss: array<f32>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
struct Params { rows: u32 }
@group(0) @binding(3) var<uniform> params: Params;

var<workgroup> sums: array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  var sum = 0.0;
  for (var r = local; r < params.rows; r += 256u) {
    sum += rowLoss[r] * weights[0u + r];
  }
  sums[local] = sum;
  workgroupBarrier();
  if (local < 128u) { sums[local] += sums[local + 128u]; }
  workgroupBarrier();
  if (local < 64u) { sums[local] += sums[local + 64u]; }
  workgroupBarrier();
  if (local < 32u) { sums[local] += sums[local + 32u]; }
  workgroupBarrier();
  if (local < 16u) { sums[local] += sums[local + 16u]; }
  workgroupBarrier();
  if (local < 8u) { sums[local] += sums[local + 8u]; }
  workgroupBarrier();
  if (local < 4u) { sums[local] += sums[local + 4u]; }
  workgroupBarrier();
  if (local < 2u) { sums[local] += sums[local + 2u]; }
  workgroupBarrier();
  if (local < 1u) { sums[local] += sums[local + 1u]; }
  workgroupBarrier();
  if (local == 0u) { loss[0] = sums[0]; }
}
