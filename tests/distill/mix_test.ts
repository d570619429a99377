import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ConfigError, DataError, HaltError } from "../../src/base/errors.ts";
import type { MixConfig } from "../../src/distill/mix/config.ts";
import { mixPaths, mixRun } from "../../src/distill/mix/mix.ts";
import type { MixSummary } from "../../src/distill/mix/summary.ts";
import { partPath } from "../../src/distill/parts.ts";
import { ignoredLabel } from "../../src/rwr/sample.ts";
import { plainFormat } from "../../src/rwr/prompts.ts";
import { paddingSequence } from "../../src/rwr/packing.ts";
import {
  type NotesTableRow,
  type PacksTableRow,
  readRows,
  readTable,
  writeRows,
} from "../../src/tables/mod.ts";
import { byteTokenizer } from "../../src/tokenizer/mod.ts";
import { follow, runCommandLine, startCommand } from "../command_line.ts";
import { measureMix } from "../../tools/mix_memory.ts";
import { environmentOf, filesOf, startTeacher, writeSource } from "./made_run.ts";
import { passOn } from "../../tools/run.ts";

const ROWS = 3200;
const SELECTED = 2400;
const tokenizer = byteTokenizer();
const config: MixConfig = {
  tokenizer,
  length: 1024,
  mode: "rwr",
  plainShare: 0,
  seed: 5,
  code: "tested",
};

/** A finished run of {@linkcode SELECTED} rows, made once. */
const runs = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(runs, { recursive: true }));
const source = `${runs}/rows.jsonl`;
{
  await writeSource(source, ROWS);
  await using server = startTeacher();
  const args = ["distill", "--source", source, "--limit", `${SELECTED}`, "--runs", runs];
  const { code, err } = await runCommandLine([...args, "--name", "made"], environmentOf(server));
  assertEquals(code, 0, err);
}
const made = `${runs}/distill/made`;

