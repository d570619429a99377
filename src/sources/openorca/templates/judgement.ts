/**
 * Layouts that ask whether something is true or follows: entailment, yes or no, answers to be
 * judged. The answer's words need not occur in the context.
 *
 * @module
 */
import { judged, type OpenOrcaTemplate } from "./template.ts";

const FOLLOWS = 'Can we conclude from this that "{query}"?';
const TRUE = 'Is it true that "{query}"?';

/** Layouts with words of their own. */
export const JUDGEMENT_TEMPLATES: readonly OpenOrcaTemplate[] = [
  judged(
    "sentence-below-true",
    "{context}\n\nBased on that paragraph can we conclude that the sentence below is true?\n{query}",
    FOLLOWS,
  ),
  judged("question-infer", "{context}\nQuestion: Can we infer the following?\n{query}", FOLLOWS),
  judged(
    "second-entailed",
    "Sentence 1: {context}\n\nSentence 2: {query}\nIs this second sentence entailed by the first sentence?",
    FOLLOWS,
  ),
  judged(
    "then-second-true",
    "Sentence 1: {context}\n\nSentence 2: {query}\n\nIf the first sentence is true, then is the second sentence true?",
    FOLLOWS,
  ),
  judged(
    "based-on-sentence-1",
    'Sentence 1: "{context}"\n\n Sentence 2: "{query}"\n\nIs sentence 2 true, based on sentence 1?',
    FOLLOWS,
  ),
  judged(
    "based-on-premise",
    'Based on the premise "{context}", can we conclude the hypothesis "{query}" is true?',
    FOLLOWS,
  ),
  judged(
    "premise-tells",
    'Premise: "{context}" If this premise is true, what does that tell us about whether it entails the hypothesis "{query}"?',
    FOLLOWS,
  ),
  judged(
    "on-this-premise",
    'Premise:\n"{context}" Based on this premise, is the hypothesis "{query}" true?',
    FOLLOWS,
  ),
  judged("if-quoted-conclude-that", 'If "{context}", can we conclude that "{query}"', FOLLOWS),
  judged("if-quoted-conclude", 'If "{context}", can we conclude "{query}"?', FOLLOWS),
  judged("if-quoted-follows", 'If "{context}", does it follow that "{query}"', FOLLOWS),
  judged(
    "if-quoted-logically",
    'If "{context}", does it logically follow that "{query}"?',
    FOLLOWS,
  ),
  judged("if-quoted-means", 'If "{context}", does this mean that "{query}"?', FOLLOWS),
  judged("if-quoted-correct", 'If "{context}", is "{query}" correct?', FOLLOWS),
  judged("if-conclude-that", 'If {context}, can we conclude that "{query}"?', FOLLOWS),
  judged("lets-say", 'Let\'s say that "{context}"\n\nCan we now say that "{query}"?', FOLLOWS),
  judged(
    "a-true-sentence",
    '"{context}" is a true sentence.\n\nDoes this mean that "{query}"?',
    FOLLOWS,
  ),
  judged(
    "accurate-statement",
    'Does "{query}" appear to be an accurate statement based on "{context}"?',
    FOLLOWS,
  ),
  judged(
    "if-the-statement",
    'Can we conclude that "{query}" if the statement "{context}" is true?',
    FOLLOWS,
  ),
  judged(
    "draw-the-conclusion",
    'Is it possible to draw the conclusion that "{query}" if "{context}"?',
    FOLLOWS,
  ),
  judged("true-if", 'Is "{query}" true if "{context}"?', FOLLOWS),
  judged(
    "sentence-is-true",
    'Based on the sentence "{context}", is the sentence "{query}" a true sentence?',
    FOLLOWS,
  ),
  judged(
    "hypothesis-if-premise",
    "Premise: {context}\n\nHypothesis: {query}\n\n.Can we conclude that the hypothesis is true if the premise is true?",
    FOLLOWS,
  ),
  judged(
    "given-the-premise",
    "Premise: {context}\n\nHypothesis: {query}\n\n.Given the premise, can we conclude the hypothesis?",
    FOLLOWS,
  ),
  judged(
    "premise-tells-whether",
    'Here is a premise: "{context}"\n\nHere is a hypothesis: "{query}"\n\n.Does the premise tell us whether the hypothesis is true?',
    FOLLOWS,
  ),
  ...["choose if the answer is correct:", "is this answer correct"].map((
    asked,
    i,
  ): OpenOrcaTemplate => ({
    ...judged(
      `paragraph-answer-correct-${i + 1}`,
      `Paragraph: {context}\n\nQuestion: "{query}"\n\nBased on the paragraph, ${asked}`,
      'Question: "{query}"\n\nBased on the text, is this answer correct?',
    ),
    lines: true,
  })),
  {
    ...judged(
      "response-correct-line",
      '{context}\n\nQuestion: "{query}"\nDoes the response correctly answer the question?',
      'Question: "{query}"\n\nDoes the response correctly answer the question?',
    ),
    lines: true,
  },
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
  // FLAN has both words.
  ...["supported", "supposed"].map((word) =>
    judged(
      `${word}-by-text`,
      `{context}\nAnswer this question, making sure that the answer is ${word} by the text: {query}`,
    )
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
  judged(
    "hypothesis-true-line",
    "Read the following paragraph and determine if the hypothesis is true:\n\n{context}\nHypothesis: {query}",
    FOLLOWS,
  ),
  judged(
    "true-below-line",
    "Determine if the sentence is true based on the text below:\n{query}\n{context}",
    FOLLOWS,
  ),
];
