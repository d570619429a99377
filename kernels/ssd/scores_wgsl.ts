/**
 * WGSL of what the steps of a chunk give one another, and of the gradients that go through it.
 *
 * The score of steps t ≥ s is C_t·B_s times the decay from s to t times the step size of s, and on the
 * diagonal D besides. Scores lie as `[s, t]`, so that a lane, which owns steps s, stores successive t.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, entry, repeat, SOFTPLUS } from "../wgsl.ts";
import {
  at,
  commonWidth,
  inSequence,
  join,
  laneColumns,
  multiply,
  part,
  type Place,
  RowOperand,
  rowsOf,
  type SsdConstants,
  stepFactor,
  tileHead,
  token,
  typeOf,
  type Width,
} from "./tile.ts";
import {
  begins,
  laneSum,
  literal,
  scoreOperand,
  scoreRange,
  type Series,
  type StepConstants,
  WORKGROUP,
} from "./wgsl.ts";

/** What the kernel of scores bakes in. */
export interface ScoreConstants extends SsdConstants {
  /** B. */
  readonly B: Series;
  /** C; words as wide as B's. */
  readonly C: Series;
  /** First element of D. */
  readonly D: number;
  /** Whether sequences begin within chunks. */
  readonly packed: boolean;
  /** Goes back too: x and the gradient of y, in words of one width. */
  readonly back?: { readonly x: Series; readonly dOut: Series };
}

/** The smallest normal float: devices may take smaller ones for zero. */
const SMALLEST = "1.1754944e-38";

/** Columns of a lane, `lanes` apart. */
const lanesColumns = (c: SsdConstants): number => Math.ceil(c.chunk / c.lanes);

const each = (rows: number, columns: number, piece: (r: number, j: number) => string): string =>
  repeat(rows, (r) => repeat(columns, (j) => piece(r, j)));

/** name_r_j += rows·columnsᵀ over `size` of depth, for all rows and the lane's columns. */
function outerProduct(
  c: SsdConstants,
  name: string,
  size: number,
  [rowArray, rowSeries]: readonly [string, Series],
  [columnArray, columnSeries]: readonly [string, Series],
  inner: string,
): string {
  const [rows, columns] = [rowsOf(c), lanesColumns(c)];
  const { width } = rowSeries;
  const a = new RowOperand(
    c,
    `${name}a`,
    rows,
    width,
    "rows",
    width,
    (row, step) =>
      at(rowArray, `${token(rowSeries.place, c, `(t0 + ${row})`)} + ${inner} + k + ${step}`, width),
  );
  const loads = repeat(
    columns,
    (j) =>
      `let ${name}b${j} = ${
        at(columnArray, `${token(columnSeries.place, c, `s${j}`)} + ${inner} + k`, width)
      };`,
  );
  const products = repeat(
    width,
    (k) =>
      each(
        rows,
        columns,
        (r, j) =>
          `${name}_${r}_${j} = fma(${a.value(r, k)}, ${
            part(`${name}b${j}`, width, k)
          }, ${name}_${r}_${j});`,
      ),
  );
  return `${each(rows, columns, (r, j) => `var ${name}_${r}_${j} = 0.0;`)}
for (var k = 0u; k < ${size}u; k += ${width}u) {
${a.load()}
${loads}
${products}
}`;
}

/**
 * Scores of every head. Going back also: the gradient of C·Bᵀ summed over the heads of a group, as
 * `[s, t]` too; by step s and tile of rows, what comes to the log decay up to s, to its step size, and
 * to D; and by step t what comes to the log decay up to t.
 */
