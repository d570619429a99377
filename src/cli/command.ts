/**
 * What every file of this folder exports, and how a command ends.
 *
 * @module
 */
import { describeFailure } from "./failure.ts";

/** One command of the kit, run by `deno task <name>`. */
export interface Command {
  /** What it does, in one line. */
  readonly summary: string;
  /** Its arguments and flags with their defaults, as `--help` prints them; may have many lines. */
  readonly usage: string;
  /**
   * Does the work.
   *
   * @param args What stands after the command's name.
   * @returns The exit code: 0 where all went well, 1 where what was checked did not hold.
   * @throws {KitError} where the work cannot be done.
   */
  run(args: string[]): Promise<number>;
}

/** Runs a command, or prints its usage, and yields the exit code; says why a command failed. */
export async function runCommand(name: string, command: Command, args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(`${name}: ${command.summary}\n\n${command.usage.replace(/^\n+/, "").trimEnd()}`);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    const { text, exitCode } = describeFailure(name, error);
    console.error(text);
    return exitCode;
  }
}
