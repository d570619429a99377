/**
 * Who writes notes: the interface that every teacher fits.
 *
 * @module
 */

/** What a teacher call cost and how it ended, beside its text. */
export interface TeacherUsage {
  /** `stop` where the teacher ended by itself, `length` where it was cut off. */
  readonly finishReason: "stop" | "length";
  /** Tokens the teacher read, in its own count (words for the embedded teacher). */
  readonly promptTokens: number;
  /** Tokens the teacher wrote, in the same count. */
  readonly completionTokens: number;
  /** Price of the call in US dollars; 0 for a teacher that runs here. */
  readonly costUsd: number;
}

/** A note as the teacher wrote it. */
export interface TeacherReply extends TeacherUsage {
  /** The reply, character for character; `parseNote` reads it. */
  readonly raw: string;
}

/** Where the answer stands in a context. */
export interface LocatedAnswer extends TeacherUsage {
  /** Stretches of the context, verbatim, without which the query cannot be answered. */
  readonly passages: readonly string[];
}

/**
 * A teacher reads a context and a query and writes what of the one is needed for the other
 * (s = L(c, q) of the paper); it also finds the answer's passages, so that they can be removed
 * (c_r = L(c, q, a)).
 */
export interface Teacher {
  /** Name for tables and cache keys. */
  readonly name: string;
  /**
   * Writes the note for `query` over `context`; the literal "empty" where nothing is relevant.
   *
   * @throws {TeacherError} where the teacher cannot be reached or answers with something unusable.
   */
  writeNote(context: string, query: string): Promise<TeacherReply>;
  /**
   * Finds every passage of `context` that carries `answer`.
   *
   * @throws {TeacherError} where the teacher cannot be reached or answers with something unusable.
   */
  locateAnswer(context: string, query: string, answer: string): Promise<LocatedAnswer>;
}
