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
  readonly utterance: number;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

interface ReadContext {
  readonly utterances: readonly string[];
  readonly statements: readonly Statement[];
  readonly byWord: ReadonlyMap<string, readonly Statement[]>;
  readonly wordCount: number;
}

const keptContexts = 64;

/**
 * Copies, for each fact the query needs, the latest sentence that tells it, in the query's order.
 * It never sees a row's evidence. Contexts read before are kept, the last 64.
 */
export class EmbeddedTeacher implements Teacher {
  /** Changes whenever a note could. */
  readonly name: string = "embedded-extractive-1";
  readonly #read = new Map<string, ReadContext>();

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
    const found = matches(read, needsOf(query)).flat().map(({ utterance }) => utterance);
    const passages = [...new Set(found)].sort((a, b) => a - b)
      .map((index) => read.utterances[index].trimEnd());
    return Promise.resolve({ passages, ...usage(read, query, passages.join(" ")) });
  }

  #readContext(context: string): ReadContext {
    const known = this.#read.get(context);
    if (known) return known;
    const read = readContext(context);
    if (this.#read.size >= keptContexts) this.#read.delete(this.#read.keys().next().value!);
    this.#read.set(context, read);
    return read;
  }
}

function readContext(context: string): ReadContext {
  const utterances = splitUtterances(context);
  const statements: Statement[] = [];
  const byWord = new Map<string, Statement[]>();
  let wordCount = 0;
  utterances.forEach((utterance, index) => {
    for (const sentence of splitSentences(utterance)) {
      const spoken = words(sentence);
      wordCount += spoken.length;
      if (sentence.endsWith("?")) continue;
      const text = withoutOpener(sentence);
      const statement = { utterance: index, text, words: new Set(spoken) };
      statements.push(statement);
      for (const word of statement.words) {
        const list = byWord.get(word);
        if (list) list.push(statement);
        else byWord.set(word, [statement]);
      }
    }
  });
  return { utterances, statements, byWord, wordCount };
}

/** For each fact needed, the statements that tell it, oldest first. */
function matches(read: ReadContext, { relation, subjects }: Needs): Statement[][] {
  if (relation.tell.length === 0) {
    const all = read.statements.filter((statement) =>
      subjects.length > 0 && subjects.every((subject) => holdsOne(statement, subject))
    );
    return [all];
  }
  return subjects.map((subject) => {
    const telling = relation.tell.flatMap((word) => read.byWord.get(word) ?? []);
    const found = new Set(telling.filter((statement) => holdsOne(statement, subject)));
    return [...found].sort((a, b) => a.utterance - b.utterance);
  });
}

function holdsOne(statement: Statement, subject: ReadonlySet<string>): boolean {
  for (const word of subject) if (statement.words.has(word)) return true;
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
