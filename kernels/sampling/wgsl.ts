/**
 * WGSL that picks a token from each row of logits: the largest, or a random one.
 *
 * Thresholds and the token itself are found by bisection over integers: order-preserving keys of
 * the logits, and columns. Each step sums over the row in the one fixed order. Such a sum never shrinks
 * when a term grows, rounding included, so that bisection finds what a search of all would.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import {
  eachQuad,
  holdRow,
  reductions,
  type Row,
  ROW_DECLARATIONS,
  type Team,
  teamPlace,
} from "../team.ts";
import { bindings, elementOf, entry } from "../wgsl.ts";

/** Shares of the largest probability below exp of this are 0, whatever the driver's exp does. */
export const NEGLIGIBLE = -87;

/** What is baked into the text of both choices. */
export interface PickConstants {
  /** Who shares a row. */
  readonly team: Team;
  /** Columns that count. */
  readonly vocabulary: number;
  /** Elements between rows of the logits. */
  readonly stride: number;
  /** First logit within its binding. */
  readonly offset: number;
  /** Whether rows of `vocabulary` columns, rounded up, can be read as vec4f. */
  readonly vec4: boolean;
}

/** What is baked into the text of the random choice besides. */
export interface SampleConstants extends PickConstants {
  /** Whether only the largest so many logits are kept. */
  readonly topK: boolean;
  /** Whether only the largest probabilities of a given sum are kept. */
  readonly topP: boolean;
  /** First uniform number within its binding. */
  readonly uniformOffset: number;
}

const DECLARATIONS = (columns: number) =>
  `${ROW_DECLARATIONS}
// Unsigned integers in the order of the floats, the same for both zeros; padding comes below all.
fn keys(x: vec4f, column: u32) -> vec4u {
  let bits = bitcast<vec4u>(select(x, vec4f(), x == vec4f()));
  let ordered = bits ^ select(vec4u(0x80000000u), vec4u(0xffffffffu), bits >= vec4u(0x80000000u));
  return select(vec4u(), ordered, columns4(column) < vec4u(${columns}u));
}
fn isNan(x: vec4f) -> vec4u {
  return select(vec4u(), vec4u(1u), magnitude(x) > vec4u(NOT_FINITE));
}
`;

/** Columns are padded to whole vectors: a row that is read as vec4f has that much room. */
function rowOf(c: PickConstants): Row {
  const width = Math.ceil(c.vocabulary / 4) * 4;
  return { team: c.team, array: "logits", columns: c.vocabulary, width, vec4: c.vec4 };
}

/** Where the team stands, with its row in registers if it fits. */
function place(c: PickConstants): string {
  return `${entry(c.team.lanes * c.team.teams, c.team.subgroups ? c.team.lanes : 0)}
  ${teamPlace(c.team)}
  let wanted = ${GROUP} * ${c.team.teams}u + team;
  let r = min(wanted, params.rows - 1u);
  let rowAt = ${c.offset}u + r * ${c.stride}u;
${holdRow(rowOf(c))}`;
}

/** choice[r] = the first column with the largest logit, or −1 where one is NaN. */
export function argmaxCode(c: PickConstants): string {
  return `${bindings([`logits: ${elementOf(c.vec4)}`, "out choice: i32"], ["rows"])}
${DECLARATIONS(c.vocabulary)}
${reductions(c.team, ["maxU32", "minU32"])}
${place(c)}
  var best = vec4u();
  var bestColumns = vec4u();
  var nan = vec4u();
${
    eachQuad(rowOf(c), (x) =>
      `let key = keys(${x}, column);
nan = nan | isNan(${x});
bestColumns = select(bestColumns, columns4(column), key > best);
best = max(best, key);`)
  }
  let top = maxU32(largest(best), local);
  let tops = select(vec4u(0xffffffffu), bestColumns, best == vec4u(top));
  let first = minU32(min(min(tops.x, tops.y), min(tops.z, tops.w)), local);
  let failed = maxU32(largest(nan), local) > 0u;
  if (wanted < params.rows && inTeam == 0u) { choice[r] = select(i32(first), -1, failed); }
}`;
}

