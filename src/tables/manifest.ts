/**
 * What a table says about its own making, so that every cell can be followed back to its sources.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { DataError } from "../base/errors.ts";
import { hashFile } from "../base/hash.ts";

/** Key of the manifest in an Arrow schema's metadata. */
export const MANIFEST_KEY = "rwr.manifest";

/** What the maker of a table knows of its making; nothing in it depends on a clock. */
export interface ManifestInput {
  /** The stage's configuration. */
  readonly config: Json;
  /** SHA-256 of every input, by the input's name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Version of the code. */
  readonly code: string;
  /** The GPU adapter; null where no GPU took part. */
  readonly adapter: string | null;
  /** The GPU driver; null where no GPU took part. */
  readonly driver: string | null;
  /** Rows that came in. */
  readonly rowsIn: number;
}

/** The manifest as it is stored. */
export interface Manifest extends ManifestInput {
  /** Kind of the table. */
  readonly kind: string;
  /** Version of Deno. */
  readonly deno: string;
  /** Rows in the table. */
  readonly rowsOut: number;
}

/** The canonical JSON that is stored under {@linkcode MANIFEST_KEY}. */
export function manifestText(kind: string, rowsOut: number, input: ManifestInput): string {
  return canonicalJson({
    kind,
    config: input.config,
    inputs: input.inputs,
    code: input.code,
    adapter: input.adapter,
    driver: input.driver,
    deno: Deno.version.deno,
    rowsIn: input.rowsIn,
    rowsOut,
  });
}

/**
 * Reads a stored manifest.
 *
 * @param path Only for the message.
 * @throws {DataError} where it is missing, is not JSON or lacks a member.
 */
export function parseManifest(text: string | undefined, path: string): Manifest {
  const members = readMembers(text);
  const missing = Object.entries(MEMBER_TYPES)
    .filter(([name, types]) => !types.includes(typeName(members?.[name])))
    .map(([name]) => name);
  if (members === undefined || missing.length > 0) {
    throw new DataError(
      `reading the manifest of ${path}: found ${
        members ? `no valid ${missing.join(", ")}` : "none"
      }, ` +
        `expected the metadata "${MANIFEST_KEY}" that this kit writes; make the table again`,
    );
  }
  return members as unknown as Manifest;
}

const MEMBER_TYPES: Readonly<Record<keyof Manifest, readonly string[]>> = {
  kind: ["string"],
  config: ["object", "null", "string", "number", "boolean"],
  inputs: ["object"],
  code: ["string"],
  adapter: ["string", "null"],
  driver: ["string", "null"],
  deno: ["string"],
  rowsIn: ["number"],
  rowsOut: ["number"],
};

const typeName = (value: unknown): string => value === null ? "null" : typeof value;

function readMembers(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 of each file, for {@linkcode ManifestInput.inputs}. */
export async function hashInputs(
  paths: Readonly<Record<string, string | URL>>,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, path] of Object.entries(paths)) hashes[name] = await hashFile(path);
  return hashes;
}
