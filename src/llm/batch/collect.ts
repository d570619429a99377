/**
 * From the files of a batch's answers into the request log, by the same rules as live replies.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";
import type { CallFailure } from "../failure.ts";
import type { LogRow } from "../log_format.ts";
import { asSent } from "../chat_template.ts";
import { askedColumns, outcomeOf, PAID_TRIES } from "../outcome.ts";
import { type RequestDialect, SIMPLER_REQUESTS } from "../protocol.ts";
import type { LlmRequest } from "../request.ts";
import { RequestLog } from "../request_log.ts";
import type { CallResult } from "../transport.ts";
import { type LinePlace, LineReader, readLines } from "./lines.ts";
import type { Batch, LostRequest } from "./record.ts";
import type { Tried, Tries } from "./tries.ts";
import { readOutputLine, resultOf, unanswered } from "./wire.ts";

/** Rows of the log that go out in one message: few, because a reply is found by decoding it. */
const GROUP = 32;

/** What came of a batch. */
export interface Collected {
  /** Rows of the log. */
  readonly rows: number;
  /** Of them, replies that can be used. */
  readonly replies: number;
  /** Of them, tries after the first of their request. */
  readonly retries: number;
  /** US dollars. */
  readonly costUsd: number;
  /** Tokens read. */
  readonly promptTokens: number;
  /** Tokens written. */
  readonly completionTokens: number;
  /** Requests that are to be asked again. */
  readonly lost: readonly LostRequest[];
  /** How requests are to be put from now on. */
  readonly dialect: RequestDialect;
  /** Why no request at all was answered, where nothing more can be asked; else null. */
  readonly halt: string | null;
}

/**
 * Appends a row for every request of a batch, in the order in which they were asked.
 *
 * @param done Keys of rows that a call before this one appended already.
 */
export async function collectBatch(
  batch: Batch,
  log: RequestLog,
  tries: Tries,
  done: ReadonlySet<string>,
): Promise<Collected> {
  const answers = await Answers.open(batch);
  const sum = new Sum(batch.record.dialect, answers.understood);
  let group: LogRow[] = [];
  const flush = async (): Promise<void> => {
    await Promise.all(group.map((row) => log.append(row)));
    group = [];
  };
  try {
    for await (const { key, request } of requestsOf(batch)) {
      const answer = answers.get(key);
      if (!answer && batch.record.status === "cancelled") continue;
      const result = answer ?? unanswered(`no answer in a batch that is ${batch.record.status}`);
      const row = sum.take(batch, key, request, result, tries);
      if (done.has(key)) continue;
      group.push(row);
      if (group.length === GROUP) await flush();
    }
  } finally {
    answers[Symbol.dispose]();
    await flush();
  }
  return sum.collected;
}

/** Keys that a killed process appended for this batch. */
export async function keysSince(path: string, rows: number): Promise<Set<string>> {
  const keys = new Set<string>();
  let number = 0;
  for await (const { key } of RequestLog.rows(path)) {
    if (number++ >= rows) keys.add(key);
  }
  return keys;
}

/** How many of a batch's requests have a whole answer on the disk. */
export async function countAnswers(batch: Batch): Promise<number> {
  using answers = await Answers.open(batch);
  let count = 0;
  for await (const { key } of requestsOf(batch)) count += Number(answers.get(key) !== undefined);
  return count;
}

async function* requestsOf(
  batch: Batch,
): AsyncGenerator<{ readonly key: string; readonly request: LlmRequest }> {
  const path = batch.path("requests.jsonl");
  let count = 0;
  for await (const { text } of readLines(path)) {
    const [key, request]: [string, LlmRequest] = JSON.parse(text);
    count++;
    yield { key, request };
  }
  if (count !== batch.record.requests) {
    throw new DataError(
      `reading ${path}: found ${count} requests, expected ${batch.record.requests} as in ` +
        `batch.json; restore the file`,
    );
  }
}

/** Where each answer stands; the answers themselves stay on the disk. */
class Answers implements Disposable {
  readonly #places = new Map<string, { readonly file: LineReader; readonly place: LinePlace }>();
  readonly #files: LineReader[] = [];
  #understood = false;

  static async open(batch: Batch): Promise<Answers> {
    const answers = new Answers();
    await answers.#read(batch.path("output.jsonl"));
    await answers.#read(batch.path("errors.jsonl"));
    return answers;
  }

  /** Whether the server understood any request. */
  get understood(): boolean {
    return this.#understood;
  }

