/**
 * Tries the Slurm recipe of docs/distilling.md for real: one process and a three-task array distil
 * the same rows from the same server; joined, the array's files must be the one process's bytes.
 *
 * Needs a running Slurm (on Debian: slurm-wlm) and takes about a minute:
 * `deno run -A tools/run.ts run -A tools/slurm_trial.ts`.
 *
 * @module
 */
import { environmentOf, filesOf, startTeacher, writeSource } from "../tests/distill/made_run.ts";

const ROWS = 3500;

async function run(command: string, args: readonly string[], env: Record<string, string>) {
  const { code } = await new Deno.Command(command, { args: [...args], env }).spawn().status;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}`);
}

/** Paths whose bytes differ, or that only one folder has. */
async function differences(a: string, b: string): Promise<string[]> {
  const [left, right] = [await filesOf(a), await filesOf(b)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((path) => {
    const [x, y] = [left.get(path), right.get(path)];
    return !x || !y || x.length !== y.length || x.some((byte, i) => byte !== y[i]);
  });
}

const runs = await Deno.makeTempDir();
try {
  await using server = startTeacher();
  const env = environmentOf(server);
  const task = ["task", "distill", "--source", `${runs}/rows.jsonl`, "--limit", String(ROWS)];
  const as = (name: string): string[] => [...task, "--runs", runs, "--name", name];
  const deno = Deno.execPath();
  await writeSource(`${runs}/rows.jsonl`, ROWS);
  await run(deno, as("one"), env);
  const script = `#!/bin/sh\n#SBATCH --array=0-2\nexec ${[deno, ...as("array")].join(" ")}\n`;
  await Deno.writeTextFile(`${runs}/array.sh`, script);
  await run("sbatch", ["--wait", `--output=${runs}/task-%a.log`, `${runs}/array.sh`], env);
  for (const i of [0, 1, 2]) console.log(await Deno.readTextFile(`${runs}/task-${i}.log`));
  await run(deno, ["task", "merge", "array", "--runs", runs], env);
  const found = await differences(`${runs}/distill/array`, `${runs}/distill/one`);
  console.log(found.length === 0 ? "the same bytes" : `differ: ${found.join(", ")}`);
  if (found.length > 0) Deno.exitCode = 1;
} finally {
  await Deno.remove(runs, { recursive: true });
}
