import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import { listStages } from "../../src/pipeline/listing.ts";
import { runStages } from "../../src/pipeline/runner.ts";
import { type Stage, StopRequested } from "../../src/pipeline/stage.ts";
import { inTemporaryDirectory, snapshot, toyStages } from "./toy.ts";

const ALL = ["source", "notes", "train", "figure"];

const run = (stages: readonly Stage[], directory: string, kitVersion = "1") =>
  runStages(stages, { directory, kitVersion, sink: () => undefined });

const states = async (stages: readonly Stage[], directory: string): Promise<string[]> =>
  (await listStages(stages, directory, "1")).map((one) => one.state);

Deno.test("what is done is not done again", () =>
  inTemporaryDirectory(async (directory) => {
    assertEquals((await run(toyStages(), directory)).ran, ALL);
    const before = await snapshot(directory);
    assertEquals(await run(toyStages(), directory), { ran: [], kept: ALL });
    assertEquals(await snapshot(directory), before);
  }));

Deno.test("two runs of one seed have the same bytes, shards are gone and times are apart", () =>
  inTemporaryDirectory(async (directory) => {
    await run(toyStages(), `${directory}/a`);
    await run(toyStages(), `${directory}/b`);
    assertEquals(await snapshot(`${directory}/a`), await snapshot(`${directory}/b`));
    const left = [...Deno.readDirSync(`${directory}/a/notes`)].map((entry) => entry.name).sort();
    assertEquals(left, ["notes.jsonl", "stage.json", "started.json", "timing.json"]);
  }));

Deno.test("a changed configuration, version or kit makes again what depends on it, and no more", () =>
  inTemporaryDirectory(async (directory) => {
    await run(toyStages(), directory);
    const version = toyStages({ version: 2 });
    assertEquals(await states(version, directory), ["done", "stale", "stale", "stale"]);
    // The new version writes the same bytes, so that nothing behind it runs.
    assertEquals((await run(version, directory)).ran, ["notes"]);
    const rows = toyStages({ rows: 24, version: 2 });
    const [source] = await listStages(rows, directory, "1");
    assertEquals(source.reason, "the configuration changed: rows: 23 -> 24");
    assertEquals((await run(rows, directory)).ran, ALL);
    assertEquals((await run(rows, directory, "2")).ran, ALL);
  }));

Deno.test("torn, changed and missing outputs are made again", () =>
  inTemporaryDirectory(async (directory) => {
    await run(toyStages(), directory);
    const before = await snapshot(directory);
    const path = `${directory}/train/log.txt`;
    const { mtime, atime } = await Deno.stat(path);
    const bytes = await Deno.readFile(path);
    bytes[5] ^= 1;
    await Deno.writeFile(path, bytes);
    await Deno.utime(path, atime ?? 0, mtime ?? 0);
    const damages: [string, () => Promise<void>][] = [
      ["train", () => Promise.resolve()],
      ["notes", () => Deno.truncate(`${directory}/notes/notes.jsonl`, 30)],
      ["train", () => Deno.remove(`${directory}/train/checkpoint`, { recursive: true })],
      ["source", () => Deno.writeTextFile(`${directory}/source/stage.json`, '{"key":"')],
    ];
    for (const [stage, damage] of damages) {
      await damage();
      assertEquals((await run(toyStages(), directory)).ran, [stage]);
      assertEquals(await snapshot(directory), before);
    }
  }));

Deno.test("a failure is noted, listed, and gone on from", () =>
  inTemporaryDirectory(async (directory) => {
    const units: number[] = [];
    const failing = toyStages({
      onUnit: (name, unit) => {
        if (name === "notes") units.push(unit);
        if (name === "notes" && unit === 8) throw new DataError("the teacher's log is torn");
      },
    });
    await assertRejects(() => run(failing, directory), DataError, "log is torn");
    assertEquals(await states(toyStages(), directory), ["done", "failed", "missing", "missing"]);
    const [, notes] = await listStages(toyStages(), directory, "1");
    assertStringIncludes(notes.reason, "the teacher's log is torn");
    const healed = toyStages({
      onUnit: (name, unit) => {
        if (name === "notes") units.push(unit);
      },
    });
    assertEquals((await run(healed, directory)).kept, ["source"]);
    assertEquals(units, [0, 4, 8, 8, 12, 16, 20], "finished shards are not made again");
    await run(toyStages(), `${directory}-whole`);
    assertEquals(await snapshot(directory), await snapshot(`${directory}-whole`));
    await Deno.remove(`${directory}-whole`, { recursive: true });
  }));

