/**
 * The rows of tables that the data card and the report both show.
 *
 * @module
 */
import { wilson } from "../base/statistics.ts";
import type { RunFacts } from "./run_facts.ts";

/** Source rows of a type, D_f, D_e, share accepted with Wilson's 95 % interval. */
export type AcceptanceRow = readonly [
  type: string,
  rows: number,
  full: number,
  empty: number,
  share: number,
  low: number,
  high: number,
];

/** Acceptance by collection and template, most rows first, then of all. */
export function acceptanceRows({ summary: { all, byType } }: RunFacts): AcceptanceRow[] {
  const row = (type: string, { rows, full, empty }: RunFacts["summary"]["all"]): AcceptanceRow => {
    const items = Array.from({ length: rows }, (_, i) => ({ sum: Number(i < full), count: 1 }));
    const { mean, low, high } = wilson(items)!;
    return [type, rows, full, empty, mean, low, high];
  };
  const types = Object.entries(byType).sort(([a, x], [b, y]) =>
    y.rows - x.rows || (a < b ? -1 : 1)
  );
  return [...types.map(([type, counts]) => row(type, counts)), row("all", all)];
}

/** Rejected rows: which note, rule, count; most first. */
export function rejectRows({ summary: { rejected } }: RunFacts): [string, string, number][] {
  const asked: Readonly<Record<string, string>> = {
    full: "a note over the whole context",
    removed: "an empty note without the answer",
  };
  return Object.entries(rejected).sort(([, a], [, b]) => b - a).map(([name, rows]) => {
    const [role, rule] = name.split(/: (.*)/);
    return [asked[role] ?? role, rule, rows];
  });
}

/** Collections: rows read, rows that could be drawn, rows drawn. */
export function stratumRows(
  { selection: { strata } }: RunFacts,
): [string, number, number, number][] {
  return Object.entries(strata).filter(([, { read }]) => read > 0).map((
    [name, { read, candidates, selected }],
  ) => [name, read, candidates, selected]);
}

/** Why rows were left out, most frequent first; reasons without a row are left out. */
export function reasonRows({ selection: { reasons } }: RunFacts): [string, number][] {
  return Object.entries(reasons).filter(([, rows]) => rows > 0).sort(([, a], [, b]) => b - a);
}

/** Verifiers two by two: names, notes, share of the same verdict in percent, kappa. */
export function agreementRows(
  { summary: { disagreement } }: RunFacts,
): [string, string, number, string, string][] {
  return disagreement.map(({ a, b, notes, agreement, kappa }) => [
    ...[a, b] as const,
    notes,
    agreement === null ? "" : `${(100 * agreement).toFixed(1)} %`,
    kappa?.toFixed(3) ?? "undefined",
  ]);
}