  async #read(path: string): Promise<void> {
    let file: LineReader | undefined;
    for await (const { text, offset, length } of readLines(path)) {
      const line = readOutputLine(text);
      if (!line || this.#places.has(line.custom_id)) continue;
      this.#understood ||= line.response?.status_code === 200;
      if (!file) this.#files.push(file = new LineReader(path));
      this.#places.set(line.custom_id, { file, place: { offset, length } });
    }
  }

  get(key: string): CallResult | undefined {
    const found = this.#places.get(key);
    if (!found) return undefined;
    const line = readOutputLine(found.file.read(found.place));
    return line && resultOf(line);
  }

  [Symbol.dispose](): void {
    for (const file of this.#files) file[Symbol.dispose]();
  }
}

/** What is not to be put otherwise is refused for good. */
function settled(failure: CallFailure, asksAnew: string | undefined): CallFailure {
  return failure.kind === "dialect" && asksAnew === undefined
    ? { ...failure, kind: "refused" }
    : failure;
}

/** Adds up what came of a batch. */
class Sum {
  readonly #lost: LostRequest[] = [];
  readonly #halted: LostRequest[] = [];
  readonly #asked: RequestDialect;
  readonly #understood: boolean;
  #dialect: RequestDialect;
  #counts = {
    rows: 0,
    replies: 0,
    retries: 0,
    costUsd: 0,
    promptTokens: 0,
    completionTokens: 0,
  };

  /** @param understood Whether any request of the batch was answered. */
  constructor(dialect: RequestDialect, understood: boolean) {
    this.#asked = dialect;
    this.#understood = understood;
    this.#dialect = dialect;
  }

  /** The row of the log for a request and what came of it. */
  take(
    { endpoint, record }: Batch,
    key: string,
    request: LlmRequest,
    result: CallResult,
    tries: Tries,
  ): LogRow {
    const before = tries.of(key);
    const asksAnew = "failure" in result ? this.#anew(result.failure, request, before) : undefined;
    const failure = "failure" in result ? settled(result.failure, asksAnew) : undefined;
    const read = failure ? { failure } : result;
    const outcome = outcomeOf(endpoint, asSent(endpoint, request), read);
    const paid = !failure && outcome.outcome === "lost";
    const last = paid && before.paid + 1 >= PAID_TRIES;
    const row: LogRow = {
      ...askedColumns(endpoint, key, request),
      try: before.count,
      ...outcome,
      outcome: last ? "failed" : outcome.outcome,
      latency_ms: Math.max(0, Date.now() - Date.parse(record.submittedAt ?? "") || 0),
      at: new Date().toISOString(),
    };
    this.#count(row);
    if (row.outcome === "lost") {
      const anew = { counts: asksAnew === undefined, withoutSchema: asksAnew === "without schema" };
      const lost = { key, error: row.error ?? "", paid, ...anew };
      (failure?.kind === "halt" ? this.#halted : this.#lost).push(lost);
    }
    return row;
  }

  get collected(): Collected {
    const { replies } = this.#counts;
    // One request that is forbidden where others are answered is that request's affair.
    const hopeless = replies === 0 && this.#halted.length > 0;
    return {
      ...this.#counts,
      lost: hopeless ? this.#lost : [...this.#lost, ...this.#halted],
      dialect: this.#dialect,
      halt: hopeless ? this.#halted[0].error : null,
    };
  }

  /** How a request that the server did not understand is to be put the next time, if at all. */
  #anew(
    { kind, message }: CallFailure,
    { schema }: LlmRequest,
    { withoutSchema }: Tried,
  ): "simpler" | "without schema" | undefined {
    if (kind !== "dialect") return;
    const named = SIMPLER_REQUESTS.find(([words]) => words.test(message))?.[1];
    // Some servers refuse what they do not know without a word on what it was.
    const simpler = named ?? (this.#understood ? {} : { responseFormat: false });
    const asked: Partial<RequestDialect> = this.#asked;
    const news = Object.entries(simpler).some(([part, use]) =>
      asked[part as keyof RequestDialect] !== use
    );
    this.#dialect = { ...this.#dialect, ...simpler };
    if (news) return "simpler";
    if (!named && schema && this.#asked.responseFormat && !withoutSchema) return "without schema";
  }

  #count({ outcome, try: before, cost_usd, prompt_tokens, completion_tokens }: LogRow): void {
    this.#counts.rows++;
    this.#counts.retries += Number(before > 0);
    this.#counts.replies += Number(outcome === "reply");
    this.#counts.costUsd += cost_usd;
    this.#counts.promptTokens += prompt_tokens ?? 0;
    this.#counts.completionTokens += completion_tokens ?? 0;
  }
}
