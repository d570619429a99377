/**
 * The clients of a distillation run, and what they have done so far.
 *
 * @module
 */
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
}

/** Opens clients that share log and budget, and one limit of requests a server. */
export function openClients(settings: Settings, log: RequestLog, signal: AbortSignal): Clients {
  const { maxCostUsd, teacher: { baseUrl } } = settings;
  const budget = maxCostUsd === undefined ? undefined : new Budget(maxCostUsd, log.costUsd);
  const control = new Control(settings.control);
  const open = (endpoint: Endpoint): CountingLlm => {
    const own = endpoint.baseUrl === baseUrl ? control : new Control(settings.control);
    return openLlm({ endpoint, log, control: own, signal, ...(budget && { budget }) });
  };
  const endpoint = judgeOf(settings);
  const teacher = open(settings.teacher);
  const judge = endpoint && open(endpoint);
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
