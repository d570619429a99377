/**
 * What stands in request logs: requests, replies, tokens and money, by model and role.
 *
 * @module
 */
import { costHere, TAKEN_OVER } from "./log_format.ts";
import { LogIndex } from "./log_index.ts";
import { RequestLog } from "./request_log.ts";

/** Counts of the requests to one model in one role. */
export interface RequestCounts {
  /** The model. */
  readonly model: string;
  /** Who asked. */
  readonly role: string;
  /** Different requests, answered or not. */
  requests: number;
  /** Usable replies. */
  replies: number;
  /** Requests that failed for good. */
  failed: number;
  /** Tries that were lost. */
  lost: number;
  /** Replies and failures taken over from other logs. */
  takenOver: number;
  /** Tokens read, over all rows. */
  promptTokens: number;
  /** Tokens written, over all rows. */
  completionTokens: number;
  /** US dollars that were paid, or at most may have been, without what was taken over. */
  costUsd: number;
  /** US dollars that others paid for what was taken over. */
  othersCostUsd: number;
}

/**
 * Counts the rows of some logs, ordered by model and role.
 *
 * @throws {DataError} where a file is missing or is no request log.
 */
export async function countRequests(logs: readonly string[]): Promise<RequestCounts[]> {
  const groups = new Map<string, RequestCounts>();
  const seen = new LogIndex();
  for (const log of logs) {
    for await (const row of RequestLog.rows(log)) {
      const name = JSON.stringify([row.model, row.role]);
      const counts = groups.get(name) ?? zeros(row.model, row.role);
      groups.set(name, counts);
      const costUsd = costHere(row.try, row.cost_usd);
      if (!seen.has(row.key)) {
        seen.add(row.key, { offset: 0, row: 0 });
        counts.requests++;
      }
      counts.replies += Number(row.outcome === "reply");
      counts.failed += Number(row.outcome === "failed");
      counts.lost += Number(row.outcome === "lost");
      counts.takenOver += Number(row.try === TAKEN_OVER);
      counts.promptTokens += row.prompt_tokens ?? 0;
      counts.completionTokens += row.completion_tokens ?? 0;
      counts.costUsd += costUsd;
      counts.othersCostUsd += row.cost_usd - costUsd;
    }
  }
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([, counts]) => counts);
}

const zeros = (model: string, role: string): RequestCounts => ({
  model,
  role,
  requests: 0,
  replies: 0,
  failed: 0,
  lost: 0,
  takenOver: 0,
  promptTokens: 0,
  completionTokens: 0,
  costUsd: 0,
  othersCostUsd: 0,
});
