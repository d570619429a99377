/**
 * What a try that failed says: whether to ask again, of whom, and when.
 *
 * @module
 */

/**
 * `halt`: nothing can be asked; `refused`: this request never will be answered; `dialect`: the
 * server may know the request in simpler terms; `pushback`: too much at once; `gone`: no server;
 * `fault`: this try failed.
 */
export type FailureKind = "halt" | "refused" | "dialect" | "pushback" | "gone" | "fault";

/** A try that brought no reply. */
export interface CallFailure {
  /** What follows from it. */
  readonly kind: FailureKind;
  /** HTTP status; null where no response came. */
  readonly status: number | null;
  /** One line, without the key. */
  readonly message: string;
  /** When the server wants to be asked again, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** Whether the server may have counted tokens for it. */
  readonly maybePaid: boolean;
  /** The text as far as it came. */
  readonly partial: string | null;
}

/** What is read of an error of the openai package, or of any other. */
export interface ErrorLike {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly message?: unknown;
  readonly headers?: unknown;
  readonly cause?: unknown;
}

const KIND_BY_STATUS: Readonly<Record<number, FailureKind>> = {
  400: "dialect",
  401: "halt",
  402: "halt",
  403: "halt",
  404: "halt",
  408: "fault",
  409: "fault",
  422: "dialect",
  425: "fault",
  429: "pushback",
  500: "fault",
};

// Codes that say more than the status does.
const HALTING_CODES = ["insufficient_quota", "model_not_found", "invalid_api_key"];

const MAX_MESSAGE = 500;

/** Reads an error that a call threw; `began` where the response had begun. */
export function readFailure(error: unknown, began: boolean, partial: string | null): CallFailure {
  const { status, code, type, headers } = error as ErrorLike;
  const message = describe(error);
  if (typeof status !== "number") {
    if (began) return { kind: "fault", status: 200, message, maybePaid: true, partial };
    return { kind: "gone", status: null, message, maybePaid: mayHaveArrived(message), partial };
  }
  const halts = [code, type].some((word) => HALTING_CODES.includes(String(word)));
  const retryAfterMs = headers instanceof Headers ? retryAfter(headers, Date.now()) : undefined;
  return {
    kind: halts ? "halt" : KIND_BY_STATUS[status] ?? (status >= 500 ? "gone" : "refused"),
    status,
    message,
    retryAfterMs,
    maybePaid: false,
    partial,
  };
}

/**
 * When a server wants to be asked again, in milliseconds from `now`: `retry-after-ms`, else
 * `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const exact = headers.get("retry-after-ms");
  const text = headers.get("retry-after")?.trim();
  const seconds = Number(text || NaN) * 1000;
  const date = Date.parse(text ?? "") - now;
  const found = [Number(exact ?? NaN), seconds, date].find(Number.isFinite);
  return found === undefined ? undefined : Math.max(0, found);
}

function describe(error: unknown): string {
  const { message, cause } = error as ErrorLike;
  const text = typeof message === "string" ? message : String(error);
  // The package says "Connection error." and hides why.
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  return (text + why).replace(/\s+/g, " ").trim().slice(0, MAX_MESSAGE);
}

/** Whether a request may have reached a server although no response came. */
const mayHaveArrived = (message: string): boolean =>
  !/refused|dns|lookup|resolve|unreachable|tcp connect|certificate|handshake/i.test(message);
