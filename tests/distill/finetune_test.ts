import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { readRows } from "../../src/tables/mod.ts";
import { runCommandLine } from "../command_line.ts";
import { environmentOf, startTeacher, writeSource } from "./made_run.ts";

/** Runs a command that has to go well. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, out, err } = await runCommandLine(args, env);
  assertEquals(code, 0, `${args[0]}: ${err}`);
  return out;
}

Deno.test("distill, mix, finetune: a byte-level Mamba learns from the packs of a run", async () => {
  const runs = await Deno.makeTempDir();
  try {
    const source = `${runs}/rows.jsonl`;
    await writeSource(source, 160);
    {
      await using server = startTeacher();
      const args = ["distill", "--source", source, "--limit", "60", "--runs", runs];
      await run([...args, "--name", "few"], environmentOf(server));
    }
    const plain = ["--plain-share", "0.2", "--plain-source", source];
    await run(["mix", "few", "--runs", runs, "--tokenizer=bytes", "--length=720", ...plain]);
    const sizes = ["--length=64", "--batch=2", "--dim=32", "--layers=1", "--sample=1"];
    const base = `${runs}/base`;
    await run(["pretrain", "--text", source, "--steps=2", ...sizes, "--runs", runs, "--out", base]);
    const args = [
      "finetune",
      "--packs",
      `${runs}/distill/few/packs`,
      "--from",
      base,
      "--runs",
      runs,
    ];
    const settings = ["--steps=24", "--batch=2", "--at-once=2", "--learning-rate=0.01"];
    const out = await run([...args, ...settings]);
    assertMatch(out, /finetune: 24\/24/);
    assertMatch(out, /held-out loss \d/);
    const model = `${runs}/finetune/model`;
    const log = await readRows(`${model}/training_log.arrow`, "training_log");
    assertEquals(log.length, 24);
    assertEquals(log[0].tokens, 2 * 720);
    const mean = (from: number) =>
      log.slice(from, from + 4).reduce((sum, row) => sum + row.loss, 0);
    assert(mean(20) < 0.75 * mean(0), `${mean(0)} to ${mean(20)}`);
    const weights = await Deno.readFile(`${model}/model.safetensors`);
    const again = await run([...args, ...settings, "--out", `${runs}/again`]);
    assertStringIncludes(again, "going on from step 24 of 24");
    assertEquals(await Deno.readFile(`${runs}/again/model.safetensors`), weights);

    // As transformers leaves one: neither hashes nor a state.
    const bare = `${runs}/bare`;
    await Deno.mkdir(bare);
    for (const file of ["config.json", "model.safetensors"]) {
      await Deno.copyFile(`${base}/${file}`, `${bare}/${file}`);
    }
    const from = [...args.slice(0, 3), "--from", bare, "--runs", runs, "--out", `${runs}/bare-out`];
    await run([...from, "--steps=1", "--batch=2", "--learning-rate=0.01", "--recompute"]);
    // One pack at a time, and activations made again: the same gradient in less memory.
    const [start] = await readRows(`${runs}/bare-out/training_log.arrow`, "training_log");
    assertAlmostEquals(start.loss, log[0].loss, 1e-5);
    assertAlmostEquals(start.gradient_norm, log[0].gradient_norm, 1e-4);

    const told = async (text: string, args: readonly string[]) => {
      const { code, err } = await runCommandLine(["finetune", ...args]);
      assertEquals(code, 1);
      assertStringIncludes(err, text);
    };
    await told("--from missing and --steps missing", ["--packs", "x"]);
    await told("found no part-00000.arrow", ["--packs", runs, "--from", base, "--steps=1"]);
    await told("--learning-rate=fast", [...args.slice(1), "--steps=1", "--learning-rate=fast"]);
    await told("to train on; mix more rows", [...args.slice(1), "--steps=1", "--batch=5000"]);
    await told("expected a multiple", [...args.slice(1), "--steps=1", "--batch=5", "--at-once=2"]);
    const nowhere = ["--packs", `${runs}/distill/few/packs`, "--from", runs, "--steps=1"];
    await told("expected a folder with config.json", [...nowhere, "--batch=1"]);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
});
