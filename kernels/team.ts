/**
 * Teams: threads that share one row of logits and reduce over it in a fixed order.
 *
 * A team is a subgroup, or else threads that exchange through workgroup memory: a few, several
 * teams to a workgroup, or for long rows the whole workgroup. Rows short enough are held in
 * registers, longer ones read again on every pass.
 *
 * @module
 */
import type { Gpu } from "../src/gpu/gpu.ts";
import { load4, repeat } from "./wgsl.ts";

/** Threads that share a row. */
export interface Team {
  /** Threads of a team, a power of two. */
  readonly lanes: number;
  /** Teams of a workgroup. */
  readonly teams: number;
  /** Whether a team is a subgroup. */
  readonly subgroups: boolean;
}

const GROUP_THREADS = 64;
const LONG_ROW = 1024;
const LANES_WITHOUT_SUBGROUPS = 8;

/**
 * The team for rows of this many columns. Long rows take whole workgroups: they occupy a GPU
 * better, and lavapipe ends a thread's loops without a word once they have gone round 65,535 times
 * in all, which the many passes of the sampler over a long row would reach.
 */
export function teamFor(gpu: Gpu, columns: number): Team {
  return teamOf(gpu, teamKind(gpu, isLongRow(columns)));
}

/** The kind of team that {@linkcode teamFor} gives to long or short rows. */
export function teamKind(gpu: Gpu, long: boolean): TeamKind {
  if (long) return "workgroup";
  return gpu.subgroupSize > 0 ? "subgroup" : "threads";
}

/** Lanes that work together where they fill no workgroup: a subgroup, or as many as stand in for one. */
export const lanesOf = (gpu: Gpu): number => gpu.subgroupSize || LANES_WITHOUT_SUBGROUPS;

/** Kinds of team: a subgroup, a few threads that exchange through memory, a whole workgroup. */
export type TeamKind = "subgroup" | "threads" | "workgroup";

/** Whether rows of this many columns are long, as {@linkcode teamFor} sees it. */
export const isLongRow = (columns: number): boolean => columns > LONG_ROW;

/** The team of a kind. */
export function teamOf(gpu: Gpu, kind: TeamKind): Team {
  if (kind === "workgroup") return { lanes: 256, teams: 1, subgroups: false };
  const subgroups = kind === "subgroup";
  const lanes = subgroups ? gpu.subgroupSize : LANES_WITHOUT_SUBGROUPS;
  return { lanes, teams: Math.max(1, GROUP_THREADS / lanes), subgroups };
}

type Reduction = "sumF32" | "maxF32" | "sumU32" | "maxU32" | "minU32";

/** WGSL functions of the same names, each over one value a lane; every lane gets the result. */
export function reductions(team: Team, names: readonly Reduction[]): string {
  const shared = ["F32", "U32"].filter((kind) => names.some((name) => name.endsWith(kind)));
  const scratch = team.subgroups
    ? ""
    : shared.map((kind) =>
      `var<workgroup> scratch${kind}: array<${kind.toLowerCase()}, ${team.lanes * team.teams}>;\n`
    ).join("");
  return scratch + names.map((name) => reduction(team, name)).join("\n");
}

function reduction(team: Team, name: Reduction): string {
  const kind = name.slice(3);
  const type = kind.toLowerCase();
  const join = (a: string, b: string) =>
    name.startsWith("sum") ? `${a} + ${b}` : `${name.slice(0, 3)}(${a}, ${b})`;
  const head = `fn ${name}(value: ${type}, local: u32) -> ${type} {`;
  const steps = Math.log2(team.lanes);
  if (team.subgroups) {
    return `${head}
  var x = value;
  ${repeat(steps, (i) => `x = ${join("x", `subgroupShuffleXor(x, ${1 << i}u)`)};`)}
  return x;
}`;
  }
  const at = `scratch${kind}`;
  // The first barrier keeps a reduction from overwriting what the one before is still handing out.
  return `${head}
  let inTeam = local % ${team.lanes}u;
  workgroupBarrier();
  ${at}[local] = value;
  workgroupBarrier();
  for (var half = ${team.lanes / 2}u; half > 0u; half >>= 1u) {
    if (inTeam < half) { ${at}[local] = ${join(`${at}[local]`, `${at}[local + half]`)}; }
    workgroupBarrier();
  }
  return ${at}[local - inTeam];
}`;
}

/** One row as a team reads it. */
export interface Row {
  /** Who reads. */
  readonly team: Team;
  /** Name of the binding. */
  readonly array: string;
  /** Columns that count; those past them are read as the lowest float. */
  readonly columns: number;
  /** Columns to walk over, padding among them. */
  readonly width: number;
  /** Whether rows can be read as vec4f. */
  readonly vec4: boolean;
}

const MAX_HELD = 12;

/** Passes over four columns a lane that a row takes. */
function steps(row: Row): number {
  return Math.ceil(row.width / (4 * row.team.lanes));
}

/** Whether the row stays in registers. */
export function isHeld(row: Row): boolean {
  return steps(row) <= MAX_HELD;
}

/** WGSL names: `inTeam` (lane), `firstColumn` (of the lane), `team` (within the workgroup). */
export function teamPlace({ lanes, teams }: Team): string {
  return `let inTeam = local % ${lanes}u;
  let firstColumn = inTeam * 4u;
  let team = ${teams === 1 ? "0u" : `local / ${lanes}u`};`;
}

/** Reads the row that starts at element `rowAt` to registers, if it is {@linkcode isHeld}. */
export function holdRow(row: Row): string {
  if (!isHeld(row)) return "";
  return repeat(steps(row), (i) => `var x${i} = ${quad(row, columnOf(row, i), i)};`);
}

/** Runs WGSL for each four columns of a lane: `column` is the first, and `body` gets their name. */
export function eachQuad(row: Row, body: (x: string) => string): string {
  if (isHeld(row)) {
    return repeat(
      steps(row),
      (i) => `{ let column = ${columnOf(row, i)};\n${body(`x${i}`)} }`,
    );
  }
  const step = 4 * row.team.lanes;
  return `for (var column = firstColumn; column < ${row.width}u; column += ${step}u) {
  var x = ${quad(row, "column")};
${body("x")}
}`;
}

function columnOf(row: Row, i: number): string {
  return `(firstColumn + ${4 * row.team.lanes * i}u)`;
}

/** Four columns, read inside the row; those that do not count become the lowest float. */
function quad(row: Row, column: string, step?: number): string {
  const inside = row.vec4 ? `min(${column}, ${row.width - 4}u)` : column;
  const loaded = load4(row.array, `rowAt + ${inside}`, row.vec4);
  const whole = step !== undefined && (step + 1) * 4 * row.team.lanes <= row.columns;
  return whole
    ? loaded
    : `select(vec4f(LOWEST), ${loaded}, columns4(${column}) < vec4u(${row.columns}u))`;
}

/** WGSL that the row's readers refer to. */
export const ROW_DECLARATIONS = `const LOWEST = -3.40282346e38;
const NOT_FINITE = 0x7f800000u;
fn columns4(column: u32) -> vec4u { return vec4u(column) + vec4u(0u, 1u, 2u, 3u); }
fn magnitude(x: vec4f) -> vec4u { return bitcast<vec4u>(x) & vec4u(0x7fffffffu); }
fn largest(x: vec4u) -> u32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn total(x: vec4f) -> f32 { return (x.x + x.y) + (x.z + x.w); }
`;
