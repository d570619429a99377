import { assert, assertEquals, assertRejects } from "@std/assert";
import { writeFileAtomic } from "../../src/base/files.ts";
import { DataError } from "../../src/base/errors.ts";
import { listStages } from "../../src/pipeline/listing.ts";
import { runStages } from "../../src/pipeline/runner.ts";
import { onSmallDisk } from "../small_disk.ts";
import { inTemporaryDirectory, snapshot, toyStages } from "./toy.ts";

Deno.test("a full disk ends the run with a message, and freeing space lets it go on", () =>
  inTemporaryDirectory(async (directory) => {
    await onSmallDisk(directory, async (disk) => {
      const options = { directory: `${disk}/run`, kitVersion: "1", sink: () => undefined };
      const filler = `${disk}/filler`;
      const stages = toyStages({
        onUnit: (name, unit) => {
          if (name === "notes" && unit === 8) fill(filler);
        },
      });
      const error = await assertRejects(() => runStages(stages, options), DataError);
      assert(
        /No space left/.test(error.message) && /Free space/.test(error.message),
        error.message,
      );
      const states = await listStages(toyStages(), options.directory, "1");
      assertEquals(states[0].state, "done");
      assert(states[1].state !== "done");
      await Deno.remove(filler);
      assertEquals((await runStages(toyStages(), options)).kept, ["source"]);
      await runStages(toyStages(), { ...options, directory: `${directory}/whole` });
      assertEquals(await snapshot(options.directory), await snapshot(`${directory}/whole`));
      // The old file stays where the new one does not fit.
      const kept = `${options.directory}/source/source.txt`;
      const before = await Deno.readTextFile(kept);
      await assertRejects(() => writeFileAtomic(kept, new Uint8Array(1 << 20)), DataError);
      assertEquals(await Deno.readTextFile(kept), before);
    });
  }));

/** Writes until nothing more fits. */
function fill(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  try {
    for (;;) file.writeSync(new Uint8Array(4096));
  } catch (error) {
    if (!/No space left/.test(String(error))) throw error;
  }
}
