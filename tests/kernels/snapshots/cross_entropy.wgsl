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

// crossEntropyGradient 256 1 0 999 487 491 491 0 0 0 0
@group(0) @binding(0) var<storage, read_write> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> statistics: array<vec4u>;
struct Params { rows: u32, start: u32 }
@group(0) @binding(4) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let r = i / 123u;
  let column = (i % 123u) * 4u;
  if (r >= params.rows) { return; }
  let at = 0u + r * 491u + column;
  let label = labels[0u + r];
  let row = statistics[r];
  let failed = row.w == FAILED || (!isKnown(label) && label != -100);
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let scale = select(weights[0u + r], bitcast<f32>(row.w | 0x7fc00000u), failed);
  let p = exp(vec4f(select(0.0, logits[at + 0u], column + 0u < 491u), select(0.0, logits[at + 1u], column + 1u < 491u), select(0.0, logits[at + 2u], column + 2u < 491u), select(0.0, logits[at + 3u], column + 3u < 491u)) - bitcast<f32>(row.x)) / bitcast<f32>(row.y);
  let four = columns4(column);
  let hit = select(vec4f(), vec4f(1.0), vec4u(params.start) + four == vec4u(u32(label)));
  let counts = four < vec4u(select(487u, 0u, label == -100));
  let slope = select(vec4f(), scale * (p - hit), counts);
  if (column + 0u < 491u) { logits[at + 0u] = (slope).x; }
if (column + 1u < 491u) { logits[at + 1u] = (slope).y; }
if (column + 2u < 491u) { logits[at + 2u] = (slope).z; }
if (column + 3u < 491u) { logits[at + 3u] = (slope).w; }
}

// crossEntropyGradient 256 1 0 999 512 512 512 0 1 0 0
@group(0) @binding(0) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> statistics: array<vec4u>;
struct Params { rows: u32, start: u32 }
@group(0) @binding(4) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let r = i / 128u;
  let column = (i % 128u) * 4u;
  if (r >= params.rows) { return; }
  let at = 0u + r * 512u + column;
  let label = labels[0u + r];
  let row = statistics[r];
  let failed = row.w == FAILED || (!isKnown(label) && label != -100);
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let scale = select(weights[0u + r], bitcast<f32>(row.w | 0x7fc00000u), failed);
  let p = exp(logits[(at) >> 2u] - bitcast<f32>(row.x)) / bitcast<f32>(row.y);
  let four = columns4(column);
  let hit = select(vec4f(), vec4f(1.0), vec4u(params.start) + four == vec4u(u32(label)));
  let counts = four < vec4u(select(512u, 0u, label == -100));
  let slope = select(vec4f(), scale * (p - hit), counts);
  if (column < 512u) { logits[(at) >> 2u] = slope; }
}

// crossEntropyGradient 8 8 0 999 487 491 491 0 0 0 0
@group(0) @binding(0) var<storage, read_write> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> statistics: array<vec4u>;
struct Params { rows: u32, start: u32 }
@group(0) @binding(4) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let r = i / 123u;
  let column = (i % 123u) * 4u;
  if (r >= params.rows) { return; }
  let at = 0u + r * 491u + column;
  let label = labels[0u + r];
  let row = statistics[r];
  let failed = row.w == FAILED || (!isKnown(label) && label != -100);
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let scale = select(weights[0u + r], bitcast<f32>(row.w | 0x7fc00000u), failed);
  let p = exp(vec4f(select(0.0, logits[at + 0u], column + 0u < 491u), select(0.0, logits[at + 1u], column + 1u < 491u), select(0.0, logits[at + 2u], column + 2u < 491u), select(0.0, logits[at + 3u], column + 3u < 491u)) - bitcast<f32>(row.x)) / bitcast<f32>(row.y);
  let four = columns4(column);
  let hit = select(vec4f(), vec4f(1.0), vec4u(params.start) + four == vec4u(u32(label)));
  let counts = four < vec4u(select(487u, 0u, label == -100));
  let slope = select(vec4f(), scale * (p - hit), counts);
  if (column + 0u < 491u) { logits[at + 0u] = (slope).x; }
if (column + 1u < 491u) { logits[at + 1u] = (slope).y; }
if (column + 2u < 491u) { logits[at + 2u] = (slope).z; }
if (column + 3u < 491u) { logits[at + 3u] = (slope).w; }
}

// crossEntropyGradient 8 8 0 999 512 512 512 0 1 0 0
@group(0) @binding(0) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> statistics: array<vec4u>;
struct Params { rows: u32, start: u32 }
@group(0) @binding(4) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let i = (group.y * 32768u + group.x) * 64u + local;
  let r = i / 128u;
  let column = (i % 128u) * 4u;
  if (r >= params.rows) { return; }
  let at = 0u + r * 512u + column;
  let label = labels[0u + r];
  let row = statistics[r];
  let failed = row.w == FAILED || (!isKnown(label) && label != -100);
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let scale = select(weights[0u + r], bitcast<f32>(row.w | 0x7fc00000u), failed);
  let p = exp(logits[(at) >> 2u] - bitcast<f32>(row.x)) / bitcast<f32>(row.y);
  let four = columns4(column);
  let hit = select(vec4f(), vec4f(1.0), vec4u(params.start) + four == vec4u(u32(label)));
  let counts = four < vec4u(select(512u, 0u, label == -100));
  let slope = select(vec4f(), scale * (p - hit), counts);
  if (column < 512u) { logits[(at) >> 2u] = slope; }
}

// crossEntropyStatistics 256 1 0 999 487 491 491 0 0 0 0
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> statistics: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> correct: array<u32>;
struct Params { rows: u32, start: u32, last: u32 }
@group(0) @binding(5) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }
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
fn minU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 256u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = min(scratchU32[local], scratchU32[local + half]); }
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
  let rowAt = 0u + r * 491u;
  let label = labels[0u + r];
  let here = isKnown(label) && u32(label) >= params.start && u32(label) < params.start + 487u;
  let target_ = select(0u, u32(label) - params.start, here);
  let targetLogit = logits[rowAt + target_];
