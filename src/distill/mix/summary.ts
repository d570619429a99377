/**
 * What a mix came to, as `mix.json` holds it.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import type { MixConfig } from "./config.ts";
import type { PackPlan } from "./packs.ts";
import { FATES } from "./sample_file.ts";
import type { SampleCount, SampleIndex } from "./sample_index.ts";
import { MIX_SETS, type MixSet } from "./samples.ts";

/** What became of a set's samples. */
export interface MixedSet extends SampleCount {
  /** Tokens of the packed ones that the loss falls on. */
  readonly labelledTokens: number;
  /** Samples that would have fitted and were not drawn, because of the shares. */
  readonly notDrawn: number;
  /** Samples that no pack holds, by reason. */
  readonly left: Readonly<Record<string, SampleCount>>;
}

/** What a share was to be, and is. */
export interface Share {
  /** What was asked for; null where it was left to the data. */
  readonly asked: number | null;
  /** What it is among the packed samples. */
  readonly achieved: number;
}

/** What {@linkcode summariseMix} counts. */
export interface MixSummary {
  /** SHA-256 of the configuration and the inputs. */
  readonly configHash: string;
  /** The configuration. */
  readonly config: Json;
  /** Hashes of selection, notes and the plain rows' files. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Samples by set: packed, not drawn, left out. */
  readonly sets: Readonly<Record<MixSet, MixedSet>>;
  /** Share of empty notes among the samples from notes. */
  readonly emptyShare: Share;
  /** Share of plain rows among all samples. */
  readonly plainShare: Share;
  /** The packs. */
  readonly packs: {
    /** How many. */
    readonly count: number;
    /** In how many files. */
    readonly parts: number;
    /** Tokens of a pack. */
    readonly length: number;
    /** Samples in them. */
    readonly samples: number;
    /** Tokens in them, padding apart. */
    readonly tokens: number;
    /** Tokens that the loss falls on. */
    readonly labelledTokens: number;
    /** Tokens as a share of all places. */
    readonly fillRate: number;
  };
}

/** Counts the samples that were drawn and packed. */
export function summariseMix(
  { emptyShare, plainShare }: MixConfig,
  identity: Pick<MixSummary, "configHash" | "config" | "inputs">,
  index: SampleIndex,
  drawn: Uint32Array,
  plan: PackPlan,
): MixSummary {
  const there = index.counts();
  const sums = index.sums(drawn);
  const sets = MIX_SETS.map((name, set) => {
    const reasons = FATES.map((fate, i) => [fate, index.left[set][i]] as const).slice(1);
    const notDrawn = there[set] - sums[set].samples;
    return [name, { ...sums[set], notDrawn, left: Object.fromEntries(reasons) }] as const;
  });
  const total = (what: "samples" | "tokens" | "labelledTokens") =>
    sums.reduce((sum, set) => sum + set[what], 0);
  const [full, natural, empty, plain] = sums.map(({ samples }) => samples);
  const notes = full + natural + empty;
  return {
    ...identity,
    sets: Object.fromEntries(sets) as MixSummary["sets"],
    emptyShare: {
      asked: emptyShare ?? null,
      achieved: notes === 0 ? 0 : (natural + empty) / notes,
    },
    plainShare: { asked: plainShare, achieved: plain / drawn.length },
    packs: {
      count: plan.packs,
      parts: plan.parts,
      length: plan.length,
      samples: drawn.length,
      tokens: total("tokens"),
      labelledTokens: total("labelledTokens"),
      fillRate: total("tokens") / (plan.packs * plan.length),
    },
  };
}
