/**
 * Golden vectors: inputs with the results that another implementation gave for them.
 *
 * A file is `{ "source": text, "cases": [case, …] }`, a tensor `{ "shape": […], "f32": base64 of
 * little-endian 32-bit floats, row-major }`. Each case names its operation (`op`, else
 * `selective_scan`); the operation's folder says what else it holds.
 *
 * @module
 */
import { nearest } from "../src/base/config.ts";
import { DataError } from "../src/base/errors.ts";
import type { KernelCase, KernelSuite } from "./case.ts";
import { GoldenFields, membersOf } from "./golden_fields.ts";
import { scanGolden } from "./selective_scan/golden.ts";

/** How an operation reads a case, without `op`. */
type GoldenReader = (value: unknown, where: string) => KernelCase;

const DEFAULT_OPERATION = "selective_scan";
const READERS: Readonly<Record<string, GoldenReader>> = { selective_scan: scanGolden };

/**
 * Reads golden vectors as a suite whose reference is what the file expects.
 *
 * @param text The file's text.
 * @param path Names the file in messages.
 * @throws {DataError} that names the case and the field where the file is not as it should be.
 */
export function goldenSuite(text: string, path: string): KernelSuite {
  const file = new GoldenFields(parse(text, path), `golden vectors ${path}`, ["source", "cases"]);
  file.text("source");
  const cases = file.list("cases").map((value, i) => goldenCase(value, `${file.where}, case ${i}`));
  return { name: "golden", cases: () => cases };
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(
      `golden vectors ${path}: ${(error as SyntaxError).message}, expected JSON; ` +
        `write the file again`,
      { cause: error },
    );
  }
}

/** Takes `op` off and hands the rest to its reader. */
function goldenCase(value: unknown, where: string): KernelCase {
  const { op = DEFAULT_OPERATION, ...rest } = membersOf(value, where);
  const named = typeof rest.name === "string" ? `${where} "${rest.name}"` : where;
  const known = Object.keys(READERS);
  if (typeof op !== "string" || !Object.hasOwn(READERS, op)) {
    throw new DataError(
      `${named}, op: found ${JSON.stringify(op)}; did you mean "${nearest(String(op), known)}"? ` +
        `Known operations: ${known.join(", ")}`,
    );
  }
  return READERS[op](rest, named);
}
