/**
 * Chat histories of an exact number of tokens: facts, distractors, small talk and dated sessions.
 *
 * @module
 */
import { ConfigError } from "../../base/errors.ts";
import type { Rng } from "../../base/rng.ts";
import type { ChatItem, Turn } from "../items.ts";
import { makeFact, SLOTS, slotValues, turnsLength, wordCount } from "./facts.ts";
import type { EmbeddedQuestion } from "./questions.ts";
import { makeFiller } from "./small_talk.ts";
import { DAYS } from "./vocabulary.ts";

/** Tokens that must be left for small talk, so that the exact length can be reached. */
export const SMALL_TALK_ROOM = 16;
/** Distractors stop this short of the length. */
const DISTRACTOR_ROOM = 12;
/** Tokens of a date line. */
const DATE_LENGTH = 2;

/** The part of a {@linkcode ChatItem} that is history. */
export type History = Pick<
  ChatItem,
  "haystack_session_ids" | "haystack_dates" | "haystack_sessions" | "answer_session_ids"
>;

/** Turns that stay together. */
interface Block {
  readonly turns: Turn[];
  /** Whether its words may be cut to reach the length. */
  readonly filler: boolean;
}

/**
 * A history of exactly `length` tokens that states the questions' facts at random places, each
 * question's in their order, and nothing else about their slots.
 *
 * As a window of a longer history begins anywhere, its first session may have no date, and its
 * first small talk may have lost words.
 *
 * @param density Distractor facts in 256 tokens.
 * @throws {ConfigError} where the facts leave no room.
 */
export function makeHistory(
  rng: Rng,
  length: number,
  questions: readonly EmbeddedQuestion[],
  density: number,
): History {
  const needed = factsLength(questions);
  if (needed + SMALL_TALK_ROOM > length) {
    throw new ConfigError(
      `embedded corpus: found a history of ${length} tokens for facts of ${needed}, expected at ` +
        `least ${needed + SMALL_TALK_ROOM}; use longer contexts`,
    );
  }
  const body = makeDistractors(rng, length, questions, density, needed);
  let total = needed + blocksLength(body);
  let dates = 0;
  for (let fillers = 0; total < length; fillers++) {
    const block = { turns: makeFiller(rng), filler: true };
    body.push(block);
    total += turnsLength(block.turns);
    // A first filler without a date keeps the number of dates below that of blocks.
    if (fillers > 0 && total + DATE_LENGTH <= length && rng.uniform() < 0.2) {
      dates++;
      total += DATE_LENGTH;
    }
  }
  const blocks = placeFacts(rng, questions, rng.shuffle(body));
  trimFillers(blocks, total - length);
  return intoSessions(rng, blocks.filter((block) => block.turns.length > 0), dates);
}

/** Tokens of all facts of the questions. */
export function factsLength(questions: readonly EmbeddedQuestion[]): number {
  return questions.flatMap((q) => q.facts).reduce((sum, fact) => sum + fact.length, 0);
}

const blocksLength = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + turnsLength(block.turns), 0);

function makeDistractors(
  rng: Rng,
  length: number,
  questions: readonly EmbeddedQuestion[],
  density: number,
  taken: number,
): Block[] {
  const asked = new Set(questions.flatMap((q) => q.slots));
  const blocks: Block[] = [];
  let total = taken;
  for (let left = Math.floor(density * length / 256 + rng.uniform()); left > 0; left--) {
    const slot = rng.pick(SLOTS);
    if (asked.has(slot)) continue;
    const fact = makeFact(rng, slot, rng.pick(slotValues(slot)), rng.uniform() < 0.3);
    total += fact.length;
    if (total > length - DISTRACTOR_ROOM) break;
    blocks.push({ turns: [...fact.turns], filler: false });
  }
  return blocks;
}

/** Puts each question's facts between the other blocks, in their order. */
function placeFacts(rng: Rng, questions: readonly EmbeddedQuestion[], body: Block[]): Block[] {
  const placed: { at: number; block: Block }[] = body.map((block, i) => ({
    at: (i + rng.uniform()) / body.length,
    block,
  }));
  for (const { facts, evidence } of questions) {
    const places = facts.map(() => rng.uniform()).sort((a, b) => a - b);
    facts.forEach((fact, i) => {
      const turns = fact.turns.map((turn, t) => ({
        ...turn,
        has_answer: t === fact.turn && evidence.includes(fact.sentence),
      }));
      placed.push({ at: places[i], block: { turns, filler: false } });
    });
  }
  return placed.sort((a, b) => a.at - b.at).map(({ block }) => block);
}

/**
 * Takes `surplus` tokens from small talk, oldest first: whole turns, and the first words of the
 * last ones touched. What is left of a turn has its role and at least one word.
 */
function trimFillers(blocks: readonly Block[], surplus: number): void {
  let left = surplus;
  for (const { turns } of blocks.filter((block) => block.filler)) {
    for (let t = 0; left > 0 && t < turns.length;) {
      const { role, content } = turns[t];
      const size = 1 + wordCount(content);
      if (left >= size) {
        turns.splice(t, 1);
        left -= size;
      } else {
        const cut = Math.min(left, size - 2);
        turns[t++] = { role, content: content.split(" ").slice(cut).join(" ") };
        left -= cut;
      }
    }
    if (left === 0) return;
  }
}

function intoSessions(rng: Rng, blocks: readonly Block[], dates: number): History {
  const indices = Array.from(blocks, (_, i) => i);
  const starts = new Set(rng.sample(indices, dates));
  const days = Array.from({ length: dates }, () => rng.integer(DAYS.length)).sort((a, b) => a - b);
  const names: string[] = [];
  let dated = 0;
  const sessions: Turn[][] = [];
  blocks.forEach((block, i) => {
    if (starts.has(i) || i === 0) {
      names.push(starts.has(i) ? `day ${DAYS[days[dated++]]}` : "");
      sessions.push([]);
    }
    sessions[sessions.length - 1].push(...block.turns);
  });
  const ids = sessions.map((_, i) => `session_${i}`);
  return {
    haystack_session_ids: ids,
    haystack_dates: names,
    haystack_sessions: sessions,
    answer_session_ids: ids.filter((_, i) => sessions[i].some((turn) => turn.has_answer)),
  };
}
