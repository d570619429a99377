/**
 * Questions of one endpoint on their way into batches.
 *
 * @module
 */
import { hashFile } from "../../base/hash.ts";
import { worstCostOf } from "../budget.ts";
import { asSent } from "../chat_template.ts";
import type { Endpoint } from "../endpoint.ts";
import type { RequestDialect } from "../protocol.ts";
import type { LlmRequest } from "../request.ts";
import { LineWriter } from "./lines.ts";
import { Batch, type BatchFile, type BatchRecord, writeRecord } from "./record.ts";
import { inputLine } from "./wire.ts";

/** How much a batch may hold. */
export interface BatchLimits {
  /** Requests. */
  readonly requests: number;
  /** Bytes of the file of requests. */
  readonly bytes: number;
}

/** A batch that is being filled; of no account until its record is written. */
export class Gathering implements Disposable {
  readonly #folder: string;
  readonly #endpoint: Endpoint;
  readonly #dialect: RequestDialect;
  readonly #requests: LineWriter;
  readonly #input: LineWriter;
  #count = 0;
  #worstUsd = 0;

  /** Starts a batch in a new folder. */
  constructor(folder: string, endpoint: Endpoint, dialect: RequestDialect) {
    Deno.mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#endpoint = endpoint;
    this.#dialect = dialect;
    const open = (name: BatchFile): LineWriter => new LineWriter(`${folder}/${name}`);
    this.#requests = open("requests.jsonl");
    this.#input = open("input.jsonl");
  }

  /** The most that it can cost so far, in US dollars. */
  get worstUsd(): number {
    return this.#worstUsd;
  }

  /** Whether one more request of this size is within the limits; the first always is. */
  holds(line: string, { requests, bytes }: BatchLimits): boolean {
    const more = this.#input.bytes + 3 * line.length;
    return this.#count === 0 || (this.#count < requests && more <= bytes);
  }

  /** Adds a request and its line. */
  add(key: string, request: LlmRequest, line: string): void {
    this.#requests.add(JSON.stringify([key, request]));
    this.#input.add(line);
    this.#count++;
    this.#worstUsd += worstUsd(this.#endpoint, request);
  }

  /** How a request is put in this batch. */
  lineOf(key: string, request: LlmRequest): string {
    return inputLine(this.#endpoint, key, request, this.#dialect);
  }

  /** Writes the record, from which on the batch counts. */
  async finish(): Promise<Batch> {
    this.#requests.finish();
    this.#input.finish();
    const { role, model, baseUrl } = this.#endpoint;
    const record: BatchRecord = {
      tag: crypto.randomUUID(),
      role,
      model,
      baseUrl,
      requests: this.#count,
      bytes: this.#input.bytes,
      sha256: await hashFile(this.#input.path),
      worstUsd: this.#worstUsd,
      dialect: this.#dialect,
      state: "ready",
      fileId: null,
      batchId: null,
      submittedAt: null,
      status: null,
      logRows: null,
      lost: [],
      nextDialect: this.#dialect,
      tooLarge: false,
    };
    await writeRecord(this.#folder, record);
    return new Batch(this.#folder, this.#endpoint, record);
  }

  /** Closes its files. */
  [Symbol.dispose](): void {
    this.#requests[Symbol.dispose]();
    this.#input[Symbol.dispose]();
  }
}

/** The most that a request can cost, in US dollars. */
export function worstUsd(endpoint: Endpoint, request: LlmRequest): number {
  return endpoint.prices ? worstCostOf(endpoint.prices, asSent(endpoint, request)) : 0;
}
