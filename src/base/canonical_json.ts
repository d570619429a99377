/**
 * JSON with sorted keys and no white space, so that equal values have equal bytes and hashes.
 *
 * @module
 */
import { DataError } from "./errors.ts";

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | {
  readonly [key: string]: Json | undefined;
};

/**
 * Serialises `value` with keys in code-unit order; `undefined` members are left out.
 *
 * @throws {DataError} on a number that JSON cannot hold (NaN, infinity).
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new DataError(
        `canonical JSON: found ${value}, expected a finite number; use null for a missing value`,
      );
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const object = value as { readonly [key: string]: Json | undefined };
  const members: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}
