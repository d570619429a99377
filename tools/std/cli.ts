/**
 * `@std/cli` where JSR cannot be reached: `parseArgs` from npm's copy of the standard library,
 * which is JavaScript, with the types that `jsr:@std/cli` gives to the options listed here.
 *
 * @module
 */
import * as std from "deno-std/cli/parse_args.js";

/** What {@linkcode parseArgs} is told; the options that the kit's commands may use. */
export interface ParseOptions<
  B extends string,
  S extends string,
  C extends string,
  D extends Record<string, unknown>,
> {
  /** Flags that take no value. */
  readonly boolean?: readonly B[];
  /** Flags whose value is text, never read as a number. */
  readonly string?: readonly S[];
  /** Flags that may be given more than once. */
  readonly collect?: readonly C[];
  /** Boolean flags that `--no-…` turns off. */
  readonly negatable?: readonly string[];
  /** Other names of a flag. */
  readonly alias?: Record<string, string | readonly string[]>;
  /** Values of flags that are not given. */
  readonly default?: D;
  /** Everything after the first positional argument is positional. */
  readonly stopEarly?: boolean;
  /** Called for each argument that is not listed; `false` drops it. */
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@linkcode parseArgs} yields. */
export type Args<
  B extends string,
  S extends string,
  C extends string,
  D extends Record<string, unknown>,
> =
  & { [K in B]: boolean }
  & { [K in Exclude<S, C>]: K extends keyof D ? string | D[K] : string | undefined }
  & { [K in S & C]: string[] }
  & { _: (string | number)[] };

/** Reads command-line arguments. */
export const parseArgs: <
  const B extends string = never,
  const S extends string = never,
  const C extends string = never,
  D extends Record<string, unknown> = Record<never, never>,
>(args: string[], options?: ParseOptions<B, S, C, D>) => Args<B, S, C, D> = std.parseArgs;
