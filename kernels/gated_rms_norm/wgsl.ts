/**
 * WGSL of the gated norm: a team of lanes takes one group of channels of one row.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { reductions, type Team } from "../team.ts";
import { bindings, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** A strided array as the text sees it. */
export interface View {
  /** Elements from one row to the next. */
  readonly stride: number;
  /** First element within the binding. */
  readonly offset: number;
  /** Whether rows and groups can be read and written as vectors of four. */
  readonly vec4: boolean;
  /** Whether it is of f16. */
  readonly half: boolean;
}

/** What both directions bake into their text. */
export interface GatedConstants {
  /** Groups of a row. */
  readonly groups: number;
  /** Channels of a group. */
  readonly width: number;
  /** Who shares a group. */
  readonly team: Team;
  /** Added to the mean square. */
  readonly epsilon: number;
  /** By the bindings' names. */
  readonly at: Readonly<Record<string, View>>;
}

/** Fours of channels that a lane keeps in registers; beyond, it reads them twice. */
const HELD = 8;

const steps = (c: GatedConstants): number => Math.ceil(c.width / (4 * c.team.lanes));

const place = (c: GatedConstants, name: string): string => {
  const { stride, offset } = c.at[name];
  return `${offset}u + row * ${stride}u + first + i`;
};

const tail = (c: GatedConstants) => ({ position: "i", limit: `${c.width}u` });

const load = (c: GatedConstants, name: string): string => {
  const { vec4, offset } = c.at[name];
  const index = name === "weight" ? `${offset}u + first + i` : place(c, name);
  // Past the group's end every operand counts as zero.
  const value = load4(name, vec4 ? `min(${index}, ${lastWord(c, name)})` : index, vec4, tail(c));
  return vec4 ? `select(vec4f(), ${value}, i < ${c.width}u)` : value;
};

/** The last word of the group, so that no lane reads past the array. */
const lastWord = (c: GatedConstants, name: string): string => {
  const { stride, offset } = c.at[name];
  return name === "weight"
    ? `${offset + c.width - 4}u + first`
    : `${offset + c.width - 4}u + row * ${stride}u + first`;
};

/** Runs text for each four channels `i` of a lane; in registers where they fit. */
function eachQuad(c: GatedConstants, body: (suffix: string) => string): string {
  const step = 4 * c.team.lanes;
  if (steps(c) > HELD) {
    return `for (var i = inTeam * 4u; i < ${c.width}u; i += ${step}u) { ${body("")} }`;
  }
  return repeat(steps(c), (k) => body(`${k}`).replaceAll(/\bi\b/g, `i${k}`));
}

const head = (c: GatedConstants, arrays: readonly string[]): string => {
  const { lanes, teams, subgroups } = c.team;
  return `${bindings(arrays, ["rows"])}${reductions(c.team, ["sumF32"])}
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
fn sigmoid(x: vec4f) -> vec4f { return 1.0 / (1.0 + exp(-x)); }
${entry(lanes * teams, subgroups ? lanes : 0)}
  let inTeam = local % ${lanes}u;
  let wanted = ${GROUP} * ${teams}u + local / ${lanes}u;
  let live = wanted < params.rows * ${c.groups}u;
  let unit = min(wanted, params.rows * ${c.groups}u - 1u);
  let row = unit / ${c.groups}u;
  let first = unit % ${c.groups}u * ${c.width}u;
  ${
    steps(c) > HELD
      ? ""
      : repeat(steps(c), (k) => `let i${k} = inTeam * 4u + ${k * 4 * lanes}u;`)
  }`;
};

const store = (c: GatedConstants, name: string, value: string): string =>
  `if (live) { ${store4(name, place(c, name), value, c.at[name].vec4, tail(c), c.at[name].half)} }`;

const declare = (c: GatedConstants, name: string): string =>
  `${name}: ${elementOf(c.at[name].vec4, c.at[name].half)}`;

/** out = v·weight / √(mean v² + ε) over each group, v = x·SiLU(z). */
export function gatedNormCode(c: GatedConstants): string {
  const arrays = [
    declare(c, "x"),
    declare(c, "z"),
    declare(c, "weight"),
    `out ${declare(c, "result")}`,
    "out inverse: f32",
  ];
  const held = steps(c) <= HELD;
  const read = (s: string) =>
    `let z${s} = ${load(c, "z")}; let v${s} = ${load(c, "x")} * z${s} * sigmoid(z${s});`;
  return `${head(c, arrays)}
  var squares = vec4f();
  ${eachQuad(c, (s) => `${read(s)} squares = fma(v${s}, v${s}, squares);`)}
  let r = inverseSqrt(fma(sumF32(total(squares), local), ${1 / c.width}, ${c.epsilon}));
  if (live && inTeam == 0u) { inverse[unit] = r; }
  ${
    eachQuad(
      c,
      (s) => `${held ? "" : read(s)} ${store(c, "result", `v${s} * r * ${load(c, "weight")}`)}`,
    )
  }
}`;
}

/** Gradients of x and z, and of the weight before the sum over rows. */
export function gatedNormBackwardCode(c: GatedConstants): string {
  const arrays = [
    declare(c, "x"),
    declare(c, "z"),
    declare(c, "weight"),
    declare(c, "dOut"),
    "inverse: f32",
    `out ${declare(c, "dx")}`,
    `out ${declare(c, "dz")}`,
    `out ${declare(c, "terms")}`,
  ];
  const held = steps(c) <= HELD;
  const read = (s: string) =>
    `let z${s} = ${load(c, "z")}; let x${s} = ${load(c, "x")}; let s${s} = sigmoid(z${s});
let v${s} = x${s} * z${s} * s${s}; let d${s} = ${load(c, "dOut")};
let g${s} = d${s} * ${load(c, "weight")};`;
  const write = (s: string) =>
    `{ ${held ? "" : read(s)}
let dv = r * (g${s} - v${s} * k);
${store(c, "dx", `(dv * z${s} * s${s})`)}
${store(c, "dz", `(dv * x${s} * s${s} * fma(z${s}, 1.0 - s${s}, vec4f(1.0)))`)}
${store(c, "terms", `(d${s} * v${s} * r)`)} }`;
  return `${head(c, arrays)}
  let r = inverse[unit];
  var products = vec4f();
  ${eachQuad(c, (s) => `${read(s)} products = fma(g${s}, v${s}, products);`)}
  let k = r * r * sumF32(total(products), local) * ${1 / c.width};
  ${eachQuad(c, write)}
}`;
}
