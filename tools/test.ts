/**
 * `deno task test`: all tests, each file a process of its own, as many at a time as there are cores.
 *
 * Most of a test's time is waiting: for a shader to be compiled on one core, for a server, for a
 * child. Processes see nothing of what others do to their environment or working folder, and each opens
 * a device of its own, so that they may wait side by side. The kit is type-checked once, beside them.
 * What a file prints comes in one piece when it ends; the last line is Deno's summary of all.
 *
 * With arguments it is `deno test -A ARGUMENTS`: `deno task test tests/figures/table_1_test.ts`.
 *
 * @module
 */
import { gpuEnvironment } from "./adapter.ts";
import { passOn, runDeno, SIGNALS } from "./run.ts";
import { importMapFlags } from "./std.ts";

/** What Deno's summary counts. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly ignored: number;
}

/** One process: what it does, Deno's arguments, and how much work it is beside the others. */
interface Job {
  readonly name: string;
  readonly args: readonly string[];
  readonly weight: number;
}

/** How a job ended. */
interface Outcome {
  readonly name: string;
  readonly output: string;
  readonly counts: Counts;
}

/**
 * Reads the counts of Deno's summary, `ok | 12 passed (3 steps) | 0 failed | 1 ignored (4s)`.
 *
 * @param tests Whether the process runs tests, and so has to end with a summary.
 * @returns One failure where there is none: a module does not load, or a test ended the process.
 */
export function countsOf(output: string, code: number, tests = true): Counts {
  const found = output.match(/^(?:ok|FAILED) \| \d+ passed.*$/gm)?.at(-1);
  const summary = found ?? "";
  const count = (word: string) => Number(summary.match(`(\\d+) ${word}`)?.[1] ?? 0);
  const failed = count("failed");
  return {
    passed: count("passed"),
    failed: failed || Number(code !== 0 || (tests && found === undefined)),
    ignored: count("ignored"),
  };
}

/** Deno's summary of all. */
export function summaryLine(all: readonly Counts[], seconds: number): string {
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0);
  const ignored = sum("ignored");
  const time = `${Math.floor(seconds / 60)}m${Math.floor(seconds % 60)}s`;
  return `${sum("failed") ? "FAILED" : "ok"} | ${sum("passed")} passed | ${sum("failed")} failed${
    ignored ? ` | ${ignored} ignored` : ""
  } (${time})`;
}

/** Starts jobs in their order, `width` at a time; yields what each returns as it ends. */
export async function* inParallel<T>(
  jobs: readonly (() => Promise<T>)[],
  width: number,
): AsyncGenerator<T> {
  const running = new Map<number, Promise<{ key: number; value: T }>>();
  let next = 0;
  while (next < jobs.length || running.size > 0) {
    while (next < jobs.length && running.size < width) {
      const key = next++;
      running.set(key, jobs[key]().then((value) => ({ key, value })));
    }
    const { key, value } = await Promise.race(running.values());
    running.delete(key);
    yield value;
  }
}

/** Processes at a time; each has a device, and a software driver that takes all cores. */
const WIDTH = Math.min(8, Math.max(2, navigator.hardwareConcurrency));

/** Files that take over a minute on two cores, slowest first: started last they would be waited for. */
const SLOW = [
  "tests/kernels/verify_test.ts",
  "tests/distill/command_test.ts",
  "tests/pipeline/reproduce_test.ts",
  "tests/distill/batch_test.ts",
  "tests/kernels/textures_test.ts",
  "tests/kernels/spans_test.ts",
  "tests/train/segments_test.ts",
  "tests/cli/tune_test.ts",
  "tests/infer/generate_test.ts",
  "tests/models/mamba2_test.ts",
];

/** The type check and every test file. */
async function allJobs(): Promise<Job[]> {
  const check: Job = { name: "type check", args: ["check", "tests"], weight: Infinity };
  const files = await testFiles("tests");
  return [check, ...files].sort((a, b) => b.weight - a.weight);
}

async function testFiles(folder: string): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) jobs.push(...await testFiles(path));
    else if (name.endsWith("_test.ts")) {
      const slow = SLOW.indexOf(path);
      const weight = slow < 0 ? (await Deno.stat(path)).size : 1e12 - slow;
      jobs.push({ name: path, args: ["test", "-A", "--no-check", path], weight });
    }
  }
  return jobs;
}

/** Runs a job to its end and keeps what it prints. */
async function run(
  { name, args: [command, ...args] }: Job,
  flags: readonly string[],
  children: Set<Deno.ChildProcess>,
): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [command, ...flags, ...args],
    env: { ...gpuEnvironment(), NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  children.add(child);
  const [{ code }, out, err] = await Promise.all([
    child.status,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  children.delete(child);
  return { name, output: out + err, counts: countsOf(out, code, command === "test") };
}

/** Passes an interrupt on to the children; those not yet started then never are. */
function onInterrupt(children: ReadonlySet<Deno.ChildProcess>, jobs: { length: number }): void {
  for (const signal of SIGNALS) {
    Deno.addSignalListener(signal, () => {
      jobs.length = 0;
      // A terminal sends Ctrl-C to the children as well.
      if (signal === "SIGINT" && Deno.stdin.isTerminal()) return;
      for (const child of children) passOn(child, signal);
    });
  }
}

async function runAll(): Promise<number> {
  const started = performance.now();
  const children = new Set<Deno.ChildProcess>();
  const flags = await importMapFlags();
  const jobs = (await allJobs()).map((job) => () => run(job, flags, children));
  onInterrupt(children, jobs);
  const total = jobs.length;
  const outcomes: Outcome[] = [];
  for await (const outcome of inParallel(jobs, WIDTH)) {
    outcomes.push(outcome);
    console.log(`[${outcomes.length}/${total}] ${outcome.name}\n${outcome.output.trimEnd()}\n`);
  }
  const failed = outcomes.filter(({ counts }) => counts.failed > 0);
  for (const { name, counts } of failed) console.log(`FAILED: ${name} (${counts.failed})`);
  const counts = outcomes.map(({ counts }) => counts);
  const unrun = total - outcomes.length;
  if (unrun > 0) {
    console.log(`FAILED: stopped, ${unrun} of ${total} not run`);
    counts.push({ passed: 0, failed: 1, ignored: 0 });
  }
  console.log(summaryLine(counts, (performance.now() - started) / 1000));
  return counts.some(({ failed }) => failed > 0) ? 1 : 0;
}

if (import.meta.main) {
  Deno.exit(Deno.args.length > 0 ? await runDeno(["test", "-A", ...Deno.args]) : await runAll());
}