var x0 = select(vec4f(LOWEST), vec4f(logits[rowAt + (firstColumn + 0u) + 0u], logits[rowAt + (firstColumn + 0u) + 1u], logits[rowAt + (firstColumn + 0u) + 2u], logits[rowAt + (firstColumn + 0u) + 3u]), columns4((firstColumn + 0u)) < vec4u(487u));
  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
{ let column = (firstColumn + 0u);
tops = max(tops, x0); magnitudes = max(magnitudes, magnitude(x0)); }
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);
  var sums = vec4f();
  var firsts = vec4u(FAILED);
{ let column = (firstColumn + 0u);
sums += exp(x0 - top);
    firsts = min(firsts, select(vec4u(FAILED), columns4(column), x0 == vec4f(top))); }
  let all = sumF32(total(sums), local);
  let first = minU32(min(min(firsts.x, firsts.y), min(firsts.z, firsts.w)), local);
  let before = statistics[r];
  let fresh = params.start == 0u;
  let oldTop = select(bitcast<f32>(before.x), top, fresh);
  let newTop = max(oldTop, top);
  let oldSum = select(bitcast<f32>(before.y) * exp(oldTop - newTop), 0.0, fresh);
  let sum = oldSum + all * exp(top - newTop);
  let best = select(before.w, params.start + first, fresh || top > oldTop);
  let failed_ = wrong >= NOT_FINITE || (!fresh && before.w == FAILED);
  let joined = vec4u(
    bitcast<u32>(newTop),
    bitcast<u32>(sum),
    select(before.z, bitcast<u32>(targetLogit), here),
    select(best, FAILED, failed_),
  );
  if (wanted < params.rows && inTeam == 0u) {
    statistics[r] = joined;
    if (params.last == 1u) {
      let failed = joined.w == FAILED || (!isKnown(label) && label != -100);
      let nan = bitcast<f32>(joined.w | 0x7fc00000u);
      let loss = log(sum) - (bitcast<f32>(joined.z) - newTop);
      rowLoss[r] = select(select(loss, nan, failed), 0.0, label == -100);
      correct[r] = select(0u, 1u, !failed && label != -100 && i32(joined.w) == label);
    }
  }
}

// crossEntropyStatistics 256 1 0 999 512 512 512 0 1 0 0
@group(0) @binding(0) var<storage, read> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> statistics: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> correct: array<u32>;
struct Params { rows: u32, start: u32, last: u32 }
@group(0) @binding(5) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }
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
fn minU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 256u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = min(scratchU32[local], scratchU32[local + half]); }
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
  let rowAt = 0u + r * 512u;
  let label = labels[0u + r];
  let here = isKnown(label) && u32(label) >= params.start && u32(label) < params.start + 512u;
  let target_ = select(0u, u32(label) - params.start, here);
  let targetLogit = logits[(rowAt + target_) >> 2u][(rowAt + target_) & 3u];
var x0 = select(vec4f(LOWEST), logits[(rowAt + min((firstColumn + 0u), 508u)) >> 2u], columns4((firstColumn + 0u)) < vec4u(512u));
  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
{ let column = (firstColumn + 0u);
tops = max(tops, x0); magnitudes = max(magnitudes, magnitude(x0)); }
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);
  var sums = vec4f();
  var firsts = vec4u(FAILED);
{ let column = (firstColumn + 0u);
sums += exp(x0 - top);
    firsts = min(firsts, select(vec4u(FAILED), columns4(column), x0 == vec4f(top))); }
  let all = sumF32(total(sums), local);
  let first = minU32(min(min(firsts.x, firsts.y), min(firsts.z, firsts.w)), local);
  let before = statistics[r];
  let fresh = params.start == 0u;
  let oldTop = select(bitcast<f32>(before.x), top, fresh);
  let newTop = max(oldTop, top);
  let oldSum = select(bitcast<f32>(before.y) * exp(oldTop - newTop), 0.0, fresh);
  let sum = oldSum + all * exp(top - newTop);
  let best = select(before.w, params.start + first, fresh || top > oldTop);
  let failed_ = wrong >= NOT_FINITE || (!fresh && before.w == FAILED);
  let joined = vec4u(
    bitcast<u32>(newTop),
    bitcast<u32>(sum),
    select(before.z, bitcast<u32>(targetLogit), here),
    select(best, FAILED, failed_),
  );
  if (wanted < params.rows && inTeam == 0u) {
    statistics[r] = joined;
    if (params.last == 1u) {
      let failed = joined.w == FAILED || (!isKnown(label) && label != -100);
      let nan = bitcast<f32>(joined.w | 0x7fc00000u);
      let loss = log(sum) - (bitcast<f32>(joined.z) - newTop);
      rowLoss[r] = select(select(loss, nan, failed), 0.0, label == -100);
      correct[r] = select(0u, 1u, !failed && label != -100 && i32(joined.w) == label);
    }
  }
}

// crossEntropyStatistics 8 8 0 999 487 491 491 0 0 0 0
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> statistics: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> correct: array<u32>;
struct Params { rows: u32, start: u32, last: u32 }
@group(0) @binding(5) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }
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
fn minU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = min(scratchU32[local], scratchU32[local + half]); }
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
  let rowAt = 0u + r * 491u;
  let label = labels[0u + r];
  let here = isKnown(label) && u32(label) >= params.start && u32(label) < params.start + 487u;
  let target_ = select(0u, u32(label) - params.start, here);
  let targetLogit = logits[rowAt + target_];

  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
for (var column = firstColumn; column < 491u; column += 32u) {
  var x = select(vec4f(LOWEST), vec4f(logits[rowAt + column + 0u], logits[rowAt + column + 1u], logits[rowAt + column + 2u], logits[rowAt + column + 3u]), columns4(column) < vec4u(487u));
tops = max(tops, x); magnitudes = max(magnitudes, magnitude(x));
}
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);
  var sums = vec4f();
  var firsts = vec4u(FAILED);
for (var column = firstColumn; column < 491u; column += 32u) {
  var x = select(vec4f(LOWEST), vec4f(logits[rowAt + column + 0u], logits[rowAt + column + 1u], logits[rowAt + column + 2u], logits[rowAt + column + 3u]), columns4(column) < vec4u(487u));
sums += exp(x - top);
    firsts = min(firsts, select(vec4u(FAILED), columns4(column), x == vec4f(top)));
}
  let all = sumF32(total(sums), local);
  let first = minU32(min(min(firsts.x, firsts.y), min(firsts.z, firsts.w)), local);
  let before = statistics[r];
  let fresh = params.start == 0u;
  let oldTop = select(bitcast<f32>(before.x), top, fresh);
  let newTop = max(oldTop, top);
  let oldSum = select(bitcast<f32>(before.y) * exp(oldTop - newTop), 0.0, fresh);
  let sum = oldSum + all * exp(top - newTop);
  let best = select(before.w, params.start + first, fresh || top > oldTop);
  let failed_ = wrong >= NOT_FINITE || (!fresh && before.w == FAILED);
  let joined = vec4u(
    bitcast<u32>(newTop),
    bitcast<u32>(sum),
    select(before.z, bitcast<u32>(targetLogit), here),
    select(best, FAILED, failed_),
  );
  if (wanted < params.rows && inTeam == 0u) {
    statistics[r] = joined;
    if (params.last == 1u) {
      let failed = joined.w == FAILED || (!isKnown(label) && label != -100);
      let nan = bitcast<f32>(joined.w | 0x7fc00000u);
      let loss = log(sum) - (bitcast<f32>(joined.z) - newTop);
      rowLoss[r] = select(select(loss, nan, failed), 0.0, label == -100);
      correct[r] = select(0u, 1u, !failed && label != -100 && i32(joined.w) == label);
    }
  }
}

