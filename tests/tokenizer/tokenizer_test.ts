import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { hashFile } from "../../src/base/hash.ts";
import { VOCABULARY } from "../../src/sources/embedded/mod.ts";
import { byteTokenizer, loadTokenizer, tinyTokenizer } from "../../src/tokenizer/mod.ts";
import { tinyTokenizerText } from "../../tools/make_tiny_tokenizer.ts";
import { sharedFile } from "../sources/shared_file.ts";

const TINY = new URL("../../data/tiny/tokenizer.json", import.meta.url);
const NEOX = sharedFile("tokenizer/gpt-neox-20b.tokenizer.json");

async function withFile(text: string, run: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    await run(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("the shipped tiny tokenizer is what its tool makes", async () => {
  assertEquals(await Deno.readTextFile(TINY), tinyTokenizerText());
});

Deno.test("tiny: 293 words, specials first, every word comes back", () => {
  const tiny = tinyTokenizer();
  assertEquals(tiny.vocabSize, 293);
  assertEquals(tiny.encode("<pad> <bos> <q> <a> <r> <eos>"), [0, 1, 2, 3, 4, 5]);
  const text = VOCABULARY.join(" ");
  assertEquals(tiny.encode(text), VOCABULARY.map((_, id) => id));
  assertEquals(tiny.decode(tiny.encode(text)), text);
  assertEquals(tiny.tokenId("<eos>"), 5);
  assertEquals(tiny.tokenId("elephant"), undefined);
});

Deno.test("tiny: white space of any kind separates, and none is a token", () => {
  const tiny = tinyTokenizer();
  assertEquals(tiny.encode("\n my  dog\tis\r\nrex . "), tiny.encode("my dog is rex ."));
  assertEquals(tiny.encode(" \n"), []);
  assertEquals(tiny.decode([]), "");
});

Deno.test("tiny: an unknown word or id is named", () => {
  assertThrows(() => tinyTokenizer().encode("my dog is elephant ."), DataError, '"elephant"');
  assertThrows(() => tinyTokenizer().decode([293]), DataError, "id 293, expected 0 to 292");
});

Deno.test("a WordLevel file loads as the tiny one does, or maps to its unknown token", async () => {
  const text = await Deno.readTextFile(TINY);
  await withFile(text, async (path) => {
    const loaded = await loadTokenizer(path);
    assertEquals(loaded.encode("my dog is rex ."), tinyTokenizer().encode("my dog is rex ."));
    assertEquals(loaded.hash, await hashFile(path));
  });
  await withFile(text.replace('"<unk>"', '"<pad>"'), async (path) => {
    assertEquals((await loadTokenizer(path)).encode("elephant"), [0]);
  });
  await withFile(text.replace("WhitespaceSplit", "Whitespace"), async (path) => {
    await assertRejects(() => loadTokenizer(path), DataError, "expected WhitespaceSplit");
  });
});

Deno.test("files that are no tokenizer are named", async () => {
  for (const text of ["", "{}", '{"model":{}}', "[1", '{"model":{"type":"Odd","vocab":{}}}']) {
    await withFile(text, async (path) => {
      const error = await assertRejects(() => loadTokenizer(path), DataError);
      assert(error.message.includes(path), error.message);
    });
  }
  await assertRejects(() => loadTokenizer("none.json"), DataError, "none.json");
});

Deno.test("bytes: any text comes back, the two specials are apart", () => {
  const bytes = byteTokenizer();
  const text = "\uFEFFnaïve ✓ 漢字 \u0000\n<bos>";
  assertEquals(bytes.decode(bytes.encode(text)), text);
  assertEquals(bytes.vocabSize, 258);
  assertEquals([bytes.tokenId("<bos>"), bytes.tokenId("<eos>"), bytes.tokenId("A")], [
    256,
    257,
    65,
  ]);
  assertEquals(bytes.decode([256, 65, 257]), "A");
  assertThrows(() => bytes.decode([258]), DataError);
});

Deno.test({
  name: "GPT-NeoX-20B: known ids, special tokens and round trips",
  ignore: NEOX === undefined,
  fn: async () => {
    const neox = await loadTokenizer(NEOX ?? "");
    assertEquals(neox.vocabSize, 50_277);
    assertEquals(neox.tokenId("<|endoftext|>"), 0);
    assertEquals(neox.encode("Hello world"), [12092, 1533]);
    assertEquals(neox.encode("<|endoftext|>Hello"), [0, 12092]);
    const text = 'def f(x):\n    return  {"a": [1, 2]} # naïve ✓ 漢字 🙂\n';
    assertEquals(neox.decode(neox.encode(text)), text);
    assertEquals(neox.decode([0, 12092]), "<|endoftext|>Hello");
    assertThrows(() => neox.decode([60_000]), DataError, "60000");
  },
});
