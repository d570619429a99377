/**
 * `deno task mix`: a finished distillation run as training packs.
 *
 * @module
 */
import kit from "../../deno.json" with { type: "json" };
import { oneOf } from "../base/config.ts";
import { ConfigError, DataError, HaltError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import { readContamination } from "./contamination.ts";
import { mixPaths, mixRun, type OnMixProgress } from "../distill/mix/mix.ts";
import type { MixSummary } from "../distill/mix/summary.ts";
import { lockRunDirectory } from "../pipeline/run_directory.ts";
import { paper } from "../pipeline/profiles/paper.ts";
import { StopRequested } from "../pipeline/stage.ts";
import type { TrainingMode } from "../rwr/mixing.ts";
import { byteTokenizer, loadTokenizer } from "../tokenizer/mod.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { stopOnInterrupt } from "./interrupt.ts";

const FLAGS = {
  tokenizer: "text",
  length: "integer",
  mode: "text",
  "empty-share": "text",
  "plain-share": "text",
  "plain-source": "text",
  decontaminate: "list",
  seed: "integer",
  runs: "text",
} as const;

/** At most 6,000 tokens a sample is known of the paper. */
const [LENGTH] = paper.finetuning.lengths;

const usage = `
  NAME                the run's folder in runs/distill
  --tokenizer FILE    the model's tokenizer.json, or bytes
  --length N          tokens of a pack; longer samples are left out and counted (${LENGTH})
  --mode MODE         rwr: a note and then the answer; sft: the answer at once (rwr)
  --empty-share S     share of empty notes, by drawing from D_e (all of D_f and D_e)
  --plain-share S     share of plain rows among all samples, answered at once (0)
  --plain-source X    where plain rows are from: FILE|DIR|hub:NAME, of which rows are drawn that the
                      run did not select, or rejected, the run's rows whose note was rejected
  --decontaminate FILE,...   what plain rows must not share words with: the files that
                      deno task distill was given
  --seed N            names order and draws (0)
  --runs DIR          default runs

Writes packs/part-*.arrow and mix.json into the run's folder (packs-sft and mix-sft.json for sft).
The paper mixes OpenOrca itself in; in what share is not known.
`;

/** The command. */
export const command: Command = {
  summary: "mix and pack a finished distillation run for training",
  usage,
  async run(args) {
    const { flags, positional: [name] } = parseFlags(args, FLAGS, 1);
    if (name === undefined) throw new ConfigError("mix: found no name, expected that of a run");
    if (flags.tokenizer === undefined) {
      throw new ConfigError(
        "mix: found no --tokenizer, expected the model's tokenizer.json, or bytes for a byte-level " +
          "model",
      );
    }
    const mode = oneOf("rwr", "sft")(flags.mode ?? "rwr", "--mode") as TrainingMode;
    const emptyShare = shareOf("empty-share", flags["empty-share"]);
    const directory = `${flags.runs ?? "runs"}/distill/${name}`;
    const plainSource = flags["plain-source"];
    const contamination = await readContamination(flags.decontaminate);
    const config = {
      ...(contamination && { contamination }),
      tokenizer: flags.tokenizer === "bytes"
        ? byteTokenizer()
        : await loadTokenizer(flags.tokenizer),
      length: flags.length ?? LENGTH,
      mode,
      ...(emptyShare !== undefined && { emptyShare }),
      plainShare: shareOf("plain-share", flags["plain-share"]) ?? 0,
      ...(plainSource !== undefined && { plainSource }),
      seed: flags.seed ?? 0,
      code: `${kit.version}+mix`,
    };
    // The lock would make a folder for a name that was mistyped.
    if (!await exists(directory)) {
      throw new DataError(
        `mix: found no folder ${directory}, expected that of a distillation run; check the name`,
      );
    }
    using _lock = await lockRunDirectory(directory);
    using interrupt = stopOnInterrupt(console.log);
    try {
      const { signal } = interrupt;
      const summary = await mixRun(directory, config, { signal, onProgress: progress() });
      console.log(describe(summary, directory, mode));
    } catch (error) {
      if (error instanceof HaltError) throw new StopRequested(error.message);
      throw error;
    }
    return 0;
  },
};

function shareOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return;
  if (/^(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text);
  throw new ConfigError(`mix: found --${name}=${text}, expected a number such as 0.25`);
}

/** A line every five seconds. */
function progress(): OnMixProgress {
  let last = performance.now();
  return (what, done, total) => {
    const now = performance.now();
    if (now - last < 5000) return;
    last = now;
    console.log(`${what}: ${done} of ${total} parts`);
  };
}

function describe({ sets, packs, ...shares }: MixSummary, directory: string, mode: TrainingMode) {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const left = Object.values(sets).flatMap((set) => Object.entries(set.left));
  const reasons = Map.groupBy(left, ([reason]) => reason).entries().map(([reason, counts]) =>
    `${counts.reduce((sum, [, { samples }]) => sum + samples, 0)} ${reason}`
  );
  const paths = mixPaths(directory, mode);
  return `${packs.count} packs of ${packs.length} tokens in ${paths.packs}, ` +
    `${percent(packs.fillRate)} full: ${packs.samples} samples, ` +
    `${percent(shares.emptyShare.achieved)} of the notes empty, ` +
    `${percent(shares.plainShare.achieved)} plain rows; left out: ${[...reasons].join(", ")}; ` +
    `counts in ${paths.summary}`;
}