// crossEntropyStatistics 8 8 0 999 512 512 512 0 1 0 0
@group(0) @binding(0) var<storage, read> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> statistics: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> correct: array<u32>;
struct Params { rows: u32, start: u32, last: u32 }
@group(0) @binding(5) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
const VOCABULARY = 999;
const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }
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
fn minU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = min(scratchU32[local], scratchU32[local + half]); }
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
  let rowAt = 0u + r * 512u;
  let label = labels[0u + r];
  let here = isKnown(label) && u32(label) >= params.start && u32(label) < params.start + 512u;
  let target_ = select(0u, u32(label) - params.start, here);
  let targetLogit = logits[(rowAt + target_) >> 2u][(rowAt + target_) & 3u];

  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
for (var column = firstColumn; column < 512u; column += 32u) {
  var x = select(vec4f(LOWEST), logits[(rowAt + min(column, 508u)) >> 2u], columns4(column) < vec4u(512u));
tops = max(tops, x); magnitudes = max(magnitudes, magnitude(x));
}
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);
  var sums = vec4f();
  var firsts = vec4u(FAILED);
for (var column = firstColumn; column < 512u; column += 32u) {
  var x = select(vec4f(LOWEST), logits[(rowAt + min(column, 508u)) >> 2u], columns4(column) < vec4u(512u));
sums += exp(x - top);
    firsts = min(firsts, select(vec4u(FAILED), columns4(column), x == vec4f(top)));
}
  let all = sumF32(total(sums), local);
  let first = minU32(min(min(firsts.x, firsts.y), min(firsts.z, firsts.w)), local);
  let before = statistics[r];
  let fresh = params.start == 0u;
  let oldTop = select(bitcast<f32>(before.x), top, fresh);
  let newTop = max(oldTop, top);
  let oldSum = select(bitcast<f32>(before.y) * exp(oldTop - newTop), 0.0, fresh);
  let sum = oldSum + all * exp(top - newTop);
  let best = select(before.w, params.start + first, fresh || top > oldTop);
  let failed_ = wrong >= NOT_FINITE || (!fresh && before.w == FAILED);
  let joined = vec4u(
    bitcast<u32>(newTop),
    bitcast<u32>(sum),
    select(before.z, bitcast<u32>(targetLogit), here),
    select(best, FAILED, failed_),
  );
  if (wanted < params.rows && inTeam == 0u) {
    statistics[r] = joined;
    if (params.last == 1u) {
      let failed = joined.w == FAILED || (!isKnown(label) && label != -100);
      let nan = bitcast<f32>(joined.w | 0x7fc00000u);
      let loss = log(sum) - (bitcast<f32>(joined.z) - newTop);
      rowLoss[r] = select(select(loss, nan, failed), 0.0, label == -100);
      correct[r] = select(0u, 1u, !failed && label != -100 && i32(joined.w) == label);
    }
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

// matmul 8 1 4 8 0 0 0 0 0 1 0 0 1 0 0 0
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let depth = params.depth;
  let tileLane = local % 8u;
  let row0 = (group.y * 4u + local / 8u) * 8u;
  let column0 = ((group.x * 1u + 0u) * 8u + tileLane) * 4u;
let panel0 = params.bOffset + min(column0, params.columns - 4u);
  let bStride = params.bStride;
  let rowA0 = params.aOffset + min(row0 + 0u, params.rows - 1u) * params.aStride;
let rowA1 = params.aOffset + min(row0 + 1u, params.rows - 1u) * params.aStride;
let rowA2 = params.aOffset + min(row0 + 2u, params.rows - 1u) * params.aStride;
let rowA3 = params.aOffset + min(row0 + 3u, params.rows - 1u) * params.aStride;
let rowA4 = params.aOffset + min(row0 + 4u, params.rows - 1u) * params.aStride;
let rowA5 = params.aOffset + min(row0 + 5u, params.rows - 1u) * params.aStride;
let rowA6 = params.aOffset + min(row0 + 6u, params.rows - 1u) * params.aStride;
let rowA7 = params.aOffset + min(row0 + 7u, params.rows - 1u) * params.aStride;
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var k = 0u; k < depth; k += 4u) {
let a0 = vec4f(select(0.0, a[rowA0 + k + 0u], k + 0u < depth), select(0.0, a[rowA0 + k + 1u], k + 1u < depth), select(0.0, a[rowA0 + k + 2u], k + 2u < depth), select(0.0, a[rowA0 + k + 3u], k + 3u < depth));
let a1 = vec4f(select(0.0, a[rowA1 + k + 0u], k + 0u < depth), select(0.0, a[rowA1 + k + 1u], k + 1u < depth), select(0.0, a[rowA1 + k + 2u], k + 2u < depth), select(0.0, a[rowA1 + k + 3u], k + 3u < depth));
let a2 = vec4f(select(0.0, a[rowA2 + k + 0u], k + 0u < depth), select(0.0, a[rowA2 + k + 1u], k + 1u < depth), select(0.0, a[rowA2 + k + 2u], k + 2u < depth), select(0.0, a[rowA2 + k + 3u], k + 3u < depth));
let a3 = vec4f(select(0.0, a[rowA3 + k + 0u], k + 0u < depth), select(0.0, a[rowA3 + k + 1u], k + 1u < depth), select(0.0, a[rowA3 + k + 2u], k + 2u < depth), select(0.0, a[rowA3 + k + 3u], k + 3u < depth));
let a4 = vec4f(select(0.0, a[rowA4 + k + 0u], k + 0u < depth), select(0.0, a[rowA4 + k + 1u], k + 1u < depth), select(0.0, a[rowA4 + k + 2u], k + 2u < depth), select(0.0, a[rowA4 + k + 3u], k + 3u < depth));
let a5 = vec4f(select(0.0, a[rowA5 + k + 0u], k + 0u < depth), select(0.0, a[rowA5 + k + 1u], k + 1u < depth), select(0.0, a[rowA5 + k + 2u], k + 2u < depth), select(0.0, a[rowA5 + k + 3u], k + 3u < depth));
let a6 = vec4f(select(0.0, a[rowA6 + k + 0u], k + 0u < depth), select(0.0, a[rowA6 + k + 1u], k + 1u < depth), select(0.0, a[rowA6 + k + 2u], k + 2u < depth), select(0.0, a[rowA6 + k + 3u], k + 3u < depth));
let a7 = vec4f(select(0.0, a[rowA7 + k + 0u], k + 0u < depth), select(0.0, a[rowA7 + k + 1u], k + 1u < depth), select(0.0, a[rowA7 + k + 2u], k + 2u < depth), select(0.0, a[rowA7 + k + 3u], k + 3u < depth));
let b0_0 = b[(panel0 + min(k + 0u, depth - 1u) * bStride) >> 2u];
let b1_0 = b[(panel0 + min(k + 1u, depth - 1u) * bStride) >> 2u];
let b2_0 = b[(panel0 + min(k + 2u, depth - 1u) * bStride) >> 2u];
let b3_0 = b[(panel0 + min(k + 3u, depth - 1u) * bStride) >> 2u];
acc0_0 = fma(vec4f(a0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a0.y), b1_0, acc0_0);
acc0_0 = fma(vec4f(a0.z), b2_0, acc0_0);
acc0_0 = fma(vec4f(a0.w), b3_0, acc0_0);
acc1_0 = fma(vec4f(a1.x), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a1.z), b2_0, acc1_0);
acc1_0 = fma(vec4f(a1.w), b3_0, acc1_0);
acc2_0 = fma(vec4f(a2.x), b0_0, acc2_0);
acc2_0 = fma(vec4f(a2.y), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a2.w), b3_0, acc2_0);
acc3_0 = fma(vec4f(a3.x), b0_0, acc3_0);
acc3_0 = fma(vec4f(a3.y), b1_0, acc3_0);
acc3_0 = fma(vec4f(a3.z), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a4.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a4.y), b1_0, acc4_0);
acc4_0 = fma(vec4f(a4.z), b2_0, acc4_0);
acc4_0 = fma(vec4f(a4.w), b3_0, acc4_0);
acc5_0 = fma(vec4f(a5.x), b0_0, acc5_0);
acc5_0 = fma(vec4f(a5.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a5.z), b2_0, acc5_0);
acc5_0 = fma(vec4f(a5.w), b3_0, acc5_0);
acc6_0 = fma(vec4f(a6.x), b0_0, acc6_0);
acc6_0 = fma(vec4f(a6.y), b1_0, acc6_0);
acc6_0 = fma(vec4f(a6.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a6.w), b3_0, acc6_0);
acc7_0 = fma(vec4f(a7.x), b0_0, acc7_0);
acc7_0 = fma(vec4f(a7.y), b1_0, acc7_0);
acc7_0 = fma(vec4f(a7.z), b2_0, acc7_0);
acc7_0 = fma(vec4f(a7.w), b3_0, acc7_0);
  }
