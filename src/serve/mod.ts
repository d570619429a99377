/**
 * A model behind OpenAI's protocol: `/v1/completions`, `/v1/chat/completions`, `/v1/models` and
 * `/health`, so that whatever speaks it, a teacher's client among them, can ask a Mamba.
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import { Desk, type ServedModel } from "./desk.ts";
import { errorReply, replyTo } from "./reply.ts";
import { readRequest, type ServedApi } from "./request.ts";

export type { ServedModel, ServedSampling } from "./desk.ts";

/** How to serve. */
export interface ServeOptions {
  /** Requests must bring it as their bearer token; none is asked for where it is left out. */
  readonly key?: string;
  /** Told of what went wrong inside, without what was asked. */
  readonly onError?: (error: unknown) => void;
}

const PATHS: Readonly<Record<string, ServedApi>> = {
  "/v1/completions": "completions",
  "/v1/chat/completions": "chat",
};

/**
 * A handler for `Deno.serve`, or for any server that takes a Request and gives a Response.
 *
 * Greedy requests that wait at the same time are answered as one batch, with the replies that each
 * would get alone. A chat's messages are joined by blank lines.
 */
export function serveModel(
  model: ServedModel,
  options: ServeOptions = {},
): (request: Request) => Promise<Response> {
  const desk = new Desk(model);
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/health") return Response.json({ status: "ok" });
    if (!mayAsk(request, options.key)) {
      return errorReply(401, "found no valid key, expected a bearer token", "authentication_error");
    }
    if (pathname === "/v1/models") return modelList(model.name);
    const api = Object.hasOwn(PATHS, pathname) ? PATHS[pathname] : undefined;
    if (api === undefined || request.method !== "POST") {
      const known = Object.keys(PATHS).map((path) => `POST ${path}`).join(" or ");
      const found = `${request.method} ${pathname}`;
      return errorReply(404, `found ${found}, expected ${known}`, "not_found_error");
    }
    try {
      const asked = readRequest(api, await request.json(), model.name);
      return replyTo(asked, await desk.answer(asked), model.name);
    } catch (error) {
      // A tokenizer without a word for the prompt, or a body that is no JSON.
      if ([ConfigError, DataError, SyntaxError].some((kind) => error instanceof kind)) {
        return errorReply(400, (error as Error).message, "invalid_request_error");
      }
      options.onError?.(error);
      return errorReply(500, "the model failed; the server's log says why", "server_error");
    }
  };
}

function mayAsk(request: Request, key: string | undefined): boolean {
  return key === undefined || request.headers.get("authorization") === `Bearer ${key}`;
}

function modelList(id: string): Response {
  const data = [{ id, object: "model", created: 0, owned_by: "rwr-kit" }];
  return Response.json({ object: "list", data });
}
