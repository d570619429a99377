/** A small graph of file stages with every way of working: at once, in shards, from checkpoints. */
import { writeFileAtomic } from "../../src/base/files.ts";
import { sha256 } from "../../src/base/hash.ts";
import { resumeInShards } from "../../src/pipeline/shards.ts";
import type { Stage, StageContext } from "../../src/pipeline/stage.ts";

export interface ToyOptions {
  /** Milliseconds that a unit of work takes. */
  readonly delayMs?: number;
  /** Part of the first stage's configuration. */
  readonly rows?: number;
  /** Version of the shard stage. */
  readonly version?: number;
  /** Called as each stage begins. */
  readonly onRun?: (name: string) => void;
  /** Called before each unit of work. */
  readonly onUnit?: (name: string, unit: number) => void | Promise<void>;
}

/** Waits so long. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** source -> notes (shards) -> train (checkpoints in its folder) -> figure. */
export function toyStages(options: ToyOptions = {}): Stage[] {
  const { delayMs = 0, rows = 23, version = 1 } = options;
  const unit = async (name: string, number: number) => {
    await options.onUnit?.(name, number);
    if (delayMs > 0) await pause(delayMs);
  };
  const stage = (one: Omit<Stage, "version" | "expectedSeconds"> & Partial<Stage>): Stage => ({
    version: 1,
    expectedSeconds: 1,
    ...one,
    run: (context) => {
      options.onRun?.(one.name);
      return one.run(context);
    },
  });
  return [
    stage({
      name: "source",
      inputs: [],
      config: { rows },
      outputs: ["source.txt"],
      async run(context) {
        const text = Array.from({ length: rows }, (_, i) => `row ${i}\n`).join("");
        await writeFileAtomic(context.output("source.txt"), text);
      },
    }),
    stage({
      name: "notes",
      inputs: ["source"],
      config: {},
      version,
      outputs: ["notes.jsonl"],
      run: (context) => makeNotes(context, (number) => unit("notes", number)),
    }),
    stage({
      name: "train",
      inputs: ["notes"],
      config: { steps: 10 },
      outputs: ["checkpoint", "log.txt"],
      run: (context) => train(context, (number) => unit("train", number)),
    }),
    stage({
      name: "figure",
      inputs: ["train", "source"],
      config: {},
      outputs: ["table-1.svg"],
      products: [{ id: "table-1", kind: "table", output: "table-1.svg" }],
      async run(context) {
        const state = await Deno.readTextFile(context.input("train/checkpoint") + "/state.txt");
        await writeFileAtomic(context.output("table-1.svg"), `<svg>${sha256(state)}</svg>`);
      },
    }),
  ];
}

async function makeNotes(context: StageContext, unit: (number: number) => Promise<void>) {
  const source = await Deno.readTextFile(context.input("source/source.txt"));
  const lines = source.trimEnd().split("\n");
  const plan = { name: "notes", total: lines.length, shardSize: 4 };
  const notes = await resumeInShards(context, plan, async (start, end) => {
    await unit(start);
    return lines.slice(start, end).map((line, i) => ({ row: start + i, note: sha256(line) }));
  });
  const text = notes.map((note) => JSON.stringify(note) + "\n").join("");
  await writeFileAtomic(context.output("notes.jsonl"), text);
}

/** Each step's state hashes the one before; a checkpoint is kept after every second step. */
async function train(context: StageContext, unit: (number: number) => Promise<void>) {
  const kept = `${context.directory}/resume.json`;
  const saved = await Deno.readTextFile(kept).catch(() => null);
  let { step, state, log } = saved === null
    ? { step: 0, state: "0", log: "" }
    : JSON.parse(saved) as { step: number; state: string; log: string };
  while (step < 10) {
    context.checkStop();
    await unit(step);
    state = sha256(`${state} ${context.inputHashes["notes/notes.jsonl"]}`);
    log += `${++step} ${state}\n`;
    if (step % 2 === 0) await writeFileAtomic(kept, JSON.stringify({ step, state, log }));
    context.progress(step, 10);
  }
  await writeFileAtomic(`${context.output("checkpoint")}/state.txt`, state);
  await writeFileAtomic(`${context.output("checkpoint")}/step.timing.json`, `${Math.random()}`);
  await writeFileAtomic(context.output("log.txt"), log);
}

/** The bytes of every stage's record and outputs, by path. */
export async function snapshot(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const stage of toyStages()) {
    const paths = ["stage.json", ...stage.outputs].filter((name) => name !== "checkpoint");
    if (stage.name === "train") paths.push("checkpoint/state.txt");
    for (const path of paths) {
      const name = `${stage.name}/${path}`;
      files[name] = await Deno.readTextFile(`${directory}/${name}`);
    }
  }
  return files;
}

/** Runs `body` in a directory that is removed afterwards. */
export async function inTemporaryDirectory(body: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir({ prefix: "rwr-pipeline-" });
  try {
    await body(path);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}
