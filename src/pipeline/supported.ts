/**
 * What a profile may ask of the stages: a setting that they would pass over is refused.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { ConfigError } from "../base/errors.ts";
import { mambaConfigFromHf } from "../models/mamba/hf.ts";
import { modelConfig } from "./model.ts";
import type { Profile } from "./profile.ts";
import { tiny } from "./profiles/tiny.ts";

function refuse(profile: Profile, found: string, expected: string, remedy: string): never {
  throw new ConfigError(
    `profile "${profile.name}": found ${found}, expected ${expected}; ${remedy}`,
  );
}

/**
 * Checks that the stages can do all that a profile names.
 *
 * @throws {ConfigError} on data, a teacher, a tokenizer or a benchmark that they do not have.
 */
export function checkSupported(profile: Profile): void {
  const { source, teacher, tokenizer, evaluation } = profile;
  if (source.kind !== "embedded" || teacher.kind !== "embedded") {
    refuse(
      profile,
      `the source "${source.kind}" and the teacher "${teacher.kind}"`,
      `"embedded" for both, all that this command runs on`,
      "use --profile tiny, or make notes of OpenOrca rows by a model with `deno task distill`",
    );
  }
  for (const role of ["model", "verifier"] as const) {
    if (teacher[role] === "") continue;
    refuse(
      profile,
      `teacher.${role} "${teacher[role]}"`,
      `"", because the embedded teacher asks no model`,
      `leave teacher.${role} as it is`,
    );
  }
  if (tokenizer !== tiny.tokenizer) {
    refuse(
      profile,
      `tokenizer "${tokenizer}"`,
      `"${tiny.tokenizer}", the only one that knows the embedded corpus`,
      "leave tokenizer as it is, or ask a LongMemEval file with `deno task answer --tokenizer`",
    );
  }
  if (evaluation.benchmarks.join() !== "embedded") {
    refuse(
      profile,
      `evaluation.benchmarks ${JSON.stringify(evaluation.benchmarks)}`,
      `["embedded"]`,
      "leave evaluation.benchmarks as it is; `deno task answer --data` asks a LongMemEval file",
    );
  }
}

const same = (a: unknown, b: unknown): boolean =>
  canonicalJson(a as Json) === canonicalJson(b as Json);

/**
 * Checks that a base which is not trained anew is the one that a profile describes.
 *
 * @param named The profile before `--set`.
 * @param config The base's `config.json`.
 * @throws {ConfigError} where the base has other dimensions, or `--set` changed how it is trained.
 * @throws {CheckpointError} where the base is no Mamba.
 */
export function checkShippedBase(profile: Profile, named: Profile, config: Json): void {
  const found = mambaConfigFromHf(config);
  const expected = modelConfig(profile.model);
  const sizes = Object.keys(expected) as (keyof typeof expected)[];
  const different = sizes.filter((size) => found[size] !== expected[size]);
  const list = (of: typeof expected) => different.map((size) => `${size} ${of[size]}`).join(", ");
  const remedy = "train the base too with --from-scratch, or leave";
  if (different.length > 0) {
    refuse(
      profile,
      `the base ${profile.checkpoint} with ${list(found)}`,
      `${list(expected)} as profile.model says`,
      `${remedy} model as it is`,
    );
  }
  if (!same(profile.pretraining, named.pretraining)) {
    refuse(
      profile,
      `pretraining changed by --set and the base ${profile.checkpoint}, which is trained already`,
      `pretraining as the profile has it`,
      `${remedy} it out`,
    );
  }
}
