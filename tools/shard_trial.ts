/**
 * Tries a recipe of docs/distilling.md for real: one process and three shards distil the same rows
 * from the same server; joined, the shards' files must be the one process's bytes.
 *
 * `deno run -A tools/run.ts run -A tools/shard_trial.ts slurm` needs a running Slurm (on Debian:
 * slurm-wlm); `… ray PYTHON` a Python with the package ray. Each takes about a minute.
 *
 * @module
 */
import { environmentOf, filesOf, startTeacher, writeSource } from "../tests/distill/made_run.ts";

const ROWS = 3500;
const SHARDS = 3;

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

/** An array of tasks; the command reads the task's number itself. */
async function slurm(command: readonly string[], folder: string, env: Record<string, string>) {
  const script = `#!/bin/sh\n#SBATCH --array=0-${SHARDS - 1}\nexec ${command.join(" ")}\n`;
  await Deno.writeTextFile(`${folder}/array.sh`, script);
  await run("sbatch", ["--wait", `--output=${folder}/task-%a.log`, `${folder}/array.sh`], env);
  for (let i = 0; i < SHARDS; i++) {
    console.log(await Deno.readTextFile(`${folder}/task-${i}.log`));
  }
}

/** A task a shard. */
async function ray(command: readonly string[], folder: string, env: Record<string, string>) {
  await Deno.writeTextFile(
    `${folder}/shards.py`,
    `import ray, subprocess

@ray.remote
def shard(i, n):
    subprocess.run([*${JSON.stringify(command)}, f"--shard={i}/{n}"], cwd=${
      JSON.stringify(Deno.cwd())
    }, check=True)

ray.init(num_cpus=${SHARDS})
ray.get([shard.remote(i, ${SHARDS}) for i in range(${SHARDS})])
`,
  );
  await run(Deno.args[1] ?? "python3", [`${folder}/shards.py`], env);
}

const ENGINES = { slurm, ray };

const engine = ENGINES[Deno.args[0] as keyof typeof ENGINES];
if (!engine) throw new Error(`found "${Deno.args[0]}", expected slurm or ray`);
const runs = await Deno.makeTempDir();
try {
  await using server = startTeacher();
  const env = environmentOf(server);
  const task = ["task", "distill", "--source", `${runs}/rows.jsonl`, "--limit", String(ROWS)];
  const as = (name: string): string[] => [...task, "--runs", runs, "--name", name];
  const deno = Deno.execPath();
  await writeSource(`${runs}/rows.jsonl`, ROWS);
  await run(deno, as("one"), env);
  await engine([deno, ...as("array")], runs, env);
  await run(deno, ["task", "merge", "array", "--runs", runs], env);
  const found = await differences(`${runs}/distill/array`, `${runs}/distill/one`);
  console.log(found.length === 0 ? "the same bytes" : `differ: ${found.join(", ")}`);
  if (found.length > 0) Deno.exitCode = 1;
} finally {
  await Deno.remove(runs, { recursive: true });
}
