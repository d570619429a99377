/**
 * Takes a finished run's table and figure into the repository: `deno run -A tools/run.ts run -A
 * tools/publish_results.ts [runs/tiny]` copies them to data/tiny/results and rewrites the README's
 * table between its markers, so that no number there is typed by hand.
 *
 * @module
 */
import { DataError } from "../src/base/errors.ts";
import { exists, writeFileAtomic } from "../src/base/files.ts";

const run = Deno.args[0] ?? "runs/tiny";
const target = "data/tiny/results";
const [START, END] = ["<!-- results: deno task reproduce -->", "<!-- /results -->"];

if (!await exists(`${run}/report.html`)) {
  throw new DataError(
    `publishing results: found no ${run}/report.html; run deno task reproduce first`,
  );
}
const copies = [
  ["figures/table-1/table-1.csv", "table-1.csv"],
  ["figures/table-1/table-1.md", "table-1.md"],
  ["figures/accuracy-by-length/accuracy-by-length.png", "accuracy-by-length.png"],
  ["figures/accuracy-by-length/accuracy-by-length.svg", "accuracy-by-length.svg"],
  ["scores/summary.json", "summary.json"],
];
for (const [from, to] of copies) {
  await writeFileAtomic(`${target}/${to}`, await Deno.readFile(`${run}/${from}`));
}
const readme = await Deno.readTextFile("README.md");
const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
if (start < 0 || end < start) {
  throw new DataError(`publishing results: README.md lacks the markers ${START} … ${END}`);
}
const table = await Deno.readTextFile(`${target}/table-1.md`);
const body = `${START}\n\n${table}\n`;
await writeFileAtomic("README.md", readme.slice(0, start) + body + readme.slice(end));
console.log(`wrote ${target} and the table of README.md from ${run}`);
