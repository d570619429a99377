/**
 * OpenAI's Batch API for the test server: files, batches and what can go wrong with them.
 *
 * @module
 */
import type { Json } from "../../src/base/canonical_json.ts";
import { sha256 } from "../../src/base/hash.ts";

/** What a server's batches do wrong. */
export interface BatchTrouble {
  /** Time that a batch is in progress. */
  readonly batchMs?: number;
  /** The first so many batches expire with half of their requests unanswered. */
  readonly expired?: number;
  /** The first so many batches are cancelled half-way, as if by somebody at the server. */
  readonly cancelled?: number;
  /** Larger files are answered by 413. */
  readonly maxBytes?: number;
  /** Every n-th question after a batch is answered by 500. */
  readonly pollFails?: number;
  /** More requests under way at once than this fail a batch. */
  readonly queue?: number;
  /** The first so many batches are created although 500 is answered. */
  readonly createdBut500?: number;
  /** The first so many uploads and submissions are followed by this. */
  readonly onStep?: (step: BatchStep) => void;
  /** Every batch fails by this. */
  readonly fails?: string;
  /** Files are sent as far as half, the first time that they are asked for. */
  readonly tornFiles?: boolean;
}

/** Where a client may be killed. */
export type BatchStep = "uploaded" | "created" | "polled" | "fetched";

/** What became of a server's batches. */
export interface BatchStats {
  /** Batches that were accepted. */
  readonly created: number;
  /** Files, by a hash of their content: how many batches were made of it. */
  readonly byContent: Readonly<Record<string, number>>;
  /** Requests of all batches that were answered. */
  readonly answered: number;
}

interface ServedBatch {
  readonly id: string;
  readonly input_file_id: string;
  readonly endpoint: string;
  readonly metadata: Json;
  readonly created_at: number;
  readonly total: number;
  status: string;
  completed: number;
  failed: number;
  output_file_id?: string;
  error_file_id?: string;
  errors?: Json;
  polls: number;
}

interface InputLine {
  readonly custom_id: string;
  readonly method: string;
  readonly url: string;
  readonly body: Json;
}

const json = (status: number, value: unknown): Response => Response.json(value, { status });
const fail = (status: number, message: string): Response =>
  json(status, { error: { message, type: "error", code: null } });
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Files and batches of one server. */
export class BatchServer {
  readonly #trouble: BatchTrouble;
  /** Answers one request as the server does. */
  readonly #answer: (url: string, body: Json) => Promise<Response>;
  readonly #files = new Map<string, string>();
  readonly #batches: ServedBatch[] = [];
  readonly #contents = new Map<string, number>();
  readonly #torn = new Set<string>();
  #answered = 0;
  #polls = 0;

  constructor(trouble: BatchTrouble, answer: (url: string, body: Json) => Promise<Response>) {
    this.#trouble = trouble;
    this.#answer = answer;
  }

  get stats(): BatchStats {
    return {
      created: this.#batches.length,
      byContent: Object.fromEntries(this.#contents),
      answered: this.#answered,
    };
  }

  /** The response to a request below /v1; undefined for another path. */
  async serve(request: Request): Promise<Response | undefined> {
    const { pathname, searchParams } = new URL(request.url);
    const [, kind, id, what] = /^\/v1\/(files|batches)(?:\/([^/]+))?(?:\/([^/]+))?$/
      .exec(pathname) ?? [];
    if (kind === "files" && request.method === "POST") return await this.#upload(request);
    if (kind === "files" && what === "content") return this.#content(id);
    if (kind === "batches" && request.method === "POST") return await this.#create(request);
    if (kind === "batches" && id) return this.#retrieve(id);
    if (kind === "batches") return this.#list(searchParams);
  }

  async #upload(request: Request): Promise<Response> {
    const form = await request.formData();
    const file = form.get("file");
    if (form.get("purpose") !== "batch" || !(file instanceof File)) {
      return fail(400, "expected a file with the purpose batch");
    }
    const { maxBytes = Infinity } = this.#trouble;
    if (file.size > maxBytes) return fail(413, `file of ${file.size} bytes is too large`);
    const id = `file-${this.#files.size + 1}`;
    this.#files.set(id, await file.text());
    this.#trouble.onStep?.("uploaded");
    return json(200, { id, object: "file", bytes: file.size, purpose: "batch" });
  }

  #content(id: string): Response {
    const text = this.#files.get(id);
    if (text === undefined) return fail(404, `no file ${id}`);
    this.#trouble.onStep?.("fetched");
    if (!this.#trouble.tornFiles || this.#torn.has(id)) return new Response(text);
    this.#torn.add(id);
    const half = new TextEncoder().encode(text.slice(0, text.length / 2));
    let sent = false;
    return new Response(
      new ReadableStream({
        pull(controller) {
          if (sent) controller.error(new Error("torn"));
          else controller.enqueue(half);
          sent = true;
        },
      }),
    );
  }

