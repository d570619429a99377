import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError, KitError } from "../../src/base/errors.ts";
import { HelperThread } from "../../src/pipeline/helper_thread.ts";
import { listStages } from "../../src/pipeline/listing.ts";
import { type Helper, type RunReport, runStages } from "../../src/pipeline/runner.ts";
import { type Stage, StopRequested } from "../../src/pipeline/stage.ts";
import { stageContext } from "../../src/pipeline/stage_context.ts";
import { inTemporaryDirectory, pause } from "./toy.ts";
import { asideStages, type ToyThreadOrder } from "./toy_aside.ts";

const ALL = ["start", "left", "right", "clock", "late", "end"];
const THREAD = new URL("toy_thread.ts", import.meta.url);

/** A helper in this thread, which shows what the lanes do without another one. */
const here: Helper = {
  make: (stage, task, progress, signal) =>
    stage.run(stageContext(stage, task, { progress, stopAsked: () => signal.aborted })),
};

interface Settings {
  readonly helpers?: readonly Helper[];
  readonly signal?: AbortSignal;
  readonly lines?: string[];
}

const run = (
  stages: readonly Stage[],
  directory: string,
  { helpers, signal, lines = [] }: Settings = {},
): Promise<RunReport> =>
  runStages(stages, {
    directory,
    kitVersion: "1",
    sink: (line) => lines.push(line),
    helpers,
    signal,
  });

/** Records and outputs of every stage, by name. */
const bytes = (directory: string): string[] =>
  ALL.map((name) =>
    Deno.readTextFileSync(`${directory}/${name}/stage.json`) +
    Deno.readTextFileSync(`${directory}/${name}/text.txt`)
  );

const states = async (directory: string): Promise<string[]> =>
  (await listStages(asideStages(), directory, "1")).map(({ state }) => state);

/**
 * Stages that note at each unit which of them are under way. `left` and `right` wait for each other to
 * begin; then one of them outlasts the other, so that what waits for the other could begin too early.
 */
function meeting(last: "left" | "right"): { stages: Stage[]; together: Set<string> } {
  const active = new Set<string>();
  const together = new Set<string>();
  const both = Promise.withResolvers<void>();
  const other = Promise.withResolvers<void>();
  const stages = asideStages({
    onUnit: async (name, unit) => {
      if (active.has("left") && active.has("right")) both.resolve();
      if (name === "left" || name === "right") await both.promise;
      if (name === last && unit === 4) {
        await other.promise;
        await pause(50);
      }
      together.add([...active].sort().join("+"));
    },
  });
  return {
    together,
    stages: stages.map((stage) => ({
      ...stage,
      run: async (context) => {
        active.add(stage.name);
        await stage.run(context);
        active.delete(stage.name);
        if (stage.name !== last) other.resolve();
      },
    })),
  };
}

for (const last of ["left", "right"] as const) {
  Deno.test(`two stages are made at once, none beside one that measures time; last is ${last}`, () =>
    inTemporaryDirectory(async (directory) => {
      const { stages, together } = meeting(last);
      const { ran } = await run(stages, `${directory}/two`, { helpers: [here] });
      assertEquals([...ran].sort(), [...ALL].sort());
      assert(together.has("left+right"));
      assertEquals([...together].filter((names) => names.includes("clock")), ["clock"]);
      await run(asideStages(), `${directory}/one`);
      assertEquals(bytes(`${directory}/two`), bytes(`${directory}/one`));
      const again = await run(asideStages(), `${directory}/two`, { helpers: [here] });
      assertEquals(again.ran, []);
    }));
}

/** Stages whose `left` takes so long a unit that a helper makes `right` meanwhile. */
const slowLeft = (ms: number): Stage[] =>
  asideStages({ onUnit: (name) => pause(name === "left" ? ms : 0) });

/**
 * Stages whose `left` waits at unit `at` until the lanes are told to stop; once it is there, `right`
 * acts at its second unit. Also the helper that sees the stop, and the units that were begun.
 */
function stoppedAt(
  at: number,
  act: () => void,
): { stages: Stage[]; helper: Helper; units: string[] } {
  const there = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const units: string[] = [];
  const stages = asideStages({
    onUnit: async (name, unit) => {
      units.push(`${name} ${unit}`);
      if (name === "left" && unit === at) {
        there.resolve();
        await told.promise;
      }
      if (name === "right" && unit === 1) {
        await there.promise;
        act();
      }
    },
  });
  const helper: Helper = {
    make: (stage, task, progress, signal) => {
      signal.addEventListener("abort", () => told.resolve());
      return here.make(stage, task, progress, signal);
    },
  };
  return { stages, helper, units };
}

