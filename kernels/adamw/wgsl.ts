/**
 * WGSL of the gradient's norm and of AdamW over one flat vector.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, load4, store4 } from "../wgsl.ts";

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** What is baked into the text of the partial sums of squares. */
export interface SquaresConstants {
  /** First element of the gradient within its binding. */
  readonly offset: number;
  /** Whether the gradient can be read as vec4f. */
  readonly vec4: boolean;
}

/** Adds up one number a thread over the workgroup, in pairs; thread 0 has the sum in `sums[0]`. */
function joinSums(value: string): string {
  return `  sums[local] = ${value};
  workgroupBarrier();
  for (var half = ${WORKGROUP / 2}u; half > 0u; half >>= 1u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }`;
}

const SUMS = `var<workgroup> sums: array<f32, ${WORKGROUP}>;`;

/** partials[first + g] = Σ gradient² over the g-th span of `span` vectors of four. */
export function squaresCode(c: SquaresConstants): string {
  const tail = c.vec4 ? undefined : { position: "i", limit: "params.size" };
  return `${
    bindings([`gradient: ${elementOf(c.vec4)}`, "out partials: f32"], ["size", "span", "first"])
  }
${SUMS}
${entry(WORKGROUP, 0)}
  let end = min((group.x + 1u) * params.span * 4u, params.size);
  var squares = vec4f();
  for (var i = (group.x * params.span + local) * 4u; i < end; i += ${4 * WORKGROUP}u) {
    let g = ${load4("gradient", `(${c.offset}u + i)`, c.vec4, tail)};
    squares += g * g;
  }
${joinSums("(squares.x + squares.y) + (squares.z + squares.w)")}
  if (local == 0u) { partials[params.first + group.x] = sums[0]; }
}`;
}

/** norm = √Σ partials. */
export function normCode(): string {
  return `${bindings(["partials: f32", "out norm: f32"], ["count"])}
${SUMS}
${entry(WORKGROUP, 0)}
  var sum = 0.0;
  for (var i = local; i < params.count; i += ${WORKGROUP}u) { sum += partials[i]; }
${joinSums("sum")}
  if (local == 0u) { norm[0] = sqrt(sums[0]); }
}`;
}

/** What is baked into the text of AdamW. */
export interface AdamWConstants {
  /** Whether all four vectors can be read as vec4f. */
  readonly vec4: boolean;
  /** First parameter within its binding. */
  readonly parameterOffset: number;
  /** First gradient within its binding. */
  readonly gradientOffset: number;
  /** First mean of gradients within its binding. */
  readonly firstOffset: number;
  /** First mean of squares within its binding. */
  readonly secondOffset: number;
  /** The norm's place within its binding. */
  readonly normOffset: number;
  /** First setting within its binding. */
  readonly settingsOffset: number;
}

/** Vectors of four that a thread updates, so that one read of the settings serves them all. */
export const UPDATES = 4;

/** Decoupled weight decay, then the step, in the order of torch.optim.AdamW. */
export function adamwCode(c: AdamWConstants): string {
  const element = elementOf(c.vec4);
  const inputs = [`gradient: ${element}`, "norm: f32", "settings: f32"];
  const outputs = ["parameters", "first", "second"].map((name) => `out ${name}: ${element}`);
  return `${bindings([...inputs, ...outputs], ["size", "decayed"])}
fn setting(i: u32) -> f32 { return settings[${c.settingsOffset}u + i]; }
${entry(WORKGROUP, 0)}
  let length = norm[${c.normOffset}u];
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
  for (var k = 0u; k < ${UPDATES}u; k++) {
    let i = ((${GROUP} * ${UPDATES}u + k) * ${WORKGROUP}u + local) * 4u;
    if (i < params.size) {
${update(c)}
    }
  }
}`;
}

function update(c: AdamWConstants): string {
  const tail = { position: "i", limit: "params.size" };
  const load = (name: string, offset: number) =>
    load4(name, `(${offset}u + i)`, c.vec4, c.vec4 ? undefined : tail);
  const store = (name: string, offset: number, value: string) =>
    store4(name, `(${offset}u + i)`, value, c.vec4, tail);
  return `let g = clip * ${load("gradient", c.gradientOffset)};
let m = mix(g, ${load("first", c.firstOffset)}, beta1);
let v = beta2 * ${load("second", c.secondOffset)} + (1.0 - beta2) * g * g;
let decays = (vec4u(i) + vec4u(0u, 1u, 2u, 3u)) < vec4u(params.decayed);
let kept = select(vec4f(1.0), vec4f(1.0 - decay), decays);
let step = firstScale * m / (sqrt(v * secondScale) + epsilon);
let p = ${load("parameters", c.parameterOffset)} * kept - step;
${store("first", c.firstOffset, "m")}
${store("second", c.secondOffset, "v")}
${store("parameters", c.parameterOffset, "p")}`;
}
