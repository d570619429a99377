import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../../src/base/errors.ts";
import { type OpenOrcaRow, readOpenOrca } from "../../../src/sources/mod.ts";
import { sharedFile } from "../shared_file.ts";
import { arrowBytes, inFolder, jsonlText, madeRow, parquetBytes } from "./made_rows.ts";

const SAMPLE = sharedFile("openorca/openorca_first2rows.jsonl");

const ROWS: OpenOrcaRow[] = [
  ...Array.from({ length: 1500 }, (_, i) => madeRow(i)),
  // Longer than a window of the Parquet reader, and than a piece of the JSONL reader.
  { id: "flan.x", system_prompt: "ün✓", question: "naïve ✓ ".repeat(700_000), response: '\\"\n' },
  { id: "flan.y", system_prompt: "", question: "", response: "" },
];

async function readBytes(name: string, data: Uint8Array | string): Promise<OpenOrcaRow[]> {
  return await inFolder(async (folder) => {
    const path = `${folder}/${name}`;
    await Deno.writeFile(path, typeof data === "string" ? new TextEncoder().encode(data) : data);
    return await Array.fromAsync(readOpenOrca(path));
  });
}

async function failure(name: string, data: Uint8Array | string): Promise<string> {
  return (await assertRejects(() => readBytes(name, data), DataError)).message;
}

Deno.test("the same rows are read from every format", async () => {
  assertEquals(await readBytes("a.jsonl", jsonlText(ROWS)), ROWS);
  assertEquals(
    await readBytes("a.jsonl", jsonlText(ROWS).trimEnd().replaceAll("\n", "\r\n\n")),
    ROWS,
  );
  for (const codec of ["SNAPPY", "UNCOMPRESSED", "GZIP", "ZSTD"] as const) {
    assertEquals(await readBytes("a.parquet", parquetBytes(ROWS, codec)), ROWS, codec);
  }
  assertEquals(await readBytes("a.arrow", arrowBytes(ROWS)), ROWS);
  assertEquals(await readBytes("a.arrows", arrowBytes(ROWS, "stream")), ROWS);
});

Deno.test("a folder is read file after file in order of name", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/b.jsonl`, jsonlText(ROWS.slice(0, 20)));
    await Deno.writeFile(`${folder}/a.parquet`, parquetBytes(ROWS.slice(20, 30)));
    await Deno.writeTextFile(`${folder}/README.md`, "not rows");
    const rows = await Array.fromAsync(readOpenOrca(folder));
    assertEquals(rows, [...ROWS.slice(20, 30), ...ROWS.slice(0, 20)]);
  });
});

Deno.test("reading fewer rows than there are closes the file", async () => {
  await inFolder(async (folder) => {
    for (
      const [name, data] of [["a.arrow", arrowBytes(ROWS)], [
        "a.parquet",
        parquetBytes(ROWS),
      ]] as const
    ) {
      await Deno.writeFile(`${folder}/${name}`, data);
      for await (const { id } of readOpenOrca(`${folder}/${name}`)) {
        assertEquals(id, ROWS[0].id);
        break;
      }
    }
  });
});

Deno.test("what is wrong in a JSONL file is named by its line", async () => {
  const good = jsonlText(ROWS.slice(0, 2));
  assertStringIncludes(await failure("a.jsonl", `${good}{"id": 1`), "a.jsonl, line 3: found");
  assertStringIncludes(
    await failure("a.jsonl", `${good}\n{"id":"a.1","question":7,"response":""}\n`),
    "line 4, question: found 7, expected text",
  );
  assertStringIncludes(
    await failure("a.jsonl", `[1]\n`),
    "line 1: found [1], expected an object with id",
  );
  const latin = new Uint8Array([...new TextEncoder().encode(good), 0x22, 0xff, 0x22]);
  assertStringIncludes(await failure("a.jsonl", latin), "line 3: found");
});

Deno.test("torn and foreign files are named", async () => {
  const parquet = parquetBytes(ROWS.slice(0, 1000));
  assertStringIncludes(
    await failure("a.parquet", parquet.slice(0, -100)),
    "expected a Parquet file",
  );
  assertStringIncludes(await failure("a.parquet", "rows"), "expected a Parquet file");
  const damaged = parquet.slice();
  damaged.fill(0xff, 5000, 9000);
  assertStringIncludes(await failure("a.parquet", damaged), "expected a Parquet file");
  const arrow = arrowBytes(ROWS.slice(0, 1000));
  assertStringIncludes(
    await failure("a.arrow", arrow.slice(0, 40_000)),
    "expected an Arrow IPC file",
  );
  assertStringIncludes(await failure("a.arrow", "rows"), "expected an Arrow IPC file");
  assertStringIncludes(
    await failure("a.csv", "id"),
    "found a.csv, expected files that end in .parquet",
  );
  await assertRejects(
    () => Array.fromAsync(readOpenOrca("nowhere.parquet")),
    DataError,
    "nowhere.parquet",
  );
});

Deno.test("a null question is a bad row", async () => {
  const rows = [ROWS[0], { ...ROWS[1], question: null as unknown as string }];
  assertStringIncludes(
    await failure("a.parquet", parquetBytes(rows)),
    "row 1, question: found null",
  );
  assertStringIncludes(await failure("a.arrow", arrowBytes(rows)), "row 1, question: found null");
  const [, empty] = await readBytes(
    "a.parquet",
    parquetBytes([ROWS[0], { ...ROWS[1], system_prompt: null as unknown as string }]),
  );
  assertEquals(empty.system_prompt, "");
});

Deno.test({
  name: "OpenOrca's own first rows are read",
  ignore: SAMPLE === undefined,
  fn: async () => {
    const rows = await Array.fromAsync(readOpenOrca(SAMPLE as string));
    assertEquals(rows.map(({ id }) => id), ["niv.242684", "flan.564327"]);
    assert(rows.every(({ question, response }) => question !== "" && response !== ""));
  },
});
