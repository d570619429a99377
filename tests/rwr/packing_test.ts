import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { checkLabelSpans, checkPackedRow } from "../../src/rwr/label_checks.ts";
import { packSamples, paddingSequence } from "../../src/rwr/packing.ts";
import { buildSample, ignoredLabel, type TrainingSample } from "../../src/rwr/sample.ts";
import { readRows, writeRows } from "../../src/tables/mod.ts";
import { byteTokenizer, tinyTokenizer } from "../../src/tokenizer/mod.ts";

const tokenizer = tinyTokenizer();
const pad = tokenizer.tokenId("<pad>")!;

/** A sample of a given length whose last two tokens are its response. */
function sampleOf(length: number, id: string): TrainingSample {
  const filler = Array.from({ length: length - 3 }, (_, i) => i % 2 ? "nice" : "weather");
  return buildSample(
    [
      { text: ["<bos>", ...filler].join(" "), response: false },
      { text: "rex <eos>", response: true },
    ],
    [id],
    tokenizer,
  );
}

Deno.test("samples go first-fit into rows, with index and position", () => {
  const { rows, statistics } = packSamples(
    [sampleOf(6, "a"), sampleOf(5, "b"), sampleOf(4, "c")],
    pad,
    { rowLength: 10, window: 4, overlong: "drop" },
  );
  assertEquals(rows.map((row) => row.row_ids), [["a", "c"], ["b"]]);
  assertEquals([...rows[0].sequence_index], [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  assertEquals([...rows[0].positions], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3]);
  const p = paddingSequence;
  assertEquals([...rows[1].sequence_index], [0, 0, 0, 0, 0, p, p, p, p, p]);
  assertEquals([...rows[1].token_ids.slice(5)], [pad, pad, pad, pad, pad]);
  assertEquals([...rows[1].labels.slice(4)], Array(6).fill(ignoredLabel));
  assertEquals(statistics, {
    samples: 3,
    rows: 2,
    tokens: 15,
    fillRate: 0.75,
    labelledTokens: 6,
    dropped: { samples: 0, tokens: 0 },
    split: 0,
  });
});

Deno.test("a window of one row keeps the order, a wider one fills better", () => {
  const rng = new Rng("packing");
  const samples = Array.from({ length: 200 }, (_, i) => sampleOf(4 + rng.integer(30), `${i}`));
  const pack = (window: number) =>
    packSamples(samples, pad, { rowLength: 48, window, overlong: "drop" });
  const narrow = pack(1);
  const ids = narrow.rows.flatMap((row) => row.row_ids);
  assertEquals(ids, samples.map(({ rowIds }) => rowIds[0]));
  const wide = pack(16);
  assert(wide.statistics.fillRate > narrow.statistics.fillRate);
  assertEquals(wide.rows.flatMap((row) => row.row_ids).sort(), ids.sort());
  assertEquals(pack(16), wide);
  for (const row of wide.rows) checkPackedRow(row, tokenizer.vocabSize, "row");
});

Deno.test("over-long samples are dropped or split, and counted", () => {
  const samples = [sampleOf(25, "long"), sampleOf(10, "fits"), sampleOf(11, "by one")];
  const dropped = packSamples(samples, pad, { rowLength: 10, window: 2, overlong: "drop" });
  assertEquals(dropped.rows.map((row) => row.row_ids), [["fits"]]);
  assertEquals(dropped.statistics.dropped, { samples: 2, tokens: 36 });
  const split = packSamples(samples, pad, { rowLength: 10, window: 2, overlong: "split" });
  assertEquals([split.statistics.split, split.statistics.tokens], [2, 46]);
  assertEquals(split.statistics.labelledTokens, 6);
  for (const row of split.rows) checkPackedRow(row, tokenizer.vocabSize, "row");
  // The last token of "by one" is a row of its own; the label that predicts it ends the row before.
  const before = split.rows.find((row) => row.labels[9] !== ignoredLabel)!;
  assertEquals(tokenizer.decode([before.labels[9]]), "<eos>");
});

Deno.test("no samples make no rows", () => {
  const { rows, statistics } = packSamples([], pad, { rowLength: 8, window: 1, overlong: "drop" });
  assertEquals([rows.length, statistics.fillRate], [0, 0]);
});

Deno.test("samples and configurations that cannot be are refused", () => {
  const config = { rowLength: 8, window: 1, overlong: "drop" } as const;
  const empty = buildSample([], [], tokenizer);
  assertThrows(() => packSamples([empty], pad, config), DataError, "sample 0");
  const torn = { ...sampleOf(6, "a"), labels: new Int32Array(5) };
  assertThrows(() => packSamples([torn], pad, config), DataError, "5 labels");
  for (const wrong of [{ rowLength: 0 }, { window: 0 }, { rowLength: 2.5 }]) {
    assertThrows(() => packSamples([], pad, { ...config, ...wrong }), ConfigError, "packing");
  }
});

Deno.test("a tokenizer that composes accents leaves the response what it is", () => {
  const bytes = byteTokenizer();
  const composing = { ...bytes, encode: (text: string) => bytes.encode(text.normalize("NFC")) };
  const parts = [
    { text: "where ?", response: false },
    { text: " a cafe\u0301", response: true },
  ];
  checkLabelSpans(buildSample(parts, ["x"], composing), composing, "x");
  const dropping = { ...bytes, encode: (text: string) => bytes.encode(text.replace("\u0301", "")) };
  const changed = buildSample(parts, ["x"], dropping);
  assertThrows(() => checkLabelSpans(changed, dropping, "x"), DataError, "decodes to");
});

Deno.test("corrupted spans are found: shifted, of another text, missing, torn", () => {
  const sound = sampleOf(8, "a");
  checkLabelSpans(sound, tokenizer, "sound");
  const change = (at: number, label: number): TrainingSample => {
    const labels = sound.labels.slice();
    labels[at] = label;
    return { ...sound, labels };
  };
  const check = (sample: TrainingSample, message: string): unknown =>
    assertThrows(() => checkLabelSpans(sample, tokenizer, "sample 7"), DataError, message);
  check(change(5, tokenizer.tokenId("tom")!), "expected");
  check(change(5, ignoredLabel), 'span 6–7 decodes to "<eos>", expected the response "rex <eos>"');
  check(change(2, sound.tokens[3]), "found 2 labelled spans (2–3, 5–7), expected 1");
  check(change(7, sound.tokens[0]), "label");
  check({ ...sound, responses: ["tom <eos>"] }, 'response "tom <eos>"');
  check({ ...sound, labels: sound.labels.map(() => ignoredLabel) }, "found 0 labelled spans");
});

Deno.test("a packed row with ids outside the vocabulary or labels astray is refused", () => {
  const pack = () =>
    packSamples([sampleOf(6, "a"), sampleOf(4, "b")], pad, {
      rowLength: 12,
      window: 1,
      overlong: "drop",
    }).rows[0];
  const size = tokenizer.vocabSize;
  const check = (spoil: (row: ReturnType<typeof pack>) => void, message: string): void => {
    const row = pack();
    spoil(row);
    assertThrows(() => checkPackedRow(row, size, "row 3"), DataError, message);
  };
  checkPackedRow(pack(), size, "row 3");
  check((row) => row.labels[3] = size, `label ${size} at position 3`);
  check((row) => row.labels[3] = -1, "label -1 at position 3");
  check((row) => row.token_ids[0] = size + 5, `token ${size + 5} at position 0`);
  check((row) => row.labels[3] = pad, "expected");
  check((row) => row.labels[11] = 7, "padding at position 11");
});

Deno.test("packed rows go into the packs table and come back", async () => {
  const { rows } = packSamples([sampleOf(6, "a"), sampleOf(4, "b")], pad, {
    rowLength: 12,
    window: 1,
    overlong: "drop",
  });
  const path = await Deno.makeTempFile({ suffix: ".arrow" });
  try {
    await writeRows(path, "packs", rows, {
      config: {},
      inputs: {},
      code: "test",
      adapter: "none",
      driver: "none",
      rowsIn: 2,
    });
    const [row] = await readRows(path, "packs");
    assertEquals([...row.token_ids], [...rows[0].token_ids]);
    assertEquals([...row.weights], [...rows[0].weights]);
    assertEquals(row.row_ids, ["a", "b"]);
  } finally {
    await Deno.remove(path);
  }
});
