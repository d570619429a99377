/**
 * Flags and environment of `deno task distill`, checked before the source is read.
 *
 * @module
 */
import { ConfigError } from "../../base/errors.ts";
import type { ContaminationCheck } from "../../distill/selection.ts";
import { BATCH_LIMITS } from "../../llm/batch/desk.ts";
import { type Endpoint, endpointFromEnvironment } from "../../llm/endpoint.ts";
import {
  exactContainment,
  lexicalOverlap,
  normalisedContainment,
} from "../../teacher/llm_verifier.ts";
import type { Verifier } from "../../teacher/verifier.ts";
import { byteTokenizer, loadTokenizer, type Tokenizer } from "../../tokenizer/mod.ts";
import type { parseFlags } from "../args.ts";
import { readContamination } from "../contamination.ts";

/** The command's flags. */
export const FLAGS = {
  source: "text",
  name: "text",
  limit: "integer",
  seed: "integer",
  shard: "text",
  tokenizer: "text",
  verifier: "text",
  decontaminate: "list",
  "max-cost": "text",
  "max-in-flight": "integer",
  "max-context": "integer",
  "requests-per-minute": "integer",
  "tokens-per-minute": "integer",
  batch: "switch",
  "batch-files": "switch",
  "batch-size": "integer",
  "dry-run": "switch",
  runs: "text",
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>["flags"];

const RULES: Readonly<Record<string, Verifier>> = {
  exact: exactContainment,
  normalised: normalisedContainment,
  lexical: lexicalOverlap,
};

/** What the flags and the environment say. */
export interface Settings {
  /** Where rows come from. */
  readonly source: string;
  /** Rows to draw. */
  readonly rows: number;
  /** Names the draw. */
  readonly seed: number;
  /** Most tokens of a context. */
  readonly maxContextTokens: number;
  /** Counts tokens. */
  readonly tokenizer: Tokenizer;
  /** What rows must not share words with; undefined where no file was named. */
  readonly contamination: ContaminationCheck | undefined;
  /** Writes notes. */
  readonly teacher: Endpoint;
  /** Checks notes: a model, or a rule. */
  readonly verifier: Endpoint | Verifier;
  /** US dollars over all runs of the folder; no limit where it is left out. */
  readonly maxCostUsd: number | undefined;
  /** Whether to ask one by one, by a server's Batch API, or by files for `vllm run-batch`. */
  readonly asking: "live" | "batch" | "batch-files";
  /** Most requests of a batch. */
  readonly batchSize: number;
  /** Limits on asking. */
  readonly control: {
    readonly maxInFlight: number;
    readonly requestsPerMinute: number;
    readonly tokensPerMinute: number;
  };
}

/**
 * Reads them.
 *
 * @throws {ConfigError} that names the flag or variable.
 */
export async function readSettings(flags: Flags): Promise<Settings> {
  if (flags.source === undefined) {
    throw new ConfigError(
      "distill: found no --source, expected a file, a folder or hub:owner/dataset, such as " +
        "--source=hub:Open-Orca/OpenOrca",
    );
  }
  return {
    source: flags.source,
    rows: flags.limit ?? 1000,
    seed: flags.seed ?? 0,
    maxContextTokens: flags["max-context"] ?? 6000,
    maxCostUsd: readDollars(flags["max-cost"]),
    verifier: readVerifier(flags.verifier),
    asking: readAsking(flags),
    batchSize: flags["batch-size"] ?? BATCH_LIMITS.requests,
    teacher: endpointFromEnvironment("teacher"),
    tokenizer: flags.tokenizer === undefined
      ? byteTokenizer()
      : await loadTokenizer(flags.tokenizer),
    contamination: await readContamination(flags.decontaminate),
    control: {
      maxInFlight: flags["max-in-flight"] ?? 64,
      requestsPerMinute: flags["requests-per-minute"] ?? Infinity,
      tokensPerMinute: flags["tokens-per-minute"] ?? Infinity,
    },
  };
}

/** The verifier's endpoint; null where a rule checks notes. */
export function judgeOf({ verifier }: Settings): Endpoint | null {
  return "baseUrl" in verifier ? verifier : null;
}

function readVerifier(name = "llm"): Endpoint | Verifier {
  if (name === "llm") return endpointFromEnvironment("verifier");
  if (Object.hasOwn(RULES, name)) return RULES[name];
  throw new ConfigError(
    `distill: found --verifier=${name}, expected llm, ${Object.keys(RULES).join(", ")}`,
  );
}

function readAsking(flags: Flags): Settings["asking"] {
  const { batch, "batch-files": files, "batch-size": size } = flags;
  const fail = (found: string, expected: string): never => {
    throw new ConfigError(`distill: found ${found}, expected ${expected}`);
  };
  if (batch && files) fail("--batch and --batch-files", "one of them");
  if (size !== undefined && !batch && !files) fail("--batch-size alone", "it beside --batch");
  if (size === 0) fail("--batch-size=0", "1 or more requests");
  return batch ? "batch" : files ? "batch-files" : "live";
}

function readDollars(text: string | undefined): number | undefined {
  if (text === undefined) return;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new ConfigError(`distill: found --max-cost=${text}, expected US dollars such as 2.50`);
}
