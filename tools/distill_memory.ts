/**
 * Peak memory of `deno task distill` over many rows, against a server on this machine:
 * `deno run -A tools/run.ts run -A tools/distill_memory.ts 5000 100000` (Linux; about five minutes).
 *
 * V8 is given {@linkcode HEAP_MIB} of heap. Left to itself it lets garbage pile up the longer a run
 * takes, and the figure would say when it last cared to collect rather than what is needed; with a
 * limit, a run that holds on to its rows ends out of memory.
 *
 * @module
 */
import { follow, startCommand } from "../tests/command_line.ts";
import { environmentOf, startTeacher, writeSource } from "../tests/distill/made_run.ts";

/** The limit of V8's old generation, in MiB. */
const HEAP_MIB = 96;

/** Most MiB that a process had resident so far; undefined when it has ended. */
async function peakMiB(pid: number): Promise<number | undefined> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  const found = /VmHWM:\s+(\d+) kB/.exec(status);
  return found ? Number(found[1]) / 1024 : undefined;
}

for (const rows of Deno.args.map(Number)) {
  const runs = await Deno.makeTempDir();
  try {
    await using server = startTeacher();
    await writeSource(`${runs}/rows.jsonl`, rows);
    const start = performance.now();
    const args = ["distill", "--source", `${runs}/rows.jsonl`, "--limit", String(rows)];
    const env = { DENO_V8_FLAGS: `--max-old-space-size=${HEAP_MIB}`, ...environmentOf(server) };
    const child = await startCommand([...args, "--runs", runs], env);
    let peak = 0;
    const watch = setInterval(async () => peak = await peakMiB(child.pid) ?? peak, 100);
    const { code } = await follow(child);
    clearInterval(watch);
    const seconds = (performance.now() - start) / 1000;
    const { calls } = server.stats();
    console.log(
      `${rows} rows: exit ${code}, peak ${peak.toFixed(0)} MiB, ${calls} calls in ` +
        `${seconds.toFixed(0)} s`,
    );
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}
