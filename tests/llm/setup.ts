/**
 * A client on a folder of its own, for tests.
 *
 * @module
 */
import type { Budget } from "../../src/llm/budget.ts";
import { type CountingLlm, openLlm } from "../../src/llm/client.ts";
import { Control, type ControlOptions } from "../../src/llm/control.ts";
import { type Endpoint, endpointFromEnvironment } from "../../src/llm/endpoint.ts";
import type { LogRow } from "../../src/llm/log_format.ts";
import type { LlmRequest } from "../../src/llm/request.ts";
import { RequestLog } from "../../src/llm/request_log.ts";

/** Short waits; everything else as it comes. */
export const QUICK: ControlOptions = {
  backoffMs: 2,
  maxBackoffMs: 20,
  connectTimeoutMs: 2000,
  idleTimeoutMs: 2000,
  totalTimeoutMs: 10_000,
  patienceMs: 1000,
};

export const question = (text: string, more: Partial<LlmRequest> = {}): LlmRequest => ({
  messages: [{ role: "user", content: text }],
  temperature: 0,
  maxTokens: 32,
  ...more,
});

export function endpointAt(baseUrl: string, more: Record<string, string> = {}): Endpoint {
  return endpointFromEnvironment("teacher", {
    RWR_TEACHER_BASE_URL: baseUrl,
    RWR_TEACHER_MODEL: "test-model",
    ...more,
  });
}

export const PRICED = { RWR_TEACHER_PRICE_INPUT: "1", RWR_TEACHER_PRICE_OUTPUT: "2" };

export interface Desk extends AsyncDisposable {
  readonly llm: CountingLlm;
  readonly log: RequestLog;
  readonly control: Control;
  readonly path: string;
  rows(): Promise<LogRow[]>;
}

export interface DeskOptions {
  readonly environment?: Record<string, string>;
  readonly control?: ControlOptions;
  readonly budget?: Budget;
  readonly signal?: AbortSignal;
  /** A log that is already there. */
  readonly path?: string;
}

export async function openDesk(baseUrl: string, options: DeskOptions = {}): Promise<Desk> {
  const folder = options.path ? undefined : await Deno.makeTempDir();
  const path = options.path ?? `${folder}/requests.arrows`;
  const log = await RequestLog.open(path);
  const control = new Control({ ...QUICK, ...options.control });
  const endpoint = endpointAt(baseUrl, options.environment);
  const { budget, signal } = options;
  const llm = openLlm({ endpoint, log, control, budget, signal });
  return {
    llm,
    log,
    control,
    path,
    rows: () => Array.fromAsync(RequestLog.rows(path)),
    async [Symbol.asyncDispose]() {
      await log.close();
      if (folder) await Deno.remove(folder, { recursive: true });
    },
  };
}
