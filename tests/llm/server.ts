/**
 * A server that speaks OpenAI's protocol and misbehaves on purpose. What it does to a request is
 * decided by a hash of the request and by how often it was seen, so a run can be repeated.
 *
 * As a process of its own: `deno run -A tests/llm/server.ts --port 8000 --share 0.2`; it prints one
 * line of JSON with its address, and `GET /stats` says what was paid.
 *
 * @module
 */
import { canonicalJson, type Json } from "../../src/base/canonical_json.ts";
import { sha256 } from "../../src/base/hash.ts";
import { BatchServer, type BatchStats, type BatchTrouble } from "./batch_server.ts";

/** What a server can do wrong. `slow`, `no-usage` and `refusal` are replies all the same. */
export const MISBEHAVIOURS = [
  "429",
  "500",
  "503",
  "stall",
  "cut",
  "slow",
  "invalid-json",
  "empty",
  "refusal",
  "wrong-model",
  "no-usage",
] as const;
export type Misbehaviour = typeof MISBEHAVIOURS[number];

/** What is read of a request; `messages` also for completions, as one message. */
export interface ServedRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly stream: boolean;
  readonly body: { readonly [name: string]: Json };
}

export interface ServerOptions {
  readonly port?: number;
  readonly model?: string;
  /** The text to answer; by default one that depends on the messages alone. */
  readonly reply?: (request: ServedRequest) => string | Promise<string>;
  /** Time before the reply begins. */
  readonly latencyMs?: number;
  /** Share of requests that fail one to three times and then pass; `no-usage` and `refusal` hold for good. */
  readonly share?: number;
  /** Share of requests that never pass. */
  readonly permanentShare?: number;
  readonly kinds?: readonly Misbehaviour[];
  readonly permanentKinds?: readonly Misbehaviour[];
  readonly retryAfter?: string;
  readonly stallMs?: number;
  readonly seed?: number;
  /** Expected in the Authorization header; repeated in the error, as careless servers do. */
  readonly key?: string;
  /** Members of a request that are answered by 400. */
  readonly refuses?: readonly string[];
  /** Name of a schema that is answered by a 400 that does not say why. */
  readonly refusesSchema?: string;
  /** Replies come whole, whatever was asked for. */
  readonly neverStreams?: boolean;
  /** The 400 does not say which member. */
  readonly silent?: boolean;
  /** What its batches do wrong. */
  readonly batches?: BatchTrouble;
}

/** What was asked and paid, by a hash of the request. */
export interface ServerStats {
  readonly calls: number;
  readonly mostInFlight: number;
  /** Whole usable replies by request; not a copy, since tests look every few milliseconds. */
  readonly paid: Readonly<Record<string, number>>;
  /** Tokens of all whole replies, usable or not. */
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export interface TestServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: readonly ServedRequest[];
  readonly headers: readonly Headers[];
  stats(): ServerStats;
  batchStats(): BatchStats;
}

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const delay = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Requests by what the model is asked, whatever the form of the answer. */
export function requestHash({ model, messages, temperature, seed }: ServedRequest): string {
  return sha256(canonicalJson({ model, messages: messages as Json, temperature, seed }));
}

/** Starts a server; disposing of it ends it. */
export function startServer(options: ServerOptions = {}): TestServer {
  const state: State = {
    calls: 0,
    inFlight: 0,
    mostInFlight: 0,
    paid: {},
    promptTokens: 0,
    completionTokens: 0,
    seen: new Map<string, number>(),
    requests: [],
    headers: [],
    closing: new AbortController(),
    batches: new BatchServer(
      options.batches ?? {},
      (url, body) => serveRequest(url, body as { [name: string]: Json }, options, state),
    ),
  };
  const server = Deno.serve(
    { port: options.port ?? 0, hostname: "127.0.0.1", onListen: () => undefined },
    (request) => serve(request, options, state),
  );
  return {
    baseUrl: `http://127.0.0.1:${server.addr.port}/v1`,
    requests: state.requests,
    headers: state.headers,
    stats: () => statsOf(state),
    batchStats: () => state.batches.stats,
    [Symbol.asyncDispose]: () => {
      state.closing.abort();
      return server.shutdown();
    },
  };
}

interface State {
  calls: number;
  inFlight: number;
  mostInFlight: number;
  paid: Record<string, number>;
  promptTokens: number;
  completionTokens: number;
  readonly seen: Map<string, number>;
  readonly requests: ServedRequest[];
  readonly headers: Headers[];
  readonly closing: AbortController;
  readonly batches: BatchServer;
}

