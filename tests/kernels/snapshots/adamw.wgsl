// adamw 1 4 4 4 4 0 0
@group(0) @binding(0) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read> norm: array<f32>;
@group(0) @binding(2) var<storage, read> settings: array<f32>;
@group(0) @binding(3) var<storage, read_write> parameters: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> first: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> second: array<vec4f>;
struct Params { size: u32, decayed: u32 }
@group(0) @binding(6) var<uniform> params: Params;

fn setting(i: u32) -> f32 { return settings[0u + i]; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let length = norm[0u];
  // Neither NaN nor infinity may reach the parameters: the trainer reads the norm and stops.
  if ((bitcast<u32>(length) & 0x7f800000u) == 0x7f800000u) { return; }
  let clip = min(1.0, setting(7u) / (length + 1e-6));
  let rate = setting(0u);
  let beta1 = setting(1u);
  let beta2 = setting(2u);
  let epsilon = setting(3u);
  let decay = rate * setting(4u);
  let firstScale = rate * setting(5u);
  let secondScale = setting(6u);
  for (var k = 0u; k < 4u; k++) {
    let i = (((group.y * 32768u + group.x) * 4u + k) * 64u + local) * 4u;
    if (i < params.size) {
let g = clip * gradient[((4u + i)) >> 2u];
let m = mix(g, first[((4u + i)) >> 2u], beta1);
let v = beta2 * second[((4u + i)) >> 2u] + (1.0 - beta2) * g * g;
let decays = (vec4u(i) + vec4u(0u, 1u, 2u, 3u)) < vec4u(params.decayed);
let kept = select(vec4f(1.0), vec4f(1.0 - decay), decays);
let step = firstScale * m / (sqrt(v * secondScale) + epsilon);
let p = parameters[((4u + i)) >> 2u] * kept - step;
if (i < params.size) { first[((4u + i)) >> 2u] = m; }
if (i < params.size) { second[((4u + i)) >> 2u] = v; }
if (i < params.size) { parameters[((4u + i)) >> 2u] = p; }
    }
  }
}

// gradientNorm
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> norm: array<f32>;
struct Params { count: u32 }
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> sums: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  var sum = 0.0;
  for (var i = local; i < params.count; i += 64u) { sum += partials[i]; }
  sums[local] = sum;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  if (local == 0u) { norm[0] = sqrt(sums[0]); }
}

// gradientSquares 4 1
@group(0) @binding(0) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> partials: array<f32>;
struct Params { size: u32, span: u32, first: u32 }
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> sums: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {

  let end = min((group.x + 1u) * params.span * 4u, params.size);
  var squares = vec4f();
  for (var i = (group.x * params.span + local) * 4u; i < end; i += 256u) {
    let g = gradient[((4u + i)) >> 2u];
    squares += g * g;
  }
  sums[local] = (squares.x + squares.y) + (squares.z + squares.w);
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  if (local == 0u) { partials[params.first + group.x] = sums[0]; }
}
