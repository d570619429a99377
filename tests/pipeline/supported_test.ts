import { assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { hfConfig } from "../../src/models/mamba/hf.ts";
import { modelConfig } from "../../src/pipeline/model.ts";
import { loadProfile, PROFILES } from "../../src/pipeline/profiles/mod.ts";
import { checkShippedBase, checkSupported } from "../../src/pipeline/supported.ts";

Deno.test("the stages can do what tiny and smoke ask", () => {
  [PROFILES.tiny, PROFILES.smoke].forEach(checkSupported);
});

const ignored: [string, string][] = [
  ["source.kind=openorca", 'found the source "openorca"'],
  ["teacher.kind=llm", 'the teacher "llm"'],
  ["teacher.model=a-model", 'teacher.model "a-model", expected ""'],
  ["teacher.verifier=a-model", 'teacher.verifier "a-model", expected ""'],
  ["tokenizer=other/tokenizer.json", 'expected "data/tiny/tokenizer.json"'],
  ['evaluation.benchmarks=["embedded","helmet"]', 'expected ["embedded"]'],
];
for (const [setting, message] of ignored) {
  Deno.test(`a setting that no stage would heed is refused: ${setting}`, () => {
    assertThrows(() => checkSupported(loadProfile("tiny", [setting])), ConfigError, message);
  });
}

const tiny = loadProfile("tiny");
const base = hfConfig(modelConfig(tiny.model));

Deno.test("a shipped base passes for the profile that it was made for", () => {
  checkShippedBase(loadProfile("tiny", ["seed=2", "finetuning.steps=3"]), tiny, base);
});

const ofTheBase: [string, string][] = [
  ["model.layers=3", "with layers 2, expected layers 3"],
  ["model.finalNorm=1", "with finalNorm 0.125, expected finalNorm 1"],
  ["pretraining.steps=5", "pretraining changed by --set"],
  ["pretraining=null", "pretraining changed by --set"],
];
for (const [setting, message] of ofTheBase) {
  Deno.test(`a setting of a base that is trained already is refused: ${setting}`, () => {
    const check = () => checkShippedBase(loadProfile("tiny", [setting]), tiny, base);
    assertThrows(check, ConfigError, message);
    assertThrows(check, ConfigError, "--from-scratch");
  });
}