function statsOf(
  { calls, mostInFlight, paid, promptTokens, completionTokens }: State,
): ServerStats {
  return { calls, mostInFlight, paid, promptTokens, completionTokens };
}

const fail = (
  status: number,
  message: string,
  headers: HeadersInit = {},
  code?: string,
): Response =>
  Response.json({ error: { message, type: "error", code: code ?? null } }, { status, headers });

const refusalOf = (name: string): string =>
  `Unsupported parameter: '${name}'.` +
  (name === "max_tokens" ? " Use 'max_completion_tokens' instead." : "");

async function serve(request: Request, options: ServerOptions, state: State): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/stats") return Response.json(statsOf(state));
  const { model = "test-model", key } = options;
  if (pathname === "/v1/models") return Response.json({ object: "list", data: [{ id: model }] });
  const asked = ["/v1/chat/completions", "/v1/completions"].includes(pathname);
  if (asked) {
    state.calls++;
    state.headers.push(request.headers);
  }
  const sent = request.headers.get("authorization");
  if (key !== undefined && sent !== `Bearer ${key}`) return fail(401, `wrong key: ${sent}`);
  if (!asked) return await state.batches.serve(request) ?? fail(404, `no ${pathname}`);
  return await serveRequest(pathname, await request.json(), options, state);
}

/** One request, asked live or in a batch. */
async function serveRequest(
  pathname: string,
  body: { [name: string]: Json },
  options: ServerOptions,
  state: State,
): Promise<Response> {
  const { model = "test-model" } = options;
  const chat = pathname === "/v1/chat/completions";
  const served = readRequest(body, chat);
  if (state.requests.length < 10_000) state.requests.push(served);
  if (served.model !== model) return fail(404, `no model ${served.model}`, {}, "model_not_found");
  const refused = options.refuses?.find((name) => served.body[name]);
  if (refused) return fail(400, options.silent ? "Bad request" : refusalOf(refused));
  const format = served.body.response_format as { json_schema?: { name?: string } } | undefined;
  const broken = options.refusesSchema;
  if (broken && format?.json_schema?.name === broken) return fail(400, "failed to start");
  state.mostInFlight = Math.max(state.mostInFlight, ++state.inFlight);
  try {
    return await answer(served, chat, options, state);
  } finally {
    state.inFlight--;
  }
}

function readRequest(body: { [name: string]: Json }, chat: boolean): ServedRequest {
  const messages = chat ? body.messages : [{ role: "user", content: body.prompt }];
  return { ...body, messages, stream: body.stream === true, body } as unknown as ServedRequest;
}

/** The misbehaviour due for a request that was seen so often. */
export function misbehaviourOf(
  hash: string,
  seen: number,
  { share = 0, permanentShare = 0, seed = 0, kinds, permanentKinds }: ServerOptions,
): Misbehaviour | undefined {
  const digest = sha256(`${seed}/${hash}`);
  const number = (i: number): number => parseInt(digest.slice(8 * i, 8 * i + 8), 16);
  const drawn = number(0) / 2 ** 32;
  const pick = (of: readonly Misbehaviour[]): Misbehaviour => of[number(1) % of.length];
  if (drawn < permanentShare) return pick(permanentKinds ?? kinds ?? MISBEHAVIOURS);
  if (drawn >= permanentShare + share) return undefined;
  const often = 1 + number(2) % 3;
  const kind = pick(kinds ?? MISBEHAVIOURS);
  // What a reply holds must not depend on replies that nobody kept.
  return seen < often || kind === "no-usage" || kind === "refusal" ? kind : undefined;
}