  async #create(request: Request): Promise<Response> {
    const { input_file_id, endpoint, completion_window, metadata } = await request.json();
    const text = this.#files.get(input_file_id);
    if (text === undefined) return fail(400, `no file ${input_file_id}`);
    if (completion_window !== "24h") return fail(400, "expected a window of 24h");
    const lines: InputLine[] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
    const content = sha256(text);
    this.#contents.set(content, (this.#contents.get(content) ?? 0) + 1);
    const batch: ServedBatch = {
      ...{ id: `batch_${this.#batches.length + 1}`, input_file_id, endpoint, metadata },
      ...{ created_at: Math.floor(Date.now() / 1000), total: lines.length },
      ...{ status: "validating", completed: 0, failed: 0, polls: 0 },
    };
    const number = this.#batches.push(batch);
    this.#run(batch, lines, number);
    this.#trouble.onStep?.("created");
    if (number <= (this.#trouble.createdBut500 ?? 0)) return fail(500, "lost the thread");
    return json(200, viewOf(batch));
  }

  #retrieve(id: string): Response {
    const batch = this.#batches.find((batch) => batch.id === id);
    if (!batch) return fail(404, `no batch ${id}`);
    this.#trouble.onStep?.("polled");
    const { pollFails } = this.#trouble;
    if (pollFails && ++this.#polls % pollFails === 0) return fail(500, "internal error");
    return json(200, viewOf(batch));
  }

  /** Newest first, a few a page, as the real one. */
  #list(query: URLSearchParams): Response {
    const all = this.#batches.toReversed();
    const start = all.findIndex(({ id }) => id === query.get("after")) + 1;
    const limit = Math.min(Number(query.get("limit") ?? 20), 2);
    const page = all.slice(start, start + limit);
    const has_more = start + limit < all.length;
    const data = page.map(viewOf);
    return json(200, { object: "list", data, has_more, last_id: page.at(-1)?.id });
  }

  async #run(batch: ServedBatch, lines: readonly InputLine[], number: number): Promise<void> {
    const { batchMs = 20, queue = Infinity, expired = 0, cancelled = 0, fails } = this.#trouble;
    const fault = faultOf(batch, lines) ?? fails;
    const others = this.#batches.filter((other) =>
      other !== batch && ["validating", "in_progress"].includes(other.status)
    );
    const enqueued = others.reduce((sum, { total }) => sum + total, lines.length);
    if (fault || enqueued > queue) {
      const code = fault ? "invalid_file" : "token_limit_exceeded";
      batch.errors = { data: [{ code, message: fault ?? "Enqueued token limit reached" }] };
      batch.status = "failed";
      return;
    }
    await wait(batchMs / 2);
    batch.status = "in_progress";
    const cut = number <= Math.max(expired, cancelled);
    const [output, errors]: string[][] = [[], []];
    for (const [i, line] of lines.entries()) {
      if (cut && i >= lines.length / 2) {
        const code = number <= expired ? "batch_expired" : "batch_cancelled";
        const error = { code, message: "This request was not run in time." };
        errors.push(
          JSON.stringify({ id: `r${i}`, custom_id: line.custom_id, response: null, error }),
        );
        batch.failed++;
        continue;
      }
      const { status, body } = await this.#one(line);
      const response = { status_code: status, request_id: `q${i}`, body };
      const text = JSON.stringify({
        id: `r${i}`,
        custom_id: line.custom_id,
        response,
        error: null,
      });
      if (status === 200) {
        output.push(text);
        batch.completed++;
      } else {
        errors.push(text);
        batch.failed++;
      }
    }
    await wait(batchMs / 2);
    this.#answered += output.length;
    // The order of answers is not that of requests.
    if (output.length > 0) batch.output_file_id = this.#keep(output.reverse());
    if (errors.length > 0) batch.error_file_id = this.#keep(errors);
    batch.status = !cut ? "completed" : number <= expired ? "expired" : "cancelled";
  }

  async #one({ url, body }: InputLine): Promise<{ status: number; body: Json }> {
    try {
      const response = await this.#answer(url, body);
      return { status: response.status, body: await response.json() };
    } catch (error) {
      return { status: 500, body: { error: { message: String(error) } } };
    }
  }

  #keep(lines: readonly string[]): string {
    const id = `file-${this.#files.size + 1}`;
    this.#files.set(id, lines.join("\n") + "\n");
    return id;
  }
}

/** What a strict server finds wrong with a file of requests. */
function faultOf({ endpoint }: ServedBatch, lines: readonly InputLine[]): string | undefined {
  if (new Set(lines.map(({ custom_id }) => custom_id)).size < lines.length) {
    return "duplicate custom_id";
  }
  const wrong = lines.findIndex(({ method, url, body }) =>
    method !== "POST" || url !== endpoint || (body as { stream?: Json }).stream !== undefined
  );
  if (wrong >= 0) return `line ${wrong + 1} is not for ${endpoint}`;
  const models = new Set(lines.map(({ body }) => (body as { model: Json }).model));
  return models.size > 1 ? "more than one model" : undefined;
}

function viewOf(batch: ServedBatch): Json {
  const { id, status, input_file_id, endpoint, metadata, created_at } = batch;
  const { output_file_id = null, error_file_id = null, errors = null } = batch;
  const { total, completed, failed } = batch;
  return {
    ...{ id, object: "batch", status, input_file_id, endpoint, metadata, created_at },
    ...{ output_file_id, error_file_id, errors },
    request_counts: { total, completed, failed },
  };
}
