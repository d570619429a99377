import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cardText } from "../../src/distill/card.ts";
import { reportPage } from "../../src/distill/report.ts";
import { readRunFacts, type RunFacts } from "../../src/distill/run_facts.ts";
import { readRows } from "../../src/tables/mod.ts";
import { runCommandLine } from "../command_line.ts";
import { environmentOf, startTeacher, writeSource } from "./made_run.ts";

const HOSTILE = "<script>alert(1)</script> | **bold** `x`";

/** A run over `rows` rows; the teacher fails some for good. */
async function inRun(
  rows: number,
  more: readonly string[],
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const runs = await Deno.makeTempDir();
  try {
    await using server = startTeacher({ permanentShare: 0.1, permanentKinds: ["refusal"] });
    await writeSource(`${runs}/rows.jsonl`, rows);
    const args = ["distill", "--source", `${runs}/rows.jsonl`, "--limit", String(rows)];
    const all = [...args, "--runs", runs, ...more];
    const { code, err } = await runCommandLine(all, environmentOf(server));
    assertEquals(code, 0, err);
    await test(`${runs}/distill/distill`);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

/** Rows of the table under a heading: the first column, and the others. */
function tableOf(card: string, heading: string): [string, string[]][] {
  const lines = card.slice(card.indexOf(heading)).split("\n");
  const from = lines.findIndex((line) => line.startsWith("|"));
  const body = lines.slice(from + 2, lines.findIndex((line, i) => i > from && line === ""));
  return body.map((line) => {
    const [name, ...cells] = line.split("|").slice(1, -1).map((cell) => cell.trim());
    return [name.replaceAll("\\", ""), cells];
  });
}

const rowOf = (card: string, heading: string, name: string): string[] =>
  tableOf(card, heading).find(([first]) => first === name)![1];

Deno.test("card and report tell what the tables hold, and are the same each time", async () => {
  await inRun(1150, [], async (directory) => {
    const notes = (await Promise.all(["00000", "00001"].map((part) =>
      readRows(`${directory}/notes/part-${part}.arrow`, "notes")
    ))).flat();
    const count = (set: string | null) =>
      notes.filter((row) =>
        row.set === set
      ).length;
    const card = await Deno.readTextFile(`${directory}/card.md`);
    assertEquals(rowOf(card, "## How many", "D_f"), [String(count("D_f"))]);
    assertEquals(rowOf(card, "## How many", "D_e"), [String(count("D_e"))]);
    const all = rowOf(card, "### By source", "all");
    assertEquals(all.slice(0, 3), ["1150", String(count("D_f")), String(count("D_e"))]);
    const rejected = tableOf(card, "### Rejected").map(([, cells]) => Number(cells[1]));
    assertEquals(rejected.reduce((a, b) => a + b), count(null));
    assertStringIncludes(card, "asked a second time about 40 notes");
    assertStringIncludes(card, "license: unknown");
    const facts = await readRunFacts(directory);
    assertEquals(cardText(facts), card);
    const report = await Deno.readTextFile(`${directory}/report.html`);
    assertEquals(await reportPage(facts), report);
    for (const id of ["acceptance", "note-length", "selection"]) {
      assertStringIncludes(report, `id="figure-${id}"`);
    }
    assert(
      !/<(script|link|img)[^>]*(src|href)="?http/.test(report),
      "the report opens without a network",
    );
    assertEquals(facts.examples.get("D_f")?.length, 3);
    assert([...facts.examples.keys()].some((kind) => kind.startsWith("rejected: full")));
  });
});

Deno.test("the card's way of loading the set works", async () => {
  await inRun(40, ["--verifier", "exact"], async (directory) => {
    const card = await Deno.readTextFile(`${directory}/card.md`);
    assertStringIncludes(card, "No note was judged a second time.");
    const code = /```ts\n(.*?)```/s.exec(card)![1];
    const kit = new URL("../../mod.ts", import.meta.url).href;
    const script = `${directory}/load.ts`;
    const loading = code.replace('"@rwr/kit"', JSON.stringify(kit));
    await Deno.writeTextFile(script, `${loading}\nexport const loaded = notes.length;\n`);
    const before = Deno.cwd();
    Deno.chdir(directory);
    try {
      const { loaded } = await import(`file://${script}`);
      const summary = JSON.parse(await Deno.readTextFile(`${directory}/summary.json`));
      assertEquals(loaded, summary.all.full);
      assert(loaded > 0);
    } finally {
      Deno.chdir(before);
    }
  });
});

Deno.test("text of rows, rules and files is text in the card and in the report", async () => {
  await inRun(30, ["--verifier", "exact"], async (directory) => {
    const facts = await readRunFacts(directory);
    const [row] = facts.examples.get("D_f")!;
    const hostile: RunFacts = {
      ...facts,
      summary: {
        ...facts.summary,
        byType: { [HOSTILE]: facts.summary.all },
        rejected: { [`full: ${HOSTILE}`]: 3 },
      },
      examples: new Map([[HOSTILE, [{ ...row, query: HOSTILE, context: HOSTILE, note: null }]]]),
    };
    const report = await reportPage(hostile);
    assert(!report.includes("<script>alert"));
    assertStringIncludes(report, "&lt;script&gt;alert(1)");
    const card = cardText(hostile);
    const line = card.split("\n").find((line) => line.includes("alert"))!;
    assertEquals(line.split(/(?<!\\)\|/).length, 8, line);
    assert(!card.includes("<script>"));
  });
});

Deno.test("a run in which no note was accepted has a card and a report", async () => {
  const runs = await Deno.makeTempDir();
  try {
    await using server = startTeacher({ permanentShare: 1, permanentKinds: ["refusal"] });
    await writeSource(`${runs}/rows.jsonl`, 20);
    const args = ["distill", "--source", `${runs}/rows.jsonl`, "--runs", runs];
    const { code, out, err } = await runCommandLine(args, environmentOf(server));
    assertEquals(code, 0, err);
    assertStringIncludes(out, "0 notes accepted");
    const card = await Deno.readTextFile(`${runs}/distill/distill/card.md`);
    assertEquals(rowOf(card, "## How many", "D_f"), ["0"]);
    const report = await Deno.readTextFile(`${runs}/distill/distill/report.html`);
    assert(!report.includes('id="figure-note-length"'));
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
});
