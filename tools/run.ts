/**
 * Runs Deno as the kit's programs need it; every task of deno.json goes through here.
 *
 * `deno run -A tools/run.ts test -A tests/` is `deno test -A tests/` with the WebGPU backend chosen
 * (Vulkan on Linux) and the standard library found where JSR cannot be reached (`tools/std.ts`).
 * The exit code is the child's, and signals are passed on to it.
 *
 * @module
 */
import { gpuEnvironment } from "./adapter.ts";
import { importMapFlags } from "./std.ts";

/** What asks a program to stop. */
export const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs `deno <command> <flags> <args>` and yields its exit code. */
export async function runDeno([command, ...args]: readonly string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [command, ...await importMapFlags(), ...args],
    env: gpuEnvironment(),
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  for (const signal of SIGNALS) {
    Deno.addSignalListener(signal, () => {
      // A terminal sends Ctrl-C to the child as well; a second one would tell it to hurry.
      if (signal !== "SIGINT" || !Deno.stdin.isTerminal()) passOn(child, signal);
    });
  }
  return (await child.status).code;
}

/** Sends a signal on to a child that may have ended. */
export function passOn(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // The child may have ended between the signal and this line.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error(
      "tools/run.ts: found no arguments, expected a Deno command such as `test -A tests/`",
    );
    Deno.exit(2);
  }
  Deno.exit(await runDeno(Deno.args));
}
