/**
 * `@std/assert` where JSR cannot be reached: the same functions from npm's copy of the standard
 * library, which is JavaScript, with the types that `jsr:@std/assert` gives them.
 *
 * @module
 */
import * as std from "deno-std/assert/mod.js";

type Constructor<T> = abstract new (...args: never[]) => T;

/** Thrown by every assertion that fails. */
export const AssertionError: new (message: string, options?: ErrorOptions) => Error =
  std.AssertionError;

/** `expr` is truthy. */
export const assert: (expr: unknown, msg?: string) => asserts expr = std.assert;

/** `expr` is falsy. */
export const assertFalse: (expr: unknown, msg?: string) => void = std.assertFalse;

/** Deep equality. */
export const assertEquals: <T>(actual: T, expected: T, msg?: string) => void = std.assertEquals;

/** Deep inequality. */
export const assertNotEquals: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertNotEquals;

/** `Object.is`. */
export const assertStrictEquals: <T>(
  actual: unknown,
  expected: T,
  msg?: string,
) => asserts actual is T = std.assertStrictEquals;

/** Not `Object.is`. */
export const assertNotStrictEquals: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertNotStrictEquals;

/** Two numbers within `tolerance` of each other. */
export const assertAlmostEquals: (
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
) => void = std.assertAlmostEquals;

/** Neither null nor undefined. */
export const assertExists: <T>(actual: T, msg?: string) => asserts actual is NonNullable<T> =
  std.assertExists;

/** An instance of `expectedType`. */
export const assertInstanceOf: <T>(
  actual: unknown,
  expectedType: Constructor<T>,
  msg?: string,
) => asserts actual is T = std.assertInstanceOf;

/** `actual` holds every element of `expected`. */
export const assertArrayIncludes: <T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  msg?: string,
) => void = std.assertArrayIncludes;

/** `actual` holds every member of `expected`. */
export const assertObjectMatch: (
  actual: Record<PropertyKey, unknown>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
) => void = std.assertObjectMatch;

/** `actual` contains `expected`. */
export const assertStringIncludes: (actual: string, expected: string, msg?: string) => void =
  std.assertStringIncludes;

/** `actual` matches `expected`. */
export const assertMatch: (actual: string, expected: RegExp, msg?: string) => void =
  std.assertMatch;

/** `actual` does not match `expected`. */
export const assertNotMatch: (actual: string, expected: RegExp, msg?: string) => void =
  std.assertNotMatch;

/** `actual > expected`. */
export const assertGreater: <T>(actual: T, expected: T, msg?: string) => void = std.assertGreater;

/** `actual >= expected`. */
export const assertGreaterOrEqual: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertGreaterOrEqual;

/** `actual < expected`. */
export const assertLess: <T>(actual: T, expected: T, msg?: string) => void = std.assertLess;

/** `actual <= expected`. */
export const assertLessOrEqual: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertLessOrEqual;

/** `fn` throws; yields what it threw. */
export const assertThrows: {
  (fn: () => unknown, msg?: string): unknown;
  <E extends Error = Error>(
    fn: () => unknown,
    errorClass: Constructor<E>,
    includes?: string,
    msg?: string,
  ): E;
} = std.assertThrows;

/** `fn` rejects; yields what it rejected with. */
export const assertRejects: {
  (fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
  <E extends Error = Error>(
    fn: () => PromiseLike<unknown>,
    errorClass: Constructor<E>,
    includes?: string,
    msg?: string,
  ): Promise<E>;
} = std.assertRejects;

/** Fails at once. */
export const fail: (msg?: string) => never = std.fail;
