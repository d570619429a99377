import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Rng } from "../../src/base/rng.ts";
import { type Ended, follow, startCommand } from "../command_line.ts";
import { inTemporaryDirectory, pause } from "./toy.ts";
import { passOn } from "../../tools/run.ts";

/** How often a stage of each kind is killed. */
const KILLS = { notes: 7, train: 7, answers: 6 };
type Kind = keyof typeof KILLS;

/** Every stage that is killed has several shards or checkpoints, and takes a second or two. */
const SETTINGS = [
  "source.rows=9500",
  "model.layers=1",
  "model.dim=32",
  "model.dtRank=2",
  "pretraining.steps=2",
  "finetuning.steps=250",
  `evaluation.lengths=${
    JSON.stringify([200, 256, 320, 435, 600].map((tokens) => ({ tokens, itemsPerType: 3 })))
  }`,
];

const argsFor = (runs: string, jobs: number): string[] => [
  ...["reproduce", "--profile", "smoke", "--from-scratch", "--runs", runs, "--jobs", `${jobs}`],
  ...SETTINGS.flatMap((setting) => ["--set", setting]),
];

/**
 * What depends on a clock: measured times, the efficiency stage that measures them, and the report
 * that shows them. `lock` holds the number of the last process.
 */
const CLOCK = /(^|\/)([^/]*timing\.json|lock)$|^(efficiency|report)\/|^report\.html$/;