/** A copy of the run. */
async function copyRun(name: string): Promise<string> {
  const copy = `${runs}/distill/${name}`;
  for (const [path, bytes] of await filesOf(made)) {
    await Deno.mkdir(`${copy}/${path}`.replace(/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(`${copy}/${path}`, bytes);
  }
  return copy;
}

async function partsOf<K extends "notes" | "packs" | "source">(folder: string, kind: K) {
  const rows = [];
  for (let part = 0;; part++) {
    try {
      rows.push(...await readRows(partPath(folder, part), kind));
    } catch (error) {
      assert(part > 0, String(error));
      return rows;
    }
  }
}

interface Sequence {
  readonly rowId: string;
  readonly text: string;
  readonly response: string;
}

/** The sequences of packs as text, in order. */
function sequencesOf(packs: readonly PacksTableRow[]): Sequence[] {
  return packs.flatMap(({ token_ids, labels, weights, sequence_index, row_ids }) =>
    row_ids.map((rowId, sequence) => {
      const at = Array.from(sequence_index.keys()).filter((i) => sequence_index[i] === sequence);
      const labelled = at.filter((i) => labels[i] !== ignoredLabel);
      assertEquals(labelled.map((i) => weights[i]), labelled.map(() => 1));
      return {
        rowId,
        text: tokenizer.decode(at.map((i) => token_ids[i])),
        response: tokenizer.decode(labelled.map((i) => labels[i])),
      };
    })
  );
}

const noteSequence = (row: NotesTableRow): Sequence => {
  const { row_id: rowId, context, query, answer } = row;
  const response = plainFormat.recallResponse(row.note!, answer);
  return { rowId, text: plainFormat.recall(context, query) + response, response };
};

const plainSequence = (
  row: Pick<NotesTableRow, "row_id" | "context" | "query" | "answer">,
): Sequence => {
  const response = plainFormat.directResponse(row.answer);
  return {
    rowId: row.row_id,
    text: plainFormat.direct(row.context, row.query) + response,
    response,
  };
};

const byText = (sequences: readonly Sequence[]): Sequence[] =>
  sequences.toSorted((a, b) => a.text < b.text ? -1 : 1);

const notes = await partsOf(`${made}/notes`, "notes");
const accepted = notes.filter(({ set }) => set !== null);
const rejected = notes.filter(({ set, role }) => set === null && role === "full");

const mixed = async (folder: string, changes: Partial<MixConfig> = {}): Promise<MixSummary> =>
  await mixRun(folder, { ...config, ...changes });

Deno.test("every accepted row is in the packs once, as its note and its answer", async () => {
  const folder = await copyRun("once");
  const summary = await mixed(folder);
  const packs = await partsOf(`${folder}/packs`, "packs");
  const found = sequencesOf(packs);
  assertEquals(byText(found), byText(accepted.map(noteSequence)));
  assert(accepted.length > 4000);
  assertEquals(summary.packs.samples, accepted.length);
  assertEquals(summary.packs.count, packs.length);
  const tokens =
    packs.flatMap(({ sequence_index }) =>
      Array.from(sequence_index).filter((index) => index !== paddingSequence)
    ).length;
  assertEquals(summary.packs.tokens, tokens);
  const labels = packs.reduce(
    (sum, pack) => sum + Array.from(pack.labels).filter((label) => label !== ignoredLabel).length,
    0,
  );
  assertEquals(summary.packs.labelledTokens, labels);
  assertEquals(
    await Deno.readTextFile(`${folder}/mix.json`),
    JSON.stringify(summary, null, 2) + "\n",
  );
  const direct = await mixed(folder, { mode: "sft" });
  const answers = sequencesOf(await partsOf(`${folder}/packs-sft`, "packs"));
  assertEquals(byText(answers), byText(accepted.map(plainSequence)));
  assertEquals(direct.sets.D_e.samples, summary.sets.D_e.samples);
  // Both modes see the same rows in the same order, but for where packs end.
  assertEquals(await partsOf(`${folder}/packs`, "packs"), packs);
});

Deno.test("shares are met within one sample, by rejected rows or rows of the source", async () => {
  const folder = await copyRun("shares");
  for (
    const [emptyShare, plainShare, plainSource] of [
      [0.3, 0.06, "rejected"],
      [0.1, 0.2, source],
      [0.45, 0.013, source],
      [0, 0, undefined],
    ] as const
  ) {
    const summary = await mixed(folder, {
      emptyShare,
      plainShare,
      ...(plainSource && { plainSource }),
    });
    const { sets, packs } = summary;
    const fromNotes = sets.D_f.samples + sets.D_f_empty.samples + sets.D_e.samples;
    assertEquals(sets.D_f.samples, accepted.filter(({ set }) => set === "D_f").length);
    const empty = summary.emptyShare.achieved * fromNotes;
    assert(Math.abs(empty - emptyShare * fromNotes) <= 1, `${empty} of ${fromNotes}`);
    assert(Math.abs(sets.plain.samples - plainShare * packs.samples) <= 1);
    const found = sequencesOf(await partsOf(`${folder}/packs`, "packs"));
    assertEquals(found.length, packs.samples);
    const plain = found.filter(({ response }) => !response.includes("\nAnswer:"));
    assertEquals(plain.length, sets.plain.samples);
    const expected = plainSource === source
      ? await partsOf(`${folder}/plain/selection`, "source")
      : rejected;
    const known = new Map(expected.map((row) => [row.row_id, row]));
    assertEquals(
      byText(plain),
      byText(plain.map(({ rowId }) => plainSequence(known.get(rowId)!))),
    );
    assertEquals(new Set(plain.map(({ rowId }) => rowId)).size, plain.length);
    if (plainSource === source) {
      const selected = await partsOf(`${folder}/selection`, "source");
      const asked = new Set(selected.map(({ context, query }) => context + query));
      assert(expected.every(({ context, query }) => !asked.has(context + query)));
    }
  }
});

Deno.test("the order is a seeded shuffle over all parts and sets", async () => {
  const folder = await copyRun("order");
  const order = async (seed: number) => {
    await mixed(folder, { seed, plainShare: 0.1, plainSource: source });
    return sequencesOf(await partsOf(`${folder}/packs`, "packs"));
  };
  const [first, second] = [await order(5), await order(6)];
  const place = new Map(
    accepted.filter(({ set }) => set === "D_f").map((row, i) => [row.row_id, i]),
  );
  const places = first.map(({ rowId }) => place.get(rowId)).filter((i) => i !== undefined);
  assert(Math.abs(correlation(places)) < 0.06, `${correlation(places)}`);
  const isPlain = ({ response }: Sequence): boolean => !response.includes("\nAnswer:");
  for (let quarter = 0; quarter < 4; quarter++) {
    const part = first.slice(first.length * quarter / 4, first.length * (quarter + 1) / 4);
    const share = part.filter(isPlain).length / part.length;
    assert(Math.abs(share - 0.1) < 0.04, `${share} in quarter ${quarter}`);
  }
  const other = new Map(second.map(({ text }, i) => [text, i]));
  const shared = first.map(({ text }) => other.get(text)).filter((i) => i !== undefined);
  assert(shared.length > 4000 && Math.abs(correlation(shared)) < 0.06, `${correlation(shared)}`);
});

/** How far numbers rise with their place, from -1 to 1. */
function correlation(values: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
  const [x, y] = [mean(values.map((_, i) => i)), mean(values)];
  const covariance = mean(values.map((value, i) => (i - x) * (value - y)));
  const spread = (of: readonly number[], middle: number) =>
    Math.sqrt(mean(of.map((value) => (value - middle) ** 2)));
  return covariance / (spread(values.map((_, i) => i), x) * spread(values, y));
}

Deno.test("stopped after every part, a mix ends with the bytes of one that was not", async () => {
  const [whole, stopped] = [await copyRun("whole"), await copyRun("stopped")];
  const changes = { plainShare: 0.1, plainSource: source, length: 700 };
  await mixed(whole, changes);
  let stops = 0;
  for (;;) {
    const controller = new AbortController();
    let events = 0;
    const onProgress = () => ++events > stops && controller.abort();
    try {
      await mixRun(stopped, { ...config, ...changes }, { signal: controller.signal, onProgress });
      break;
    } catch (error) {
      assert(error instanceof HaltError, String(error));
      stops++;
    }
  }
  assert(stops >= 6, `${stops} stops`);
  assertEquals(await filesOf(stopped), await filesOf(whole));
});

/** Whether a folder that is being written to holds a file whose path ends so. */
function holds(folder: string, end: string): boolean {
  try {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory ? holds(path, end) : path.endsWith(end)) return true;
    }
  } catch (error) {
    assert(error instanceof Deno.errors.NotFound, String(error));
  }
  return false;
}

