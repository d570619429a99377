import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { command } from "../../src/cli/answer.ts";
import {
  CheckpointError,
  ConfigError,
  DataError,
  DeviceError,
  type KitError,
} from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { encodeSafetensors } from "../../src/nn/safetensors.ts";
import { hfConfig } from "../../src/models/mamba/hf.ts";
import { initializeMamba, mambaConfig } from "../../src/models/mamba/mod.ts";
import {
  formatFor,
  modelFromFolder,
  parseMethods,
  UNTRAINED_NOTICE,
} from "../../src/pipeline/answer_run.ts";
import { evaluationItems } from "../../src/sources/mod.ts";
import { readRows, readTable } from "../../src/tables/mod.ts";
import { byteTokenizer, loadTokenizer, tinyTokenizer } from "../../src/tokenizer/mod.ts";
import { saveCheckpoint } from "../../src/train/checkpoint.ts";
import { DATA, runAnswer, TOKENIZER } from "../conformance/answer.ts";
import { importMapFlags } from "../../tools/std.ts";
import { pathOf } from "../repository.ts";

const QUICK = ["--segment=40", "--max-note=6", "--max-answer=4"];

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the fixture goes all the way, and every output says that the model is untrained", () =>
  inFolder(async (out) => {
    const args = [`--data=${DATA}`, `--tokenizer=${TOKENIZER}`, `--out=${out}`, ...QUICK];
    const lines = await runAnswer(args);
    assertStringIncludes(lines, `\n${UNTRAINED_NOTICE}\n`);
    assertMatch(lines, /\d+ tokens, accuracy in percent \(substring_match\)/);
    assertMatch(lines, /trip_2_abs +RwR\+SSA +\d+ +\d+ +\d+ +[\d.]+ +[\d.]+/);
    const { rows: answers, manifest } = await readAnswers(`${out}/answers-rwr-ssa`);
    assertEquals(answers.map((row) => row.item_id), ["garden_1", "trip_2_abs"]);
    assertEquals(answers.map((row) => row.abstention), [false, true]);
    assert(answers.every(({ model }) => model === "untrained"));
    assertStringIncludes(manifest, UNTRAINED_NOTICE);
    const segments: { text: string }[] = JSON.parse(answers[0].segments);
    assert(segments.length > 5);
    assertStringIncludes(segments.map(({ text }) => text).join(""), "seven tomato plants");
    assert(!JSON.stringify(answers).includes("has_answer"));
    assertEquals((await readRows(`${out}/scores/scores.arrow`, "scores")).length, 6);
    const summary = JSON.parse(await Deno.readTextFile(`${out}/scores/summary.json`));
    assertEquals(summary.notice, UNTRAINED_NOTICE);
    const report = await Deno.readTextFile(`${out}/report.html`);
    for (const text of [UNTRAINED_NOTICE, "RwR+SSA (untrained)", "peak GPU MiB"]) {
      assertStringIncludes(report, text);
    }
    const cost = JSON.parse(await Deno.readTextFile(`${out}/answers-direct/cost/0.timing.json`));
    assertEquals([cost.item_id, cost.notice, cost.segments], ["garden_1", UNTRAINED_NOTICE, 1]);
    assertStringIncludes(report, `<td>${cost.prompt_tokens}</td>`);
    assert(cost.seconds > 0 && cost.peak_bytes > 0 && cost.prompt_tokens > 100);
    assertEquals((await runAnswer(args)).match(/stage \d/), null);
    await Deno.remove(`${out}/answers-direct/cost/0.timing.json`);
    await assertRejects(() => runAnswer(args), DataError, `delete ${out}/answers-direct/cost`);
    await Deno.remove(`${out}/answers-direct/cost`, { recursive: true });
    assertStringIncludes(await runAnswer(args), "answers-direct] done");
  }));

async function readAnswers(folder: string) {
  const path = `${folder}/answers.arrow`;
  const { manifest } = await readTable(path, "answers");
  return { rows: await readRows(path, "answers"), manifest: JSON.stringify(manifest) };
}

