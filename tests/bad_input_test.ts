/**
 * Bad input as a user meets it: through the command line, with an exit code and a message that says
 * what was found and what to do. Each reader's own cases are tested beside it:
 *
 * - unknown and wrong settings: tests/pipeline/profile_test.ts, flags: tests/cli/args_test.ts;
 * - torn, foreign and damaged Arrow files: tests/tables/tables_test.ts; torn outputs of a stage:
 *   tests/pipeline/runner_test.ts;
 * - safetensors: tests/nn/safetensors_test.ts; weights and config.json: tests/models/weights_test.ts;
 *   model configurations: tests/models/mamba_test.ts; checkpoint folders: tests/train/checkpoint_test.ts;
 * - batches without labels or tokens, ids outside the vocabulary: tests/train/loss_test.ts; resumed
 *   training: tests/train/trainer_test.ts;
 * - histories and tokenizers: tests/sources/longmemeval_test.ts, tests/tokenizer/tokenizer_test.ts,
 *   `deno task answer`: tests/cli/answer_test.ts;
 * - a full disk inside a stage: tests/pipeline/disk_full_test.ts; set-up and doctor without a driver:
 *   tests/tools/adapter_test.ts; kernels and devices: tests/gpu/errors_test.ts.
 */
import { onSmallDisk } from "./small_disk.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { relative } from "node:path";
import { hfConfig } from "../src/models/mamba/hf.ts";
import { initializeMamba, mambaConfig } from "../src/models/mamba/mod.ts";
import type { HostTensor } from "../src/nn/safetensors.ts";
import { loadProfile } from "../src/pipeline/profiles/mod.ts";
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from "../src/train/checkpoint.ts";
import { runCommandLine } from "./command_line.ts";
import { inTemporaryDirectory } from "./pipeline/toy.ts";
import { pathOf } from "./repository.ts";

/** Runs a command that must end with 1 and a message, never with a stack. */
async function refused(
  args: readonly string[],
  expected: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { code, out, err } = await runCommandLine(args, env);
  const said = `${args.join(" ")}\n${out}\n${err}`;
  assertEquals(code, 1, said);
  for (const part of expected) assertStringIncludes(err, part, said);
  assert(!/\n\s+at |defect/.test(err), said);
}

Deno.test("bad input: settings and sizes on the command line", () =>
  inTemporaryDirectory(async (folder) => {
    const [empty, text] = [`${folder}/empty.txt`, `${folder}/text.txt`];
    await Deno.writeTextFile(empty, "");
    await Deno.writeTextFile(text, "a b c d ".repeat(100));
    const reproduce = (...args: string[]) => ["reproduce", "--profile", "smoke", ...args];
    const pretrain = (
      file: string,
      ...args: string[]
    ) => ["pretrain", "--runs", folder, "--text", file, ...args];
    const cases: [string[], string[]][] = [
      [reproduce("--set", "sorce.rows=9"), [
        "reproduce: ConfigError",
        'unknown key "sorce.rows"',
        'did you mean "source.rows"?',
      ]],
      [["reproduce", "--profile", "smok"], ["ConfigError", 'did you mean "smoke"?']],
      [reproduce("--set", "source.rows=0"), ["ConfigError", "found 0", "from 1"]],
      [reproduce("--runs", empty), ["DataError", "locking the run directory", empty]],
      [pretrain(empty), ["ConfigError", "found 0 bytes in", "give a longer text"]],
      [pretrain(`${folder}/none`), ["DataError", "reading the training text", "check the path"]],
      [pretrain(text, "--length", "0"), ["DataError", "found a sequence of length zero"]],
      [pretrain(text, "--steps", "0"), ["ConfigError", "found 0 steps"]],
      [pretrain(text, "--dim", "0"), ["ConfigError", "configuration model.dim: found 0"]],
    ];
    for (const [args, expected] of cases) await refused(args, expected);
  }));

const profile = loadProfile("smoke");
const D = "backbone.layers.1.mixer.D";

