import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import { distillBatch } from "../../src/rwr/distill.ts";
import {
  type MixingConfig,
  mixingConfig,
  type MixingInput,
  mixSamples,
} from "../../src/rwr/mixing.ts";
import { checkLabelSpans } from "../../src/rwr/label_checks.ts";
import { plainFormat, tinyFormat } from "../../src/rwr/prompts.ts";
import { buildSample, ignoredLabel, type TrainingSample } from "../../src/rwr/sample.ts";
import { EmbeddedTeacher } from "../../src/teacher/embedded.ts";
import { impliedAnswerRule } from "../../src/teacher/verifier.ts";
import { byteTokenizer, tinyTokenizer } from "../../src/tokenizer/mod.ts";
import { history, sourceRows } from "./fixtures.ts";

const tokenizer = tinyTokenizer();
const config: MixingConfig = {
  seed: 1,
  epochs: 2,
  turns: 3,
  emptyShare: 0.4,
  directShare: 0,
  notesShare: 0.12,
  notesTurns: 6,
  notesEmptyShare: 0.1,
};

/** Forty histories that differ in their filler. */
async function input(): Promise<MixingInput> {
  const contexts = Array.from({ length: 40 }, (_, i) => {
    const at = i % history.length;
    return [...history.slice(0, at), `day d${i}`, ...history.slice(at)].join("\n");
  });
  const source = contexts.flatMap((context) => sourceRows(context));
  const notes = await distillBatch(source, {
    teacher: new EmbeddedTeacher(),
    verifier: impliedAnswerRule,
    format: tinyFormat,
  });
  return { source, notes, format: tinyFormat, tokenizer };
}

const mixed = await input();
const textOf = ({ tokens }: TrainingSample): string => tokenizer.decode([...tokens]);
const hasContext = (sample: TrainingSample): boolean => !textOf(sample).startsWith("<bos> <q>");

Deno.test("labels are the next token on responses alone; the opening marker is prompt", () => {
  const parts = [
    { text: "<bos> <q> what is my dog ? <r>", response: false },
    { text: "my dog is rex . <a> rex <eos>", response: true },
    { text: "<q> what is my car ? <r>", response: false },
    { text: "empty . <a> unknown <eos>", response: true },
  ];
  const sample = buildSample(parts, ["x", "y"], tokenizer);
  const shown = [...sample.labels].map((label, i) => {
    assertEquals(sample.weights[i], Number(label !== ignoredLabel));
    assert(label === ignoredLabel || label === sample.tokens[i + 1]);
    return label === ignoredLabel ? "_" : tokenizer.decode([label]);
  });
  assertEquals(
    shown.join(" "),
    "_ _ _ _ _ _ _ my dog is rex . <a> rex <eos> _ _ _ _ _ _ _ empty . <a> unknown <eos> _",
  );
  checkLabelSpans(sample, tokenizer, "sample");
});

Deno.test("both modes see the same rows on the same contexts in the same order", () => {
  const sft = mixSamples(mixed, "sft", config);
  const rwr = mixSamples(mixed, "rwr", config);
  const contexts = (samples: TrainingSample[]): string[] =>
    samples.filter(hasContext).map((s) => textOf(s).split(" <q> ")[0] + s.rowIds.join());
  assertEquals(contexts(rwr), contexts(sft));
  assertEquals(sft.length, 80);
  const share = rwr.filter((sample) => !hasContext(sample)).length / rwr.length;
  assert(Math.abs(share - config.notesShare) < 0.01, `notes share ${share}`);
  for (const sample of [...sft, ...rwr]) checkLabelSpans(sample, tokenizer, "sample");
});

Deno.test("the same seed gives the same samples, another seed others", () => {
  const tokens = (seed: number) => mixSamples(mixed, "rwr", { ...config, seed }).map(textOf);
  assertEquals(tokens(1), tokens(1));
  assert(tokens(1).join() !== tokens(2).join());
});

Deno.test("the share of empty notes is met by removing answers", () => {
  for (const emptyShare of [0.4, 0.6]) {
    const samples = mixSamples(mixed, "rwr", { ...config, epochs: 8, emptyShare, notesShare: 0 });
    const responses = samples.flatMap((sample) => sample.responses);
    const share = responses.filter((text) => text.includes("empty .")).length / responses.length;
    assert(Math.abs(share - emptyShare) < 0.05, `${share} for ${emptyShare}`);
  }
});

Deno.test("a removed row loses its answer, and the rows beside it keep theirs", async () => {
  const teacher = new EmbeddedTeacher();
  for (const sample of mixSamples(mixed, "rwr", { ...config, emptyShare: 0.6 })) {
    if (!hasContext(sample)) continue;
    const [context, ...turns] = textOf(sample).split(" <q> ");
    for (const turn of turns) {
      const [query, note] = turn.split(/ <[ra]> /);
      assertEquals((await teacher.writeNote(context, query)).raw, note, query);
    }
  }
});

Deno.test("samples from notes have the loss on the answers and older values in the note", () => {
  const samples = mixSamples(mixed, "rwr", config).filter((sample) => !hasContext(sample));
  for (const { responses } of samples) {
    for (const text of responses) assertEquals(text.trim().split(" ").length, 2, text);
  }
  const dog = samples.map(textOf).find((text) => text.includes("what is my dog ?"))!;
  assert(dog.includes("<r> my dog is rex . my dog is now tom . <a> tom <eos>"), dog);
});

Deno.test("direct turns appear in the share asked for", () => {
  const samples = mixSamples(mixed, "rwr", { ...config, directShare: 1, notesShare: 0 });
  assertEquals(
    samples.map(textOf),
    mixSamples(mixed, "sft", { ...config, directShare: 1 }).map(textOf),
  );
});

Deno.test("a plain format with another tokenizer has sound spans too", () => {
  const bytes = byteTokenizer();
  const plain = { ...mixed, format: plainFormat, tokenizer: bytes };
  for (const sample of mixSamples(plain, "rwr", { ...config, epochs: 1 })) {
    checkLabelSpans(sample, bytes, "sample");
  }
});

Deno.test("nothing accepted, or notes of another source, are named", () => {
  assertThrows(() => mixSamples({ ...mixed, notes: [] }, "sft", config), DataError, "no accepted");
  assertThrows(() => mixSamples({ ...mixed, source: [] }, "sft", config), DataError, "source");
  assertThrows(() => mixingConfig({ ...config, emptyshare: 1 }, "mix"), ConfigError, "emptyShare");
});
