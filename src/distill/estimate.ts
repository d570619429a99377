/**
 * What a run will ask and cost, from its real rows, before anything is asked.
 *
 * @module
 */
import { costOf, worstCostOf } from "../llm/budget.ts";
import { asSent } from "../llm/chat_template.ts";
import type { Endpoint } from "../llm/endpoint.ts";
import type { LlmRequest } from "../llm/request.ts";
import { readRows } from "../tables/mod.ts";
import { locatePrompt, notePrompt, verifyPrompt } from "../teacher/llm_prompts.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import { partPath } from "./parts.ts";
import { REASKED_NOTES } from "./reasked.ts";

/** An estimate for all rows of a selection. */
export interface RunEstimate {
  /** Source rows. */
  readonly rows: number;
  /** Requests, if every note is accepted: note, verdict, passages, empty note; some verdicts twice. */
  readonly requests: number;
  /** Tokens of all prompts, by the run's tokenizer. */
  readonly promptTokens: number;
  /** US dollars with replies of half their largest length; null without prices. */
  readonly likelyUsd: number | null;
  /** The most that all rows can cost when no call has to be tried again; null without prices. */
  readonly mostUsd: number | null;
}

/** Who is asked, and how much each may write. */
export interface EstimateInput {
  /** Writes notes. */
  readonly teacher: Endpoint;
  /** Checks notes; null where a rule does. */
  readonly verifier: Endpoint | null;
  /** Most tokens of a note, of located passages and of a verdict. */
  readonly tokens: { readonly note: number; readonly locate: number; readonly verdict: number };
  /** Counts tokens. */
  readonly tokenizer: Pick<Tokenizer, "encode">;
}

/** Reads every selected row and adds up what it will ask. */
export async function estimateRun(
  selection: string,
  parts: number,
  { teacher, verifier, tokens, tokenizer }: EstimateInput,
): Promise<RunEstimate> {
  const sum = { rows: 0, requests: 0, promptTokens: 0, likely: 0, most: 0 };
  const add = (endpoint: Endpoint, asked: LlmRequest): void => {
    const { prices } = endpoint;
    const request = asSent(endpoint, asked);
    const text = request.messages.map(({ content }) => content).join("\n");
    const prompt = tokenizer.encode(text).length;
    sum.requests++;
    sum.promptTokens += prompt;
    sum.likely += costOf(prices, prompt, request.maxTokens / 2);
    sum.most += worstCostOf(prices, request);
  };
  for (let part = 0; part < parts; part++) {
    const rows = await readRows(partPath(selection, part), "source");
    for (const [i, { context, query, answer }] of rows.entries()) {
      sum.rows++;
      const note = { messages: notePrompt(context, query), temperature: 0, maxTokens: tokens.note };
      add(teacher, note);
      if (verifier) {
        const messages = verifyPrompt(query, "", answer);
        const verdict = { messages, temperature: 0, maxTokens: tokens.verdict };
        add(verifier, verdict);
        if (i < REASKED_NOTES) add(verifier, verdict);
      }
      const messages = locatePrompt(context, query, answer);
      add(teacher, { messages, temperature: 0, maxTokens: tokens.locate });
      add(teacher, note);
    }
  }
  const priced = teacher.prices !== null && verifier?.prices !== null;
  return {
    rows: sum.rows,
    requests: sum.requests,
    promptTokens: sum.promptTokens,
    likelyUsd: priced ? sum.likely : null,
    mostUsd: priced ? sum.most : null,
  };
}