Deno.test("a torn shard is made again", () =>
  inTemporaryDirectory(async (directory) => {
    const stop = (at: number) =>
      toyStages({
        onUnit: (name, unit) => {
          if (name === "notes" && unit === at) throw new DataError("stop here");
        },
      });
    await assertRejects(() => run(stop(12), directory), DataError);
    await Deno.truncate(`${directory}/notes/notes.part-04-08`, 80);
    await Deno.writeTextFile(`${directory}/notes/notes.jsonl.77.part`, "left by a killed process");
    const units: number[] = [];
    const stages = toyStages({
      onUnit: (name, unit) => {
        if (name === "notes") units.push(unit);
      },
    });
    await run(stages, directory);
    assertEquals(units, [4, 12, 16, 20]);
    await run(toyStages(), `${directory}/whole`);
    assertEquals(await snapshot(directory), await snapshot(`${directory}/whole`));
  }));

Deno.test("a stop request ends after the unit under way and loses nothing", () =>
  inTemporaryDirectory(async (directory) => {
    const controller = new AbortController();
    const seen: string[] = [];
    const stages = toyStages({
      onUnit: (name, unit) => {
        seen.push(`${name} ${unit}`);
        if (name === "train" && unit === 3) controller.abort();
      },
    });
    const options = { directory, kitVersion: "1", sink: () => undefined };
    const error = await assertRejects(
      () => runStages(stages, { ...options, signal: controller.signal }),
      StopRequested,
      "run the same command again",
    );
    assertStringIncludes(error.message, "inside the stage train");
    assertEquals(seen.at(-1), "train 3");
    assertEquals((await listStages(stages, directory, "1"))[2].state, "missing");
    await run(stages, directory);
    assertEquals(seen.slice(-7)[0], "train 3", "a step behind the last checkpoint is done again");
    await assertRejects(
      () => runStages(toyStages({ rows: 5 }), { ...options, signal: AbortSignal.abort() }),
      StopRequested,
      "before the stage source",
    );
  }));

Deno.test("targets run with what they need, and nothing else", () =>
  inTemporaryDirectory(async (directory) => {
    const options = { directory, kitVersion: "1", sink: () => undefined, targets: ["notes"] };
    assertEquals((await runStages(toyStages(), options)).ran, ["source", "notes"]);
    assertEquals(await states(toyStages(), directory), ["done", "done", "missing", "missing"]);
  }));

Deno.test("the list names tables, figures and times, also without a run directory", () =>
  inTemporaryDirectory(async (directory) => {
    const nothing = await listStages(toyStages(), `${directory}/none`, "1");
    assertEquals(nothing.map((one) => one.state), ["missing", "missing", "missing", "missing"]);
    await run(toyStages(), directory);
    const list = await listStages(toyStages(), directory, "1");
    assertEquals(list[3].products.map((product) => product.id), ["table-1"]);
    assert(list.every((one) => one.state === "done" && one.reason === "" && one.seconds !== null));
  }));

Deno.test("undeclared inputs and outputs, and outputs that were not made, are refused", () =>
  inTemporaryDirectory(async (directory) => {
    const [source, notes] = toyStages();
    const reads = { ...notes, inputs: [] };
    await assertRejects(
      () => run([source, reads], `${directory}/a`),
      ConfigError,
      "no declared input",
    );
    const writes: Stage = {
      ...source,
      run: (context) => Deno.writeTextFile(context.output("sauce.txt"), ""),
    };
    await assertRejects(() => run([writes], `${directory}/b`), ConfigError, 'mean "source.txt"');
    const lazy: Stage = { ...source, run: () => Promise.resolve() };
    await assertRejects(
      () => run([lazy], `${directory}/c`),
      DataError,
      "without its output source.txt",
    );
  }));

Deno.test("a stage's files count as inputs", () =>
  inTemporaryDirectory(async (directory) => {
    const file = `${directory}/corpus.txt`;
    const stage: Stage = {
      name: "copy",
      inputs: [],
      files: { corpus: file },
      config: {},
      version: 1,
      outputs: ["copy.txt"],
      expectedSeconds: 1,
      run: (context) => Deno.copyFile(context.input("corpus"), context.output("copy.txt")),
    };
    const runs = `${directory}/runs`;
    await assertRejects(() => run([stage], runs), ConfigError, "found no file");
    await Deno.writeTextFile(file, "one");
    assertEquals((await run([stage], runs)).ran, ["copy"]);
    assertEquals((await run([stage], runs)).ran, []);
    await Deno.writeTextFile(file, "two");
    const [status] = await listStages([stage], runs, "1");
    assertEquals(status.reason, "an input changed: corpus");
    assertEquals((await run([stage], runs)).ran, ["copy"]);
    assertEquals(await Deno.readTextFile(`${runs}/copy/copy.txt`), "two");
  }));
