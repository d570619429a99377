import { assertEquals } from "@std/assert";
import { parseAnswer, parseNote, parseReply } from "../../src/rwr/note.ts";
import { plainFormat, tinyFormat } from "../../src/rwr/prompts.ts";

/** Ways in which models of 8 billion parameters say that nothing is relevant. */
const empties = [
  "",
  "  \n",
  "empty",
  "Empty.",
  '"empty"',
  "empty .",
  "**Empty**",
  "`empty`",
  "(empty)",
  "```\nempty\n```",
  "None",
  "Extracted note:\nempty",
  "Note: empty",
  "**Extracted Note:** empty",
  "empty \n\nThere is nothing in the chat about trains.",
  "**Empty**\n\nNothing was said about hiking.",
  "Extracted note:\n\n* The user owns a necklace.\n* No vanity is mentioned.\n\n(empty)",
  "* Nothing about gifts.\n\nOutput: empty",
  "* Nothing about gifts.\n\n**Answer:** empty",
  "* No views are given.\n\nSince no number is given, I will output: \n\nempty",
  '* Only one price.\n\nSince the other is missing, I will output "empty".',
  'Since a work place is not mentioned, I\'ll output "empty".',
  'Therefore, the answer would be "empty".',
  "It was free. Therefore, the answer would be: empty",
  'It says nothing. I will output "empty" as the answer.',
  'It says nothing. I will output "empty" as nothing relevant was found.',
  "The extracted note is empty as there is no trace of Tokyo.",
];

/** Replies that hold a note although "empty" or the like occurs. */
const notes: readonly (readonly [string, string])[] = [
  ["my dog is rex .", "my dog is rex ."],
  ["  The fridge was empty. ", "The fridge was empty."],
  ["Empty the bins on Monday.", "Empty the bins on Monday."],
  ["Nothing hurts any more.", "Nothing hurts any more."],
  ["**Extracted Note**\n\n* The user flew to Oslo.", "* The user flew to Oslo."],
  ["Here are the reading notes:\n- a dog\n- a cat", "- a dog\n- a cat"],
  ["Note: the train left at nine.", "the train left at nine."],
  ['"The user has a dog."', "The user has a dog."],
  ['"Rex" is the dog and "Tom" the cat', '"Rex" is the dog and "Tom" the cat'],
  ["I took no notes", "I took no notes"],
  [
    'I would output "empty". However, the user was in Rome in May.',
    'I would output "empty". However, the user was in Rome in May.',
  ],
];

Deno.test("every way of saying empty is read as the empty note", () => {
  for (const raw of empties) assertEquals(parseNote(raw), "", JSON.stringify(raw));
});

Deno.test("notes keep their words, headings and quotes around them go", () => {
  for (const [raw, note] of notes) assertEquals(parseNote(raw), note, JSON.stringify(raw));
});

Deno.test("a reply is taken apart at the answer marker", () => {
  const tiny = (raw: string) => parseReply(raw, tinyFormat);
  assertEquals(tiny("my dog is rex . <a> rex <eos> junk"), {
    note: "my dog is rex .",
    answer: "rex",
  });
  assertEquals(tiny("empty . <a> unknown"), { note: "", answer: "unknown" });
  assertEquals(tiny("my dog is rex . my dog"), { note: "my dog is rex . my dog", answer: null });
  assertEquals(tiny("<a> rex"), { note: "", answer: "rex" });
  assertEquals(tiny("a . <a>"), { note: "a .", answer: "" });
  assertEquals(tiny("a . <a> rex <a> tom"), { note: "a .", answer: "rex" });
  assertEquals(tiny(""), { note: "", answer: null });
  const plain = (raw: string) => parseReply(raw, plainFormat);
  assertEquals(plain(" Rex is a dog.\nAnswer: Rex<|endoftext|>"), {
    note: "Rex is a dog.",
    answer: "Rex",
  });
  assertEquals(plain("Answer: Rex"), { note: "", answer: "Rex" });
  assertEquals(parseAnswer(" Rex\n<|endoftext|>more", plainFormat), "Rex");
});

Deno.test("responses are read back as what they were made of", () => {
  for (const format of [tinyFormat, plainFormat]) {
    for (const note of ["my dog is rex .", format.emptyNote]) {
      const parsed = parseReply(format.recallResponse(note, "rex"), format);
      assertEquals(parsed, { note: parseNote(note), answer: "rex" });
    }
    assertEquals(parseAnswer(format.directResponse("rex"), format), "rex");
    assertEquals(
      format.fromNotes("q ?", "n .").startsWith(format.opening("").trim()),
      true,
    );
  }
});
