/**
 * The prompt layouts of the collections behind OpenOrca that put a context and a question about it
 * into one text. Layouts are those of FLAN (google-research/FLAN, `flan/templates.py` and
 * `flan/v2/templates.py`) and of PromptSource, which T0 was trained on.
 *
 * @module
 */

/** Which of its collections a row of OpenOrca is from: the first part of its id. */
export type OpenOrcaStratum = "niv" | "flan" | "t0" | "cot";

/** All strata, in the order in which counts are listed. */
export const OPENORCA_STRATA: readonly OpenOrcaStratum[] = ["niv", "flan", "t0", "cot"];

/** A layout with its two places. */
export interface OpenOrcaTemplate {
  /** Name, as counts and question types show it. */
  readonly name: string;
  /** The layout with `{context}` and `{query}`, each once. */
  readonly layout: string;
  /** How the question is put to a model that is handed the context apart; `{query}` where absent. */
  readonly ask?: string;
  /** Whether the answer is a piece of the context, so that its words must occur there. */
  readonly extractive: boolean;
  /** Whether the query must end in a question mark, because the layout has no words of its own. */
  readonly bare?: boolean;
  /** Whether the query may have several lines. */
  readonly lines?: boolean;
}

const extractive = (name: string, layout: string, ask?: string): OpenOrcaTemplate => ({
  name,
  layout,
  ask,
  extractive: true,
});
const judged = (name: string, layout: string, ask?: string): OpenOrcaTemplate => ({
  name,
  layout,
  ask,
  extractive: false,
});

const task = (name: string, layout: string): OpenOrcaTemplate => ({
  ...judged(name, layout),
  lines: true,
});

const UNANSWERABLE = '{query} If it cannot be answered, say "unanswerable".';
const FOLLOWS = 'Can we conclude from this that "{query}"?';
const TRUE = 'Is it true that "{query}"?';

