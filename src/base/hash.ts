/**
 * SHA-256 of bytes, text and JSON values, in lower-case hexadecimal.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./canonical_json.ts";

/** SHA-256 of bytes or of UTF-8 text: 64 hexadecimal digits. */
export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 of a value's canonical JSON; equal values have equal hashes whatever their key order. */
export function hashJson(value: Json): string {
  return sha256(canonicalJson(value));
}

/** SHA-256 of a file's bytes, read in pieces. */
export async function hashFile(path: string | URL): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}
