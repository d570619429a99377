import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { Gpu } from "../../src/gpu/gpu.ts";
import { loadModel } from "../../src/pipeline/model.ts";
import { readRows } from "../../src/tables/mod.ts";
import { runCommandLine } from "../command_line.ts";

const TEXT = "the quick brown fox jumps over the lazy dog; ".repeat(60);

Deno.test("pretrain --text: the loss falls, a sample is printed, and a rerun changes no byte", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const text = `${folder}/text.txt`;
    await Deno.writeTextFile(text, TEXT);
    const sizes = [
      "--steps",
      "30",
      "--batch",
      "4",
      "--length",
      "64",
      "--dim",
      "32",
      "--layers",
      "1",
    ];
    const args = ["pretrain", "--text", text, "--runs", folder, "--sample", "40", ...sizes];
    const first = await runCommandLine(args);
    assertEquals(first.code, 0, first.err);
    assertMatch(first.out, /pretrain: 30\/30/);
    assertMatch(first.out, /held-out loss \d/);
    const sample = first.out.slice(first.out.indexOf("sample after"));
    assert(sample.split("\n").slice(1).join("\n").trimEnd().length >= 30, sample);
    const model = `${folder}/pretrain/text`;
    const log = await readRows(`${model}/training_log.arrow`, "training_log");
    assertEquals(log.length, 30);
    assert(log[29].loss < 0.8 * log[0].loss, `${log[0].loss} to ${log[29].loss}`);
    const gpu = await Gpu.open();
    const loaded = await loadModel(gpu, model, false);
    assertEquals(loaded.config.vocabSize, 258);
    gpu.destroy();
    const weights = await Deno.readFile(`${model}/model.safetensors`);
    const again = await runCommandLine(args);
    assertEquals(again.code, 0, again.err);
    assertEquals(await Deno.readFile(`${model}/model.safetensors`), weights);
    assertStringIncludes(again.out, "going on from step 30 of 30");
    assertEquals(again.out.slice(again.out.indexOf("sample after")), sample);
    const other = [...args, "--mixer", "mamba2", "--out", `${folder}/mamba2`];
    const second = await runCommandLine(other);
    assertEquals(second.code, 0, second.err);
    const losses = await readRows(`${folder}/mamba2/training_log.arrow`, "training_log");
    assert(losses[29].loss < 0.8 * losses[0].loss, `${losses[0].loss} to ${losses[29].loss}`);
    const cut = await runCommandLine([...args, "--segment", "16", "--out", `${folder}/cut`]);
    assertEquals(cut.code, 0, cut.err);
    const [start] = await readRows(`${folder}/cut/training_log.arrow`, "training_log");
    assertAlmostEquals(start.loss, log[0].loss, 1e-5);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("pretrain: flags that would be passed over, and texts too short, are refused", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "ten bytes.");
    for (
      const [args, said] of [
        [["--segment", "8"], "found --segment without --text"],
        [["--text", path, "--profile", "tiny"], "found --text with --profile"],
        [["--text", path, "--mixer", "mamba3"], "mamba2"],
        [["--text", path, "--length", "8"], "found 10 bytes in"],
        [["--text", "README.md", "--segment", "0"], "found 0 tokens a segment"],
      ] as const
    ) {
      const { code, err } = await runCommandLine(["pretrain", ...args]);
      assertEquals(code, 1);
      assertStringIncludes(err, said);
    }
  } finally {
    await Deno.remove(path);
  }
});
