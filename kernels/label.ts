/**
 * Names of kernels.
 *
 * @module
 */

/** The values of nested constants, in order. */
function flat(value: unknown): string[] {
  if (value === undefined) return ["-"];
  if (typeof value === "boolean") return [`${Number(value)}`];
  return typeof value === "object" ? Object.values(value!).flatMap(flat) : [`${value}`];
}

/**
 * An operation with all that is baked into its text; kernels of one name are compiled once.
 *
 * @param constants Numbers, words and records of them, the same fields at every call; an absent one
 * counts.
 */
export function labelOf(operation: string, constants: object): string {
  return `${operation} ${flat(constants).join(" ")}`;
}