if ((row0 + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 0u) * params.cStride + column0)) >> 2u] = acc0_0; } }
if ((row0 + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 1u) * params.cStride + column0)) >> 2u] = acc1_0; } }
if ((row0 + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 2u) * params.cStride + column0)) >> 2u] = acc2_0; } }
if ((row0 + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 3u) * params.cStride + column0)) >> 2u] = acc3_0; } }
if ((row0 + 4u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 4u) * params.cStride + column0)) >> 2u] = acc4_0; } }
if ((row0 + 5u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 5u) * params.cStride + column0)) >> 2u] = acc5_0; } }
if ((row0 + 6u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 6u) * params.cStride + column0)) >> 2u] = acc6_0; } }
if ((row0 + 7u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 7u) * params.cStride + column0)) >> 2u] = acc7_0; } }
}

// matmul 8 1 4 8 0 1 1 0 0 1 0 0 1 0 0 1
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let depth = params.depth;
  let tileLane = local % 8u;
  let row0 = (group.y * 4u + local / 8u) * 8u;
  let column0 = ((group.x * 1u + 0u) * 8u + tileLane) * 4u;
let panel0 = params.bOffset + min(column0, params.columns - 4u);
  let bStride = params.bStride;
  let rowA0 = params.aOffset + min(row0 + 0u, params.rows - 1u) * params.aStride;
let rowA1 = params.aOffset + min(row0 + 1u, params.rows - 1u) * params.aStride;
let rowA2 = params.aOffset + min(row0 + 2u, params.rows - 1u) * params.aStride;
let rowA3 = params.aOffset + min(row0 + 3u, params.rows - 1u) * params.aStride;
let rowA4 = params.aOffset + min(row0 + 4u, params.rows - 1u) * params.aStride;
let rowA5 = params.aOffset + min(row0 + 5u, params.rows - 1u) * params.aStride;
let rowA6 = params.aOffset + min(row0 + 6u, params.rows - 1u) * params.aStride;
let rowA7 = params.aOffset + min(row0 + 7u, params.rows - 1u) * params.aStride;
  var acc0_0 = c[((params.cOffset + min(row0 + 0u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc1_0 = c[((params.cOffset + min(row0 + 1u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc2_0 = c[((params.cOffset + min(row0 + 2u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc3_0 = c[((params.cOffset + min(row0 + 3u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc4_0 = c[((params.cOffset + min(row0 + 4u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc5_0 = c[((params.cOffset + min(row0 + 5u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc6_0 = c[((params.cOffset + min(row0 + 6u, params.rows - 1u) * params.cStride + column0)) >> 2u];
var acc7_0 = c[((params.cOffset + min(row0 + 7u, params.rows - 1u) * params.cStride + column0)) >> 2u];
  for (var k = 0u; k < depth; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0_0 = b[(panel0 + (k + 0u) * bStride) >> 2u];
let b1_0 = b[(panel0 + (k + 1u) * bStride) >> 2u];
let b2_0 = b[(panel0 + (k + 2u) * bStride) >> 2u];
let b3_0 = b[(panel0 + (k + 3u) * bStride) >> 2u];
acc0_0 = fma(vec4f(a0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a0.y), b1_0, acc0_0);
acc0_0 = fma(vec4f(a0.z), b2_0, acc0_0);
acc0_0 = fma(vec4f(a0.w), b3_0, acc0_0);
acc1_0 = fma(vec4f(a1.x), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a1.z), b2_0, acc1_0);
acc1_0 = fma(vec4f(a1.w), b3_0, acc1_0);
acc2_0 = fma(vec4f(a2.x), b0_0, acc2_0);
acc2_0 = fma(vec4f(a2.y), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a2.w), b3_0, acc2_0);
acc3_0 = fma(vec4f(a3.x), b0_0, acc3_0);
acc3_0 = fma(vec4f(a3.y), b1_0, acc3_0);
acc3_0 = fma(vec4f(a3.z), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a4.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a4.y), b1_0, acc4_0);
acc4_0 = fma(vec4f(a4.z), b2_0, acc4_0);
acc4_0 = fma(vec4f(a4.w), b3_0, acc4_0);
acc5_0 = fma(vec4f(a5.x), b0_0, acc5_0);
acc5_0 = fma(vec4f(a5.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a5.z), b2_0, acc5_0);
acc5_0 = fma(vec4f(a5.w), b3_0, acc5_0);
acc6_0 = fma(vec4f(a6.x), b0_0, acc6_0);
acc6_0 = fma(vec4f(a6.y), b1_0, acc6_0);
acc6_0 = fma(vec4f(a6.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a6.w), b3_0, acc6_0);
acc7_0 = fma(vec4f(a7.x), b0_0, acc7_0);
acc7_0 = fma(vec4f(a7.y), b1_0, acc7_0);
acc7_0 = fma(vec4f(a7.z), b2_0, acc7_0);
acc7_0 = fma(vec4f(a7.w), b3_0, acc7_0);
  }
if ((row0 + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 0u) * params.cStride + column0)) >> 2u] = acc0_0; } }
if ((row0 + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 1u) * params.cStride + column0)) >> 2u] = acc1_0; } }
if ((row0 + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 2u) * params.cStride + column0)) >> 2u] = acc2_0; } }
if ((row0 + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 3u) * params.cStride + column0)) >> 2u] = acc3_0; } }
if ((row0 + 4u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 4u) * params.cStride + column0)) >> 2u] = acc4_0; } }
if ((row0 + 5u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 5u) * params.cStride + column0)) >> 2u] = acc5_0; } }
if ((row0 + 6u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 6u) * params.cStride + column0)) >> 2u] = acc6_0; } }
if ((row0 + 7u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 7u) * params.cStride + column0)) >> 2u] = acc7_0; } }
}

