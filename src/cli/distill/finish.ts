/**
 * What a distillation run leaves when all of its parts are there.
 *
 * @module
 */
import { canonicalJson } from "../../base/canonical_json.ts";
import { exists, writeFileAtomic } from "../../base/files.ts";
import { writeCard } from "../../distill/card.ts";
import { partPath } from "../../distill/parts.ts";
import { reaskedAgreement } from "../../distill/reasked.ts";
import { writeDistillationReport } from "../../distill/report.ts";
import { readRunFacts } from "../../distill/run_facts.ts";
import { summarise } from "../../distill/summary.ts";

/** Counts what became of the rows; a run that lacks a part is left as it is. */
export async function finish(directory: string, parts: number): Promise<void> {
  for (let part = 0; part < parts; part++) {
    if (!await exists(partPath(`${directory}/notes`, part))) return;
  }
  const { all, ...rest } = await summarise(`${directory}/notes`, parts);
  await writeFileAtomic(
    `${directory}/summary.json`,
    canonicalJson(
      { all: { ...all }, ...rest, reasked: await reaskedAgreement(directory, parts) } as never,
    ),
  );
  const facts = await readRunFacts(directory);
  await writeCard(directory, facts);
  await writeDistillationReport(directory, facts);
  console.log(
    `${all.rows} rows: ${all.full} notes accepted (D_f), ${all.empty} empty notes (D_e); ` +
      `see ${directory}/report.html and card.md`,
  );
}