/** Layouts of FLAN, T0 and CoT; the first that fits is taken, so particular ones stand first. */
export const QUESTION_TEMPLATES: readonly OpenOrcaTemplate[] = [
  // Reading comprehension with words of its own.
  extractive("read-this", "Read this and answer the question\n\n{context}\n\n{query}"),
  extractive(
    "read-this-unanswerable",
    'Read this and answer the question. If the question is unanswerable, say "unanswerable".\n\n' +
      "{context}\n\n{query}",
    UNANSWERABLE,
  ),
  extractive(
    "read-this-return-unanswerable",
    "Read this: {context}\nNow answer this question, if there is an answer (If it cannot be " +
      'answered, return "unanswerable"): {query}',
    UNANSWERABLE,
  ),
  extractive(
    "read-this-what-is-the-answer",
    "Read this: {context}\n\n{query}\nWhat is the answer? (If it cannot be answered, return " +
      '"unanswerable")',
    UNANSWERABLE,
  ),
  extractive(
    "please-answer-article",
    "{context}\n\nPlease answer a question about this article. If the question is unanswerable, " +
      'say "unanswerable". {query}',
    UNANSWERABLE,
  ),
  extractive(
    "say-unanswerable",
    '{context}\n{query} (If the question is unanswerable, say "unanswerable")',
    UNANSWERABLE,
  ),
  extractive(
    "try-to-answer",
    '{context}\nTry to answer this question if possible (otherwise reply "unanswerable"): {query}',
    UNANSWERABLE,
  ),
  extractive(
    "if-possible-answer",
    "{context}\nIf it is possible to answer this question, answer it for me (else, reply " +
      '"unanswerable"): {query}',
    UNANSWERABLE,
  ),
  extractive(
    "answer-if-possible",
    "{context}\n\nAnswer this question, if possible (if impossible, reply " +
      '"unanswerable"): {query}',
    UNANSWERABLE,
  ),
  extractive(
    "is-there-an-answer",
    "{context}\nIs there an answer to this question (If it cannot be answered, say " +
      '"unanswerable"): {query}',
    UNANSWERABLE,
  ),
  extractive(
    "article-about",
    "Please answer a question about the following article about {context}\n\n{query}",
  ),
  extractive("about-this-article", "Answer a question about this article:\n{context}\n{query}"),
  extractive(
    "here-is-a-question",
    "Here is a question about this article: {context}\nWhat is the answer to this question: {query}",
  ),
  extractive("article-now-answer", "Article: {context}\n\nNow answer this question: {query}"),
  extractive(
    "read-article-question",
    "Read the following article and answer the question.\n\nArticle: {context}\n\nQuestion: {query}",
  ),
  extractive("article-question", "Article: {context}\n\nQuestion: {query}"),
  extractive("answer-on-context", "Answer based on context:\n\n{context}\n\n{query}"),
  extractive(
    "based-on-the-article",
    "{context}\n\nAnswer this question based on the article: {query}",
  ),
  extractive(
    "read-this-article",
    "Read this article and answer this question {context}\n{query}",
  ),
  extractive(
    "based-on-the-above",
    "{context}\n\nBased on the above article, answer a question. {query}",
  ),
  extractive(
    "read-the-article",
    "Read the following article and answer the question.\n\n{context}\n\n{query}",
  ),
  extractive("about-text", "Answer the question about text:\n\n{context}\n\n{query}"),
  extractive(
    "preceding-passage",
    "{context}\n\nBased on the preceding passage, answer the following question {query}",
  ),
  extractive(
    "evidence-above",
    "{context}\n\nGive answer the following question using evidence from the above passage: {query}",
  ),
  extractive(
    "taking-a-quote",
    "{context}\n\nAnswer the following question by taking a quote from the article: {query}",
  ),
  extractive(
    "using-a-quote",
    "{context}\n\nUsing a quote from the above article, answer the following question: {query}",
  ),
  extractive(
    "quote-from-article",
    "Answer by taking a quote from the following article:\n\n{context}\n\n{query}",
  ),
  extractive(
    "extracting",
    '{context}\n\nAnswer this question "{query}" by extracting the answer from the text above.',
  ),
  extractive("background", "Background: {context}\nQuestion: {query}"),
  extractive("context-question", "Context: {context}\n\nQuestion: {query}"),
  extractive("context-question-line", "Context:{context}\nQuestion {query}"),
  // T0's.
  extractive(
    "extract-the-answer",
    "Extract the answer to the question from the following context.\nQuestion: {query}\n" +
      "Context: {context}",
  ),
  extractive(
    "given-the-passage",
    'Given the following passage\n\n"{context}",\n\nanswer the following question. Note that the ' +
      "answer is present within the text.\n\nQuestion: {query}",
  ),
  extractive(
    "i-know-that",
    'I know that the answer to the question "{query}" is in "{context}". Can you tell me what it ' +
      "is?",
  ),
  extractive(
    "is-inside",
    "The answer to the question: {query} is inside the article: {context}, can you guess it ?",
  ),
  extractive(
    "given-the-context",
    "Given the following context:\n\n{context}\n\nanswer the following question:\n\n{query}",
  ),
  extractive(
    "contains-an-answer",
    "The following article contains an answer for the question: {query} , can you please find " +
      "it? \n\n{context}",
  ),
  extractive(
    "this-article-contains",
    "This article: {context} contains an answer for the question: {query}, what is it ?",
  ),
  extractive(
    "question-then-context",
    "{query}\n\nAnswer the above question based on the context below:\n\n{context}",
  ),
  extractive(
    "from-the-following",
    "What is the answer for the question: {query} from the following article ?\n\n{context}",
  ),
  extractive(
    "i-have-a-test",
    "I have a test where I am given the following article, what is an answer for the question: " +
      "{query} ?\n\n{context}",
  ),
  extractive(
    "read-and-extract",
    "Read the following paragraph and extract the answer for the question: {query}\n\n{context}",
  ),
  extractive("quoted-question", 'Question: "{query}"\n\nContext: "{context}"'),
  extractive(
    "refer-to-the-passage",
    "Refer to the passage below and answer the following question:\n\nPassage: {context}\n\n" +
      "Question: {query}",
  ),
  extractive(
    "choose-best-option",
    "Read the following context and choose the best option to answer the question.\n" +
      "Context: {context}\nQuestion: {query}",
  ),
  extractive(
    "choose-correct-option",
    "Read the following context and choose the correct option to answer the question.\n" +
      "Context: {context}\nQuestion: {query}",
  ),
  extractive(
    "above-context-option",
    "{context}\nAccording to the above context, choose the best option to answer the following " +
      "question.\nQuestion: {query}",
  ),
  extractive(
    "above-context",
    "{context}\nAccording to the above context, answer the following question.\n{query}",
  ),
  extractive(
    "paragraph-above",
    "{context}\n\nGiven the paragraph above, please answer correctly the following question: {query}",
  ),
  extractive(
    "above-conversation",
    "Read the below conversation.\n\n{context}\n\nGiven the above conversation, answer the " +
      "following question.\n\n{query}",
  ),
  extractive(
    "movie-plot",
    "Please answer the following question about this movie plot. If it's un-answerable, please " +
      'output "No answer".\n\nQuestion: {query}\nMovie plot title: {context}',
    '{query} If it cannot be answered, say "No answer".',
  ),
  // True or not, follows or not: the answer's words need not occur.
  ...[
    "Does the response correctly answer the question?",
    "Based on the paragraph, is the response to the question is factually correct?",
    "Is this answer correct?",
    "Based on the paragraph, is this answer correct",
    "Is this answer to the question correct?",
  ].map((asked, i): OpenOrcaTemplate => ({
    ...judged(
      `response-correct-${i + 1}`,
      `{context}\n\nQuestion: "{query}"\n\n${asked}`,
      `Question: "{query}"\n\n${asked}`,
    ),
    lines: true,
  })),
  judged("passage-question", "Passage: {context}\nQuestion: {query}"),
  judged("having-read", "{context}\n\nHaving read that, could you tell me {query}"),
  judged("yes-or-no", "Text: {context}\n\nAnswer the following yes/no question: {query}"),
  judged(
    "only-the-above",
    "{context} Using only the above description and what you know about the world, is " +
      '"{query}" definitely correct?',
    TRUE,
  ),
  judged("should-we-assume", 'Given {context} Should we assume that "{query}" is true?', TRUE),
  judged("guaranteed-true", 'Given {context} Is it guaranteed true that "{query}"?', TRUE),
  judged("suppose", 'Suppose {context} Can we infer that "{query}"?', FOLLOWS),
  judged(
    "previous-passage",
    '{context} Based on the previous passage, is it true that "{query}"?',
    TRUE,
  ),
  judged(
    "paragraph-conclude",
    '{context}\n\nBased on the paragraph above can we conclude that "{query}"?',
    FOLLOWS,
  ),
  judged(
    "paragraph-sentence-true",
    "{context}\n\nBased on that paragraph can we conclude that this sentence is true?\n{query}",
    FOLLOWS,
  ),
  judged(
    "draw-conclusion",
    "{context}\n\nCan we draw the following conclusion?\n{query}",
    FOLLOWS,
  ),
  judged(
    "sentence-follows",
    "{context}\nDoes this next sentence follow, given the preceding text?\n{query}",
    FOLLOWS,
  ),
  judged("infer", "{context}\nCan we infer the following?\n{query}", FOLLOWS),
  judged(
    "hypothesis-true",
    "Read the following paragraph and determine if the hypothesis is true:\n\n{context}\n\n" +
      "Hypothesis: {query}",
    FOLLOWS,
  ),
  judged(
    "sentence-true",
    "Read the text and determine if the sentence is true:\n\n{context}\n\nSentence: {query}",
    FOLLOWS,
  ),
  judged(
    "hypothesis-from-context",
    "Can we draw the following hypothesis from the context? \n\nContext:\n\n{context}\n\n" +
      "Hypothesis: {query}",
    FOLLOWS,
  ),
  judged(
    "true-below",
    "Determine if the sentence is true based on the text below:\n{query}\n\n{context}",
    FOLLOWS,
  ),
  judged(
    "premise-entails",
    "Premise: {context}\n\nHypothesis: {query}\n\nDoes the premise entail the hypothesis?",
    FOLLOWS,
  ),
  judged(
    "entailed-by-premise",
    "Premise: {context}\nHypothesis: {query}\nIs the hypothesis entailed by the premise?",
    FOLLOWS,
  ),
  judged(
    "conclude-if",
    "Here is a premise:\n{context}\n\nHere is a hypothesis:\n{query}\n\nIs it possible to conclude " +
      "that if the premise is true, then so is the hypothesis?",
    FOLLOWS,
  ),
  judged("does-it-follow", '{context}\n\nDoes it follow that "{query}"?', FOLLOWS),
  judged("conclude-that", "{context}\n\nCan we conclude that {query}?", FOLLOWS),
  judged("is-it-true", "{context}\n\nIs it true that {query}?", TRUE),
  judged(
    "is-it-true-below",
    "Is it true that {query} based on the following text?\n\n{context}",
    TRUE,
  ),
  judged("statement-quoted", '{context}\n\nIs this statement correct "{query}"?', TRUE),
  judged(
    "statement-on-text",
    "{context}\n\nIs the following statement correct based on the text\n\n{query}",
    TRUE,
  ),
  judged("text-question", "Text: {context}\n\nQuestion: {query}"),
  judged("best-answer", "{context}\n\nWhat's the best answer to this question: {query}"),
  judged(
    "best-answer-above",
    "{context}\nBased on the above text, what's the best answer to this question: {query}",
  ),
  judged(
    "supposed-by-text",
    "{context}\nAnswer this question, making sure that the answer is supposed by the text: {query}",
  ),
  judged(
    "does-response-answer",
    "{context}\n\nBased on the paragraph, does the response {query}?",
    "Does the response {query}?",
  ),
  judged(
    "correct-answer-is",
    "{context}\n\nAccording to the above paragraph, the correct answer to the question {query}?",
    "Is it right that the correct answer to the question {query}?",
  ),
  judged(
    "after-reading",
    "{context}\n\nAfter reading the above, is {query}?",
    "Is {query}?",
  ),
  // Little or no wording of their own.
  extractive("now-answer", "{context}\nAnswer this question: {query}"),
  extractive("answer-following", "{context}\n\nAnswer the following question: {query}"),
  extractive("dialogue", "Dialogue:\n\n{context}\n\nQuestion: {query}"),
  extractive("blank-line-question", "{context}\n\nQuestion: {query}"),
  extractive("blank-line-q", "{context}\n\nQ: {query}"),
  { ...extractive("blank-line", "{context}\n\n{query}"), bare: true },
  { ...extractive("new-line", "{context}\n{query}"), bare: true },
];

/** Layouts of Natural Instructions: the definition of the task is the query. */
export const TASK_TEMPLATES: readonly OpenOrcaTemplate[] = [
  task(
    "definition-first",
    "You will be given a definition of a task first, then some input of the task.\n{query}\n\n" +
      "{context}\nOutput:",
  ),
  task("definition-input", "Definition: {query}\nInput: {context}\nOutput:"),
  task("instructions-input", "Instructions: {query}\nInput: {context}\nOutput:"),
  task(
    "reply-with-output",
    "Given the task definition and input, reply with output. {query}\n\n{context}",
  ),
  task(
    "teacher",
    "Teacher:{query}\nTeacher: Now, understand the problem? Solve this instance: {context}\n" +
      "Student:",
  ),
  task("problem", "Detailed Instructions: {query}\nProblem:{context}\nSolution:"),
  task("detailed-q", "Detailed Instructions: {query}\nQ: {context}\nA:"),
  task("q-definition", "Q: {query}\n{context}\nA:"),
  task("definition-q", "{query}\nQ: {context}\nA:"),
  task("definition-only", "{query}\n\n{context}"),
];
