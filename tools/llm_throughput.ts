/**
 * How much of a server's ideal throughput a client reaches at 64 requests in flight:
 * `deno run -A tools/run.ts run -A tools/llm_throughput.ts [requests]`.
 *
 * The server is a process of its own and takes 200 ms for a reply. Ideal is 64 replies every 200 ms
 * from the first request on, the growth of the limit from 16 to 64 not left out.
 *
 * @module
 */
import { openLlm } from "../src/llm/client.ts";
import { Control } from "../src/llm/control.ts";
import { endpointFromEnvironment } from "../src/llm/endpoint.ts";
import { RequestLog } from "../src/llm/request_log.ts";

const IN_FLIGHT = 64;
const LATENCY_MS = 200;
const CONTEXT = "A sentence of a context that a note is written about. ".repeat(60);

interface Measured {
  readonly requests: number;
  readonly seconds: number;
  /** Of the ideal throughput, 0 to 1. */
  readonly share: number;
  readonly heapMiB: number;
}

async function startServer(): Promise<{ child: Deno.ChildProcess; baseUrl: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tests/llm/server.ts", "--latency-ms", String(LATENCY_MS)],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  for await (const line of lines) return { child, ...JSON.parse(line) };
  throw new Error("the server ended before it said its address");
}

async function measure(baseUrl: string, path: string, requests: number): Promise<Measured> {
  const log = await RequestLog.open(path);
  const endpoint = endpointFromEnvironment("teacher", {
    RWR_TEACHER_BASE_URL: baseUrl,
    RWR_TEACHER_MODEL: "test-model",
  });
  const llm = openLlm({ endpoint, log, control: new Control({ maxInFlight: IN_FLIGHT }) });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < requests; i = next++) {
      const messages = [{ role: "user", content: `${CONTEXT} Question ${i}?` }] as const;
      await llm.ask({ messages, temperature: 0, maxTokens: 64 });
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const seconds = (performance.now() - start) / 1000;
  await log.close();
  const ideal = requests / IN_FLIGHT * LATENCY_MS / 1000;
  const heapMiB = Deno.memoryUsage().heapUsed / 2 ** 20;
  return { requests, seconds, share: ideal / seconds, heapMiB };
}

if (import.meta.main) {
  const requests = Number(Deno.args[0] ?? 3200);
  const folder = await Deno.makeTempDir();
  const { child, baseUrl } = await startServer();
  try {
    const { seconds, share, heapMiB } = await measure(baseUrl, `${folder}/log`, requests);
    console.log(
      `${requests} requests, ${IN_FLIGHT} in flight, ${LATENCY_MS} ms each: ` +
        `${seconds.toFixed(2)} s, ${(100 * share).toFixed(1)}% of ideal, ` +
        `${heapMiB.toFixed(0)} MiB of heap`,
    );
  } finally {
    child.kill();
    await child.status;
    await Deno.remove(folder, { recursive: true });
  }
}
