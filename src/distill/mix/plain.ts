/**
 * Plain rows of a source: drawn as a run's rows are, from those that the run did not select.
 *
 * @module
 */
import { ConfigError } from "../../base/errors.ts";
import { hashJson } from "../../base/hash.ts";
import { openOpenOrca, type SplitLimits } from "../../sources/mod.ts";
import { readRows } from "../../tables/mod.ts";
import { byteTokenizer } from "../../tokenizer/mod.ts";
import { partPath } from "../parts.ts";
import { type SelectionSummary, selectRows } from "../selection.ts";
import type { MixConfig } from "./config.ts";
import type { SampleIndex } from "./sample_index.ts";
import type { Quota } from "./shares.ts";

/** Rows drawn beyond what is needed, for those that turn out too long: a share, and a number. */
const SPARE_SHARE = 0.05;
const SPARE_ROWS = 100;

interface SelectionSettings {
  readonly limits: SplitLimits;
  readonly tokenizer: string;
  readonly contamination: { readonly hash: string } | null;
}

const settingsOf = ({ config }: SelectionSummary) => config as unknown as SelectionSettings;

/**
 * What names the plain rows' source among the inputs of a mix: its files, wherever they lie.
 *
 * @throws {ConfigError} where the run's rows were compared with evaluations and these would not be.
 * @throws {DataError} where there is no such source.
 */
export async function plainInputs(
  { plainShare, plainSource, contamination }: MixConfig,
  selection: SelectionSummary,
): Promise<Record<string, string>> {
  if (plainShare === 0 || plainSource === "rejected") return {};
  const expected = settingsOf(selection).contamination?.hash ?? null;
  if ((contamination?.hash ?? null) !== expected) {
    throw new ConfigError(
      `mixing: found plain rows compared with ${contamination ? "other" : "no"} evaluations, ` +
        `expected those that the run's rows were compared with (${expected ?? "none"}); give the ` +
        `same --decontaminate to both, or take --plain-source rejected`,
    );
  }
  const { files } = await openOpenOrca(plainSource!);
  return { plain: hashJson(files.map(({ name, bytes }) => ({ name, bytes }))) };
}

/** Draws plain rows into `folder`, under the limits of the run's own selection. */
export async function selectPlain(
  directory: string,
  selection: SelectionSummary,
  config: MixConfig,
  folder: string,
  index: SampleIndex,
  quota: Quota,
): Promise<SelectionSummary> {
  const { limits, tokenizer } = settingsOf(selection);
  const bytes = byteTokenizer();
  const { contamination } = config;
  return await selectRows(
    {
      source: config.plainSource!,
      seed: config.seed,
      rows: Math.ceil(quota[3] * (1 + SPARE_SHARE) / fitting(index)) + SPARE_ROWS,
      limits,
      // Limits were counted in bytes or by a tokenizer whose file is not known here.
      tokenizer: tokenizer === bytes.hash ? bytes : config.tokenizer,
      ...(contamination && { contamination }),
      without: {
        hash: selection.configHash,
        async *rows() {
          for (let part = 0; part < selection.parts; part++) {
            yield* await readRows(partPath(`${directory}/selection`, part), "source");
          }
        },
      },
      code: config.code,
    },
    folder,
  );
}

/** Share of the samples from notes that fit a pack. */
function fitting(index: SampleIndex): number {
  const fit = index.counts().reduce((sum, count) => sum + count, 0);
  const unfit = index.left.flat().reduce((sum, { samples }) => sum + samples, 0);
  return fit / (fit + unfit);
}
