/**
 * What an answer that never looks at the history could reach.
 *
 * @module
 */
import type { AnswerRow, TableColumn } from "../figures/mod.ts";
import { QUESTION_TYPES } from "../tables/question_types.ts";

/** The most frequent gold answer of a question type, or the mean over all six. */
export interface ConstantCell {
  /** Share of the items that it is right for. */
  readonly share: number;
  /** How many gold answers and questions the items have between them; null for the mean. */
  readonly distinct: { readonly golds: number; readonly questions: number } | null;
}

/** A cell for each column that has one; abstention has none. */
export type ConstantRow = Readonly<Partial<Record<TableColumn, ConstantCell>>>;

/** The best constant answer to each question type, by length. */
export function constantAnswers(answers: readonly AnswerRow[]): Map<number, ConstantRow> {
  const answerable = answers.filter((row) => !row.abstention);
  const lengths = Map.groupBy(answerable, (row) => row.length);
  return new Map([...lengths].map(([length, rows]) => [length, constantRow(rows)]));
}

function constantRow(rows: readonly AnswerRow[]): ConstantRow {
  const byType = Map.groupBy(rows, (row) => row.question_type);
  const cells: Partial<Record<TableColumn, ConstantCell>> = {};
  let sum = 0;
  for (const type of QUESTION_TYPES) {
    const own = byType.get(type);
    // As in table 1, an average over fewer types would be another quantity: it becomes NaN.
    if (own) cells[type] = constantCell(own);
    sum += cells[type]?.share ?? NaN;
  }
  if (!Number.isNaN(sum)) cells.average = { share: sum / QUESTION_TYPES.length, distinct: null };
  return cells;
}

/** Every item counts once, however many methods answered it. */
function constantCell(rows: readonly AnswerRow[]): ConstantCell {
  const items = [...new Map(rows.map((row) => [row.item_id, row])).values()];
  const golds = [...Map.groupBy(items, (row) => row.gold).values()];
  return {
    share: Math.max(...golds.map((same) => same.length)) / items.length,
    distinct: { golds: golds.length, questions: new Set(items.map((row) => row.question)).size },
  };
}
