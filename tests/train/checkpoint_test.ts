import { onSmallDisk } from "../small_disk.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { CheckpointError, DataError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import {
  type Checkpoint,
  latestCheckpoint,
  loadCheckpoint,
  pruneSteps,
  saveCheckpoint,
  saveStep,
} from "../../src/train/checkpoint.ts";

/** A checkpoint whose every number tells its step. */
function checkpointAt(step: number, size = 8): Checkpoint {
  const filled = (value: number) =>
    new Map([["w", { shape: [size], data: new Float32Array(size).fill(value) }]]);
  return {
    weights: filled(step),
    config: { model_type: "test" },
    moments: { first: filled(step + 0.25), second: filled(step + 0.5) },
    state: { step, configHash: "abc", trainer: { cursor: [step, 2], rng: [1, 2, 3, 4] } },
  };
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "rwr-checkpoint-" });
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const namesIn = (folder: string): string[] =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

async function contents(folder: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of namesIn(folder)) files[name] = await Deno.readFile(`${folder}/${name}`);
  return files;
}

Deno.test("checkpoint: what is saved is loaded, and equal checkpoints have equal bytes", () =>
  inFolder(async (folder) => {
    await saveCheckpoint(`${folder}/a`, checkpointAt(3));
    assertEquals(await loadCheckpoint(`${folder}/a`), checkpointAt(3));
    await saveCheckpoint(`${folder}/b`, checkpointAt(3));
    assertEquals(await contents(`${folder}/a`), await contents(`${folder}/b`));
    assertEquals(namesIn(`${folder}/a`), [
      "COMPLETE",
      "config.json",
      "model.safetensors",
      "optimizer.safetensors",
      "state.json",
    ]);
    const { moments: _, ...bare } = checkpointAt(4);
    await saveCheckpoint(`${folder}/b`, bare);
    assertEquals(await loadCheckpoint(`${folder}/b`), bare);
    assertEquals(namesIn(folder), ["a", "b"]);
  }));

Deno.test("checkpoint: any file damaged, cut or missing is refused by name", () =>
  inFolder(async (folder) => {
    const whole = `${folder}/whole`;
    await saveCheckpoint(whole, checkpointAt(1));
    for (const name of namesIn(whole)) {
      const path = `${whole}/${name}`;
      const bytes = await Deno.readFile(path);
      const flipped = bytes.slice();
      flipped[bytes.length >> 1] ^= 1;
      for (const damaged of [flipped, bytes.subarray(0, -2), bytes.subarray(0, 0), undefined]) {
        if (damaged) await Deno.writeFile(path, damaged);
        else await Deno.remove(path);
        const error = await assertRejects(() => loadCheckpoint(whole), CheckpointError);
        assertStringIncludes(error.message, whole);
      }
      await Deno.writeFile(path, bytes);
    }
    assertEquals(await loadCheckpoint(whole), checkpointAt(1));
    await assertRejects(
      () => loadCheckpoint(`${folder}/none`),
      CheckpointError,
      "found no such folder",
    );
  }));

Deno.test("checkpoint: the last two are kept, the newest complete one is found", () =>
  inFolder(async (folder) => {
    assertEquals(await latestCheckpoint(`${folder}/none`), undefined);
    for (const step of [250, 500, 1_000_000]) await saveStep(folder, checkpointAt(step));
    assertEquals(namesIn(folder), ["step-000500", "step-1000000"]);
    assertEquals(await latestCheckpoint(folder), `${folder}/step-1000000`);
    await Deno.remove(`${folder}/step-1000000/COMPLETE`);
    assertEquals(await latestCheckpoint(folder), `${folder}/step-000500`);
    // What killed saves leave goes; what is not a checkpoint stays.
    await Deno.mkdir(`${folder}/step-000600.123.part`);
    await Deno.mkdir(`${folder}/notes`);
    await saveStep(folder, checkpointAt(750));
    assertEquals(namesIn(folder), ["notes", "step-000500", "step-000750"]);
  }));

Deno.test("checkpoint: a save killed between its two renames loses nothing", () =>
  inFolder(async (folder) => {
    const step = await saveStep(folder, checkpointAt(5));
    await Deno.rename(step, `${step}.previous`);
    assertEquals(await loadCheckpoint(step), checkpointAt(5));
    const latest = await latestCheckpoint(folder);
    assert(latest);
    assertEquals(await loadCheckpoint(latest), checkpointAt(5));
    await saveStep(folder, checkpointAt(6));
    assertEquals(await loadCheckpoint(step), checkpointAt(5));
    await saveStep(folder, checkpointAt(5));
    assertEquals(namesIn(folder), ["step-000005", "step-000006"]);
  }));

Deno.test("checkpoint: what killed saves leave goes with the next save, or when asked", () =>
  inFolder(async (folder) => {
    const { moments: _, ...bare } = checkpointAt(1);
    await saveCheckpoint(`${folder}/model`, bare);
    for (const name of ["model.7.part", "model.8.part", "model2.7.part", "step-000003.9.part"]) {
      await Deno.mkdir(`${folder}/${name}`);
    }
    await saveCheckpoint(`${folder}/model`, bare);
    assertEquals(namesIn(folder), ["model", "model2.7.part", "step-000003.9.part"]);
    for (const step of [1, 2, 3]) {
      await saveCheckpoint(`${folder}/step-00000${step}`, checkpointAt(step));
    }
    await pruneSteps(folder);
    assertEquals(namesIn(folder), ["model", "model2.7.part", "step-000002", "step-000003"]);
  }));

Deno.test("checkpoint: kill -9 while saving, again and again, leaves whole checkpoints", () =>
  inFolder(async (folder) => {
    const rng = new Rng("checkpoint/kill");
    const script = new URL("checkpoint_saver.ts", import.meta.url).href;
    let leftovers = 0;
    for (let round = 0; round < 12; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", script, folder, `${round}`],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const reader = child.stdout.getReader();
      // Its first line says that the first save has ended.
      assert(!(await reader.read()).done, "the saver ended by itself");
      await new Promise((resolve) => setTimeout(resolve, rng.uniform() * 60));
      child.kill("SIGKILL");
      assertEquals((await child.status).signal, "SIGKILL");
      await reader.cancel();
      const latest = await latestCheckpoint(folder);
      assert(latest);
      const { state: { step }, weights } = await loadCheckpoint(latest);
      assert(step >= 1000 * round + 1, `found step ${step} in round ${round}`);
      assertEquals(weights.get("w")?.data[0], step);
      await loadCheckpoint(`${folder}/same`);
      if (namesIn(folder).some((name) => /\.part$|\.previous$/.test(name))) leftovers++;
    }
    assert(leftovers > 0, "no kill fell into a save");
    console.log(`${leftovers} of 12 kills fell into a save`);
  }));

Deno.test("checkpoint: a full disk leaves the older checkpoint, and says so", () =>
  inFolder(async (folder) => {
    await onSmallDisk(folder, async (disk) => {
      const step = await saveStep(disk, checkpointAt(1, 4096));
      for (const target of [2, 1]) {
        const save = () => saveStep(disk, checkpointAt(target, 20_000));
        const error = await assertRejects(save, DataError, "No space left");
        assertStringIncludes(error.message, "Free space");
      }
      assertEquals(namesIn(disk), ["step-000001"]);
      assertEquals(await loadCheckpoint(step), checkpointAt(1, 4096));
      await saveStep(disk, checkpointAt(2, 4096));
      assertEquals(namesIn(disk), ["step-000001", "step-000002"]);
    });
  }));