// matmul 8 1 4 8 0 1 1 0 1 1 0 0 0 0 0 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let depth = params.depth;
  let tileLane = local % 8u;
  let row0 = (group.y * 4u + local / 8u) * 8u;
  let column0 = ((group.x * 1u + 0u) * 8u + tileLane) * 4u;
let panel0 = params.bOffset + min(group.x * 1u + 0u, (params.columns - 1u) / 32u) * depth * 32u + tileLane * 4u;
  
  let rowA0 = params.aOffset + min(row0 + 0u, params.rows - 1u) * params.aStride;
let rowA1 = params.aOffset + min(row0 + 1u, params.rows - 1u) * params.aStride;
let rowA2 = params.aOffset + min(row0 + 2u, params.rows - 1u) * params.aStride;
let rowA3 = params.aOffset + min(row0 + 3u, params.rows - 1u) * params.aStride;
let rowA4 = params.aOffset + min(row0 + 4u, params.rows - 1u) * params.aStride;
let rowA5 = params.aOffset + min(row0 + 5u, params.rows - 1u) * params.aStride;
let rowA6 = params.aOffset + min(row0 + 6u, params.rows - 1u) * params.aStride;
let rowA7 = params.aOffset + min(row0 + 7u, params.rows - 1u) * params.aStride;
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var k = 0u; k < depth; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0_0 = b[(panel0 + (k + 0u) * 32u) >> 2u];
let b1_0 = b[(panel0 + (k + 1u) * 32u) >> 2u];
let b2_0 = b[(panel0 + (k + 2u) * 32u) >> 2u];
let b3_0 = b[(panel0 + (k + 3u) * 32u) >> 2u];
acc0_0 = fma(vec4f(a0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a0.y), b1_0, acc0_0);
acc0_0 = fma(vec4f(a0.z), b2_0, acc0_0);
acc0_0 = fma(vec4f(a0.w), b3_0, acc0_0);
acc1_0 = fma(vec4f(a1.x), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a1.z), b2_0, acc1_0);
acc1_0 = fma(vec4f(a1.w), b3_0, acc1_0);
acc2_0 = fma(vec4f(a2.x), b0_0, acc2_0);
acc2_0 = fma(vec4f(a2.y), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a2.w), b3_0, acc2_0);
acc3_0 = fma(vec4f(a3.x), b0_0, acc3_0);
acc3_0 = fma(vec4f(a3.y), b1_0, acc3_0);
acc3_0 = fma(vec4f(a3.z), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a4.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a4.y), b1_0, acc4_0);
acc4_0 = fma(vec4f(a4.z), b2_0, acc4_0);
acc4_0 = fma(vec4f(a4.w), b3_0, acc4_0);
acc5_0 = fma(vec4f(a5.x), b0_0, acc5_0);
acc5_0 = fma(vec4f(a5.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a5.z), b2_0, acc5_0);
acc5_0 = fma(vec4f(a5.w), b3_0, acc5_0);
acc6_0 = fma(vec4f(a6.x), b0_0, acc6_0);
acc6_0 = fma(vec4f(a6.y), b1_0, acc6_0);
acc6_0 = fma(vec4f(a6.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a6.w), b3_0, acc6_0);
acc7_0 = fma(vec4f(a7.x), b0_0, acc7_0);
acc7_0 = fma(vec4f(a7.y), b1_0, acc7_0);
acc7_0 = fma(vec4f(a7.z), b2_0, acc7_0);
acc7_0 = fma(vec4f(a7.w), b3_0, acc7_0);
  }
