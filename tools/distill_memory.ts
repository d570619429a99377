/**
 * Peak memory of `deno task distill` over many rows, against a server on this machine:
 * `deno run -A tools/run.ts run -A tools/distill_memory.ts 5000 100000` (Linux; about four minutes).
 *
 * @module
 */
import { follow, startCommand } from "../tests/command_line.ts";
import { environmentOf, startTeacher, writeSource } from "../tests/distill/made_run.ts";

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
    const child = await startCommand([...args, "--runs", runs], environmentOf(server));
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
