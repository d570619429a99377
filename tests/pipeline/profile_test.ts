import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { decodeProfile } from "../../src/pipeline/profile.ts";
import { loadProfile, PROFILES } from "../../src/pipeline/profiles/mod.ts";

Deno.test("every profile decodes to itself", () => {
  for (const [name, profile] of Object.entries(PROFILES)) {
    assertEquals(profile.name, name);
    assertEquals(decodeProfile(JSON.parse(JSON.stringify(profile))), profile);
  }
});

/** Parameters of a Mamba-1 with tied embeddings. */
function parameters(name: string): number {
  const { layers, dim, expand, state, conv, dtRank, paddedVocab } = PROFILES[name].model;
  const inner = expand * dim;
  const mixer = 2 * inner * dim + inner * (conv + 1) + inner * (dtRank + 2 * state) +
    inner * dtRank + inner + inner * state + inner + inner * dim;
  return paddedVocab * dim + dim + layers * (mixer + dim);
}

Deno.test("dimensions give the parameter counts that are known", () => {
  assertEquals(parameters("small"), 129_135_360);
  assertEquals(parameters("paper"), 2_768_345_600);
  // The feasibility study counted 85,952 with an embedding of 320 rows.
  assertEquals(parameters("tiny") + (320 - 296) * 64, 85_952);
});

Deno.test("settings replace single values, entries of lists and whole lists", () => {
  const profile = loadProfile("tiny", [
    "finetuning.steps=7",
    "finetuning.steps=8",
    "evaluation.lengths.0.itemsPerType=5",
    "finetuning.lengths=[64,128]",
    "checkpoint=some/where",
    "pretraining=null",
  ]);
  assertEquals(profile.finetuning.steps, 8);
  assertEquals(profile.evaluation.lengths[0], { tokens: 256, itemsPerType: 5 });
  assertEquals(profile.finetuning.lengths, [64, 128]);
  assertEquals(profile.checkpoint, "some/where");
  assertEquals(profile.pretraining, null);
  assertNotEquals(PROFILES.tiny.finetuning.steps, 8, "the profile itself is not changed");
});

Deno.test("wrong settings are refused with the nearest key or what was expected", () => {
  const cases: [string, string][] = [
    ["finetuning.step=7", 'did you mean "finetuning.steps"?'],
    ["finetunig.steps=7", 'did you mean "finetuning.steps"?'],
    ["finetuning.steps", "expected --set key=value"],
    ["=7", "expected --set key=value"],
    ["finetuning.steps=many", "expected a whole number from 1"],
    ["finetuning.steps=0", "expected a whole number from 1"],
    ["finetuning.learningRate=-1", "expected a number from 0"],
    ["finetuning={}", "missing"],
    ["evaluation.segmentTokens=300", "longest fine-tuning length 256"],
    ["model.vocab=300", "304"],
    ["evaluation.lengths.1.tokens=200", "ascending"],
    ["pretraining.phases.0.from=0.1", "begins at 0"],
    ["finetuning.betas=[0.9]", "two numbers"],
    ["name=../up", "lower-case"],
    ["teacher.kind=human", "one of embedded, llm"],
  ];
  for (const [setting, message] of cases) {
    assertThrows(() => loadProfile("tiny", [setting]), ConfigError, message);
  }
  assertThrows(() => loadProfile("tinny"), ConfigError, 'did you mean "tiny"?');
  assertThrows(
    () => decodeProfile({ ...PROFILES.tiny, sead: 1 }),
    ConfigError,
    'did you mean "seed"?',
  );
});