/** `checkpoint` with its weights changed by `spoil`. */
function spoiltWeights(
  checkpoint: Checkpoint,
  spoil: (weights: Map<string, HostTensor>) => void,
): Checkpoint {
  const weights = new Map(
    [...checkpoint.weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
  spoil(weights);
  return { ...checkpoint, weights };
}

const smaller = mambaConfig({ vocabSize: 45, dim: 64, layers: 2 });

/** What is done to a shipped base, and what `reproduce` then says. */
const damages: [string, (folder: string, base: Checkpoint) => Promise<void>, string[]][] = [
  [
    "a torn training log",
    async (folder) => await Deno.truncate(`${folder}/training_log.arrow`, 100),
    ["DataError", "training_log.arrow", "found 100 bytes"],
  ],
  [
    "torn weights",
    async (folder) => await Deno.truncate(`${folder}/model.safetensors`, 1000),
    ["CheckpointError", "model.safetensors with SHA-256", "damaged"],
  ],
  [
    "a folder without its mark",
    async (folder) => await Deno.remove(`${folder}/COMPLETE`),
    ["CheckpointError", "found no file COMPLETE", "take another checkpoint"],
  ],
  [
    "a missing tensor",
    (folder, base) => saveCheckpoint(folder, spoiltWeights(base, (t) => void t.delete(D))),
    ["CheckpointError", `tensor "${D}" is missing`],
  ],
  [
    "a tensor of a wrong shape",
    (folder, base) =>
      saveCheckpoint(
        folder,
        spoiltWeights(base, (t) => void t.set(D, { ...t.get(D)!, shape: [2, 64] })),
      ),
    ["CheckpointError", `found "${D}" of [2,64], expected [128]`],
  ],
  [
    "weights that are not numbers",
    (folder, base) =>
      saveCheckpoint(folder, spoiltWeights(base, (t) => void (t.get(D)!.data[7] = NaN))),
    ["CheckpointError", `found NaN at element 7 of "${D}"`, "take an earlier checkpoint"],
  ],
  [
    "the configuration of another model",
    (folder, base) =>
      saveCheckpoint(folder, { ...base, config: { ...base.config as object, model_type: "gpt2" } }),
    ["CheckpointError", 'found model_type "gpt2"', 'expected "mamba"'],
  ],
  [
    "a model of fewer tokens than the tokenizer has",
    (folder, base) =>
      saveCheckpoint(folder, {
        ...base,
        config: hfConfig(smaller),
        weights: initializeMamba(smaller, 1),
      }),
    ["ConfigError", "with vocabSize 45", "expected vocabSize 293", "--from-scratch"],
  ],
];

for (const [what, damage, expected] of damages) {
  Deno.test(`bad input: a base checkpoint with ${what}`, () =>
    inTemporaryDirectory(async (folder) => {
      const shipped = pathOf(profile.checkpoint);
      const base = `${folder}/base`;
      await Deno.mkdir(base);
      for (const { name } of Deno.readDirSync(shipped)) {
        await Deno.copyFile(`${shipped}/${name}`, `${base}/${name}`);
      }
      const log = await Deno.readFile(`${base}/training_log.arrow`);
      await damage(base, await loadCheckpoint(base));
      // Saving a checkpoint replaces the whole folder; the log is the base's own.
      const logged = [...Deno.readDirSync(base)].some(({ name }) => name === "training_log.arrow");
      if (!logged) await Deno.writeFile(`${base}/training_log.arrow`, log);
      const checkpoint = `checkpoint=${relative(pathOf(""), base)}`;
      const args = ["--profile", "smoke", "--runs", `${folder}/runs`, "--set", checkpoint];
      await refused(["reproduce", ...args], expected);
    }));
}

Deno.test("bad input: a table that was torn between two runs is made again", () =>
  inTemporaryDirectory(async (folder) => {
    const args = ["reproduce", "--profile", "smoke", "--runs", folder];
    const first = await runCommandLine(args);
    assertEquals(first.code, 0, first.err);
    const path = `${folder}/smoke/notes/notes.arrow`;
    const whole = await Deno.readFile(path);
    await Deno.truncate(path, 500);
    const again = await runCommandLine(args);
    assertEquals(again.code, 0, again.err);
    assertStringIncludes(again.out, "notes] starts (notes.arrow was changed or torn");
    assert(!again.out.includes("packs-rwr] starts"), "the notes came back with the same bytes");
    assertEquals(await Deno.readFile(path), whole);
  }));

Deno.test("bad input: a disk that is full", () =>
  inTemporaryDirectory((folder) =>
    onSmallDisk(folder, async (disk) => {
      await refused(["reproduce", "--profile", "smoke", "--runs", `${disk}/runs`], [
        "reproduce: DataError: writing ",
        "No space left",
        "Free space or choose another --runs directory",
      ]);
    })
  ));

/** Hides every Vulkan driver from the loader. */
const DRIVERLESS = {
  DENO_WEBGPU_BACKEND: "vulkan",
  VK_DRIVER_FILES: "/nonexistent.json",
  VK_ICD_FILENAMES: "/nonexistent.json",
};

Deno.test({
  name: "bad input: no adapter",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inTemporaryDirectory(async (folder) => {
      const remedy = [
        "found no adapter",
        "apt-get install mesa-vulkan-drivers",
        "deno task doctor",
      ];
      for (
        const args of [
          ["reproduce", "--profile", "smoke", "--runs", `${folder}/runs`],
          ["pretrain", "--profile", "smoke", "--out", `${folder}/out`],
        ]
      ) {
        await refused(
          args,
          [`${args[0]}: DeviceError: opening a WebGPU device`, ...remedy],
          DRIVERLESS,
        );
      }
    }),
});