export function scoresCode(c: ScoreConstants): string {
  const [rows, columns] = [rowsOf(c), lanesColumns(c)];
  const word = commonWidth(rows);
  const perGroup = c.heads / c.groups;
  const decays = stepFactor(c, "d", rows, "x", "t0");
  const ordinals = new RowOperand(
    c,
    "o",
    rows,
    1,
    "rows",
    1,
    (row) => `ordinals[place * ${c.chunk}u + t0 + ${row}]`,
  );
  const arrays = ["steps: vec4f", `B: ${typeOf(c.B.width)}`, `C: ${typeOf(c.C.width)}`, "D: f32"];
  if (c.packed) arrays.push("ordinals: f32");
  if (c.back) {
    arrays.push(`x: ${typeOf(c.back.x.width)}`, `dOut: ${typeOf(c.back.dOut.width)}`);
  }
  arrays.push(`out scores: ${typeOf(word)}`);
  if (c.back) arrays.push(`out dShared: ${typeOf(word)}`, "out perStep: vec4f", "out taken: f32");
  const axes = [["rowTile", c.chunk / rows], ["group_", c.groups]] as const;
  const ok = (r: number, j: number) =>
    `let ok_${r}_${j} = s${j} <= t0 + ${r}u && sInside${j} && ${inSequence(c, `t0 + ${r}u`)}${
      c.packed ? ` && ${ordinals.value(r, 0)} == ordinal${j}` : ""
    };`;
  const columnsHead = repeat(
    columns,
    (j) =>
      `let sInside${j} = ${j * c.lanes}u + lane < ${c.chunk}u;
let s${j} = min(${j * c.lanes}u + lane, ${c.chunk - 1}u);
${c.packed ? `let ordinal${j} = ordinals[place * ${c.chunk}u + s${j}];` : ""}
${c.back ? repeat(rows, (r) => `var dG_${r}_${j} = 0.0;`) : ""}`,
  );
  const score = (r: number, j: number) =>
    `let l_${r}_${j} = select(0.0, exp2(${decays.value(r, 0)} - step${j}.x), ok_${r}_${j});
let m_${r}_${j} = fma(g_${r}_${j} * l_${r}_${j}, step${j}.y, select(0.0, skip, s${j} == t0 + ${r}u && ok_${r}_${j}));`;
  return `${tileHead(c, arrays, axes, c.back ? laneSum(c) : "")}
  let t0 = rowTile * ${rows}u;
  ${
    c.back
      ? `let allSteps = params.total / ${c.groups * c.chunk / rows}u * ${c.heads * c.chunk}u;`
      : ""
  }
  ${columnsHead}
  ${c.packed ? ordinals.load() : ""}
  ${each(rows, columns, ok)}
  ${outerProduct(c, "g", c.state, ["C", c.C], ["B", c.B], `group_ * ${c.state}u`)}
  for (var i = 0u; i < ${perGroup}u; i++) {
    let head = group_ * ${perGroup}u + i;
    let first = (place * ${c.heads}u + head) * ${c.chunk}u;
    let skip = D[${c.D}u + head];
    ${repeat(columns, (j) => `let step${j} = steps[first + s${j}];`)}
    ${decays.load()}
    ${each(rows, columns, score)}
    ${repeat(columns, (j) => storeRows(c, "scores", "first", (r) => `m_${r}_${j}`, j, word))}
    ${c.back ? headGradients(c, c.back) : ""}
  }
  ${
    c.back
      ? repeat(columns, (j) =>
        storeRows(
          c,
          "dShared",
          `((place * ${c.groups}u + group_) * ${c.chunk}u)`,
          (r) => `dG_${r}_${j}`,
          j,
          word,
        ))
      : ""
  }
}`;
}

/** Stores a lane's column of the tile: successive t of step s. */
function storeRows(
  c: SsdConstants,
  array: string,
  first: string,
  value: (r: number) => string,
  j: number,
  word: Width,
): string {
  const stores = repeat(rowsOf(c) / word, (q) => {
    const parts = Array.from({ length: word }, (_, i) => value(q * word + i));
    return `${at(array, `(${first} + s${j}) * ${c.chunk}u + t0 + ${q * word}u`, word)} = ${
      join(parts)
    };`;
  });
  return `if (live && sInside${j}) { ${stores} }`;
}

function headGradients(
  c: ScoreConstants,
  { x, dOut }: NonNullable<ScoreConstants["back"]>,
): string {
  const [rows, columns] = [rowsOf(c), lanesColumns(c)];
  const gradient = (r: number, j: number) =>
    `{ let d = e_${r}_${j} * l_${r}_${j};
dG_${r}_${j} = fma(d, step${j}.y, dG_${r}_${j});
let q = d * g_${r}_${j};
stepSum${j} += q;
let own = s${j} == t0 + ${r}u;
let later = select(q * step${j}.y, 0.0, own);
given${j} += later;
taken${r} += later;
skipped${j} += select(0.0, e_${r}_${j}, own && ok_${r}_${j}); }`;
  return `${outerProduct(c, "e", c.headDim, ["dOut", dOut], ["x", x], `head * ${c.headDim}u`)}
${repeat(columns, (j) => `var stepSum${j} = 0.0; var given${j} = 0.0; var skipped${j} = 0.0;`)}
${repeat(rows, (r) => `var taken${r} = 0.0;`)}
${each(rows, columns, gradient)}
${
    repeat(columns, (j) =>
      `if (live && sInside${j}) { perStep[rowTile * allSteps + first + s${j}] = vec4f(given${j}, stepSum${j}, skipped${j}, 0.0); }`)
  }
${repeat(rows, (r) => `let all${r} = sumF32(taken${r}, local);`)}
if (live && lane == 0u) { ${repeat(rows, (r) => `taken[first + t0 + ${r}u] = all${r};`)} }`;
}

