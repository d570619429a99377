/**
 * The embedded extractive teacher: it reads the context and the query, matches their words with a
 * small thesaurus, and copies the sentences that answer. It needs no network and no GPU.
 *
 * @module
 */
import type { LocatedAnswer, Teacher, TeacherReply } from "./teacher.ts";
import { splitSentences, splitUtterances, withoutOpener, words } from "./text.ts";
import { type Needs, needsOf } from "./thesaurus.ts";

/** What the embedded teacher writes where nothing is relevant. */
export const embeddedEmptyNote: string = "empty .";

interface Statement {
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

interface Utterance {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly wordCount: number;
}

/** A statement and the utterance that it is part of. */
interface Match {
  readonly text: string;
  readonly utterance: Utterance;
}

interface ReadContext {
  readonly utterances: readonly Utterance[];
  readonly wordCount: number;
}

/** Contexts and utterances come again within a batch, so as many of them are kept as read. */
const keptContexts = 64;
const keptUtterances = 8192;

/**
 * Copies, for each fact the query needs, the latest sentence that tells it, in the query's order.
 * It never sees a row's evidence.
 */
export class EmbeddedTeacher implements Teacher {
  /** Changes whenever a note could. */
  readonly name: string = "embedded-extractive-1";
  readonly #contexts = new Map<string, ReadContext>();
  readonly #utterances = new Map<string, Utterance>();

  /** The sentences that answer, or {@linkcode embeddedEmptyNote}. */
  writeNote(context: string, query: string): Promise<TeacherReply> {
    const read = this.#readContext(context);
    const latest = matches(read, needsOf(query)).flatMap((found) => found.slice(-1));
    const sentences = [...new Set(latest.map(({ text }) => text))];
    const raw = sentences.join(" ") || embeddedEmptyNote;
    return Promise.resolve({ raw, ...usage(read, query, raw) });
  }

  /** Every utterance with a sentence that tells a needed fact, outdated ones among them. */
  locateAnswer(context: string, query: string): Promise<LocatedAnswer> {
    const read = this.#readContext(context);
    const found = new Set(matches(read, needsOf(query)).flat().map(({ utterance }) => utterance));
    const passages = new Set(
      read.utterances.filter((utterance) => found.has(utterance)).map(({ text }) => text.trimEnd()),
    );
    const written = [...passages].join(" ");
    return Promise.resolve({ passages: [...passages], ...usage(read, query, written) });
  }

  #readContext(context: string): ReadContext {
    return remember(this.#contexts, keptContexts, context, () => {
      const utterances = splitUtterances(context).map((text) =>
        remember(this.#utterances, keptUtterances, text, () => readUtterance(text))
      );
      return { utterances, wordCount: utterances.reduce((sum, { wordCount: n }) => sum + n, 0) };
    });
  }
}

/** What is kept under `key`, made where it is not there; a full store forgets its oldest entry. */
function remember<T>(store: Map<string, T>, most: number, key: string, make: () => T): T {
  const known = store.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (store.size >= most) store.delete(store.keys().next().value!);
  store.set(key, made);
  return made;
}

function readUtterance(text: string): Utterance {
  const sentences = splitSentences(text);
  const statements = sentences.filter((sentence) => !sentence.endsWith("?"))
    .map((sentence) => ({ text: withoutOpener(sentence), words: new Set(words(sentence)) }));
  return { text, statements, wordCount: words(sentences.join(" ")).length };
}

/** For each fact needed, the statements that tell it, oldest first. */
function matches({ utterances }: ReadContext, { relation, subjects }: Needs): Match[][] {
  const { tell } = relation;
  const found = (fits: (spoken: ReadonlySet<string>) => boolean): Match[] => {
    const out: Match[] = [];
    for (const utterance of utterances) {
      for (const { text, words: spoken } of utterance.statements) {
        if (fits(spoken)) out.push({ text, utterance });
      }
    }
    return out;
  };
  // Without a way of telling, a statement has to name everything that the query names.
  if (tell.length === 0) {
    if (subjects.length === 0) return [];
    return [found((spoken) => subjects.every((subject) => holdsOne(spoken, subject)))];
  }
  return subjects.map((subject) =>
    found((spoken) => tell.some((word) => spoken.has(word)) && holdsOne(spoken, subject))
  );
}

function holdsOne(spoken: ReadonlySet<string>, subject: ReadonlySet<string>): boolean {
  for (const word of subject) if (spoken.has(word)) return true;
  return false;
}

function usage(read: ReadContext, query: string, written: string): Omit<TeacherReply, "raw"> {
  return {
    finishReason: "stop",
    promptTokens: read.wordCount + words(query).length,
    completionTokens: words(written).length,
    costUsd: 0,
  };
}
