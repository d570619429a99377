import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import { partPath } from "../../src/distill/parts.ts";
import { type SelectionConfig, selectRows } from "../../src/distill/selection.ts";
import type { OpenOrcaRow } from "../../src/sources/mod.ts";
import { readRows, readTable } from "../../src/tables/mod.ts";
import { measureSelection } from "../../tools/selection_memory.ts";
import {
  arrowBytes,
  inFolder,
  jsonlText,
  madeRow,
  parquetBytes,
  passage,
  row,
} from "../sources/openorca/made_rows.ts";

const WORDS = {
  hash: "words",
  encode: (text: string) => text.split(/\s+/).filter(Boolean).map((_, i) => i),
};
const CONFIG: Omit<SelectionConfig, "source"> = {
  seed: 3,
  rows: 1700,
  limits: {
    minContextTokens: 20,
    maxContextTokens: 200,
    maxQueryTokens: 60,
    maxAnswerTokens: 50,
    minOverlap: 0.5,
  },
  tokenizer: WORDS,
  code: "test",
};
const ROWS: OpenOrcaRow[] = Array.from({ length: 2400 }, (_, i) => madeRow(i));

async function jsonl(folder: string, rows = ROWS): Promise<string> {
  const path = `${folder}/rows.jsonl`;
  await Deno.writeTextFile(path, jsonlText(rows));
  return path;
}

/** Bytes of a selection's files, by name. */
async function filesOf(directory: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for await (const { name } of Deno.readDir(`${directory}/selection`)) {
    files[name] = await Deno.readFile(`${directory}/selection/${name}`);
  }
  return files;
}

Deno.test("rows are selected in proportion, in source order, and each one left out has a reason", async () => {
  await inFolder(async (folder) => {
    const summary = await selectRows({ ...CONFIG, source: await jsonl(folder) }, folder);
    assertEquals([summary.rowsRead, summary.selected, summary.parts], [2400, 1700, 2]);
    const left = Object.values(summary.reasons).reduce((sum, count) => sum + count, 0);
    assertEquals(left + summary.selected, summary.rowsRead);
    assertEquals(summary.reasons["closed book"], ROWS.filter((_, i) => i % 7 === 0).length);
    assertEquals(summary.reasons["not drawn"], summary.candidates - 1700);
    for (const { candidates, selected } of Object.values(summary.strata)) {
      assert(candidates > 0 && Math.abs(selected - 1700 * candidates / summary.candidates) < 1);
    }
    assertEquals(Object.values(summary.templates).reduce((sum, count) => sum + count, 0), 1700);
    assertEquals(JSON.parse(await Deno.readTextFile(`${folder}/selection.json`)), summary);

    const parts = [0, 1].map((part) => partPath(`${folder}/selection`, part));
    const tables = await Promise.all(parts.map((path) => readTable(path, "source")));
    assertEquals(tables.map(({ rowCount }) => rowCount), [1000, 700]);
    const ids = tables.flatMap(({ manifest }) => (manifest.config as { ids: string[] }).ids);
    const order = ids.map((id) => ROWS.findIndex((made) => made.id === id));
    assertEquals(order, order.toSorted((a, b) => a - b));
    const [first] = await readRows(parts[0], "source");
    const source = ROWS[order[0]];
    assert(source.question.includes(first.context) && source.response === first.answer);
    assertEquals(first.question_type.split("/")[0], source.id.split(".")[0]);
  });
});

Deno.test("every format gives the same parts, from one run to the next", async () => {
  const made = await Promise.all(
    ([["a.jsonl", jsonlText(ROWS)], ["a.parquet", parquetBytes(ROWS)], [
      "a.arrow",
      arrowBytes(ROWS),
    ]] as const)
      .map(([name, data]) =>
        inFolder(async (folder) => {
          const path = `${folder}/${name}`;
          await Deno.writeFile(
            path,
            typeof data === "string" ? new TextEncoder().encode(data) : data,
          );
          const again = `${folder}/again`;
          const { rowsHash } = await selectRows({ ...CONFIG, source: path }, folder);
          await selectRows({ ...CONFIG, source: path }, again);
          assertEquals(await filesOf(again), await filesOf(folder));
          const rows = await Promise.all(
            [0, 1].map((part) => readRows(partPath(`${folder}/selection`, part), "source")),
          );
          return { rowsHash, rows };
        })
      ),
  );
  assertEquals(made[1], made[0]);
  assertEquals(made[2], made[0]);
});