/** What the kernel of B's or C's gradient bakes in. */
export interface SharedConstants extends SsdConstants {
  /** The gradient of y for dC, x for dB: multiplied by the states' gradients or states. */
  readonly rows: Series;
  /** B for dC, C for dB: multiplied by the gradient of C·Bᵀ. */
  readonly columns: Series;
  /** C for dC, B for dB: in words as wide as those of `columns`. */
  readonly own: Series;
  /** Where the gradient goes. */
  readonly out: Place;
  /** Elements of a word of states. */
  readonly stateWidth: Width;
  /** Member of the steps by which each row's product with the states is weighted. */
  readonly factor: "z" | "w";
  /** dB: sums over later steps instead of earlier ones. */
  readonly back: boolean;
}

/** Tiles that cover the states of B or C. */
export const sharedTiles = (c: SharedConstants): number =>
  Math.ceil(c.state / (c.lanes * c.columns.width));

/**
 * dC_t = Σ_heads factor_t·(dOut_t·statesᵀ) + Σ_s dShared[t, s]·B_s, or dB likewise; and for every head
 * and step the first sum's product with C_t itself, one partial sum a tile of states.
 */
export function sharedGradientCode(c: SharedConstants): string {
  const rows = rowsOf(c);
  const { width } = c.columns;
  const [T, depth] = [typeOf(width), c.stateWidth];
  const perGroup = c.heads / c.groups;
  const a = new RowOperand(c, "a", rows, depth, "rows", depth, (row, step) =>
    at(
      "rows",
      `${token(c.rows.place, c, `(t0 + ${row})`)} + head * ${c.headDim}u + k + ${step}`,
      depth,
    ));
  const factor = stepFactor(c, "f", rows, c.factor, "t0");
  const scores = scoreOperand(c, "dShared", c.back);
  const arrays = [
    "steps: vec4f",
    `rows: ${typeOf(depth)}`,
    `columns: ${T}`,
    `own: ${T}`,
    `states: ${typeOf(depth)}`,
    `dShared: ${typeOf(scores.width)}`,
    `out result: ${T}`,
    "out products: f32",
  ];
  const axes = [
    ["columnTile", sharedTiles(c)],
    ["rowTile", c.chunk / rows],
    ["group_", c.groups],
  ] as const;
  const inner = `group_ * ${c.state}u + n`;
  const column = (k: number) =>
    at("columns", `${token(c.columns.place, c, `(k + ${k}u)`)} + ${inner}`, width);
  const product = (r: number) => width === 1 ? `own${r} * w${r}` : `dot(own${r}, w${r})`;
  return `${tileHead(c, arrays, axes, laneSum(c))}
  let t0 = rowTile * ${rows}u;
  ${laneColumns(c, "n", "columnTile", c.state, width)}
  ${
    repeat(rows, (r) =>
      `var acc${r} = ${T}();
let own${r} = ${at("own", `${token(c.own.place, c, `t0 + ${r}u`)} + ${inner}`, width)};`)
  }
  for (var i = 0u; i < ${perGroup}u; i++) {
    let head = group_ * ${perGroup}u + i;
    let first = (place * ${c.heads}u + head) * ${c.chunk}u;
    let statesAt = ((place * ${c.heads}u + head) * ${c.state}u + n) * ${c.headDim}u;
    ${repeat(rows, (r) => `var v${r} = ${T}();`)}
    for (var k = 0u; k < ${c.headDim}u; k += ${depth}u) {
      ${a.load()}
      ${
    repeat(
      width,
      (j) => `let state${j} = ${at("states", `statesAt + ${j * c.headDim}u + k`, depth)};`,
    )
  }
      ${
    repeat(depth, (k) => {
      const states = Array.from({ length: width }, (_, j) => part(`state${j}`, depth, k));
      return `{ let column = ${join(states)};
${repeat(rows, (r) => `v${r} = fma(${T}(${a.value(r, k)}), column, v${r});`)} }`;
    })
  }
    }
    ${factor.load()}
    ${
    repeat(rows, (r) =>
      `let w${r} = v${r} * ${factor.value(r, 0)};
acc${r} += w${r};
let sum${r} = sumF32(select(0.0, ${product(r)}, nInside), local);`)
  }
    if (live && lane == 0u) { ${
    repeat(
      rows,
      (r) => `products[(first + t0 + ${r}u) * ${sharedTiles(c)}u + columnTile] = sum${r};`,
    )
  } }
  }
  let scoresAt = (place * ${c.groups}u + group_) * ${c.chunk * c.chunk}u;
  for (${scoreRange(c, c.back)}) {
    ${scores.load()}
    ${multiply(rows, scores.depth, scores, width, column)}
  }
  ${
    repeat(rows, (r) =>
      `if (nInside && ${inSequence(c, `t0 + ${r}u`)}) { ${
        at("result", `${token(c.out, c, `t0 + ${r}u`)} + ${inner}`, width)
      } = acc${r}; }`)
  }
}`;
}

