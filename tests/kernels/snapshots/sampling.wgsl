// argmax 8 8 0 290 304 4 1
@group(0) @binding(0) var<storage, read> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> choice: array<i32>;
struct Params { rows: u32 }
@group(0) @binding(2) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }

// Unsigned integers in the order of the floats, the same for both zeros; padding comes below all.
fn keys(x: vec4f, column: u32) -> vec4u {
  let bits = bitcast<vec4u>(select(x, vec4f(), x == vec4f()));
  let ordered = bits ^ select(vec4u(0x80000000u), vec4u(0xffffffffu), bits >= vec4u(0x80000000u));
  return select(vec4u(), ordered, columns4(column) < vec4u(290u));
}
fn isNan(x: vec4f) -> vec4u {
  return select(vec4u(), vec4u(1u), magnitude(x) > vec4u(NOT_FINITE));
}

var<workgroup> scratchU32: array<u32, 64>;
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
  let rowAt = 4u + r * 304u;
var x0 = logits[(rowAt + min((firstColumn + 0u), 288u)) >> 2u];
var x1 = logits[(rowAt + min((firstColumn + 32u), 288u)) >> 2u];
var x2 = logits[(rowAt + min((firstColumn + 64u), 288u)) >> 2u];
var x3 = logits[(rowAt + min((firstColumn + 96u), 288u)) >> 2u];
var x4 = logits[(rowAt + min((firstColumn + 128u), 288u)) >> 2u];
var x5 = logits[(rowAt + min((firstColumn + 160u), 288u)) >> 2u];
var x6 = logits[(rowAt + min((firstColumn + 192u), 288u)) >> 2u];
var x7 = logits[(rowAt + min((firstColumn + 224u), 288u)) >> 2u];
var x8 = logits[(rowAt + min((firstColumn + 256u), 288u)) >> 2u];
var x9 = select(vec4f(LOWEST), logits[(rowAt + min((firstColumn + 288u), 288u)) >> 2u], columns4((firstColumn + 288u)) < vec4u(290u));
  var best = vec4u();
  var bestColumns = vec4u();
  var nan = vec4u();
{ let column = (firstColumn + 0u);
let key = keys(x0, column);
nan = nan | isNan(x0);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 32u);
let key = keys(x1, column);
nan = nan | isNan(x1);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 64u);
let key = keys(x2, column);
nan = nan | isNan(x2);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 96u);
let key = keys(x3, column);
nan = nan | isNan(x3);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 128u);
let key = keys(x4, column);
nan = nan | isNan(x4);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 160u);
let key = keys(x5, column);
nan = nan | isNan(x5);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 192u);
let key = keys(x6, column);
nan = nan | isNan(x6);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 224u);
let key = keys(x7, column);
nan = nan | isNan(x7);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 256u);
let key = keys(x8, column);
nan = nan | isNan(x8);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
{ let column = (firstColumn + 288u);
let key = keys(x9, column);
nan = nan | isNan(x9);
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key); }
  let top = maxU32(largest(best), local);
  let tops = select(vec4u(0xffffffffu), bestColumns, best == vec4u(top));
  let first = minU32(min(min(tops.x, tops.y), min(tops.z, tops.w)), local);
  let failed = maxU32(largest(nan), local) > 0u;
  if (wanted < params.rows && inTeam == 0u) { choice[r] = select(i32(first), -1, failed); }
}

// sample 8 8 0 290 304 4 1 0 1 0
@group(0) @binding(0) var<storage, read> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> uniforms: array<f32>;
@group(0) @binding(2) var<storage, read_write> choice: array<i32>;
struct Params { rows: u32, temperature: u32, topK: u32, topP: u32 }
@group(0) @binding(3) var<uniform> params: Params;

const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }

// Unsigned integers in the order of the floats, the same for both zeros; padding comes below all.
fn keys(x: vec4f, column: u32) -> vec4u {
  let bits = bitcast<vec4u>(select(x, vec4f(), x == vec4f()));
  let ordered = bits ^ select(vec4u(0x80000000u), vec4u(0xffffffffu), bits >= vec4u(0x80000000u));
  return select(vec4u(), ordered, columns4(column) < vec4u(290u));
}
fn isNan(x: vec4f) -> vec4u {
  return select(vec4u(), vec4u(1u), magnitude(x) > vec4u(NOT_FINITE));
}