/** Every file of a run by path; bytes are empty where a clock decides them. */
async function filesOf(folder: string, prefix = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${prefix}`)) {
    const path = prefix + name;
    if (isDirectory) {
      for (const [inner, bytes] of await filesOf(folder, `${path}/`)) files.set(inner, bytes);
    } else {
      files.set(
        path,
        CLOCK.test(path) ? new Uint8Array() : await Deno.readFile(`${folder}/${path}`),
      );
    }
  }
  return files;
}

/** Compares two runs file by file, so that a difference is told by name and not by a wall of bytes. */
function assertSameFiles(
  found: ReadonlyMap<string, Uint8Array>,
  expected: ReadonlyMap<string, Uint8Array>,
  where: string,
): void {
  assertEquals([...found.keys()].sort(), [...expected.keys()].sort(), where);
  const equal = (a: Uint8Array, b: Uint8Array) =>
    a.length === b.length && a.every((byte, i) => byte === b[i]);
  const differing = [...expected].filter(([path, bytes]) => !equal(found.get(path)!, bytes));
  assertEquals(differing.map(([path]) => path), [], where);
}

/** The stages that some run began and none finished. */
async function unfinished(run: string): Promise<string[]> {
  const stages: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(run)) {
    const names = isDirectory
      ? [...Deno.readDirSync(`${run}/${name}`)].map((entry) => entry.name)
      : [];
    if (names.includes("started.json") && !names.includes("stage.json")) stages.push(name);
  }
  return stages;
}

const kindOf = (stage: string): Kind | undefined =>
  (Object.keys(KILLS) as Kind[]).find((kind) => stage.startsWith(kind));

/** When a signal is sent: resolves at that moment, or when `ended` is aborted. */
type Moment = (stage: string, ended: AbortSignal) => Promise<void> | undefined;

/** A run that ended, and what its lines said. */
interface Followed extends Ended {
  /** Stages that it began and did not say were done. */
  readonly underWay: ReadonlySet<string>;
  /** Stages that were under way when another one began. */
  readonly beside: ReadonlySet<string>;
}

/** Runs the pipeline, and sends one signal at the moment that some stage's beginning leads to. */
async function runAndSignal(
  runs: string,
  signal: Deno.Signal,
  moment: Moment,
  jobs = 2,
): Promise<Followed> {
  const child = await startCommand(argsFor(runs, jobs));
  const running = new AbortController();
  const underWay = new Set<string>();
  const beside = new Set<string>();
  let sending: Promise<void> | undefined;
  const ended = await follow(child, (line) => {
    const [, stage, what] = /^\[stage \d+\/\d+ (\S+)\] (starts|done)/.exec(line) ?? [];
    if (what === "done") underWay.delete(stage);
    if (what !== "starts") return;
    for (const other of underWay) beside.add(other);
    underWay.add(stage);
    sending ??= moment(stage, running.signal)?.then(() => passOn(child, signal));
  });
  running.abort();
  await sending;
  return { ...ended, underWay, beside };
}

/** Names in a folder; none where it is not there, or is just being made. */
function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** How much a stage has left that its next run goes on from: shards of rows, or checkpoints. */
const piecesDone = (stage: string): number =>
  namesIn(stage).filter((name) => /^[a-z]+\.part-\d+-\d+$/.test(name)).length +
  namesIn(`${stage}/checkpoints`).filter((name) => /^step-\d+$/.test(name)).length;

/** Kills in one run directory, spread over all stages of a kind. */
class Fire {
  readonly #struck = new Map<string, number>();

  constructor(readonly runs: string, readonly seconds: ReadonlyMap<string, number>) {}

  /**
   * When to kill the stage that begins: every other time at a random moment after its beginning, else
   * after one more piece was done, because a restarted process needs a while before its first.
   */
  aim(left: Readonly<Record<Kind, number>>, rng: Rng): Moment {
    return (stage, ended) => {
      const kind = kindOf(stage);
      const struck = this.#struck.get(stage) ?? 0;
      const alike = [...this.seconds.keys()].filter((name) => kindOf(name) === kind).length;
      if (!kind || left[kind] === 0 || struck >= Math.ceil(KILLS[kind] / alike)) return;
      const wait = rng.uniform() * 1000 * this.seconds.get(stage)!;
      if (struck % 2 === 0) return pause(0.3 * wait);
      return this.#afterPiece(stage, ended).then(() => pause(0.15 * wait));
    };
  }

  async #afterPiece(stage: string, ended: AbortSignal): Promise<void> {
    const folder = `${this.runs}/smoke/${stage}`;
    const before = piecesDone(folder);
    while (piecesDone(folder) === before && !ended.aborted) await pause(5);
  }

  /** Counts a kill. */
  strike(stage: string): void {
    this.#struck.set(stage, (this.#struck.get(stage) ?? 0) + 1);
  }
}

/** Kills run after run until each kind of stage was hit as often as {@linkcode KILLS} says. */
async function underFire(folder: string, seconds: ReadonlyMap<string, number>): Promise<string[]> {
  const left = { ...KILLS };
  const resumable: Record<Kind, number> = { notes: 0, train: 0, answers: 0 };
  const rng = new Rng("reproduce/kill");
  const fires = [new Fire(`${folder}/killed-0`, seconds)];
  for (let attempts = 0; Object.values(left).some((n) => n > 0); attempts++) {
    assert(attempts < 60, `60 attempts left ${JSON.stringify(left)}`);
    const fire = fires[fires.length - 1];
    const { code, err, underWay } = await runAndSignal(fire.runs, "SIGKILL", fire.aim(left, rng));
    if (code === 0) {
      fires.push(new Fire(`${folder}/killed-${fires.length}`, seconds));
      continue;
    }
    assertEquals(code, 137, err);
    for (const stage of await unfinished(`${fire.runs}/smoke`)) {
      const kind = kindOf(stage);
      if (!kind || !underWay.has(stage)) continue;
      const pieces = piecesDone(`${fire.runs}/smoke/${stage}`);
      fire.strike(stage);
      left[kind] = Math.max(0, left[kind] - 1);
      if (pieces > 0) resumable[kind]++;
      console.log(`killed inside ${stage} with ${pieces} pieces done`);
    }
  }
  for (const [kind, times] of Object.entries(resumable)) {
    assert(times > 0, `no kill inside ${kind} left work to go on from`);
  }
  return fires.map(({ runs }) => runs);
}

async function stageSeconds(run: string): Promise<Map<string, number>> {
  const seconds = new Map<string, number>();
  for (const { name, isDirectory } of Deno.readDirSync(run)) {
    if (!isDirectory) continue;
    const timing = JSON.parse(await Deno.readTextFile(`${run}/${name}/timing.json`));
    seconds.set(name, timing.seconds);
  }
  return seconds;
}

Deno.test("reproduce: two stages at once, stopped and killed at random moments, leave the bytes of one at a time", async (t) => {
  await inTemporaryDirectory(async (folder) => {
    const never = () => undefined;
    const whole = await runAndSignal(`${folder}/whole`, "SIGKILL", never, 1);
    assertEquals(whole.code, 0, whole.err);
    const expected = await filesOf(`${folder}/whole/smoke`);
    await t.step("Ctrl-C ends a run with 130 and a message that says how to go on", async () => {
      const stopped = await runAndSignal(
        `${folder}/killed-0`,
        "SIGINT",
        (stage) => stage === "notes" ? Promise.resolve() : undefined,
      );
      assertEquals(stopped.code, 130, stopped.err);
      assertStringIncludes(stopped.out, "press Ctrl-C again to stop at once");
      assertMatch(stopped.err, /^reproduce: stopped (inside|before) the stage \S+, as asked/);
      assertStringIncludes(stopped.err, "run the same command again");
    });
    await t.step(
      "kill -9 in distillation, training and answering, until each was hit often",
      async () => {
        const seconds = await stageSeconds(`${folder}/whole/smoke`);
        const two = await runAndSignal(`${folder}/two`, "SIGKILL", never);
        assertEquals([...whole.beside], [], "stages side by side with --jobs 1");
        const beside = [...two.beside].filter((stage) => /^(train|answers)/.test(stage));
        assert(beside.length > 0, "no stage was made beside another");
        for (const runs of [`${folder}/two`, ...await underFire(folder, seconds)]) {
          const last = await runAndSignal(runs, "SIGKILL", never);
          assertEquals(last.code, 0, last.err);
          assertSameFiles(await filesOf(`${runs}/smoke`), expected, runs);
        }
      },
    );
  });
});