if ((row0 + 0u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 0u) * params.cStride + column0) + 0u] = (acc0_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 0u) * params.cStride + column0) + 1u] = (acc0_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 0u) * params.cStride + column0) + 2u] = (acc0_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 0u) * params.cStride + column0) + 3u] = (acc0_0).w; } }
if ((row0 + 1u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 1u) * params.cStride + column0) + 0u] = (acc1_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 1u) * params.cStride + column0) + 1u] = (acc1_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 1u) * params.cStride + column0) + 2u] = (acc1_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 1u) * params.cStride + column0) + 3u] = (acc1_0).w; } }
if ((row0 + 2u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 2u) * params.cStride + column0) + 0u] = (acc2_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 2u) * params.cStride + column0) + 1u] = (acc2_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 2u) * params.cStride + column0) + 2u] = (acc2_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 2u) * params.cStride + column0) + 3u] = (acc2_0).w; } }
if ((row0 + 3u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 3u) * params.cStride + column0) + 0u] = (acc3_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 3u) * params.cStride + column0) + 1u] = (acc3_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 3u) * params.cStride + column0) + 2u] = (acc3_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 3u) * params.cStride + column0) + 3u] = (acc3_0).w; } }
if ((row0 + 4u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 4u) * params.cStride + column0) + 0u] = (acc4_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 4u) * params.cStride + column0) + 1u] = (acc4_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 4u) * params.cStride + column0) + 2u] = (acc4_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 4u) * params.cStride + column0) + 3u] = (acc4_0).w; } }
if ((row0 + 5u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 5u) * params.cStride + column0) + 0u] = (acc5_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 5u) * params.cStride + column0) + 1u] = (acc5_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 5u) * params.cStride + column0) + 2u] = (acc5_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 5u) * params.cStride + column0) + 3u] = (acc5_0).w; } }
if ((row0 + 6u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 6u) * params.cStride + column0) + 0u] = (acc6_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 6u) * params.cStride + column0) + 1u] = (acc6_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 6u) * params.cStride + column0) + 2u] = (acc6_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 6u) * params.cStride + column0) + 3u] = (acc6_0).w; } }
if ((row0 + 7u) < params.rows) { if (column0 + 0u < params.columns) { c[(params.cOffset + (row0 + 7u) * params.cStride + column0) + 0u] = (acc7_0).x; }
if (column0 + 1u < params.columns) { c[(params.cOffset + (row0 + 7u) * params.cStride + column0) + 1u] = (acc7_0).y; }
if (column0 + 2u < params.columns) { c[(params.cOffset + (row0 + 7u) * params.cStride + column0) + 2u] = (acc7_0).z; }
if (column0 + 3u < params.columns) { c[(params.cOffset + (row0 + 7u) * params.cStride + column0) + 3u] = (acc7_0).w; } }
}

// matmul 8 1 4 8 0 1 1 0 1 1 0 0 1 0 0 0
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, depth: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, cStride: u32, cOffset: u32, biasOffset: u32, addendStride: u32, addendOffset: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let depth = params.depth;
  let tileLane = local % 8u;
  let row0 = (group.y * 4u + local / 8u) * 8u;
  let column0 = ((group.x * 1u + 0u) * 8u + tileLane) * 4u;
let panel0 = params.bOffset + min(group.x * 1u + 0u, (params.columns - 1u) / 32u) * depth * 32u + tileLane * 4u;
  
  let rowA0 = params.aOffset + min(row0 + 0u, params.rows - 1u) * params.aStride;
let rowA1 = params.aOffset + min(row0 + 1u, params.rows - 1u) * params.aStride;
let rowA2 = params.aOffset + min(row0 + 2u, params.rows - 1u) * params.aStride;
let rowA3 = params.aOffset + min(row0 + 3u, params.rows - 1u) * params.aStride;
let rowA4 = params.aOffset + min(row0 + 4u, params.rows - 1u) * params.aStride;
let rowA5 = params.aOffset + min(row0 + 5u, params.rows - 1u) * params.aStride;
let rowA6 = params.aOffset + min(row0 + 6u, params.rows - 1u) * params.aStride;
let rowA7 = params.aOffset + min(row0 + 7u, params.rows - 1u) * params.aStride;
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var k = 0u; k < depth; k += 4u) {
let a0 = a[(rowA0 + k) >> 2u];
let a1 = a[(rowA1 + k) >> 2u];
let a2 = a[(rowA2 + k) >> 2u];
let a3 = a[(rowA3 + k) >> 2u];
let a4 = a[(rowA4 + k) >> 2u];
let a5 = a[(rowA5 + k) >> 2u];
let a6 = a[(rowA6 + k) >> 2u];
let a7 = a[(rowA7 + k) >> 2u];
let b0_0 = b[(panel0 + (k + 0u) * 32u) >> 2u];
let b1_0 = b[(panel0 + (k + 1u) * 32u) >> 2u];
let b2_0 = b[(panel0 + (k + 2u) * 32u) >> 2u];
let b3_0 = b[(panel0 + (k + 3u) * 32u) >> 2u];
acc0_0 = fma(vec4f(a0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a0.y), b1_0, acc0_0);
acc0_0 = fma(vec4f(a0.z), b2_0, acc0_0);
acc0_0 = fma(vec4f(a0.w), b3_0, acc0_0);
acc1_0 = fma(vec4f(a1.x), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a1.z), b2_0, acc1_0);
acc1_0 = fma(vec4f(a1.w), b3_0, acc1_0);
acc2_0 = fma(vec4f(a2.x), b0_0, acc2_0);
acc2_0 = fma(vec4f(a2.y), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a2.w), b3_0, acc2_0);
acc3_0 = fma(vec4f(a3.x), b0_0, acc3_0);
acc3_0 = fma(vec4f(a3.y), b1_0, acc3_0);
acc3_0 = fma(vec4f(a3.z), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a4.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a4.y), b1_0, acc4_0);
acc4_0 = fma(vec4f(a4.z), b2_0, acc4_0);
acc4_0 = fma(vec4f(a4.w), b3_0, acc4_0);
acc5_0 = fma(vec4f(a5.x), b0_0, acc5_0);
acc5_0 = fma(vec4f(a5.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a5.z), b2_0, acc5_0);
acc5_0 = fma(vec4f(a5.w), b3_0, acc5_0);
acc6_0 = fma(vec4f(a6.x), b0_0, acc6_0);
acc6_0 = fma(vec4f(a6.y), b1_0, acc6_0);
acc6_0 = fma(vec4f(a6.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a6.w), b3_0, acc6_0);
acc7_0 = fma(vec4f(a7.x), b0_0, acc7_0);
acc7_0 = fma(vec4f(a7.y), b1_0, acc7_0);
acc7_0 = fma(vec4f(a7.z), b2_0, acc7_0);
acc7_0 = fma(vec4f(a7.w), b3_0, acc7_0);
  }
if ((row0 + 0u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 0u) * params.cStride + column0)) >> 2u] = acc0_0; } }
if ((row0 + 1u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 1u) * params.cStride + column0)) >> 2u] = acc1_0; } }
if ((row0 + 2u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 2u) * params.cStride + column0)) >> 2u] = acc2_0; } }
if ((row0 + 3u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 3u) * params.cStride + column0)) >> 2u] = acc3_0; } }
if ((row0 + 4u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 4u) * params.cStride + column0)) >> 2u] = acc4_0; } }
if ((row0 + 5u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 5u) * params.cStride + column0)) >> 2u] = acc5_0; } }
if ((row0 + 6u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 6u) * params.cStride + column0)) >> 2u] = acc6_0; } }
if ((row0 + 7u) < params.rows) { if (column0 < params.columns) { c[((params.cOffset + (row0 + 7u) * params.cStride + column0)) >> 2u] = acc7_0; } }
}

