/**
 * WGSL of softmax cross-entropy over columns that come in chunks: the statistics of a row so far, and
 * the gradient of a chunk once they are complete (online normaliser: Milakov and Gimelshein 2018).
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { eachQuad, holdRow, reductions, type Row, ROW_DECLARATIONS, teamPlace } from "../team.ts";
import { bindings, elementOf, entry, load4, store4 } from "../wgsl.ts";
import { IGNORED, largestLogit, type RowLossConstants } from "./wgsl.ts";

/** What is baked into the text; `vocabulary` is that of all chunks together. */
export interface ChunkConstants extends RowLossConstants {
  /** Columns of the chunk that count; those past them are padding. */
  readonly counted: number;
}

/** Words of a row's statistics: largest logit, Σ exp(x − it), the label's logit, and {@linkcode BEST}. */
export const STATISTICS = 4;

/** The fourth word: the first column with the largest logit, or all ones for a row that failed. */
const BEST = `const FAILED = 0xffffffffu;
fn isKnown(label: i32) -> bool { return label >= 0 && label < VOCABULARY; }
`;

const declarations = (c: ChunkConstants) =>
  `${ROW_DECLARATIONS}const VOCABULARY = ${c.vocabulary};\n${BEST}`;

/** Takes a chunk into the statistics of each row; the last chunk also leaves loss and `correct`. */
export function statisticsCode(c: ChunkConstants): string {
  const { team, vec4 } = c;
  const row: Row = { team, array: "logits", columns: c.counted, width: c.width, vec4 };
  const target = vec4
    ? "logits[(rowAt + target_) >> 2u][(rowAt + target_) & 3u]"
    : "logits[rowAt + target_]";
  const arrays = [`logits: ${elementOf(vec4)}`, "labels: i32", "out statistics: vec4u"];
  const outputs = ["out rowLoss: f32", "out correct: u32"];
  return `${bindings([...arrays, ...outputs], ["rows", "start", "last"])}
${declarations(c)}${reductions(team, ["sumF32", "maxF32", "maxU32", "minU32"])}
${entry(team.lanes * team.teams, team.subgroups ? team.lanes : 0)}
  ${teamPlace(team)}
  let wanted = ${GROUP} * ${team.teams}u + team;
  let r = min(wanted, params.rows - 1u);
  let rowAt = ${c.offset}u + r * ${c.stride}u;
  let label = labels[${c.labelOffset}u + r];
  let here = isKnown(label) && u32(label) >= params.start && u32(label) < params.start + ${c.counted}u;
  let target_ = select(0u, u32(label) - params.start, here);
  let targetLogit = ${target};
${holdRow(row)}
${largestLogit(row)}
  var sums = vec4f();
  var firsts = vec4u(FAILED);
${
    eachQuad(row, (x) =>
      `sums += exp(${x} - top);
    firsts = min(firsts, select(vec4u(FAILED), columns4(column), ${x} == vec4f(top)));`)
  }
  let all = sumF32(total(sums), local);
  let first = minU32(min(min(firsts.x, firsts.y), min(firsts.z, firsts.w)), local);
${join()}
  if (wanted < params.rows && inTeam == 0u) {
    statistics[r] = joined;
    if (params.last == 1u) {
      let failed = joined.w == FAILED || (!isKnown(label) && label != ${IGNORED});
      let nan = bitcast<f32>(joined.w | 0x7fc00000u);
      let loss = log(sum) - (bitcast<f32>(joined.z) - newTop);
      rowLoss[r] = select(select(loss, nan, failed), 0.0, label == ${IGNORED});
      correct[r] = select(0u, 1u, !failed && label != ${IGNORED} && i32(joined.w) == label);
    }
  }
}`;
}

/** `joined`, the statistics with the chunk's `top`, `all`, `first`, `wrong` and `targetLogit`. */
function join(): string {
  return `  let before = statistics[r];
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
  );`;
}

/** Threads of a workgroup of the gradient. */
export const GRADIENT_WORKGROUP = 64;

/** weight·(softmax − [column = label]) over the logits of a chunk, four columns a thread. */
export function chunkGradientCode(c: ChunkConstants): string {
  const quads = Math.ceil(c.width / 4);
  const tail = { position: "column", limit: `${c.width}u` };
  const arrays = [`out logits: ${elementOf(c.vec4)}`, "labels: i32", "weights: f32"];
  return `${bindings([...arrays, "statistics: vec4u"], ["rows", "start"])}
${declarations(c)}
${entry(GRADIENT_WORKGROUP, 0)}
  let i = ${GROUP} * ${GRADIENT_WORKGROUP}u + local;
  let r = i / ${quads}u;
  let column = (i % ${quads}u) * 4u;
  if (r >= params.rows) { return; }
  let at = ${c.offset}u + r * ${c.stride}u + column;
  let label = labels[${c.labelOffset}u + r];
  let row = statistics[r];
  let failed = row.w == FAILED || (!isKnown(label) && label != ${IGNORED});
  // Any bits that are not zero past an infinite exponent are a NaN, and no compiler can fold these.
  let scale = select(weights[${c.weightOffset}u + r], bitcast<f32>(row.w | 0x7fc00000u), failed);
  let p = exp(${load4("logits", "at", c.vec4, tail)} - bitcast<f32>(row.x)) / bitcast<f32>(row.y);
  let four = columns4(column);
  let hit = select(vec4f(), vec4f(1.0), vec4u(params.start) + four == vec4u(u32(label)));
  let counts = four < vec4u(select(${c.counted}u, 0u, label == ${IGNORED}));
  let slope = select(vec4f(), scale * (p - hit), counts);
  ${store4("logits", "at", "slope", c.vec4, tail)}
}`;
}