Deno.test("a failure stops the stage beside it, is what the run fails with, and is gone on from", () =>
  inTemporaryDirectory(async (directory) => {
    const { stages, helper, units } = stoppedAt(2, () => {
      throw new DataError("the right table is torn");
    });
    const lines: string[] = [];
    const settings = { helpers: [helper], lines };
    const error = await assertRejects(() => run(stages, directory, settings), DataError);
    assertEquals(error.message, "the right table is torn");
    assertEquals(units.filter((unit) => unit.startsWith("left")), ["left 0", "left 1", "left 2"]);
    assert(lines.includes("the stage beside it stops after its unit of work under way"));
    const found = await states(directory);
    assertEquals(found, ["done", "missing", "failed", "missing", "missing", "missing"]);
    await run(asideStages(), directory, { helpers: [here] });
    assertEquals(await states(directory), Array(6).fill("done"));
  }));

Deno.test("a stop request ends both stages under way", () =>
  inTemporaryDirectory(async (directory) => {
    const asked = new AbortController();
    const { stages, helper, units } = stoppedAt(1, () => asked.abort());
    await assertRejects(
      () => run(stages, directory, { helpers: [helper], signal: asked.signal }),
      StopRequested,
      "run the same command again",
    );
    assertEquals(
      units.filter((unit) => /left|right/.test(unit)).sort(),
      ["left 0", "left 1", "right 0", "right 1"],
    );
    const missing = Array(5).fill("missing");
    assertEquals(await states(directory), ["done", ...missing]);
  }));

Deno.test("a thread makes stages with the same bytes, and says how far it is", () =>
  inTemporaryDirectory(async (directory) => {
    await run(asideStages(), `${directory}/one`);
    const lines: string[] = [];
    using thread = new HelperThread<ToyThreadOrder>(THREAD, {});
    const made: string[] = [];
    const noting: Helper = {
      make: (stage, ...rest) => {
        made.push(stage.name);
        return thread.make(stage, ...rest);
      },
    };
    await run(asideStages(), `${directory}/two`, { helpers: [noting], lines });
    assert(made.length > 0, "the thread made nothing");
    assertEquals(bytes(`${directory}/two`), bytes(`${directory}/one`));
    assert(lines.some((line) => line.startsWith("[stage 3/6 right] done")));
  }));

for (const how of ["kit", "defect", "crash"] as const) {
  Deno.test(`a stage that fails in the thread fails the run: ${how}`, () =>
    inTemporaryDirectory(async (directory) => {
      const order: ToyThreadOrder = { fails: { stage: "right", how } };
      using thread = new HelperThread(THREAD, order);
      const error = await assertRejects(
        () => run(slowLeft(200), directory, { helpers: [thread] }),
        Error,
      );
      assertEquals(error instanceof KitError, how === "kit");
      const said = { kit: "table is torn", defect: "not a table", crash: "the thread fell over" };
      assertStringIncludes(error.message, said[how]);
      if (how === "kit") assertEquals(error.name, "DataError");
      const list = await listStages(asideStages(), directory, "1");
      assertEquals(list[2].state, "failed");
      assertStringIncludes(list[2].reason, said[how]);
    }));
}

Deno.test("a thread with other stages than the run's is refused", () =>
  inTemporaryDirectory(async (directory) => {
    using thread = new HelperThread<ToyThreadOrder>(THREAD, { version: 2 });
    const error = await assertRejects(
      () => run(slowLeft(200), directory, { helpers: [thread] }),
      KitError,
    );
    assertStringIncludes(error.message, "--jobs 1");
  }));

Deno.test("a stop request reaches the thread while it works", () =>
  inTemporaryDirectory(async (directory) => {
    const asked = new AbortController();
    using thread = new HelperThread<ToyThreadOrder>(THREAD, { unitMs: 100 });
    const stopping: Helper = {
      make: (stage, task, progress, signal) =>
        thread.make(stage, task, (done, ...rest) => {
          if (done === 1) asked.abort();
          progress(done, ...rest);
        }, signal),
    };
    const signal = asked.signal;
    const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    const stages = asideStages({ onUnit: (name) => name === "left" ? ended : undefined });
    await assertRejects(
      () => run(stages, directory, { helpers: [stopping], signal }),
      StopRequested,
    );
    const units = await Deno.readTextFile(`${directory}/right/units.txt`);
    assert(units.length < 5, `the thread went on to its end: ${units}`);
    await run(asideStages(), directory);
    await run(asideStages(), `${directory}/one`);
    assertEquals(bytes(directory), bytes(`${directory}/one`));
  }));

Deno.test("a thread that is gone fails the next stage too", () =>
  inTemporaryDirectory(async (directory) => {
    using thread = new HelperThread(new URL("no_such_thread.ts", import.meta.url), {});
    for (let i = 0; i < 2; i++) {
      const error = await assertRejects(
        () => run(slowLeft(50), directory, { helpers: [thread] }),
        Error,
      );
      assertStringIncludes(error.message, "the thread beside the run ended");
    }
  }));
