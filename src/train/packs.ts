/**
 * Packs of a folder, as `deno task mix` leaves them: a part in memory at a time, so that training
 * does not need all of them at once.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import { Rng } from "../base/rng.ts";
import type { PackedRow } from "../rwr/packing.ts";
import { decodeTable, readTable, type TableFile } from "../tables/mod.ts";
import { type BatchSource, joinRows } from "./batches.ts";

/** The packs of a folder. */
export interface PackFolder {
  /** What the packs were mixed from and how, as their parts tell it. */
  readonly hash: string;
  /** Packs. */
  readonly count: number;
  /** Packs of each part but the last, which may have fewer. */
  readonly perPart: number;
  /** Tokens of a pack. */
  readonly length: number;
  /** Pack number `i`; reads its part where another one was read last. */
  pack(i: number): PackedRow;
}

const partOf = (folder: string, part: number): string =>
  `${folder}/part-${String(part).padStart(5, "0")}.arrow`;

/**
 * Opens a folder of packs.
 *
 * @throws {DataError} where it holds none, or not all parts of one mix.
 */
export async function openPacks(folder: string): Promise<PackFolder> {
  if (!await exists(partOf(folder, 0))) {
    throw new DataError(
      `opening packs ${folder}: found no part-00000.arrow, expected the packs folder of a mixed ` +
        `run; run deno task mix`,
    );
  }
  const first = await readTable(partOf(folder, 0), "packs");
  const { mix, parts } = first.manifest.config as { mix?: unknown; parts?: unknown };
  if (typeof mix !== "string" || !Number.isSafeInteger(parts)) {
    throw new DataError(
      `opening packs ${folder}: found parts that do not say how many they are, expected those of ` +
        `deno task mix`,
    );
  }
  const last = Number(parts) - 1;
  for (let part = 1; part <= last; part++) {
    if (await exists(partOf(folder, part))) continue;
    throw new DataError(
      `opening packs ${folder}: found no ${partOf(folder, part)}, expected ${
        last + 1
      } parts; run ` +
        `deno task mix again`,
    );
  }
  let current = { part: 0, table: first };
  const read = (part: number): TableFile<"packs"> => {
    if (current.part !== part) current = { part, table: readPart(folder, part, mix) };
    return current.table;
  };
  return {
    hash: mix,
    count: last * first.rowCount + read(last).rowCount,
    perPart: first.rowCount,
    length: first.columns.token_ids[0].length,
    pack(i) {
      const { columns } = read(Math.floor(i / first.rowCount));
      const row = i % first.rowCount;
      // The columns of a packs table are typed arrays, as rows are packed.
      return {
        token_ids: columns.token_ids[row],
        labels: columns.labels[row],
        weights: columns.weights[row],
        sequence_index: columns.sequence_index[row],
        positions: columns.positions[row],
        row_ids: [...columns.row_ids[row]],
      } as PackedRow;
    },
  };
}

/** Batches are made when a step needs them, without waiting. */
function readPart(folder: string, part: number, mix: string): TableFile<"packs"> {
  const path = partOf(folder, part);
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (cause) {
    throw new DataError(`reading packs ${path}: ${String(cause)}; run deno task mix again`, {
      cause,
    });
  }
  const table = decodeTable(bytes, path, "packs");
  const found = (table.manifest.config as { mix?: unknown }).mix;
  if (found === mix) return table;
  throw new DataError(
    `reading packs ${path}: found a part of another mix (${found}), expected ${mix}; it was being ` +
      `mixed again: run deno task mix to its end`,
  );
}

/**
 * Batches of the first `count` packs of a folder: in order, and after each pass anew with the parts
 * shuffled, and the packs in each.
 *
 * @param packsPerStep Packs of a batch.
 * @throws {DataError} where there are fewer packs than a batch needs.
 */
export function packFolderBatches(
  folder: PackFolder,
  count: number,
  packsPerStep: number,
  seed: number | string,
): BatchSource {
  if (count < packsPerStep) {
    throw new DataError(
      `training: found ${count} packs, expected at least ${packsPerStep} for one step; mix more ` +
        `rows, or take fewer packs a step`,
    );
  }
  let current = { pass: 0, order: passOrder(folder, count, 0, seed) };
  return (step) => {
    const picked = Array.from({ length: packsPerStep }, (_, i) => {
      const at = step * packsPerStep + i;
      const pass = Math.floor(at / count);
      if (pass !== current.pass) current = { pass, order: passOrder(folder, count, pass, seed) };
      return folder.pack(current.order[at % count]);
    });
    return joinRows(picked);
  };
}

function passOrder(
  { perPart }: PackFolder,
  count: number,
  pass: number,
  seed: number | string,
): Uint32Array {
  const parts = Array.from({ length: Math.ceil(count / perPart) }, (_, part) => {
    const from = part * perPart;
    return Array.from({ length: Math.min(perPart, count - from) }, (_, i) => from + i);
  });
  if (pass === 0) return Uint32Array.from(parts.flat());
  const rng = new Rng(`${seed}/pass/${pass}`);
  return Uint32Array.from(rng.shuffle(parts).flatMap((packs) => rng.shuffle(packs)));
}
