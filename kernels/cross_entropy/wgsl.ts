/**
 * WGSL of softmax cross-entropy with its gradient, and of the weighted sum over rows.
 *
 * @module
 */
import {
  eachQuad,
  holdRow,
  isHeld,
  reductions,
  type Row,
  ROW_DECLARATIONS,
  type Team,
  teamPlace,
} from "../team.ts";
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, repeat, store4 } from "../wgsl.ts";

/** The label that takes a row out of the loss, as in PyTorch. */
export const IGNORED = -100;

/** What is baked into the text of the loss of a row. */
export interface RowLossConstants {
  /** Who shares a row. */
  readonly team: Team;
  /** Columns that count; those past them are padding. */
  readonly vocabulary: number;
  /** Columns of the logits. */
  readonly width: number;
  /** Elements between rows of the logits. */
  readonly stride: number;
  /** First logit within its binding. */
  readonly offset: number;
  /** Whether the logits can be read and written as vec4f. */
  readonly vec4: boolean;
  /** First label within its binding. */
  readonly labelOffset: number;
  /** First weight within its binding. */
  readonly weightOffset: number;
}

/** Loss and gradient of each row, the gradient over the logits. */
export function rowLossCode(c: RowLossConstants): string {
  const { team, vocabulary: columns, width, vec4 } = c;
  const row: Row = { team, array: "logits", columns, width, vec4 };
  const arrays = [`out logits: ${elementOf(vec4)}`, "labels: i32", "weights: f32"];
  const outputs = ["out rowLoss: f32", "out correct: u32"];
  return `${bindings([...arrays, ...outputs], ["rows"])}
${ROW_DECLARATIONS}
${reductions(team, ["sumF32", "maxF32", "maxU32"])}
${entry(team.lanes * team.teams, team.subgroups ? team.lanes : 0)}
  ${teamPlace(team)}
  let wanted = ${GROUP} * ${team.teams}u + team;
  let r = min(wanted, params.rows - 1u);
  let rowAt = ${c.offset}u + r * ${c.stride}u;
  let label = labels[${c.labelOffset}u + r];
  let known = label >= 0 && label < ${columns};
  let target_ = u32(select(0, label, known));
  let targetLogit = ${
    vec4 ? "logits[(rowAt + target_) >> 2u][(rowAt + target_) & 3u]" : "logits[rowAt + target_]"
  };
${holdRow(row)}
${largestLogit(row)}
${sum(row)}
  let failed = wrong >= NOT_FINITE || (!known && label != ${IGNORED});
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let nan = bitcast<f32>(wrong | 0x7fc00000u);
  let loss = select(log(all) - (targetLogit - top), nan, failed);
  let scale = select(weights[${c.weightOffset}u + r], nan, failed);
${gradient(c, row)}
  if (wanted < params.rows && inTeam == 0u) {
    rowLoss[r] = select(loss, 0.0, label == ${IGNORED});
    correct[r] = select(0u, 1u, known && !failed && targetLogit == top && !beaten);
  }
}`;
}

/** `top`, the largest logit, and `wrong`, the largest magnitude as an integer, NaN above all. */
export function largestLogit(row: Row): string {
  return `  var tops = vec4f(LOWEST);
  var magnitudes = vec4u();
${eachQuad(row, (x) => `tops = max(tops, ${x}); magnitudes = max(magnitudes, magnitude(${x}));`)}
  let top = maxF32(max(max(tops.x, tops.y), max(tops.z, tops.w)), local);
  let wrong = maxU32(largest(magnitudes), local);`;
}

/** `all`, the sum of exp(x − top), and whether the largest logit stands before the label too. */
function sum(row: Row): string {
  return `  var sums = vec4f();
  var ties = vec4<bool>();
${
    eachQuad(row, (x) =>
      `ties = ties | ((${x} == vec4f(top)) & (columns4(column) < vec4u(target_)));
${isHeld(row) ? `${x} = exp(${x} - top); sums += ${x};` : `sums += exp(${x} - top);`}`)
  }
  let all = sumF32(total(sums), local);
  let beaten = maxU32(select(0u, 1u, any(ties)), local) > 0u;
  let inverse = 1.0 / all;`;
}

/** scale·(softmax − [column = label]); nothing but zeros where the row is ignored. */
function gradient(c: RowLossConstants, row: Row): string {
  const tail = { position: "column", limit: `${c.width}u` };
  const body = (x: string) =>
    `let four = columns4(column);
    let p = ${isHeld(row) ? x : `exp(${x} - top)`} * inverse;
    let hit = select(vec4f(), vec4f(1.0), four == vec4u(target_));
    let counts = four < vec4u(select(${c.vocabulary}u, 0u, label == ${IGNORED}));
    let slope = select(vec4f(), scale * (p - hit), counts);
    ${store4("logits", "(rowAt + column)", "slope", c.vec4, tail)}`;
  return `  if (wanted < params.rows) {
${eachQuad(row, body)}
  }`;
}

/** Threads of the workgroup that sums over rows. */
export const SUM_WORKGROUP = 256;

/** loss = Σ weight·rowLoss: each thread its own rows in order, then pairs. */
export function weightedSumCode(weightOffset: number): string {
  return `${bindings(["rowLoss: f32", "weights: f32", "out loss: f32"], ["rows"])}
var<workgroup> sums: array<f32, ${SUM_WORKGROUP}>;
${entry(SUM_WORKGROUP, 0)}
  var sum = 0.0;
  for (var r = local; r < params.rows; r += ${SUM_WORKGROUP}u) {
    sum += rowLoss[r] * weights[${weightOffset}u + r];
  }
  sums[local] = sum;
  workgroupBarrier();
${
    repeat(Math.log2(SUM_WORKGROUP), (i) => {
      const half = SUM_WORKGROUP >> (i + 1);
      return `  if (local < ${half}u) { sums[local] += sums[local + ${half}u]; }
  workgroupBarrier();`;
    })
  }
  if (local == 0u) { loss[0] = sums[0]; }
}`;
}
