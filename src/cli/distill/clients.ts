/**
 * The clients of a distillation run, and what they have done so far.
 *
 * @module
 */
import { BATCH_LIMITS, BatchDesk } from "../../llm/batch/desk.ts";
import { offlineCarrier } from "../../llm/batch/offline.ts";
import { onlineCarrier } from "../../llm/batch/online.ts";
import { refuseOpenBatches } from "../../llm/batch/record.ts";
import { Budget } from "../../llm/budget.ts";
import { type CountingLlm, openLlm } from "../../llm/client.ts";
import { Control } from "../../llm/control.ts";
import type { Endpoint } from "../../llm/endpoint.ts";
import type { RequestLog } from "../../llm/request_log.ts";
import { judgeOf, type Settings } from "./settings.ts";

/** Who is asked. */
export interface Clients {
  /** Writes notes. */
  readonly teacher: CountingLlm;
  /** Judges notes; null where a rule does. */
  readonly judge: CountingLlm | null;
  /** Calls, replies from the log, retries and cost so far, in one line. */
  spent(): string;
  /** Requests in flight. */
  inFlight(): number;
  /** Where answers come in batches: gets those of all questions put off so far. */
  readonly answers?: () => Promise<void>;
}

/**
 * Opens clients that share log and budget.
 *
 * @param directory The run's folder.
 * @throws {ConfigError} where batches are under way that would be asked, and paid, a second time.
 */
export async function openClients(
  settings: Settings,
  directory: string,
  log: RequestLog,
  signal: AbortSignal,
): Promise<Clients> {
  const batches = `${directory}/batches`;
  if (settings.asking !== "live") return await inBatches(settings, batches, log, signal);
  await refuseOpenBatches(batches);
  const { maxCostUsd, teacher: { baseUrl } } = settings;
  const budget = maxCostUsd === undefined ? undefined : new Budget(maxCostUsd, log.costUsd);
  // One limit of requests a server.
  const control = new Control(settings.control);
  const open = (endpoint: Endpoint): CountingLlm => {
    const own = endpoint.baseUrl === baseUrl ? control : new Control(settings.control);
    return openLlm({ endpoint, log, control: own, signal, ...(budget && { budget }) });
  };
  const endpoint = judgeOf(settings);
  return counted(open(settings.teacher), endpoint && open(endpoint));
}

async function inBatches(
  settings: Settings,
  directory: string,
  log: RequestLog,
  signal: AbortSignal,
): Promise<Clients> {
  const { teacher, maxCostUsd, batchSize } = settings;
  const judge = judgeOf(settings);
  const endpoints = judge ? [teacher, judge] : [teacher];
  if (maxCostUsd !== undefined) {
    for (const endpoint of endpoints) new Budget(maxCostUsd).check(endpoint);
  }
  const desk = await BatchDesk.open({
    ...{ directory, log, endpoints, limits: { ...BATCH_LIMITS, requests: batchSize }, maxCostUsd },
    carrier: settings.asking === "batch"
      ? onlineCarrier({ say: console.log, signal })
      : offlineCarrier,
    say: console.log,
  });
  const clients = counted(desk.llm("teacher"), judge && desk.llm("verifier"));
  return { ...clients, answers: () => desk.settle() };
}

function counted(teacher: CountingLlm, judge: CountingLlm | null): Clients {
  const sum = (name: keyof CountingLlm["counters"]): number =>
    teacher.counters[name] + (judge?.counters[name] ?? 0);
  return {
    teacher,
    judge,
    spent: () =>
      `${sum("calls")} calls, ${sum("repliesFromLog")} from the log, ${sum("retries")} retries, ` +
      `$${sum("costUsd").toFixed(4)}`,
    inFlight: () => sum("inFlight"),
  };
}