async function answer(
  served: ServedRequest,
  chat: boolean,
  options: ServerOptions,
  state: State,
): Promise<Response> {
  const hash = requestHash(served);
  const seen = state.seen.get(hash) ?? 0;
  state.seen.set(hash, seen + 1);
  const wrong = misbehaviourOf(hash, seen, options);
  await delay(options.latencyMs ?? 0);
  const headers = { "Retry-After": options.retryAfter ?? "0" };
  if (wrong === "429") return fail(429, "slow down", headers);
  if (wrong === "500") return fail(500, "internal error");
  if (wrong === "503") return fail(503, "overloaded");
  if (wrong === "stall") {
    await stalled(state.closing.signal, options.stallMs ?? 60_000);
    return fail(500, "stalled");
  }
  const text = wrong === "empty" ? "" : await (options.reply ?? defaultReply)(served);
  const usage = {
    prompt_tokens: served.messages.reduce((sum, { content }) => sum + words(content), 0),
    completion_tokens: words(text),
  };
  const parts = { text, usage, wrong, served, chat };
  const delivered = (): void => {
    state.promptTokens += usage.prompt_tokens;
    state.completionTokens += usage.completion_tokens;
    const usable = wrong === undefined || ["slow", "no-usage", "refusal"].includes(wrong);
    if (usable) state.paid[hash] = (state.paid[hash] ?? 0) + 1;
  };
  return served.stream && !options.neverStreams
    ? streamed(parts, delivered)
    : whole(parts, delivered);
}

async function stalled(signal: AbortSignal, milliseconds: number): Promise<void> {
  await new Promise<void>((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}

const defaultReply = ({ messages }: ServedRequest): string =>
  `reply ${sha256(JSON.stringify(messages)).slice(0, 12)} to a question`;

interface Parts {
  readonly text: string;
  readonly usage: Json;
  readonly wrong: Misbehaviour | undefined;
  readonly served: ServedRequest;
  readonly chat: boolean;
}

function whole({ text, usage, wrong, served, chat }: Parts, delivered: () => void): Response {
  const json = { headers: { "content-type": "application/json" } };
  if (wrong === "invalid-json") return new Response('{"choices": [{"mess', json);
  if (wrong === "cut") return new Response(cutStream('{"choices": ['), json);
  const said = wrong === "refusal" ? { content: null, refusal: "I cannot." } : { content: text };
  const choice = chat ? { message: { role: "assistant", ...said } } : { text };
  delivered();
  return Response.json({
    model: wrong === "wrong-model" ? "another-model" : served.model,
    choices: [{ index: 0, finish_reason: "stop", ...choice }],
    ...(wrong === "no-usage" ? {} : { usage }),
  });
}

function cutStream(text: string): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error("cut"));
      else controller.enqueue(new TextEncoder().encode(text));
      sent = true;
    },
  });
}

function streamed(parts: Parts, delivered: () => void): Response {
  const encoder = new TextEncoder();
  const events = streamEvents(parts, delivered);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await events.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        controller.error(error);
      }
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

async function* streamEvents(
  { text, usage, wrong, served, chat }: Parts,
  delivered: () => void,
): AsyncGenerator<string> {
  const model = wrong === "wrong-model" ? "another-model" : served.model;
  const event = (value: Json): string => `data: ${JSON.stringify(value)}\n\n`;
  const piece = (content: string, finish: string | null): Json => ({
    model,
    choices: [{
      index: 0,
      finish_reason: finish,
      ...(!chat
        ? { text: content }
        : wrong === "refusal"
        ? { delta: { refusal: content } }
        : { delta: { content } }),
    }],
  });
  const pieces = (wrong === "refusal" ? "I cannot." : text).match(/\S+\s*|\s+/g) ?? [];
  for (const [i, content] of pieces.entries()) {
    if (wrong === "cut" && i >= pieces.length / 2) throw new Error("cut");
    if (wrong === "invalid-json" && i >= pieces.length / 2) yield "data: {not json\n\n";
    if (wrong === "slow") await delay(20);
    yield event(piece(content, null));
  }
  yield event(piece("", "stop"));
  const asked = served.body.stream_options as { include_usage?: boolean } | undefined;
  if (wrong !== "no-usage" && asked?.include_usage) yield event({ model, choices: [], usage });
  delivered();
  yield "data: [DONE]\n\n";
}

function optionsOf(args: readonly string[]): ServerOptions {
  const value = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const number = (name: string): number | undefined => {
    const text = value(name);
    return text === undefined ? undefined : Number(text);
  };
  const kinds = (name: string) => value(name)?.split(",") as Misbehaviour[] | undefined;
  return {
    port: number("port"),
    model: value("model"),
    latencyMs: number("latency-ms"),
    share: number("share"),
    permanentShare: number("permanent-share"),
    kinds: kinds("kinds"),
    permanentKinds: kinds("permanent-kinds"),
    seed: number("seed"),
    key: value("key"),
    stallMs: number("stall-ms"),
    retryAfter: value("retry-after"),
  };
}

if (import.meta.main) {
  const { baseUrl } = startServer(optionsOf(Deno.args));
  console.log(JSON.stringify({ baseUrl }));
}
