import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import {
  EMPTY_NOTE,
  evaluationItems,
  isAbstention,
  pretrainingDocuments,
  QUESTION_TYPES,
  renderHistory,
  splitOf,
  trainingContexts,
  UNKNOWN,
} from "../../src/sources/mod.ts";
import type { TrainingContext } from "../../src/sources/embedded/mod.ts";
import { SLOTS_OF, slotValues } from "../../src/sources/embedded/facts.ts";
import { tinyTokenizer } from "../../src/tokenizer/mod.ts";
import { solve } from "./solver.ts";

const tiny = tinyTokenizer();
const count = (text: string): number => tiny.encode(text).length;
const training = (
  seed: number,
  contexts: number,
  { lengths = [128, 192, 256, 256], turns }: { lengths?: number[]; turns?: number } = {},
) => trainingContexts({ seed, count: contexts, lengths, split: "train", turns });

/** Checks contexts of up to `most` turns; returns how many had the most. */
function checkLengths(contexts: Iterable<TrainingContext>, most: number): number {
  let full = 0;
  for (const { contextId, length, rows } of contexts) {
    assert(rows.length >= 1 && rows.length <= most);
    if (rows.length === most) full++;
    const turns = rows.map(({ query, answer, evidence }) =>
      count(`<q> ${query} <r> ${evidence.join(" ") || EMPTY_NOTE} <a> ${answer} <eos>`)
    );
    assertEquals(1 + count(rows[0].context) + turns.reduce((a, b) => a + b), length);
    assert(rows.every((row) => row.contextId === contextId && row.context === rows[0].context));
    assertEquals(new Set(rows.map((row) => row.rowId)).size, rows.length);
  }
  return full;
}

Deno.test("training contexts and their recall turns have the exact length", () => {
  const lengths = [96, 128, 256];
  assert(checkLengths(training(1, 600, { lengths }), 3) > 100);
  assertEquals(checkLengths(training(1, 100, { lengths, turns: 1 }), 1), 100);
  assert(checkLengths(training(1, 600, { lengths: [256], turns: 10 }), 10) > 5);
});

