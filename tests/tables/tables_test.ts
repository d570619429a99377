import { assert, assertEquals, assertRejects } from "@std/assert";
import { tableFromIPC } from "arrow-js";
import { DataError } from "../../src/base/errors.ts";
import {
  hashInputs,
  type ManifestInput,
  type NotesTableRow,
  readRows,
  readTable,
  type ScoresTableRow,
  type SourceTableRow,
  tableHash,
  writeRows,
  writeTable,
} from "../../src/tables/mod.ts";

const MANIFEST: ManifestInput = {
  config: { seed: 3, lengths: [128, 256] },
  inputs: { corpus: "ab".repeat(32) },
  code: "0.1.0",
  adapter: null,
  driver: null,
  rowsIn: 2,
};

const sourceRow = (i: number): SourceTableRow => ({
  row_id: `row ${i}`,
  split: "train",
  context_id: `context ${i >> 1}`,
  context: `the context number ${i >> 1} — ünïcödé ✓`,
  query: "what ?",
  answer: i % 2 ? "" : "yes",
  question_type: "multi-session",
  evidence: Array.from({ length: i % 3 }, (_, k) => `sentence ${k}`),
});

const nameHex = (name: string): string => new TextEncoder().encode(name).toHex();

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a source table comes back as it was written, over several batches", () =>
  inFolder(async (folder) => {
    const path = `${folder}/deep/source.arrow`;
    const rows = Array.from({ length: 20_003 }, (_, i) => sourceRow(i));
    const manifest = await writeRows(path, "source", rows, MANIFEST);
    assertEquals(manifest, {
      ...MANIFEST,
      kind: "source",
      deno: Deno.version.deno,
      rowsOut: rows.length,
    });
    assertEquals(await readRows(path, "source"), rows);
    assertEquals((await readTable(path, "source")).manifest, manifest);
    const stored = tableFromIPC(await Deno.readFile(path));
    assertEquals(stored.batches.map((batch) => batch.numRows), [10_000, 10_000, 3]);
    assertEquals(String(stored.schema.fields[3].type), "Dictionary<Int32, Utf8>");
  }));

Deno.test("equal rows give equal bytes; the manifest is part of them", () =>
  inFolder(async (folder) => {
    const rows = [sourceRow(0), sourceRow(1)];
    const hashes: string[] = [];
    for (const name of ["a", "b", "c"]) {
      const rowsIn = name === "c" ? 7 : 2;
      await writeRows(`${folder}/${name}`, "source", rows, { ...MANIFEST, rowsIn });
      hashes.push(await tableHash(`${folder}/${name}`));
    }
    assertEquals(hashes[0], hashes[1]);
    assert(hashes[0] !== hashes[2]);
    assertEquals(await hashInputs({ a: `${folder}/a` }), { a: hashes[0] });
  }));

Deno.test("an empty table is a table", () =>
  inFolder(async (folder) => {
    for (const kind of ["source", "notes", "packs", "training_log", "answers", "scores"] as const) {
      await writeRows(`${folder}/${kind}`, kind, [], MANIFEST);
      assertEquals(await readRows(`${folder}/${kind}`, kind), []);
    }
  }));

Deno.test("nulls and flags survive", () =>
  inFolder(async (folder) => {
    const note: NotesTableRow = {
      row_id: "r",
      role: "removed",
      context: "c",
      query: "q",
      answer: "a",
      question_type: "t",
      raw_note: null,
      note: "",
      finish_reason: null,
      prompt_tokens: null,
      completion_tokens: 0,
      cost_usd: 0.25,
      error: "timeout",
      rule: null,
      rule_version: null,
      verdict: null,
      reason: null,
      set: "D_e",
    };
    const full: NotesTableRow = {
      ...note,
      role: "full",
      raw_note: "x",
      prompt_tokens: 9,
      set: null,
    };
    await writeRows(`${folder}/notes`, "notes", [note, full, note], MANIFEST);
    assertEquals(await readRows(`${folder}/notes`, "notes"), [note, full, note]);
    const score = (value: number | null, abstention: boolean): ScoresTableRow => ({
      item_id: "i",
      question_type: "t",
      abstention,
      length: 256,
      model: "m",
      method: "rwr",
      metric: "exact",
      value,
      status: value === null ? "missing" : "scored",
    });
    const scores = [score(null, true), score(0.5, false), score(0, true)];
    await writeRows(`${folder}/scores`, "scores", scores, MANIFEST);
    assertEquals(await readRows(`${folder}/scores`, "scores"), scores);
  }));

