// The kit's command line as a child process of its own, for tests that meet it as a user would.
import { gpuEnvironment } from "../tools/adapter.ts";
import { importMapFlags } from "../tools/std.ts";
import { pathOf } from "./repository.ts";

/** What a command ended with. */
export interface Ended {
  /** Exit code; 128 + the signal's number where a signal ended it. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
}

/** Starts `main.ts <args>`; the process is the command itself, so a signal meets it. */
export async function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Deno.ChildProcess> {
  const flags = [...await importMapFlags(), "-A", "--no-check"];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, pathOf("src/cli/main.ts"), ...args],
    cwd: pathOf(""),
    env: { ...gpuEnvironment(), NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/**
 * Collects a child's output until it ends.
 *
 * @param onLine Called with every line of standard output as it comes.
 */
export async function follow(
  child: Deno.ChildProcess,
  onLine: (line: string) => void = () => undefined,
): Promise<Ended> {
  let [out, rest] = ["", ""];
  const reading = (async () => {
    for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
      out += piece;
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    }
  })();
  const [{ code }, err] = await Promise.all([
    child.status,
    new Response(child.stderr).text(),
    reading,
  ]);
  return { code, out, err };
}

/** Runs `main.ts <args>` to its end. */
export async function runCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return await follow(await startCommand(args, env));
}