/** What the last kernel of the way back bakes in. */
export interface StepGradientConstants extends StepConstants {
  /** Where dt's gradient goes. */
  readonly out: Place;
  /** Partial sums a head of the carried state, a step of C's part and of B's. */
  readonly tilesOf: readonly [number, number, number];
  /** First element of the sums that belong to heads. */
  readonly perHeadOffset: number;
}

/**
 * Gradients of dt by step, and of A_log, the bias and D by chunk: `[batch·chunks, 3·heads]`.
 *
 * What comes to the log decay up to a step comes to all step sizes before it in its sequence and chunk:
 * a running sum from the chunk's end.
 */
export function stepGradientsCode(c: StepGradientConstants): string {
  const packed = c.sequence >= 0;
  const arrays = ["dt: f32", "dtBias: f32", "ALog: f32"];
  if (packed) arrays.push("sequenceIndex: i32");
  arrays.push(
    "steps: vec4f",
    "perStep: vec4f",
    "taken: f32",
    "fromCarried: f32",
    "fromRead: f32",
    "fromWritten: f32",
    "out ddt: f32",
    "out perHead: f32",
  );
  const [carriedTiles, readTiles, writtenTiles] = c.tilesOf;
  const sum = (name: string, array: string, count: number, index: string) =>
    `var ${name} = 0.0;
for (var j = 0u; j < ${count}u; j++) { ${name} += ${array}[${index} * ${count}u + j]; }`;
  const within = [
    ...(c.least === undefined ? [] : [`free >= ${literal(c.least)}`]),
    ...(c.most === undefined ? [] : [`free <= ${literal(c.most)}`]),
  ];
  return `${bindings(arrays, ["length", "chunks", "total"])}${SOFTPLUS}
${entry(WORKGROUP, 0)}
  let i = ${GROUP} * ${WORKGROUP}u + local;
  if (i >= params.total) { return; }
  let head = i % ${c.heads}u;
  let place = i / ${c.heads}u;
  let chunk = place % params.chunks;
  let batch = place / params.chunks;
  let A = -exp(ALog[${c.offsets[1]}u + head]);
  let bias = dtBias[${c.offsets[0]}u + head];
  ${sum("later", "fromCarried", carriedTiles, "i")}
  var dA = 0.0;
  var dBias = 0.0;
  var dD = 0.0;
  for (var k = 0u; k < ${c.chunk}u; k++) {
    ${sum("written_", "fromWritten", writtenTiles, `(i * ${c.chunk}u + k)`)}
    later += written_;
  }
  for (var left = ${c.chunk}u; left > 0u; left--) {
    let k = left - 1u;
    let at = i * ${c.chunk}u + k;
    let t = chunk * ${c.chunk}u + k;
    let size = steps[at].y;
    var given = vec4f();
    for (var j = 0u; j < ${c.chunk / rowsOf(c)}u; j++) {
      given += perStep[j * params.total * ${c.chunk}u + at];
    }
    ${sum("read_", "fromRead", readTiles, "at")}
    ${sum("written_", "fromWritten", writtenTiles, "at")}
    later += taken[at] - given.x + (read_ - written_);
    // The decay into a sequence's first step changes nothing.
    let first = ${packed ? `t < params.length && ${begins(c.sequence, "t")}` : "false"};
    later = select(later, 0.0, first);
    dA = fma(later, size, dA);
    dD += given.z;
    let direct = given.y + select(0.0, written_ / max(size, ${SMALLEST}), size >= ${SMALLEST});
    if (t < params.length) {
      let row = batch * params.length + t;
      let raw = dt[${c.dt.offset}u + row * ${c.dt.stride}u + head] + bias;
      let slope = fma(later, A, direct) * sigmoid(raw);
      ${within.length ? "let free = softplus(raw);" : ""}
      let found = ${within.length ? `select(0.0, slope, ${within.join(" && ")})` : "slope"};
      ddt[${c.out.offset}u + row * ${c.out.stride}u + head] = found;
      dBias += found;
    }
  }
  let sums = ${c.perHeadOffset}u + place * ${3 * c.heads}u + head;
  perHead[sums] = dA * A;
  perHead[sums + ${c.heads}u] = dBias;
  perHead[sums + ${2 * c.heads}u] = dD;
}`;
}
