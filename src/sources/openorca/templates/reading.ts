/**
 * Layouts of reading comprehension: those of FLAN (google-research/FLAN, `flan/templates.py` and
 * `flan/v2/templates.py`) and of PromptSource, which T0 was trained on.
 *
 * @module
 */
import { extractive, type OpenOrcaTemplate } from "./template.ts";

const UNANSWERABLE = '{query} If it cannot be answered, say "unanswerable".';
/** Layouts with words of their own. */
export const READING_TEMPLATES: readonly OpenOrcaTemplate[] = [
  extractive(
    "quote-question-below",
    "{context} Answer this question using a quote from the following article:\n\n{query}",
  ),
  // Several questions about one text.
  ...[
    ["questions-following", "{context}\n\nAnswer the following questions:\n1. {query}"],
    ["questions-series", "{context}\n\nAnswer this series of questions:\n\n1. {query}"],
    [
      "questions-set",
      "{context}\n\nWhat are the answers to this following set of questions:\n\n1. {query}",
    ],
    [
      "questions-list",
      "{context}\n\nNow, provide a numbered list of answers to these questions:\n\n1. {query}",
    ],
    ["questions-read", "Read the text and answer the questions.\n\n{context}\n\n1. {query}"],
    [
      "questions-at-the-end",
      "Answer the questions at the end based on the text.\n\n{context}\n\n1. {query}",
    ],
    [
      "questions-make-use",
      "Make use of the article to answer the questions.\n\n{context}\n\n1. {query}",
    ],
  ].map(([name, layout]) => ({ ...extractive(name, layout, "1. {query}"), lines: true })),
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
    "movie-plot-extract",
    "Extract the answer to the following question from the movie plot. If the question isn't " +
      'answerable, please output "Can\'t answer".\nQuestion: {query}\nTitle: {context}',
    '{query} If it cannot be answered, say "Can\'t answer".',
  ),
  extractive(
    "movie-plot",
    "Please answer the following question about this movie plot. If it's un-answerable, please " +
      'output "No answer".\n\nQuestion: {query}\nMovie plot title: {context}',
    '{query} If it cannot be answered, say "No answer".',
  ),
];

/** Layouts with little or no wording of their own, which others would fit too. */
export const PLAIN_TEMPLATES: readonly OpenOrcaTemplate[] = [
  // Little or no wording of their own.
  extractive("now-answer", "{context}\nAnswer this question: {query}"),
  extractive("answer-following", "{context}\n\nAnswer the following question: {query}"),
  extractive("dialogue", "Dialogue:\n\n{context}\n\nQuestion: {query}"),
  extractive("blank-line-question", "{context}\n\nQuestion: {query}"),
  extractive("blank-line-q", "{context}\n\nQ: {query}"),
  { ...extractive("questions", "{context}\n\n1. {query}", "1. {query}"), bare: true, lines: true },
  { ...extractive("blank-line", "{context}\n\n{query}"), bare: true },
  { ...extractive("new-line", "{context}\n{query}"), bare: true },
];