/** choice[r] = a column drawn by uniforms[r], or −1 where the softmax is not a number. */
export function sampleCode(c: SampleConstants): string {
  const arrays = [`logits: ${elementOf(c.vec4)}`, "uniforms: f32", "out choice: i32"];
  return `${bindings(arrays, ["rows", "temperature", "topK", "topP"])}
${DECLARATIONS(c.vocabulary)}
fn weight(x: vec4f, top: f32, temperature: f32) -> vec4f {
  let power = (x - top) / temperature;
  return select(exp(power), vec4f(), power < vec4f(${NEGLIGIBLE}.0));
}
${reductions(c.team, ["sumF32", "sumU32", "maxU32"])}
${place(c)}
${largestKey(c)}
  let temperature = bitcast<f32>(params.temperature);
  var threshold = 1u;
${c.topK ? thresholdOfTopK(c) : ""}
${c.topP ? thresholdOfTopP(c) : ""}
${draw(c)}
  if (wanted < params.rows && inTeam == 0u) { choice[r] = select(i32(drawn), -1, failed); }
}`;
}

/** `top`, the largest logit, and `failed`: a NaN, a largest of +∞, or nothing but −∞. */
function largestKey(c: SampleConstants): string {
  return `  var best = vec4u();
  var nan = vec4u();
${eachQuad(rowOf(c), (x) => `best = max(best, keys(${x}, column)); nan = nan | isNan(${x});`)}
  let topKey = maxU32(largest(best), local);
  let top = bitcast<f32>(topKey ^ select(0xffffffffu, 0x80000000u, topKey >= 0x80000000u));
  let infinite = topKey == 0xff800000u || topKey == 0x007fffffu;
  let failed = maxU32(largest(nan), local) > 0u || infinite;`;
}

/** The largest threshold that at least K keys reach is the K-th largest key. */
function thresholdOfTopK(c: SampleConstants): string {
  const body = (x: string) =>
    `reached += select(vec4u(), vec4u(1u), keys(${x}, column) >= vec4u(candidate));`;
  return `  threshold = 0u;
  for (var bit = 0x80000000u; bit > 0u; bit >>= 1u) {
    let candidate = threshold | bit;
    var reached = vec4u();
${eachQuad(rowOf(c), body)}
    let count = sumU32((reached.x + reached.y) + (reached.z + reached.w), local);
    threshold = select(threshold, candidate, count >= params.topK);
  }`;
}

/** Declares `name`, the sum of the weights of columns before `end` whose keys reach `lowest`. */
function sumOfKept(c: SampleConstants, name: string, lowest: string, end?: string): string {
  const before = end ? ` & (columns4(column) < vec4u(${end}))` : "";
  const body = (x: string) =>
    `let kept = (keys(${x}, column) >= vec4u(${lowest}))${before};
sums += select(vec4f(), weight(${x}, top, temperature), kept);`;
  return `var ${name} = 0.0;
  { var sums = vec4f();
${eachQuad(rowOf(c), body)}
  ${name} = sumF32(total(sums), local); }`;
}

/** The largest threshold at which the kept weights still make up P of those the top K have. */
function thresholdOfTopP(c: SampleConstants): string {
  return `  ${sumOfKept(c, "whole", "threshold")}
  let share = bitcast<f32>(params.topP) * whole;
  let floor_ = threshold;
  threshold = 0u;
  for (var bit = 0x80000000u; bit > 0u; bit >>= 1u) {
    let candidate = threshold | bit;
    ${sumOfKept(c, "part", "max(candidate, floor_)")}
    threshold = select(threshold, candidate, part >= share);
  }`;
}

/** The first column whose cumulative weight is beyond the uniform number's share of the whole. */
function draw(c: SampleConstants): string {
  const highest = 1 << Math.floor(Math.log2(c.vocabulary));
  return `  ${sumOfKept(c, "all", "threshold")}
  let goal = uniforms[${c.uniformOffset}u + r] * all;
  var drawn = 0u;
  for (var bit = ${highest}u; bit > 0u; bit >>= 1u) {
    let candidate = drawn | bit;
    ${sumOfKept(c, "before", "threshold", "candidate")}
    drawn = select(drawn, candidate, before <= goal);
  }`;
}
