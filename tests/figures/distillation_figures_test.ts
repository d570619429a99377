import { assert, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { acceptance, noteLength, selectionShares } from "../../src/figures/mod.ts";
import { renderSvg } from "../../src/figures/export.ts";

interface Trace {
  readonly name?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly error_x?: { readonly array: readonly number[]; readonly arrayminus: readonly number[] };
}

const tracesOf = ({ data }: { readonly data: readonly unknown[] }) => data as readonly Trace[];

Deno.test("acceptance: a dot a group, from top to bottom, with its interval", async () => {
  const figure = acceptance({
    groups: [
      { name: "flan/a", rows: 1200, share: 0.5, interval: [0.4, 0.7] },
      { name: "all", rows: 1300, share: 0.75, interval: [0.7, 0.8] },
    ],
  });
  const [dots] = tracesOf(figure);
  assertEquals(dots.x, [50, 75]);
  assertEquals(dots.y, [2, 1]);
  assertEquals(dots.error_x!.array.map(Math.round), [20, 5]);
  assertEquals(dots.error_x!.arrayminus.map(Math.round), [10, 5]);
  const svg = await renderSvg(figure);
  for (const text of ["flan/a", "1,200", "all"]) assert(svg.includes(text), text);
  assertThrows(() => acceptance({ groups: [] }), DataError, "found no groups");
});

Deno.test("note-length: every note, and the median where there are enough", async () => {
  const notes = Array.from({ length: 100 }, (_, i) => ({
    contextWords: 10 + i,
    noteWords: i < 50 ? 4 : 9,
  }));
  const [dots, line] = tracesOf(noteLength({ notes }));
  assertEquals([dots.x.length, line.x.length], [100, 5]);
  assertEquals([line.y[0], line.y[4]], [4, 9]);
  assertEquals(line.x[0], 20);
  assertEquals(tracesOf(noteLength({ notes: notes.slice(0, 5) })).length, 1);
  await renderSvg(noteLength({ notes }));
  assertThrows(() => noteLength({ notes: [] }), DataError, "found 0 notes");
  assertThrows(
    () => noteLength({ notes: [{ contextWords: 5, noteWords: 0 }] }),
    DataError,
    "one word at least",
  );
});

Deno.test("selection: the shares of a collection sum to all of it", async () => {
  const figure = selectionShares({
    groups: [
      { name: "flan", read: 200, candidates: 50, selected: 20 },
      { name: "none", read: 0, candidates: 0, selected: 0 },
    ],
  });
  assertEquals(tracesOf(figure).map(({ x }) => x), [[10], [15], [75]]);
  assert((await renderSvg(figure)).includes("20 of 200"));
  assertThrows(() => selectionShares({ groups: [] }), DataError, "found no rows");
});