Deno.test("packs keep their number lists as typed arrays", () =>
  inFolder(async (folder) => {
    const packs = {
      token_ids: [Int32Array.of(1, 2, 3), Int32Array.of()],
      labels: [[-100, 2, 3], []],
      weights: [Float32Array.of(0, 0.5, 1), Float32Array.of()],
      sequence_index: [[0, 0, 1], []],
      positions: [[0, 1, 0], []],
      row_ids: [["a", "b"], []],
    };
    await writeTable(`${folder}/packs`, "packs", packs, MANIFEST);
    const { columns, rowCount } = await readTable(`${folder}/packs`, "packs");
    assertEquals(rowCount, 2);
    assertEquals(columns.token_ids[0], Int32Array.of(1, 2, 3));
    assertEquals(columns.labels[0], Int32Array.of(-100, 2, 3));
    assertEquals(columns.weights[0], Float32Array.of(0, 0.5, 1));
    assertEquals(columns.positions[1], Int32Array.of());
    assertEquals(columns.row_ids, [["a", "b"], []]);
  }));

Deno.test("torn, foreign and missing files are named with what was found", () =>
  inFolder(async (folder) => {
    const path = `${folder}/source.arrow`;
    await writeRows(path, "source", [sourceRow(0), sourceRow(1)], MANIFEST);
    const bytes = await Deno.readFile(path);
    for (const keep of [0, 5, 40, bytes.length - 1]) {
      await Deno.writeFile(`${folder}/torn`, bytes.subarray(0, keep));
      const error = await assertRejects(() => readRows(`${folder}/torn`, "source"), DataError);
      assert(
        error.message.includes(`${folder}/torn`) && error.message.includes(`found ${keep} bytes`),
      );
    }
    const damaged = bytes.slice();
    damaged.fill(0xff, 8, bytes.length - 8);
    await Deno.writeFile(`${folder}/damaged`, damaged);
    await assertRejects(() => readRows(`${folder}/damaged`, "source"), DataError, "damaged");
    await assertRejects(() => readRows(`${folder}/none`, "source"), DataError, "check the path");
  }));

Deno.test("a table of another kind or schema is refused", () =>
  inFolder(async (folder) => {
    await writeRows(`${folder}/source`, "source", [sourceRow(0)], MANIFEST);
    await assertRejects(() => readRows(`${folder}/source`, "scores"), DataError, "kind source");
    const bytes = await Deno.readFile(`${folder}/source`);
    const hex = bytes.toHex().replaceAll(nameHex("question_type"), nameHex("question_kind"));
    await Deno.writeFile(`${folder}/other`, Uint8Array.fromHex(hex));
    const error = await assertRejects(() => readRows(`${folder}/other`, "source"), DataError);
    assert(error.message.includes("found columns question_kind"), error.message);
    assert(error.message.includes("expected question_type"), error.message);
  }));

Deno.test("wrong values and ragged columns are refused before anything is written", () =>
  inFolder(async (folder) => {
    const path = `${folder}/source`;
    const broken = { ...sourceRow(0), answer: 5 } as unknown as SourceTableRow;
    const error = await assertRejects(
      () => writeRows(path, "source", [sourceRow(0), broken], MANIFEST),
      DataError,
    );
    assert(error.message.includes("column answer, row 1: found 5, expected text"), error.message);
    const log = {
      step: [1, 2],
      tokens: [1],
      loss: [1, 2],
      learning_rate: [1, 2],
      gradient_norm: [1, 2],
    };
    await assertRejects(
      () => writeTable(path, "training_log", log, MANIFEST),
      DataError,
      "expected the same number in each",
    );
    assertEquals([...Deno.readDirSync(folder)], []);
  }));
