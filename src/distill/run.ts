/**
 * A distillation run: source rows part by part, many rows at once, into parts of the notes table.
 * What was asked is in the request log, so that a run that was cut short goes on without asking
 * again, and ends with the same parts.
 *
 * @module
 */
import { HaltError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import { PutOff } from "../llm/batch/put_off.ts";
import { type Distillation, distilRow } from "../rwr/distill.ts";
import { fromSourceTable, type SourceRow } from "../sources/mod.ts";
import { type ManifestInput, type NotesTableRow, readRows, writeRows } from "../tables/mod.ts";
import { partPath } from "./parts.ts";
import type { Shard } from "./shard.ts";

/** What {@linkcode distilParts} works with. */
export interface DistillationRun {
  /** Folder with parts of the source table. */
  readonly selection: string;
  /** How many parts it has. */
  readonly parts: number;
  /** Folder that takes the parts of the notes table, numbered as the source's. */
  readonly notes: string;
  /** Who writes and who checks. */
  readonly distillation: Distillation;
  /** Which parts are this process's: those whose number leaves `index` divided by `count`. */
  readonly shard: Shard;
  /** Rows worked on at once. */
  readonly width: number;
  /** How the parts are made, without their row counts. */
  readonly manifest: Omit<ManifestInput, "rowsIn">;
  /**
   * Where answers come in batches: gets those of all questions put off so far. Called before every
   * round over the rows; a row whose question is put off is left for the next round.
   */
  readonly answers?: () => Promise<void>;
  /** Aborted when the user asks to stop. */
  readonly signal?: AbortSignal;
  /** Told of every finished row: its notes, rows done by this call, and how many it has to do. */
  readonly onRow?: (notes: readonly NotesTableRow[], done: number, total: number) => void;
}

/** Parts begun and not finished; one slow row holds back this many at most. */
const OPEN_PARTS = 4;

/** A part under way. */
interface OpenPart {
  readonly number: number;
  readonly rows: readonly SourceRow[];
  readonly done: (NotesTableRow[] | undefined)[];
  left: number;
  /** Whether a row waits for an answer: the part is then left for the next round. */
  putOff: boolean;
}

/**
 * Makes every part of the shard that is not there yet. A part is written when its last row is done;
 * rows of the next ones go on meanwhile.
 *
 * @returns How many rows this call went through; parts that were there before do not count.
 * @throws {HaltError} where nothing more can be asked, or the user stopped: what is in flight has
 *   ended and is in the request log, and the same call goes on from there.
 */
export async function distilParts(run: DistillationRun): Promise<number> {
  for (let done = 0;;) {
    await run.answers?.();
    const round = await oneRound(run);
    done += round.done;
    if (!round.putOff) return done;
  }
}

/** Goes through all rows of the parts that are not there; counts those of parts now written. */
async function oneRound(
  run: DistillationRun,
): Promise<{ readonly done: number; readonly putOff: boolean }> {
  const todo = await partsToDo(run);
  const total = todo.reduce((sum, { rows }) => sum + rows, 0);
  const queue = new PartQueue(run, todo.map(({ number }) => number));
  let halted: unknown;
  let done = 0;
  const work = async (): Promise<void> => {
    while (halted === undefined) {
      const next = await queue.take();
      if (next === undefined) return;
      try {
        if (run.signal?.aborted) throw new HaltError("stopped; the same command goes on from here");
        const notes = await distilRow(next.part.rows[next.row], run.distillation);
        await queue.finish(next, notes);
        run.onRow?.(notes, ++done, total);
      } catch (error) {
        if (error instanceof PutOff) {
          queue.putOff(next);
          continue;
        }
        // A defect weighs more than the halts that follow from it.
        if (halted === undefined || !(error instanceof HaltError)) halted = error;
        queue.stop();
      }
    }
  };
  await Promise.all(Array.from({ length: run.width }, work));
  if (halted !== undefined) throw halted;
  return { done: queue.rowsWritten, putOff: queue.anyPutOff };
}

async function partsToDo(
  { selection, notes, shard, parts: count }: DistillationRun,
): Promise<{ number: number; rows: number }[]> {
  const todo: { number: number; rows: number }[] = [];
  for (let number = shard.index; number < count; number += shard.count) {
    if (await exists(partPath(notes, number))) continue;
    todo.push({ number, rows: (await readRows(partPath(selection, number), "source")).length });
  }
  return todo;
}

/** A row to work on. */
interface Taken {
  readonly part: OpenPart;
  readonly row: number;
}

/** Hands rows out in order, reads parts as they are needed and writes those that are done. */
class PartQueue {
  readonly #run: DistillationRun;
  readonly #numbers: number[];
  #current: Taken | undefined;
  #open = 0;
  #stopped = false;
  #rowsWritten = 0;
  #anyPutOff = false;
  // Takes and finishes wait in line: reading and writing a part must not happen twice.
  #turn: Promise<unknown> = Promise.resolve();
  #room: (() => void)[] = [];

  constructor(run: DistillationRun, numbers: readonly number[]) {
    this.#run = run;
    this.#numbers = [...numbers];
  }

  /** The next row; undefined when there is none, or the run is to stop. */
  take(): Promise<Taken | undefined> {
    const taken = this.#turn.then(() => this.#next());
    this.#turn = taken.catch(() => undefined);
    return taken;
  }

  /** Keeps a row's result and writes its part where it was the last. */
  async finish({ part, row }: Taken, result: NotesTableRow[]): Promise<void> {
    part.done[row] = result;
    if (--part.left > 0) return;
    if (!part.putOff) {
      const path = partPath(this.#run.notes, part.number);
      const manifest = { ...this.#run.manifest, rowsIn: part.rows.length };
      await writeRows(path, "notes", part.done.flatMap((rows) => rows!), manifest);
      this.#rowsWritten += part.rows.length;
    }
    this.#close();
  }

  /** Leaves a row, and so its part, for the next round. */
  putOff({ part }: Taken): void {
    part.putOff = true;
    this.#anyPutOff = true;
    if (--part.left === 0) this.#close();
  }

  /** Rows of parts that were written. */
  get rowsWritten(): number {
    return this.#rowsWritten;
  }

  /** Whether a part was left for the next round. */
  get anyPutOff(): boolean {
    return this.#anyPutOff;
  }

  /** Hands out nothing more. */
  stop(): void {
    this.#stopped = true;
    for (const wake of this.#room.splice(0)) wake();
  }

  #close(): void {
    this.#open--;
    this.#room.shift()?.();
  }

  async #next(): Promise<Taken | undefined> {
    while (!this.#stopped) {
      if (this.#current !== undefined) {
        const taken = this.#current;
        const row = taken.row + 1;
        this.#current = row < taken.part.rows.length ? { part: taken.part, row } : undefined;
        return taken;
      }
      if (this.#numbers.length === 0) return undefined;
      if (this.#open >= OPEN_PARTS) {
        await new Promise<void>((wake) => this.#room.push(wake));
        continue;
      }
      const number = this.#numbers.shift()!;
      const table = await readRows(partPath(this.#run.selection, number), "source");
      const rows = table.map(fromSourceTable);
      const part = { number, rows, done: new Array(rows.length), left: rows.length, putOff: false };
      this.#open++;
      this.#current = { part, row: 0 };
    }
    return undefined;
  }
}