Deno.test("killed at any moment, the command goes on; finished parts are not made again", async () => {
  const [whole, killed] = [await copyRun("uncut"), await copyRun("killed")];
  const args = (name: string) => [
    ...["mix", name, "--runs", runs, "--tokenizer", "bytes", "--length", "800", "--seed", "3"],
    ...["--plain-share", "0.1", "--plain-source", source, "--empty-share", "0.4"],
  ];
  const { code, out, err } = await runCommandLine(args("uncut"));
  assertEquals(code, 0, err);
  assertStringIncludes(out, "packs of 800 tokens");
  for (const file of ["00000.samples", "plain/selection.json", "packs/part-00001.arrow"]) {
    const child = await startCommand(args("killed"));
    let ended = false;
    const end = follow(child).finally(() => ended = true);
    while (!ended && !holds(killed, file)) await new Promise((on) => setTimeout(on, 1));
    passOn(child, "SIGKILL");
    assertEquals((await end).code, 137, file);
    assertEquals(holds(killed, "mix.json"), false);
  }
  const first = await Deno.stat(`${killed}/packs/part-00000.arrow`);
  const again = await runCommandLine(args("killed"));
  assertEquals(again.code, 0, again.err);
  assertEquals(await filesOf(killed), await filesOf(whole));
  assertEquals((await Deno.stat(`${killed}/packs/part-00000.arrow`)).mtime, first.mtime);
});

Deno.test("another configuration takes the place of the one before; the same is not made again", async () => {
  const [folder, fresh] = [await copyRun("twice"), await copyRun("fresh")];
  await mixed(folder, { length: 1024 });
  const before = (await filesOf(folder)).size;
  await mixed(folder, { length: 4096, emptyShare: 0.1 });
  await mixed(fresh, { length: 4096, emptyShare: 0.1 });
  assertEquals(await filesOf(folder), await filesOf(fresh));
  assert((await filesOf(folder)).size < before);
  const { mtime } = await Deno.stat(`${folder}/packs/part-00000.arrow`);
  // What a mix leaves that was killed at its very end.
  await Deno.mkdir(`${folder}/mixing/x`, { recursive: true });
  await Deno.writeTextFile(`${folder}/mixing/x/00000.samples`, "");
  await mixed(folder, { length: 4096, emptyShare: 0.1 });
  assertEquals((await Deno.stat(`${folder}/packs/part-00000.arrow`)).mtime, mtime);
  assertEquals(await filesOf(folder), await filesOf(fresh));
});

Deno.test("samples that no pack can hold are counted, with their tokens", async () => {
  const folder = await copyRun("short");
  const length = 628;
  const { sets, packs } = await mixed(folder, { length });
  const sizes = accepted.map((row) => tokenizer.encode(noteSequence(row).text).length);
  const long = sizes.filter((size) => size > length);
  assert(long.length > 100 && long.length < sizes.length - 100, `${long.length}`);
  const left = Object.values(sets).map(({ left }) => left["longer than a pack"]);
  const sum = (of: readonly number[]) => of.reduce((all, x) => all + x, 0);
  assertEquals(sum(left.map(({ samples }) => samples)), long.length);
  assertEquals(sum(left.map(({ tokens }) => tokens)), sum(long));
  assertEquals(packs.samples, sizes.length - long.length);
  // A tokenizer that loses what it is given teaches something else than the response.
  const lossy = { ...tokenizer, decode: (ids: number[]) => tokenizer.decode(ids).replace("7", "") };
  const changed = await mixed(folder, { tokenizer: { ...lossy, hash: "lossy" } });
  const counts = Object.values(changed.sets).map(({ left }) => left["changed by the tokenizer"]);
  const sevens = accepted.map(noteSequence).filter(({ response }) => response.includes("7"));
  assertEquals(sum(counts.map(({ samples }) => samples)), sevens.length);
});

