import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { listStages } from "../../src/pipeline/listing.ts";
import { lockRunDirectory } from "../../src/pipeline/run_directory.ts";
import { runStages } from "../../src/pipeline/runner.ts";
import { inTemporaryDirectory, snapshot, toyStages } from "./toy.ts";
import { passOn } from "../../tools/run.ts";

const quiet = (directory: string) => ({ directory, kitVersion: "1", sink: () => undefined });

function spawn(directory: string, delayMs: number): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("toy_run.ts", import.meta.url).href, directory, `${delayMs}`],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Reads a child's standard output until a line holds `text`. */
async function waitFor(child: Deno.ChildProcess, text: string): Promise<void> {
  let seen = "";
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    seen += piece;
    if (seen.includes(text)) return;
  }
  throw new Error(`the child ended without "${text}": ${seen}`);
}

/** Starts a run again until it ends by itself, and kills it on the way; returns how often. */
async function runUnderFire(directory: string, rng: Rng): Promise<number> {
  for (let kills = 0; kills < 100;) {
    const child = spawn(directory, 20);
    // Counted from the first sign of work, because starting takes longer than working.
    const timer = waitFor(child, "[stage").then(() =>
      setTimeout(() => passOn(child, "SIGKILL"), rng.uniform() * 120)
    ).catch(() => undefined);
    const { success, signal, code } = await child.status;
    clearTimeout(await timer);
    await child.stderr.cancel();
    if (success) return kills;
    assertEquals([signal, code], ["SIGKILL", 137], "ended by something else than the kill");
    kills++;
  }
  throw new Error("a run that was killed 100 times made no progress");
}

Deno.test("kill -9 at random moments, again and again, ends with the same bytes", () =>
  inTemporaryDirectory(async (directory) => {
    await runStages(toyStages(), quiet(`${directory}/whole`));
    const whole = await snapshot(`${directory}/whole`);
    let kills = 0;
    for (let round = 0; round < 4; round++) {
      const cut = `${directory}/cut-${round}`;
      kills += await runUnderFire(cut, new Rng(`kill/${round}`));
      assertEquals(await snapshot(cut), whole);
      const left = [...Deno.readDirSync(`${cut}/notes`)].map((entry) => entry.name);
      assertEquals(left.filter((name) => name.endsWith(".part")), []);
    }
    assert(kills >= 8, `killed ${kills} times`);
    console.log(`killed ${kills} times`);
  }));

Deno.test("one process at a time; a killed one leaves no lock behind", () =>
  inTemporaryDirectory(async (directory) => {
    const child = spawn(directory, 10_000);
    await waitFor(child, "[stage 2/4");
    const error = await assertRejects(() => runStages(toyStages(), quiet(directory)), DataError);
    assertStringIncludes(error.message, `in use by process ${child.pid}`);
    // Listing only reads.
    assertEquals((await listStages(toyStages(), directory, "1"))[0].state, "done");
    child.kill("SIGKILL");
    await child.status;
    await child.stderr.cancel();
    assertEquals((await runStages(toyStages(), quiet(directory))).kept, ["source"]);
  }));

Deno.test("Ctrl-C stops after the unit under way and says how to go on", {
  ignore: Deno.build.os === "windows",
}, () =>
  inTemporaryDirectory(async (directory) => {
    const child = spawn(directory, 60);
    const [forWaiting, forReading] = child.stdout.tee();
    const output = new Response(forReading).text();
    for await (const piece of forWaiting.pipeThrough(new TextDecoderStream())) {
      if (piece.includes("[stage 2/4")) child.kill("SIGINT");
    }
    const { code } = await child.status;
    await child.stderr.cancel();
    assertEquals(code, 130);
    assertStringIncludes(await output, "press Ctrl-C again");
    assertStringIncludes(await output, "run the same command again");
    assertEquals((await runStages(toyStages(), quiet(directory))).kept, ["source"]);
  }));

Deno.test("a lock is given back", () =>
  inTemporaryDirectory(async (directory) => {
    {
      using _lock = await lockRunDirectory(directory);
      await assertRejects(() => lockRunDirectory(directory), DataError, `process ${Deno.pid}`);
    }
    using _again = await lockRunDirectory(directory);
  }));
