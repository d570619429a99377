/**
 * Strict decoding of configurations: every key known, every value of its kind and range, and a
 * misspelt key answered with the nearest valid one.
 *
 * @module
 */
import { ConfigError } from "./errors.ts";

/** Reads one value, or throws {@linkcode ConfigError} with `path` in its message. */
export type Decoder<T> = (value: unknown, path: string) => T;

/** What a decoder yields. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

function fail(path: string, value: unknown, expected: string): never {
  throw new ConfigError(`configuration ${path}: found ${show(value)}, expected ${expected}`);
}

/** A finite number within [min, max]. */
export function number(min = -Infinity, max = Infinity): Decoder<number> {
  return (value, path) => {
    if (typeof value !== "number" || !Number.isFinite(value) || value < min || value > max) {
      fail(path, value, `a number from ${min} to ${max}`);
    }
    return value;
  };
}

/** A whole number within [min, max]. */
export function integer(min = 0, max: number = Number.MAX_SAFE_INTEGER): Decoder<number> {
  return (value, path) => {
    if (!Number.isSafeInteger(value) || (value as number) < min || (value as number) > max) {
      fail(path, value, `a whole number from ${min} to ${max}`);
    }
    return value as number;
  };
}

/** Any text. */
export function text(value: unknown, path: string): string {
  return typeof value === "string" ? value : fail(path, value, "text");
}

/** true or false. */
export function flag(value: unknown, path: string): boolean {
  return typeof value === "boolean" ? value : fail(path, value, "true or false");
}

/** One of the given words. */
export function oneOf<const T extends string>(...words: readonly T[]): Decoder<T> {
  return (value, path) =>
    words.find((word) => word === value) ?? fail(path, value, `one of ${words.join(", ")}`);
}

/** A list of values of one kind. */
export function list<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path) =>
    Array.isArray(value)
      ? value.map((entry, i) => item(entry, `${path}[${i}]`))
      : fail(path, value, "a list");
}

/** An object with exactly these keys. */
export function object<T extends Record<string, Decoder<unknown>>>(
  members: T,
): Decoder<{ [K in keyof T]: Decoded<T[K]> }> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      fail(path, value, "an object");
    }
    const known = Object.keys(members);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(members, key)) {
        throw new ConfigError(
          `configuration ${path}: unknown key "${key}"; did you mean "${nearest(key, known)}"? ` +
            `Known keys: ${known.join(", ")}`,
        );
      }
    }
    const entries = known.map((key) => {
      if (!Object.hasOwn(value, key)) {
        throw new ConfigError(`configuration ${path}: the key "${key}" is missing; add it`);
      }
      return [key, members[key]((value as Record<string, unknown>)[key], `${path}.${key}`)];
    });
    return Object.fromEntries(entries) as { [K in keyof T]: Decoded<T[K]> };
  };
}

/** The candidate with the smallest edit distance from `word`. */
export function nearest(word: string, candidates: readonly string[]): string {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next.push(
          Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)),
        );
      }
      row = next;
    }
    return row[b.length];
  };
  // Part of a name says more than letters in common.
  const containing = word.length > 2 && candidates.find((candidate) => candidate.includes(word));
  if (containing) return containing;
  return candidates.reduce(
    (best, c) => distance(word, c) < distance(word, best) ? c : best,
    candidates[0] ?? "",
  );
}