Deno.test("plain rows are compared with the evaluations that the run's rows were compared with", async () => {
  const evaluated = `${runs}/evaluated.txt`;
  await Deno.writeTextFile(evaluated, "Who says: by its people. The mill of town 7 was built?\n");
  const asks = ({ context, query }: { context: string; query: string }) =>
    `${context} ${query}`.includes("of town 7 ");
  const args = ["clean", "--runs", runs];
  const distilled = ["distill", "--source", source, "--limit=300", "--name", ...args];
  await using server = startTeacher();
  const check = ["--decontaminate", evaluated];
  const { code, err } = await runCommandLine([...distilled, ...check], environmentOf(server));
  assertEquals(code, 0, err);
  const mix = ["mix", ...args, "--tokenizer=bytes", "--length=1024"];
  const plain = ["--plain-share=0.8", "--plain-source", source];
  const without = await runCommandLine([...mix, ...plain]);
  assertEquals(without.code, 1);
  assertStringIncludes(without.err, "plain rows compared with no evaluations");
  const { code: mixed, err: why } = await runCommandLine([...mix, ...plain, ...check]);
  assertEquals(mixed, 0, why);
  const rows = await partsOf(`${runs}/distill/clean/plain/selection`, "source");
  assert(rows.length > 2000 && !rows.some(asks), `${rows.length} rows`);
  const { reasons } = JSON.parse(
    await Deno.readTextFile(`${runs}/distill/clean/plain/selection.json`),
  );
  assert(reasons.contaminated > 0);
});

Deno.test("what is measured over a million rows is what is tested: selected, noted, mixed, packed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { sets, plainShare, packs } = await measureMix(3000, folder);
    assertEquals([sets.D_f.samples, sets.D_e.samples, sets.plain.samples], [1500, 1500, 750]);
    assertEquals(plainShare.achieved, 0.2);
    assert(packs.fillRate > 0.9, `${packs.fillRate}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("bad input of mix is told", async () => {
  const told = async (text: string, args: string[]) => {
    const { code, err } = await runCommandLine(["mix", "--runs", runs, ...args]);
    assertEquals(code, 1);
    assertStringIncludes(err, text);
  };
  await told("found no name", ["--tokenizer", "bytes"]);
  await told("found no --tokenizer", ["made"]);
  await told("found no folder", ["nobody", "--tokenizer", "bytes"]);
  await told("--mode", ["made", "--tokenizer", "bytes", "--mode", "dpo"]);
  await told("--empty-share=some", ["made", "--tokenizer", "bytes", "--empty-share", "some"]);
  await told("--plain-share 1, expected", ["made", "--tokenizer", "bytes", "--plain-share", "1"]);
  await told("reading tokenizer", ["made", "--tokenizer", `${runs}/none.json`]);
  const folder = await copyRun("bad");
  const refused = async (
    type: typeof ConfigError | typeof DataError,
    text: string,
    changes: Partial<MixConfig>,
  ) => {
    await assertRejects(() => mixed(folder, changes), type, text);
    assertEquals((await filesOf(folder)).has("mix.json"), false);
  };
  await refused(ConfigError, "expected a whole number from 1", { length: 0 });
  await refused(ConfigError, "without --plain-source", { plainShare: 0.1 });
  await refused(ConfigError, "--empty-share 0.6", { emptyShare: 0.6 });
  await refused(ConfigError, "--plain-share 0.0", { plainShare: 0.5, plainSource: "rejected" });
  await refused(DataError, "raise --length", { length: 20 });
  const contamination = { hash: "x", files: {}, contaminated: () => undefined };
  const compared = { plainShare: 0.1, plainSource: source, contamination };
  await refused(ConfigError, "expected those that the run's rows were compared with", compared);
  for (let part = 0; part < 3; part++) {
    const path = partPath(`${folder}/notes`, part);
    const { manifest } = await readTable(path, "notes");
    const none = (await readRows(path, "notes")).map((row) => ({ ...row, set: null }));
    await writeRows(path, "notes", none, manifest);
  }
  await refused(DataError, "found no accepted note for 2400 rows", {});
  const nothing = { plainShare: 0.2, plainSource: source };
  await refused(DataError, "found no accepted note for 2400 rows", nothing);
  await Deno.remove(partPath(`${folder}/notes`, 1));
  await refused(DataError, "is not finished", {});
  await Deno.remove(`${folder}/selection.json`);
  await refused(DataError, "found no selection.json", {});
  assertEquals(mixPaths("a", "sft").packs, "a/packs-sft");
});
