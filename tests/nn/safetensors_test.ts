import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { CheckpointError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { encodeSafetensors, readSafetensors, writeSafetensors } from "../../src/nn/safetensors.ts";

const floats = (...values: number[]): Float32Array<ArrayBuffer> => new Float32Array(values);

const small = new Map([
  ["b.weight", { shape: [2, 3], data: floats(1, -2, 3.5, 0, 1e-30, -0) }],
  ["a é", { shape: [], data: floats(7) }],
  ["none", { shape: [0, 4], data: floats() }],
]);

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "rwr-safetensors-" });
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A file with this header and so many zero bytes of data. */
function craft(header: unknown, dataBytes: number): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

Deno.test("safetensors: what is written is read, bit for bit and in its order", () =>
  inFolder(async (folder) => {
    const path = `${folder}/deep/model.safetensors`;
    await writeSafetensors(path, small, { origin: "test" });
    const { tensors, metadata } = await readSafetensors(path);
    assertEquals(metadata, { format: "pt", origin: "test" });
    assertEquals([...tensors.keys()].sort(), [...small.keys()].sort());
    for (const [name, { shape, data }] of small) {
      assertEquals(tensors.get(name)?.shape, shape);
      assertEquals(new Uint8Array(tensors.get(name)!.data.buffer), new Uint8Array(data.buffer));
    }
    assertEquals(await Deno.readFile(path), encodeSafetensors(small, { origin: "test" }));
  }));

Deno.test("safetensors: the bytes are those of the format", () => {
  const file = encodeSafetensors(new Map([["w", { shape: [2], data: floats(1, 2) }]]));
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  assertEquals(length % 8, 0);
  const header = new TextDecoder().decode(file.subarray(8, 8 + length));
  assertEquals(
    header.trimEnd(),
    '{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
  );
  assertEquals([...file.subarray(8 + length)], [0, 0, 128, 63, 0, 0, 0, 64]);
});

Deno.test("safetensors: a view into a larger array is written alone", () => {
  const whole = floats(9, 1, 2, 9);
  const view = new Map([["w", { shape: [2], data: whole.subarray(1, 3) }]]);
  const alone = new Map([["w", { shape: [2], data: floats(1, 2) }]]);
  assertEquals(encodeSafetensors(view), encodeSafetensors(alone));
});

Deno.test("safetensors: 16-bit floats become the 32-bit floats of the same value", () =>
  inFolder(async (folder) => {
    const header = {
      half: { dtype: "F16", shape: [3], data_offsets: [0, 6] },
      brain: { dtype: "BF16", shape: [3], data_offsets: [6, 12] },
    };
    const file = craft(header, 12);
    const words = [0x3c00, 0xc000, 0x0001, 0x3f80, 0xc000, 0x0001];
    const data = new DataView(file.buffer, file.length - 12);
    words.forEach((word, i) => data.setUint16(2 * i, word, true));
    await Deno.writeFile(`${folder}/x`, file);
    const { tensors } = await readSafetensors(`${folder}/x`);
    assertEquals(tensors.get("half")?.data, floats(1, -2, 2 ** -24));
    assertEquals(tensors.get("brain")?.data, floats(1, -2, 2 ** -133));
  }));

Deno.test("safetensors: a file cut anywhere, or with a byte too many, is refused by name", () =>
  inFolder(async (folder) => {
    const path = `${folder}/torn`;
    const whole = encodeSafetensors(small);
    for (let length = 0; length < whole.length; length++) {
      await Deno.writeFile(path, whole.subarray(0, length));
      const error = await assertRejects(() => readSafetensors(path), CheckpointError);
      assertStringIncludes(error.message, path);
    }
    await Deno.writeFile(path, new Uint8Array([...whole, 0]));
    await assertRejects(() => readSafetensors(path), CheckpointError, "expected 28 as the header");
  }));

Deno.test("safetensors: random damage to the header is read or refused, never a crash", () =>
  inFolder(async (folder) => {
    const rng = new Rng("safetensors/damage");
    const whole = encodeSafetensors(small);
    const end = whole.length - 28;
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const bytes = whole.slice();
      for (let i = 0; i < 3; i++) bytes[rng.integer(end)] = rng.integer(256);
      await Deno.writeFile(`${folder}/x`, bytes);
      try {
        await readSafetensors(`${folder}/x`);
      } catch (error) {
        assert(error instanceof CheckpointError, `${error}`);
        refused++;
      }
    }
    assert(refused > 300, `refused ${refused}`);
  }));

const entry = (start: number, end: number, dtype = "F32") => ({
  dtype,
  shape: [(end - start) / 4],
  data_offsets: [start, end],
});

const wrong: [string, unknown, number, string][] = [
  ["offsets past the end", { w: entry(0, 16) }, 8, 'tensor "w" up to byte 16'],
  ["an overlap", { v: entry(0, 8), w: entry(4, 12) }, 12, "overlaps"],
  ["a gap", { v: entry(0, 4), w: entry(8, 12) }, 12, "gap"],
  ["bytes of no tensor", { w: entry(0, 4) }, 8, "expected 4"],
  ["an unknown dtype", { w: entry(0, 8, "I64") }, 8, 'tensor "w" of dtype "I64"'],
  ["no dtype", { w: { shape: [1], data_offsets: [0, 4] } }, 4, "of dtype undefined"],
  ["another size", { w: { ...entry(0, 8), shape: [3] } }, 8, "8 bytes, expected 12 for F32 [3]"],
  ["a negative size", { w: { ...entry(0, 4), shape: [-1, -1] } }, 4, "shape [-1,-1]"],
  ["a fraction", { w: { ...entry(0, 4), data_offsets: [0, 4.5] } }, 4, "data_offsets [0,4.5]"],
  ["one offset", { w: { ...entry(0, 4), data_offsets: [0] } }, 4, "[start, end]"],
  ["an entry that is a number", { w: 3 }, 0, 'tensor "w" with 3'],
  ["metadata of numbers", { __metadata__: { a: 1 } }, 0, 'metadata "a" 1'],
  ["a list", [], 0, "expected a JSON object"],
  ["no JSON", "{", 0, "not JSON"],
];
for (const [what, header, bytes, message] of wrong) {
  Deno.test(`safetensors: ${what} is refused`, () =>
    inFolder(async (folder) => {
      await Deno.writeFile(`${folder}/wrong`, craft(header, bytes));
      const read = () => readSafetensors(`${folder}/wrong`);
      const error = await assertRejects(read, CheckpointError, message);
      assertStringIncludes(error.message, `${folder}/wrong`);
    }));
}

Deno.test("safetensors: what cannot be written is said before anything is", () =>
  inFolder(async (folder) => {
    const misfit = new Map([["w", { shape: [3], data: floats(1) }]]);
    const write = () => writeSafetensors(`${folder}/x`, misfit);
    await assertRejects(write, CheckpointError, '1 numbers in tensor "w", expected 3 for [3]');
    const reserved = new Map([["__metadata__", { shape: [1], data: floats(1) }]]);
    assertThrows(() => encodeSafetensors(reserved), CheckpointError, "rename it");
    assertEquals([...Deno.readDirSync(folder)], []);
    await assertRejects(() => readSafetensors(`${folder}/x`), CheckpointError, "check the path");
  }));