Deno.test("another seed draws other rows, and more rows hold the fewer", async () => {
  await inFolder(async (folder) => {
    const source = await jsonl(folder);
    const drawn = async (name: string, changes: Partial<SelectionConfig>) => {
      const directory = `${folder}/${name}`;
      await selectRows({ ...CONFIG, source, rows: 300, ...changes }, directory);
      const rows = await readRows(partPath(`${directory}/selection`, 0), "source");
      return new Set(rows.map(({ row_id }) => row_id));
    };
    const some = await drawn("some", {});
    assertEquals(some.size, 300);
    const others = await drawn("others", { seed: 4 });
    assert(some.intersection(others).size < 100);
    const more = await drawn("more", { rows: 900 });
    assert(some.difference(more).size <= 3, "a quota's rounding may cost a row of a stratum");
  });
});

Deno.test("doubles and contaminated rows are left out", async () => {
  await inFolder(async (folder) => {
    const twice = [
      ...ROWS.slice(0, 50),
      ...ROWS.slice(0, 20).map((made) => ({ ...made, id: `${made.id}9` })),
    ];
    const source = await jsonl(folder, twice);
    const marked = passage(5).slice(0, 40);
    const summary = await selectRows({
      ...CONFIG,
      source,
      contamination: {
        hash: "one item",
        files: { "items.json": { items: 1, tooShort: 0, passages: 0 } },
        contaminated: ({ context }) =>
          context.startsWith(marked) ? { id: "item-5", words: "some words" } : undefined,
      },
    }, folder);
    const closed = ROWS.slice(0, 20).filter((_, i) => i % 7 === 0).length;
    assertEquals(summary.reasons.duplicate, 20 - closed);
    assertEquals(summary.reasons.contaminated, 1);
    assertEquals(summary.contamination, {
      "item-5": { rows: 1, example: "t0.5", words: "some words" },
    });
    const rows = await readRows(partPath(`${folder}/selection`, 0), "source");
    assert(rows.length > 30 && !rows.some(({ context }) => context.startsWith(marked)));
  });
});

Deno.test("an interrupted selection goes on: whole parts stay, torn ones are made again", async () => {
  await inFolder(async (folder) => {
    const config = { ...CONFIG, source: await jsonl(folder) };
    await selectRows(config, folder);
    const whole = await filesOf(folder);
    const [first, second] = [0, 1].map((part) => partPath(`${folder}/selection`, part));
    await Deno.remove(`${folder}/selection.json`);
    await Deno.truncate(second, 500);
    await Deno.writeTextFile(partPath(`${folder}/selection`, 2), "of a longer selection");
    const { ino } = await Deno.stat(first);
    await selectRows(config, folder);
    assertEquals(await filesOf(folder), whole);
    assertEquals((await Deno.stat(first)).ino, ino);
    let passes = 0;
    await selectRows(config, folder, () => passes++);
    assertEquals(passes, 0, "a finished selection is not made again");
    await assertRejects(
      () => selectRows({ ...config, seed: 9 }, folder),
      ConfigError,
      "choose another folder",
    );
  });
});

Deno.test("what cannot be selected is an error that says so", async () => {
  await inFolder(async (folder) => {
    const source = await jsonl(folder, [row("flan.1", "Who?")]);
    const select = (changes: Partial<SelectionConfig>) => () =>
      selectRows({ ...CONFIG, source, ...changes }, folder);
    await assertRejects(select({}), DataError, "closed book: 1");
    await assertRejects(select({ rows: 0 }), ConfigError, "expected an integer from 1");
    await assertRejects(select({ rows: NaN }), ConfigError, "found NaN rows");
    await Deno.writeTextFile(source, "");
    await assertRejects(select({}), DataError, "the files are empty");
  });
});

Deno.test("a source that changes between the passes is found out", async () => {
  await inFolder(async (folder) => {
    const source = await jsonl(folder);
    const change = (pass: 1 | 2, rows: number) => {
      if (pass === 1 && rows === 2000) {
        Deno.writeTextFileSync(
          `${folder}/b.jsonl`,
          jsonlText([...ROWS.slice(0, 2399), madeRow(5000)]),
        );
        Deno.renameSync(`${folder}/b.jsonl`, source);
      }
    };
    await assertRejects(
      () => selectRows({ ...CONFIG, source }, `${folder}/out`, change),
      DataError,
      "other rows in the second pass",
    );
  });
});

Deno.test("a hundred thousand rows need little memory", async () => {
  await inFolder(async (folder) => {
    const { summary, packs, growthBytes } = await measureSelection(100_000, 20_000, folder);
    assertEquals([summary.rowsRead, summary.selected, summary.parts], [100_000, 20_000, 20]);
    assert(packs.samples === 20_000 && packs.fillRate > 0.5);
    assert(growthBytes < 600 * 2 ** 20, `memory grew by ${Math.round(growthBytes / 2 ** 20)} MiB`);
  });
});
