/**
 * The command line: `deno task <command>` of deno.json, or `main.ts <command>`.
 *
 * @module
 */
import { nearest } from "../base/config.ts";
import { type Command, runCommand } from "./command.ts";

/** Loaded when asked for, so that a command pays for nothing but its own imports. */
const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  answer: () => import("./answer.ts"),
  bench: () => import("./bench.ts"),
  distill: () => import("./distill.ts"),
  doctor: () => import("./doctor.ts"),
  finetune: () => import("./finetune.ts"),
  merge: () => import("./merge.ts"),
  mix: () => import("./mix.ts"),
  notebooks: () => import("./notebooks.ts"),
  pretrain: () => import("./pretrain.ts"),
  reproduce: () => import("./reproduce.ts"),
  requests: () => import("./requests.ts"),
  serve: () => import("./serve.ts"),
  verify: () => import("./verify.ts"),
};

/** Runs the command that the first argument names; yields the exit code. */
export async function main([name = "help", ...args]: readonly string[]): Promise<number> {
  if (Object.hasOwn(COMMANDS, name)) {
    const { command } = await COMMANDS[name]();
    return await runCommand(name, command, args);
  }
  if (["help", "--help", "-h"].includes(name)) {
    for (const [known, load] of Object.entries(COMMANDS)) {
      console.log(`deno task ${known.padEnd(12)} ${(await load()).command.summary}`);
    }
    console.log("\n`deno task <command> --help` lists its flags.");
    return 0;
  }
  const known = Object.keys(COMMANDS);
  console.error(
    `unknown command "${name}"; did you mean "${nearest(name, known)}"? ` +
      `Known: ${known.join(", ")}`,
  );
  return 2;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