// matmulTransposeA 8 1 4 0 0 8 0 0 1 0 0 0 1
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, span: u32, resultRows: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, first: u32, continues: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let column0 = ((group.x * 1u + 0u) * 8u + local) * 4u;
  let row0 = group.y * 8u;
  let resultRows = params.resultRows;
  let columns = params.columns;
  let aStride = params.aStride;
  let aOffset = params.aOffset;
  let bStride = params.bStride;
  let bOffset = params.bOffset;
  let end = min((group.z + 1u) * params.span, params.rows);
  
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var m = group.z * params.span; m < end; m += 4u) {

let b0_0 = b[((bOffset + (m + 0u) * bStride + min(column0, columns - 4u))) >> 2u];
let b1_0 = b[((bOffset + min(m + 1u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let b2_0 = b[((bOffset + min(m + 2u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let b3_0 = b[((bOffset + min(m + 3u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let a0_0 = vec4f(select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 0u)) + 0u], (row0 + 0u) + 0u < resultRows), select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 0u)) + 1u], (row0 + 0u) + 1u < resultRows), select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 0u)) + 2u], (row0 + 0u) + 2u < resultRows), select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 0u)) + 3u], (row0 + 0u) + 3u < resultRows));
let a0_1 = vec4f(select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 4u)) + 0u], (row0 + 4u) + 0u < resultRows), select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 4u)) + 1u], (row0 + 4u) + 1u < resultRows), select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 4u)) + 2u], (row0 + 4u) + 2u < resultRows), select(0.0, a[(aOffset + (m + 0u) * aStride + (row0 + 4u)) + 3u], (row0 + 4u) + 3u < resultRows));
let a1_0 = select(vec4f(), vec4f(select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 0u)) + 0u], (row0 + 0u) + 0u < resultRows), select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 0u)) + 1u], (row0 + 0u) + 1u < resultRows), select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 0u)) + 2u], (row0 + 0u) + 2u < resultRows), select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 0u)) + 3u], (row0 + 0u) + 3u < resultRows)), m + 1u < end);
let a1_1 = select(vec4f(), vec4f(select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 4u)) + 0u], (row0 + 4u) + 0u < resultRows), select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 4u)) + 1u], (row0 + 4u) + 1u < resultRows), select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 4u)) + 2u], (row0 + 4u) + 2u < resultRows), select(0.0, a[(aOffset + min(m + 1u, end - 1u) * aStride + (row0 + 4u)) + 3u], (row0 + 4u) + 3u < resultRows)), m + 1u < end);
let a2_0 = select(vec4f(), vec4f(select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 0u)) + 0u], (row0 + 0u) + 0u < resultRows), select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 0u)) + 1u], (row0 + 0u) + 1u < resultRows), select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 0u)) + 2u], (row0 + 0u) + 2u < resultRows), select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 0u)) + 3u], (row0 + 0u) + 3u < resultRows)), m + 2u < end);
let a2_1 = select(vec4f(), vec4f(select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 4u)) + 0u], (row0 + 4u) + 0u < resultRows), select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 4u)) + 1u], (row0 + 4u) + 1u < resultRows), select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 4u)) + 2u], (row0 + 4u) + 2u < resultRows), select(0.0, a[(aOffset + min(m + 2u, end - 1u) * aStride + (row0 + 4u)) + 3u], (row0 + 4u) + 3u < resultRows)), m + 2u < end);
let a3_0 = select(vec4f(), vec4f(select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 0u)) + 0u], (row0 + 0u) + 0u < resultRows), select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 0u)) + 1u], (row0 + 0u) + 1u < resultRows), select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 0u)) + 2u], (row0 + 0u) + 2u < resultRows), select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 0u)) + 3u], (row0 + 0u) + 3u < resultRows)), m + 3u < end);
let a3_1 = select(vec4f(), vec4f(select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 4u)) + 0u], (row0 + 4u) + 0u < resultRows), select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 4u)) + 1u], (row0 + 4u) + 1u < resultRows), select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 4u)) + 2u], (row0 + 4u) + 2u < resultRows), select(0.0, a[(aOffset + min(m + 3u, end - 1u) * aStride + (row0 + 4u)) + 3u], (row0 + 4u) + 3u < resultRows)), m + 3u < end);
acc0_0 = fma(vec4f(a0_0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a1_0.x), b1_0, acc0_0);
acc0_0 = fma(vec4f(a2_0.x), b2_0, acc0_0);
acc0_0 = fma(vec4f(a3_0.x), b3_0, acc0_0);
acc1_0 = fma(vec4f(a0_0.y), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1_0.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a2_0.y), b2_0, acc1_0);
acc1_0 = fma(vec4f(a3_0.y), b3_0, acc1_0);
acc2_0 = fma(vec4f(a0_0.z), b0_0, acc2_0);
acc2_0 = fma(vec4f(a1_0.z), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2_0.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a3_0.z), b3_0, acc2_0);
acc3_0 = fma(vec4f(a0_0.w), b0_0, acc3_0);
acc3_0 = fma(vec4f(a1_0.w), b1_0, acc3_0);
acc3_0 = fma(vec4f(a2_0.w), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3_0.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a0_1.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a1_1.x), b1_0, acc4_0);
acc4_0 = fma(vec4f(a2_1.x), b2_0, acc4_0);
acc4_0 = fma(vec4f(a3_1.x), b3_0, acc4_0);
acc5_0 = fma(vec4f(a0_1.y), b0_0, acc5_0);
acc5_0 = fma(vec4f(a1_1.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a2_1.y), b2_0, acc5_0);
acc5_0 = fma(vec4f(a3_1.y), b3_0, acc5_0);
acc6_0 = fma(vec4f(a0_1.z), b0_0, acc6_0);
acc6_0 = fma(vec4f(a1_1.z), b1_0, acc6_0);
acc6_0 = fma(vec4f(a2_1.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a3_1.z), b3_0, acc6_0);
acc7_0 = fma(vec4f(a0_1.w), b0_0, acc7_0);
acc7_0 = fma(vec4f(a1_1.w), b1_0, acc7_0);
acc7_0 = fma(vec4f(a2_1.w), b2_0, acc7_0);
acc7_0 = fma(vec4f(a3_1.w), b3_0, acc7_0);
  }
  
if (row0 + 0u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 0u) * columns + column0)) >> 2u] = acc0_0; } }
if (row0 + 1u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 1u) * columns + column0)) >> 2u] = acc1_0; } }
if (row0 + 2u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 2u) * columns + column0)) >> 2u] = acc2_0; } }
if (row0 + 3u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 3u) * columns + column0)) >> 2u] = acc3_0; } }
if (row0 + 4u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 4u) * columns + column0)) >> 2u] = acc4_0; } }
if (row0 + 5u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 5u) * columns + column0)) >> 2u] = acc5_0; } }
if (row0 + 6u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 6u) * columns + column0)) >> 2u] = acc6_0; } }
if (row0 + 7u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 7u) * columns + column0)) >> 2u] = acc7_0; } }
}