Deno.test("a run that is killed goes on, and ends with the same answers", () =>
  inFolder(async (out) => {
    const args = (folder: string) => [
      `--data=${DATA}`,
      `--tokenizer=${TOKENIZER}`,
      `--out=${out}/${folder}`,
      "--methods=direct,rwr",
      ...QUICK,
    ];
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...await importMapFlags(), "-A", pathOf("src/cli/main.ts"), "answer"]
        .concat(args("cut")),
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
      if (piece.includes("[stage 3/")) child.kill("SIGKILL");
    }
    assertEquals((await child.status).signal, "SIGKILL");
    const lines = await runAnswer(args("cut"));
    await runAnswer(args("whole"));
    assert(!lines.includes("items] starts"), lines);
    for (const name of ["answers-direct/answers.arrow", "answers-rwr/answers.arrow"]) {
      const [cut, whole] = await Promise.all(
        ["cut", "whole"].map((folder) => Deno.readFile(`${out}/${folder}/${name}`)),
      );
      assertEquals(cut, whole, name);
    }
  }));

Deno.test("the tiny tokenizer gets the tiny prompts, and a model from a folder answers", () =>
  inFolder(async (folder) => {
    const tokenizer = pathOf("data/tiny/tokenizer.json");
    const items = evaluationItems({ seed: 1, split: "test", length: 128, perType: 1 });
    await Deno.writeTextFile(`${folder}/items.json`, JSON.stringify(items));
    const config = mambaConfig({ vocabSize: tinyTokenizer().vocabSize, dim: 16, layers: 1 });
    const state = { step: 0, configHash: "", trainer: null };
    const weights = initializeMamba(config, 1);
    await saveCheckpoint(`${folder}/small`, { weights, config: hfConfig(config), state });
    const lines = await runAnswer([
      `--data=${folder}/items.json`,
      `--tokenizer=${tokenizer}`,
      `--model=${folder}/small/`,
      `--out=${folder}/out`,
      "--limit=3",
      "--methods=rwr",
      ...QUICK,
    ]);
    assertStringIncludes(lines, "exact_match");
    assert(!lines.includes("untrained"), lines);
    const { rows } = await readAnswers(`${folder}/out/answers-rwr`);
    assertEquals(rows.map(({ model, method }) => [model, method]), Array(3).fill(["small", "rwr"]));
    assertMatch(rows[0].final_prompt, /^<bos> .* <q> .* <r>$/s);
  }));

Deno.test("a folder of transformers is a model too, with the padded vocabulary alone", () =>
  inFolder(async (folder) => {
    const tokenizer = await loadTokenizer(TOKENIZER);
    const config = mambaConfig({ vocabSize: tokenizer.vocabSize, dim: 16, layers: 1 });
    const { unpadded_vocab_size: _, ...hf } = hfConfig(config);
    await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(hf));
    const weights = [...initializeMamba(config, 1)].map(([name, tensor]) =>
      [name.replace("embedding.", "embeddings."), tensor] as const
    );
    await Deno.writeFile(`${folder}/model.safetensors`, encodeSafetensors(new Map(weights)));
    const gpu = await Gpu.open();
    try {
      const model = await (await modelFromFolder(folder, tokenizer)).make(gpu);
      assertEquals(model.config.vocabSize, tokenizer.vocabSize);
      model.release();
      await Deno.truncate(`${folder}/model.safetensors`, 100);
      const torn = await modelFromFolder(folder, tokenizer);
      await assertRejects(() => torn.make(gpu), CheckpointError);
    } finally {
      gpu.destroy();
    }
  }));

