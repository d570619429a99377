import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { packRow } from "../../src/rwr/packing.ts";
import { labelledSample } from "../../src/rwr/sample.ts";
import { writeRows } from "../../src/tables/mod.ts";
import { openPacks, packFolderBatches } from "../../src/train/packs.ts";

const PACKS = 10;
const PER_PART = 4;

/** Ten packs in three parts; pack `i` begins with the token `i`. */
async function writePacks(folder: string, mix = "m", skipped = -1): Promise<void> {
  const rows = Array.from(
    { length: PACKS },
    (_, i) => packRow([labelledSample(Int32Array.of(i, 20, 21), 1, `row ${i}`)], 0, 8),
  );
  for (let part = 0; part < 3; part++) {
    if (part === skipped) continue;
    await writeRows(
      `${folder}/part-0000${part}.arrow`,
      "packs",
      rows.slice(part * PER_PART, (part + 1) * PER_PART),
      {
        config: { mix, part, parts: 3 },
        inputs: {},
        code: "tested",
        adapter: null,
        driver: null,
        rowsIn: 1,
      },
    );
  }
}

Deno.test("packs of a folder: each once a pass, in order first, then shuffled, whatever is asked when", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writePacks(folder);
    const packs = await openPacks(folder);
    assertEquals([packs.count, packs.length, packs.hash], [PACKS, 8, "m"]);
    assertEquals(packs.pack(9).row_ids, ["row 9"]);
    assertEquals([...packs.pack(3).labels.slice(0, 3)], [20, 21, -100]);
    assertEquals([...packs.pack(3).weights.slice(0, 3)], [1, 1, 0]);
    const batches = packFolderBatches(packs, 9, 3, 1);
    const firsts = (step: number) => {
      const { ids, length } = batches(step);
      return [0, 1, 2].map((row) => ids[row * length]);
    };
    const pass = (number: number) => [0, 1, 2].flatMap((step) => firsts(3 * number + step));
    const inOrder = Array.from({ length: 9 }, (_, i) => i);
    assertEquals(pass(0), inOrder);
    const [second, third] = [pass(1), pass(2)];
    assertNotEquals(second, inOrder);
    assertNotEquals(second, third);
    assertEquals(second.toSorted((a, b) => a - b), inOrder);
    assertEquals(third.toSorted((a, b) => a - b), inOrder);
    assertEquals(firsts(4), second.slice(3, 6));
    assertEquals(firsts(0), [0, 1, 2]);
    assertThrows(() => packFolderBatches(packs, 2, 3, 1), DataError, "found 2 packs");
    // A mix that goes on meanwhile must not be trained on half and half.
    await writePacks(folder, "another");
    assertThrows(() => assert(packs.pack(0) && packs.pack(5)), DataError, "another mix");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a folder without packs, or with a part missing, is refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assertRejects(() => openPacks(folder), DataError, "found no part-00000");
    await writePacks(folder, "m", 1);
    await assertRejects(() => openPacks(folder), DataError, "part-00001.arrow, expected 3 parts");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