fn weight(x: vec4f, top: f32, temperature: f32) -> vec4f {
  let power = (x - top) / temperature;
  return select(exp(power), vec4f(), power < vec4f(-87.0));
}
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
fn sumU32(value: u32, local: u32) -> u32 {
  let inTeam = local % 8u;
  workgroupBarrier();
  scratchU32[local] = value;
  workgroupBarrier();
  for (var half = 4u; half > 0u; half >>= 1u) {
    if (inTeam < half) { scratchU32[local] = scratchU32[local] + scratchU32[local + half]; }
    workgroupBarrier();
  }
  return scratchU32[local - inTeam];
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
  let rowAt = 4u + r * 304u;
var x0 = logits[(rowAt + min((firstColumn + 0u), 288u)) >> 2u];
var x1 = logits[(rowAt + min((firstColumn + 32u), 288u)) >> 2u];
var x2 = logits[(rowAt + min((firstColumn + 64u), 288u)) >> 2u];
var x3 = logits[(rowAt + min((firstColumn + 96u), 288u)) >> 2u];
var x4 = logits[(rowAt + min((firstColumn + 128u), 288u)) >> 2u];
var x5 = logits[(rowAt + min((firstColumn + 160u), 288u)) >> 2u];
var x6 = logits[(rowAt + min((firstColumn + 192u), 288u)) >> 2u];
var x7 = logits[(rowAt + min((firstColumn + 224u), 288u)) >> 2u];
var x8 = logits[(rowAt + min((firstColumn + 256u), 288u)) >> 2u];
var x9 = select(vec4f(LOWEST), logits[(rowAt + min((firstColumn + 288u), 288u)) >> 2u], columns4((firstColumn + 288u)) < vec4u(290u));
  var best = vec4u();
  var nan = vec4u();
{ let column = (firstColumn + 0u);
best = max(best, keys(x0, column)); nan = nan | isNan(x0); }
{ let column = (firstColumn + 32u);
best = max(best, keys(x1, column)); nan = nan | isNan(x1); }
{ let column = (firstColumn + 64u);
best = max(best, keys(x2, column)); nan = nan | isNan(x2); }
{ let column = (firstColumn + 96u);
best = max(best, keys(x3, column)); nan = nan | isNan(x3); }
{ let column = (firstColumn + 128u);
best = max(best, keys(x4, column)); nan = nan | isNan(x4); }
{ let column = (firstColumn + 160u);
best = max(best, keys(x5, column)); nan = nan | isNan(x5); }
{ let column = (firstColumn + 192u);
best = max(best, keys(x6, column)); nan = nan | isNan(x6); }
{ let column = (firstColumn + 224u);
best = max(best, keys(x7, column)); nan = nan | isNan(x7); }
{ let column = (firstColumn + 256u);
best = max(best, keys(x8, column)); nan = nan | isNan(x8); }
{ let column = (firstColumn + 288u);
best = max(best, keys(x9, column)); nan = nan | isNan(x9); }
  let topKey = maxU32(largest(best), local);
  let top = bitcast<f32>(topKey ^ select(0xffffffffu, 0x80000000u, topKey >= 0x80000000u));
  let infinite = topKey == 0xff800000u || topKey == 0x007fffffu;
  let failed = maxU32(largest(nan), local) > 0u || infinite;
  let temperature = bitcast<f32>(params.temperature);
  var threshold = 1u;

  var whole = 0.0;
  { var sums = vec4f();
{ let column = (firstColumn + 0u);
let kept = (keys(x0, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x0, top, temperature), kept); }
{ let column = (firstColumn + 32u);
let kept = (keys(x1, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x1, top, temperature), kept); }
{ let column = (firstColumn + 64u);
let kept = (keys(x2, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x2, top, temperature), kept); }
{ let column = (firstColumn + 96u);
let kept = (keys(x3, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x3, top, temperature), kept); }
{ let column = (firstColumn + 128u);
let kept = (keys(x4, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x4, top, temperature), kept); }
{ let column = (firstColumn + 160u);
let kept = (keys(x5, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x5, top, temperature), kept); }
{ let column = (firstColumn + 192u);
let kept = (keys(x6, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x6, top, temperature), kept); }
{ let column = (firstColumn + 224u);
let kept = (keys(x7, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x7, top, temperature), kept); }
{ let column = (firstColumn + 256u);
let kept = (keys(x8, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x8, top, temperature), kept); }
{ let column = (firstColumn + 288u);
let kept = (keys(x9, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x9, top, temperature), kept); }
  whole = sumF32(total(sums), local); }
  let share = bitcast<f32>(params.topP) * whole;
  let floor_ = threshold;
  threshold = 0u;
  for (var bit = 0x80000000u; bit > 0u; bit >>= 1u) {
    let candidate = threshold | bit;
    var part = 0.0;
  { var sums = vec4f();
{ let column = (firstColumn + 0u);
let kept = (keys(x0, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x0, top, temperature), kept); }
{ let column = (firstColumn + 32u);
let kept = (keys(x1, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x1, top, temperature), kept); }
{ let column = (firstColumn + 64u);
let kept = (keys(x2, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x2, top, temperature), kept); }
{ let column = (firstColumn + 96u);
let kept = (keys(x3, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x3, top, temperature), kept); }
{ let column = (firstColumn + 128u);
let kept = (keys(x4, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x4, top, temperature), kept); }
{ let column = (firstColumn + 160u);
let kept = (keys(x5, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x5, top, temperature), kept); }
{ let column = (firstColumn + 192u);
let kept = (keys(x6, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x6, top, temperature), kept); }
{ let column = (firstColumn + 224u);
let kept = (keys(x7, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x7, top, temperature), kept); }
{ let column = (firstColumn + 256u);
let kept = (keys(x8, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x8, top, temperature), kept); }
{ let column = (firstColumn + 288u);
let kept = (keys(x9, column) >= vec4u(max(candidate, floor_)));
sums += select(vec4f(), weight(x9, top, temperature), kept); }
  part = sumF32(total(sums), local); }
    threshold = select(threshold, candidate, part >= share);
  }
  var all = 0.0;
  { var sums = vec4f();
{ let column = (firstColumn + 0u);
let kept = (keys(x0, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x0, top, temperature), kept); }
{ let column = (firstColumn + 32u);
let kept = (keys(x1, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x1, top, temperature), kept); }
{ let column = (firstColumn + 64u);
let kept = (keys(x2, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x2, top, temperature), kept); }
{ let column = (firstColumn + 96u);
let kept = (keys(x3, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x3, top, temperature), kept); }
{ let column = (firstColumn + 128u);
let kept = (keys(x4, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x4, top, temperature), kept); }
{ let column = (firstColumn + 160u);
let kept = (keys(x5, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x5, top, temperature), kept); }
{ let column = (firstColumn + 192u);
let kept = (keys(x6, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x6, top, temperature), kept); }
{ let column = (firstColumn + 224u);
let kept = (keys(x7, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x7, top, temperature), kept); }
{ let column = (firstColumn + 256u);
let kept = (keys(x8, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x8, top, temperature), kept); }
{ let column = (firstColumn + 288u);
let kept = (keys(x9, column) >= vec4u(threshold));
sums += select(vec4f(), weight(x9, top, temperature), kept); }
  all = sumF32(total(sums), local); }
  let goal = uniforms[0u + r] * all;
  var drawn = 0u;
  for (var bit = 256u; bit > 0u; bit >>= 1u) {
    let candidate = drawn | bit;
    var before = 0.0;
  { var sums = vec4f();
{ let column = (firstColumn + 0u);
let kept = (keys(x0, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x0, top, temperature), kept); }
{ let column = (firstColumn + 32u);
let kept = (keys(x1, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x1, top, temperature), kept); }
{ let column = (firstColumn + 64u);
let kept = (keys(x2, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x2, top, temperature), kept); }
{ let column = (firstColumn + 96u);
let kept = (keys(x3, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x3, top, temperature), kept); }
{ let column = (firstColumn + 128u);
let kept = (keys(x4, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x4, top, temperature), kept); }
{ let column = (firstColumn + 160u);
let kept = (keys(x5, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x5, top, temperature), kept); }
{ let column = (firstColumn + 192u);
let kept = (keys(x6, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x6, top, temperature), kept); }
{ let column = (firstColumn + 224u);
let kept = (keys(x7, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x7, top, temperature), kept); }
{ let column = (firstColumn + 256u);
let kept = (keys(x8, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x8, top, temperature), kept); }
{ let column = (firstColumn + 288u);
let kept = (keys(x9, column) >= vec4u(threshold)) & (columns4(column) < vec4u(candidate));
sums += select(vec4f(), weight(x9, top, temperature), kept); }
  before = sumF32(total(sums), local); }
    drawn = select(drawn, candidate, before <= goal);
  }
  if (wanted < params.rows && inTeam == 0u) { choice[r] = select(i32(drawn), -1, failed); }
}