Deno.test("what cannot be answered is refused with its reason", () =>
  inFolder(async (folder) => {
    const write = async (name: string, text: string) => {
      await Deno.writeTextFile(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    };
    const item = JSON.parse(await Deno.readTextFile(DATA))[0];
    const items = (changed: object) => JSON.stringify([item, { ...item, ...changed }]);
    type Refusal = new (...args: never[]) => KitError;
    const cases: [Record<string, string>, Refusal, string][] = [
      [{ data: "none.json" }, DataError, "opening --data none.json"],
      [{ data: folder }, DataError, "found no file"],
      [{ data: await write("empty.json", "") }, DataError, "found an empty file"],
      [{ data: await write("list.json", "[]") }, DataError, "found no item"],
      [{ data: await write("text.json", "hello") }, DataError, "after 0 objects"],
      [{ data: await write("other.json", '[{"id": 1}]') }, DataError, "haystack_sessions"],
      [{ data: await write("type.json", items({ question_type: "new" })) }, DataError, '"new"'],
      [{ data: await write("twice.json", items({})) }, DataError, "found a question_id that"],
      [{ data: await write("gold.json", items({ answer: " " })) }, DataError, "an empty answer"],
      [{ data: await write("q.json", items({ question: "" })) }, DataError, "an empty question"],
      [
        {
          data: await write(
            "h.json",
            items({ haystack_sessions: [], haystack_dates: [], haystack_session_ids: [] }),
          ),
        },
        DataError,
        "a history without text",
      ],
      [{ tokenizer: "none.json" }, DataError, "none.json"],
      [{ tokenizer: DATA }, DataError, "expected a Hugging Face tokenizer.json"],
      [{ tokenizer: pathOf("data/tiny/tokenizer.json") }, DataError, "found the word"],
      [{ methods: "direct,rwr+sa" }, ConfigError, 'did you mean "rwr+ssa"'],
      [{ methods: "rwr,rwr" }, ConfigError, "a method twice"],
      [{ segment: "0" }, ConfigError, "--segment=0"],
      [{ limit: "0" }, ConfigError, "--limit=0"],
      [{ model: "none" }, CheckpointError, "expected a folder with config.json"],
    ];
    for (const [changed, kind, message] of cases) {
      const flags = { data: DATA, tokenizer: TOKENIZER, out: `${folder}/out`, ...changed };
      const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
      await assertRejects(() => runAnswer(args), kind, message);
    }
    await assertRejects(() => command.run([]), ConfigError, "--data is missing");
    await assertRejects(() => command.run(["--data=x"]), ConfigError, "--tokenizer is missing");
    const other = mambaConfig({ vocabSize: 300, dim: 16, layers: 1 });
    await write("config.json", JSON.stringify(hfConfig(other)));
    const misfit = [`--data=${DATA}`, `--tokenizer=${TOKENIZER}`, `--model=${folder}`];
    await assertRejects(() => command.run(misfit), ConfigError, "a vocabulary of 300 tokens");
  }));

Deno.test("methods keep the order of tables; formats follow the tokenizer", async () => {
  assertEquals(parseMethods("rwr+ssa, direct"), ["direct", "rwr+ssa"]);
  assertEquals(formatFor(tinyTokenizer()).name, "tiny");
  assertEquals(formatFor(await loadTokenizer(TOKENIZER)).endToken, "<|endoftext|>");
  const llama = {
    ...byteTokenizer(),
    tokenId: (token: string) => token === "</s>" ? 2 : undefined,
  };
  assertEquals(formatFor(llama).recallResponse("n", "a"), " n\nAnswer: a</s>");
  const none = { ...byteTokenizer(), tokenId: () => undefined };
  try {
    formatFor(none);
    assert(false, "a tokenizer without an end token was taken");
  } catch (error) {
    assert(error instanceof ConfigError);
    assertStringIncludes(error.message, "</s>");
  }
});

Deno.test("--precision: f16 is part of what answered, and another word is refused", () =>
  inFolder(async (out) => {
    const args = [`--data=${DATA}`, `--tokenizer=${TOKENIZER}`, `--out=${out}`, ...QUICK];
    await assertRejects(
      () => command.run([...args, "--precision=f8"]),
      ConfigError,
      "one of f32, f16",
    );
    const gpu = await Gpu.open();
    const able = gpu.f16;
    gpu.destroy();
    if (!able) {
      await assertRejects(() => command.run([...args, "--precision=f16"]), DeviceError, "f16");
      return;
    }
    await runAnswer([...args, "--precision=f16", "--methods=direct", "--limit=1"]);
    const { manifest } = await readAnswers(`${out}/answers-direct`);
    assertStringIncludes(manifest, '"precision":"f16"');
  }));
