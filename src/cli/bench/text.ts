/**
 * A bench run as Markdown: tables of kernels, of models, and of the kit beside its peers.
 *
 * @module
 */
import { type BenchRun, type BenchTableRow, describeCircumstances } from "../../tables/mod.ts";
import { KIT } from "./record.ts";
import { markdownTable } from "./table.ts";

/** Everything that was measured, under a line that says where and when. */
export function benchText({ rows, where }: BenchRun): string {
  const of = (...parts: readonly string[]) => rows.filter(({ part }) => parts.includes(part));
  const lanes = where.subgroupSize ? `subgroups of ${where.subgroupSize}` : "without subgroups";
  const parts = [
    `Adapter: ${describeCircumstances(where)}, ${lanes}.`,
    kernelText(of("peak", "kernel")),
    modelText(of("model")),
    peerText(of("peers")),
  ];
  return parts.filter((text) => text !== "").join("\n\n");
}

function kernelText(rows: readonly BenchTableRow[]): string {
  const cells = rows.map((row) => [
    row.operation,
    row.shape,
    row.median_ms.toFixed(3),
    `${row.rate!.toFixed(2)} ${row.unit}`,
    row.share_of_peak === null ? "" : `${Math.round(100 * row.share_of_peak)} %`,
  ]);
  return markdownTable(["operation", "shape", "median ms", "rate", "of the peak"], cells);
}

function modelText(rows: readonly BenchTableRow[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => [
    row.operation,
    row.shape,
    row.median_ms.toFixed(1),
    perToken(row).toFixed(4),
    Math.round(row.rate!).toLocaleString("en-US"),
    (row.peak_bytes! / 1e6).toFixed(1),
  ]);
  const heading = ["model", "size and tokens", "median ms", "ms a token", "tokens/s", "peak MB"];
  return [markdownTable(heading, cells), growth(rows)].filter((text) => text !== "").join("\n\n");
}

/** Milliseconds of one token of a model's row, whose rate is in tokens a second. */
const perToken = ({ rate }: BenchTableRow): number => 1000 / rate!;

/** What a token costs in the longest context beside the one before. */
function growth(rows: readonly BenchTableRow[]): string {
  const [shorter, longer] = rows.filter(({ operation }) => operation === "prefill").slice(-2);
  if (!longer) return "";
  const ratio = perToken(longer) / perToken(shorter);
  const tokens = ({ shape }: BenchTableRow) => shape.split(", ").at(-1);
  const found = ratio.toFixed(3);
  return `Reading: a token of ${tokens(longer)} costs ${found} times one of ${tokens(shorter)}.`;
}

function peerText(rows: readonly BenchTableRow[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => {
    const own = rows.find((other) => sameWork(other, row) && other.side === KIT);
    return [
      row.operation,
      row.shape,
      row.side,
      row.median_ms.toFixed(2),
      row.least_ms.toFixed(2),
      row.rate === null ? "" : `${row.rate.toFixed(1)} ${row.unit}`,
      own ? (row.median_ms / own.median_ms).toFixed(2) : "",
    ];
  });
  const heading = ["work", "shape", "side", "median ms", "least ms", "rate", "of the kit's time"];
  return markdownTable(heading, cells);
}

const sameWork = (a: BenchTableRow, b: BenchTableRow): boolean =>
  a.operation === b.operation && a.shape === b.shape;
