/**
 * `deno task merge`: joins the shards of a distillation run.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import { mergeShards } from "../distill/merge.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { finish } from "./distill/finish.ts";

/** The command. */
export const command: Command = {
  summary: "join the shards of a distillation run",
  usage: `
  NAME          the run's folder in runs/distill
  --runs DIR    default runs
`,
  async run(args) {
    const { flags, positional: [name] } = parseFlags(args, { runs: "text" }, 1);
    if (name === undefined) throw new ConfigError("merge: found no name, expected that of a run");
    const directory = `${flags.runs ?? "runs"}/distill/${name}`;
    const { shards, parts } = await mergeShards(directory);
    console.log(`joined ${shards} shards with ${parts} parts in ${directory}`);
    await finish(directory, parts);
    return 0;
  },
};
