import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../src/base/hash.ts";
import { parseNote } from "../../src/rwr/note.ts";
import labels from "./fixtures/note_labels.json" with { type: "json" };

// A hundred notes that Llama-3.1-8B-Instruct wrote, read and labelled by hand: `empty` where the
// reply concludes that nothing relevant was found and leaves nothing to answer with. The labels are
// kept by the notes' SHA-256; the notes themselves lie beside the project, where they are had.
const SAMPLE = new URL(
  "../../../shared/data/longmemeval/llama31_8b_session_notes_sample.jsonl",
  import.meta.url,
);

async function notes(): Promise<string[] | undefined> {
  const text = await Deno.readTextFile(SAMPLE).catch(() => undefined);
  return text?.trim().split("\n").flatMap((line) => {
    const { prompt } = JSON.parse(line) as { prompt: string };
    return [...prompt.matchAll(/^Session Content:\n\n(\{.*\})$/gm)]
      .map(([, json]) => (JSON.parse(json) as { session_summary: string }).session_summary);
  });
}

const found = await notes();
if (!found) console.log(`SKIPPED: ${SAMPLE.pathname.split("/").pop()} is not there`);

Deno.test({
  name: "empty notes of a real teacher are told from notes as a reader tells them",
  ignore: !found,
  fn() {
    assertEquals(found!.length, 5000);
    const byHash = new Map(found!.map((note) => [sha256(note), note]));
    const count = { right: 0, found: 0, empty: 0 };
    for (const [hash, label] of Object.entries(labels)) {
      const empty = parseNote(byHash.get(hash)!) === "";
      count.empty += Number(label === "empty");
      count.found += Number(empty);
      count.right += Number(empty && label === "empty");
    }
    const [precision, recall] = [count.right / count.found, count.right / count.empty];
    console.log(`empty: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`, count);
    assert(precision >= 0.98 && recall >= 0.95);
  },
});

Deno.test("odd ways of finding nothing, and of finding something after all", () => {
  const empty = [
    "**Extracted Note**\n\n* No relevant information was found in the chat about boats.",
    "* The user likes tea.\n\n**Relevant Information**\n\n* None found.",
    "The talk is of cars.\n\n**Relevant Information Found:** None",
  ];
  const note = [
    "* No relevant information was found on boats. However, the user did mention a canoe.",
    '* The user owns a canoe.\n\nIf no relevant information is found, the output would be "empty".',
    "* The user owns none of the boats.",
  ];
  for (const text of empty) assertEquals(parseNote(text), "", text);
  for (const text of note) assert(parseNote(text) !== "", text);
});