Deno.test("an independent solver finds the same answers and evidence in training contexts", () => {
  const seen = new Map<string, number>();
  const contexts = [...training(2, 1500), ...training(2, 500, { turns: 10 })];
  for (const { rows } of contexts) {
    for (const row of rows) {
      const { answer, evidence } = solve(row.context, row.query);
      assertEquals(row.answer, answer, `${row.context}\n${row.query}`);
      assertEquals(row.evidence, evidence);
      const kind = `${row.questionType} ${answer !== UNKNOWN}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
  for (const type of QUESTION_TYPES) assert(seen.has(`${type} true`) && seen.has(`${type} false`));
  const unknown = [...seen].filter(([kind]) => kind.endsWith("false")).reduce(
    (n, [, c]) => n + c,
    0,
  );
  const all = [...seen.values()].reduce((a, b) => a + b);
  // absent 0.5, and of the other two-fact questions (a third) 0.45 partial: 0.575.
  assert(Math.abs(unknown / all - 0.575) < 0.04, `${unknown / all}`);
});

Deno.test("evaluation items: exact length, right labels, six types and abstention", () => {
  for (const length of [128, 256, 435, 4096]) {
    const items = evaluationItems({
      seed: 5,
      split: "test",
      length,
      perType: length < 4096 ? 40 : 4,
    });
    assertEquals(items.length, 7 * (length < 4096 ? 40 : 4));
    for (const item of items) {
      const context = renderHistory(item).join(" ");
      assertEquals(count(`<bos> ${context} <q> ${item.question}`), length);
      const { answer, evidence } = solve(context, item.question);
      assertEquals(item.answer, answer, `${context}\n${item.question}`);
      assertEquals(item.evidence, evidence);
      assertEquals(isAbstention(item), answer === UNKNOWN);
      const marked = item.haystack_sessions.flat().filter((turn) => turn.has_answer);
      assertEquals(marked.length, evidence.length);
      for (const sentence of evidence) {
        assert(marked.some((turn) => turn.content.endsWith(sentence)));
      }
      const sessions = item.haystack_session_ids.filter((_, i) =>
        item.haystack_sessions[i].some((turn) => turn.has_answer)
      );
      assertEquals(item.answer_session_ids, sessions);
      assertEquals(item.haystack_dates.length, item.haystack_sessions.length);
      assert(item.haystack_sessions.every((session) => session.length > 0));
    }
    assertEquals(new Set(items.map((item) => item.question_id)).size, items.length);
  }
});

Deno.test("sessions are dated in order, and distractors are as dense as asked", () => {
  const [item] = evaluationItems({ seed: 8, split: "test", length: 16_384, perType: 1 });
  const days = item.haystack_dates.slice(1).map((date) => Number(date.replace("day d", "")));
  assert(days.length > 50);
  assertEquals(days, days.toSorted((a, b) => a - b));
  const facts = renderHistory(item).filter((line) =>
    /\b(my \w+ is|for a \w+ try|i love|the \w+ cost|i met)\b/.test(line)
  );
  // 8 in 256 tokens, less those about the slot in question.
  assert(facts.length > 460 && facts.length <= 514, `${facts.length}`);
});

Deno.test("the same seed gives the same bytes, and a longer run begins with the shorter", () => {
  const contexts = [...training(7, 40)];
  assertEquals([...training(7, 40)], contexts);
  assertEquals([...training(7, 60)].slice(0, 40), contexts);
  assert(JSON.stringify([...training(8, 40)]) !== JSON.stringify(contexts));
  const items = (perType: number) =>
    evaluationItems({ seed: 7, split: "test", length: 300, perType });
  assertEquals(items(3), items(3));
  assertEquals(items(4).slice(0, 3), items(3).slice(0, 3));
  const documents = () => [...pretrainingDocuments({ seed: 7, count: 20, length: 128 })];
  assertEquals(documents(), documents());
});

Deno.test("has_answer is never rendered", () => {
  const [item] = evaluationItems({ seed: 5, split: "test", length: 256, perType: 1 });
  const flipped = {
    ...item,
    haystack_sessions: item.haystack_sessions.map((session) =>
      session.map((turn) => ({ ...turn, has_answer: !turn.has_answer, answer: "leak" }))
    ),
  };
  assertEquals(renderHistory(flipped), renderHistory(item));
  assert(!renderHistory(item).join(" ").includes("has_answer"));
});

/** Tuples of the questions in a document, each with the text before it. */
function documentTuples(text: string): string[] {
  return [...text.matchAll(/<q> ([^<?]*\?)/g)].map((match) => {
    const before = text.slice(0, match.index).replaceAll(/you said (?:my|for|i|the) [^.]*\./g, "");
    return match[1].startsWith("how much was") || match[1].startsWith("when i met")
      ? ""
      : solve(before, match[1]).tuple;
  });
}

/** How many values a tuple of the solver states. */
function statedValues(tuple: string): number {
  const pair = tuple.match(/=(?!undefined)/g);
  if (/^(price|met) /.test(tuple)) return pair?.length ?? 0;
  return tuple.split("?")[1]?.trim().split(/\s+/).filter(Boolean).length ?? 0;
}

Deno.test("no pair of facts asked about in test or validation is asked about elsewhere", () => {
  const tuples: Record<"train" | "validation" | "test", Set<string>> = {
    train: new Set(),
    validation: new Set(),
    test: new Set(),
  };
  for (const split of ["train", "validation", "test"] as const) {
    for (const { rows } of trainingContexts({ seed: 3, count: 3000, lengths: [256], split })) {
      for (const row of rows) tuples[split].add(solve(row.context, row.query).tuple);
    }
  }
  for (const item of evaluationItems({ seed: 9, split: "test", length: 256, perType: 200 })) {
    tuples.test.add(solve(renderHistory(item).join(" "), item.question).tuple);
  }
  for (const length of [32, 64, 128]) {
    for (const { text } of pretrainingDocuments({ seed: 3, count: 3000, length })) {
      documentTuples(text).forEach((tuple) => tuples.train.add(tuple));
    }
  }
  // Single values are shared by all splits; pairs and histories of values are not.
  for (const set of Object.values(tuples)) {
    for (const tuple of set) if (statedValues(tuple) < 2) set.delete(tuple);
  }
  assert(tuples.train.size > 1200 && tuples.test.size > 100, `${tuples.train.size}`);
  assertEquals([...tuples.train.intersection(tuples.test)], []);
  assertEquals([...tuples.train.intersection(tuples.validation)], []);
  assertEquals([...tuples.validation.intersection(tuples.test)], []);
});

Deno.test("every question is asked in every split; two slots in either order are one tuple", () => {
  for (const slot of Object.values(SLOTS_OF).flat()) {
    if (slot.kind === "price" || slot.kind === "meeting") continue;
    for (const value of slotValues(slot)) {
      const single = { type: "single-session-user", slots: [slot], values: [value] } as const;
      assertEquals(splitOf(single), undefined);
    }
  }
  const [a, b] = SLOTS_OF.price;
  const tests = slotValues(a).flatMap((x) =>
    slotValues(b).map((y) => {
      const split = splitOf({ type: "multi-session", slots: [a, b], values: [x, y] });
      assertEquals(splitOf({ type: "multi-session", slots: [b, a], values: [y, x] }), split);
      return split;
    })
  );
  assertEquals(tests.filter((split) => split === "test").length, 4);
  assertEquals(splitOf({ type: "multi-session", slots: [a, b], values: [] }), undefined);
});

Deno.test("pretraining documents: exact length, one weight a token, answers weigh most", () => {
  for (const length of [32, 64, 128]) {
    for (const { text, weights } of pretrainingDocuments({ seed: 4, count: 400, length })) {
      const words = text.split(" ");
      assertEquals(count(text), length);
      assertEquals(weights.length, length);
      words.forEach((word, i) => {
        if (words[i - 1] === "<a>") assertEquals(weights[i], 1, text);
        if (i === 0) assertEquals([word, weights[i]], ["<bos>", 0]);
        if (weights[i] === 0.5) assertEquals(words[i - 1], "is");
        if (weights[i] === 1 && words[i - 1] !== "<a>") {
          assert(
            words.slice(Math.max(0, i - 9), i).join(" ").includes("assistant: you said"),
            text,
          );
        }
      });
    }
  }
});

Deno.test("answers in pretraining documents follow from what was said before", () => {
  let answers = 0;
  for (const { text } of pretrainingDocuments({ seed: 6, count: 600, length: 128 })) {
    for (const match of text.matchAll(/<q> ((?:what|recommend)[^<?]*\?) <a> (\w+)/g)) {
      const before = text.slice(0, match.index).replaceAll(/you said [^.]*\./g, "");
      assertEquals(match[2], solve(before, match[1]).answer, text);
      answers++;
    }
  }
  assert(answers > 1000, `${answers}`);
});

Deno.test("lengths without room are refused; no context asked for is none", () => {
  assertThrows(() => training(1, 1, { lengths: [32] }).next(), ConfigError, "96 tokens or more");
  assertThrows(() => training(1, 1, { lengths: [] }).next(), ConfigError, "at least one");
  assertThrows(
    () => evaluationItems({ seed: 1, split: "test", length: 24, perType: 1 }),
    ConfigError,
    "use longer contexts",
  );
  assertEquals([...training(1, 0)], []);
  assertEquals(evaluationItems({ seed: 1, split: "test", length: 256, perType: 0 }), []);
});