// matmulTransposeA 8 1 4 0 0 8 0 1 1 0 0 0 1
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
struct Params { rows: u32, span: u32, resultRows: u32, columns: u32, aStride: u32, aOffset: u32, bStride: u32, bOffset: u32, first: u32, continues: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let column0 = ((group.x * 1u + 0u) * 8u + local) * 4u;
  let row0 = group.y * 8u;
  let resultRows = params.resultRows;
  let columns = params.columns;
  let aStride = params.aStride;
  let aOffset = params.aOffset;
  let bStride = params.bStride;
  let bOffset = params.bOffset;
  let end = min((group.z + 1u) * params.span, params.rows);
  
  var acc0_0 = vec4f();
var acc1_0 = vec4f();
var acc2_0 = vec4f();
var acc3_0 = vec4f();
var acc4_0 = vec4f();
var acc5_0 = vec4f();
var acc6_0 = vec4f();
var acc7_0 = vec4f();
  for (var m = group.z * params.span; m < end; m += 4u) {

let b0_0 = b[((bOffset + (m + 0u) * bStride + min(column0, columns - 4u))) >> 2u];
let b1_0 = b[((bOffset + min(m + 1u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let b2_0 = b[((bOffset + min(m + 2u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let b3_0 = b[((bOffset + min(m + 3u, end - 1u) * bStride + min(column0, columns - 4u))) >> 2u];
let a0_0 = a[((aOffset + (m + 0u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u];
let a0_1 = a[((aOffset + (m + 0u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u];
let a1_0 = select(vec4f(), a[((aOffset + min(m + 1u, end - 1u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u], m + 1u < end);
let a1_1 = select(vec4f(), a[((aOffset + min(m + 1u, end - 1u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u], m + 1u < end);
let a2_0 = select(vec4f(), a[((aOffset + min(m + 2u, end - 1u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u], m + 2u < end);
let a2_1 = select(vec4f(), a[((aOffset + min(m + 2u, end - 1u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u], m + 2u < end);
let a3_0 = select(vec4f(), a[((aOffset + min(m + 3u, end - 1u) * aStride + min((row0 + 0u), resultRows - 4u))) >> 2u], m + 3u < end);
let a3_1 = select(vec4f(), a[((aOffset + min(m + 3u, end - 1u) * aStride + min((row0 + 4u), resultRows - 4u))) >> 2u], m + 3u < end);
acc0_0 = fma(vec4f(a0_0.x), b0_0, acc0_0);
acc0_0 = fma(vec4f(a1_0.x), b1_0, acc0_0);
acc0_0 = fma(vec4f(a2_0.x), b2_0, acc0_0);
acc0_0 = fma(vec4f(a3_0.x), b3_0, acc0_0);
acc1_0 = fma(vec4f(a0_0.y), b0_0, acc1_0);
acc1_0 = fma(vec4f(a1_0.y), b1_0, acc1_0);
acc1_0 = fma(vec4f(a2_0.y), b2_0, acc1_0);
acc1_0 = fma(vec4f(a3_0.y), b3_0, acc1_0);
acc2_0 = fma(vec4f(a0_0.z), b0_0, acc2_0);
acc2_0 = fma(vec4f(a1_0.z), b1_0, acc2_0);
acc2_0 = fma(vec4f(a2_0.z), b2_0, acc2_0);
acc2_0 = fma(vec4f(a3_0.z), b3_0, acc2_0);
acc3_0 = fma(vec4f(a0_0.w), b0_0, acc3_0);
acc3_0 = fma(vec4f(a1_0.w), b1_0, acc3_0);
acc3_0 = fma(vec4f(a2_0.w), b2_0, acc3_0);
acc3_0 = fma(vec4f(a3_0.w), b3_0, acc3_0);
acc4_0 = fma(vec4f(a0_1.x), b0_0, acc4_0);
acc4_0 = fma(vec4f(a1_1.x), b1_0, acc4_0);
acc4_0 = fma(vec4f(a2_1.x), b2_0, acc4_0);
acc4_0 = fma(vec4f(a3_1.x), b3_0, acc4_0);
acc5_0 = fma(vec4f(a0_1.y), b0_0, acc5_0);
acc5_0 = fma(vec4f(a1_1.y), b1_0, acc5_0);
acc5_0 = fma(vec4f(a2_1.y), b2_0, acc5_0);
acc5_0 = fma(vec4f(a3_1.y), b3_0, acc5_0);
acc6_0 = fma(vec4f(a0_1.z), b0_0, acc6_0);
acc6_0 = fma(vec4f(a1_1.z), b1_0, acc6_0);
acc6_0 = fma(vec4f(a2_1.z), b2_0, acc6_0);
acc6_0 = fma(vec4f(a3_1.z), b3_0, acc6_0);
acc7_0 = fma(vec4f(a0_1.w), b0_0, acc7_0);
acc7_0 = fma(vec4f(a1_1.w), b1_0, acc7_0);
acc7_0 = fma(vec4f(a2_1.w), b2_0, acc7_0);
acc7_0 = fma(vec4f(a3_1.w), b3_0, acc7_0);
  }
  
if (row0 + 0u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 0u) * columns + column0)) >> 2u] = acc0_0; } }
if (row0 + 1u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 1u) * columns + column0)) >> 2u] = acc1_0; } }
if (row0 + 2u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 2u) * columns + column0)) >> 2u] = acc2_0; } }
if (row0 + 3u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 3u) * columns + column0)) >> 2u] = acc3_0; } }
if (row0 + 4u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 4u) * columns + column0)) >> 2u] = acc4_0; } }
if (row0 + 5u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 5u) * columns + column0)) >> 2u] = acc5_0; } }
if (row0 + 6u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 6u) * columns + column0)) >> 2u] = acc6_0; } }
if (row0 + 7u < resultRows) { if (column0 < params.columns) { c[(((group.z * resultRows + row0 + 7u) * columns + column0)) >> 2u] = acc7_0; } }
}

// pack 1 32 0
@group(0) @binding(0) var<storage, read> w: array<f32>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;
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
  if (i >= rowB.y) { return; }
  let word = i / 8u;
  let k = word % rowA.w;
  let n = word / rowA.w * 32u + i % 8u * 4u;
  let last = vec4u(rowA.z - 1u);
  let columns = n + vec4u(0u, 1u, 2u, 3u);
  let at = rowA.x + min(columns, last) * rowA.y + k;
  let values = vec4f(w[at.x], w[at.y], w[at.z], w[at.w]);
  packed[rowB.x + i] = vec4f(select(vec4f(), values, columns <= last));
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
