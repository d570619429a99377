/**
 * Flags of a command, read strictly: an unknown flag, a missing value, a value of the wrong kind, a
 * flag given twice or a stray argument ends the command with a message that says what was meant.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";

/** What values a flag takes: none, one text, one whole number, or any number of texts. */
export type FlagKind = "switch" | "text" | "integer" | "list";

/** A command's flags by name, without the dashes. */
export type FlagKinds = Readonly<Record<string, FlagKind>>;

/** The value of a flag; undefined where it was not given and cannot be empty. */
type FlagValue<K extends FlagKind> = K extends "switch" ? boolean
  : K extends "list" ? string[]
  : K extends "integer" ? number | undefined
  : string | undefined;

/** What {@linkcode parseFlags} yields. */
export interface ParsedFlags<F extends FlagKinds> {
  /** A value for each known flag. */
  readonly flags: { readonly [N in keyof F]: FlagValue<F[N]> };
  /** Arguments that belong to no flag. */
  readonly positional: readonly string[];
}

const fail = (message: string): never => {
  throw new ConfigError(`command line: ${message}`);
};

function one(name: string, values: readonly string[]): string | undefined {
  if (values.length > 1) fail(`found --${name} ${values.length} times, expected it once`);
  if (values[0] === "") fail(`found --${name} without a value; write --${name}=VALUE`);
  return values[0];
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    fail(`found --${name}=${text}, expected a whole number`);
  }
  return Number(text);
}

/** Names by what the parser has to do with them. */
function split(kinds: FlagKinds): { switches: string[]; valued: string[] } {
  const names = Object.keys(kinds);
  return {
    switches: names.filter((name) => kinds[name] === "switch"),
    valued: names.filter((name) => kinds[name] !== "switch"),
  };
}

/**
 * Reads a command's arguments.
 *
 * @param args What stands after the command's name.
 * @param kinds The flags that the command knows.
 * @param maxPositional How many arguments may stand without a flag.
 * @throws {ConfigError} that names the nearest known flag, or what was expected.
 */
export function parseFlags<const F extends FlagKinds>(
  args: readonly string[],
  kinds: F,
  maxPositional = 0,
): ParsedFlags<F> {
  const { switches, valued } = split(kinds);
  const parsed = parseArgs([...args], {
    boolean: switches,
    string: [...valued, "_"],
    collect: valued,
    unknown: (argument, key) => {
      if (key === undefined || key === "") return true;
      const names = Object.keys(kinds);
      const known = names.map((name) => `--${name}`).join(", ");
      fail(
        `found the unknown flag ${argument}; ` +
          (names.length === 0
            ? "this command has no flags"
            : `did you mean --${nearest(key, names)}? Known flags: ${known}`),
      );
    },
  }) as Record<string, unknown>;
  const positional = (parsed._ as (string | number)[]).map(String);
  if (positional.length > maxPositional) {
    fail(
      `found the argument "${positional[maxPositional]}", expected ` +
        `${maxPositional === 0 ? "flags alone" : `at most ${maxPositional} without a flag`}`,
    );
  }
  const flags = Object.entries(kinds).map(([name, kind]) => {
    if (kind === "switch") return [name, parsed[name] === true];
    const values = parsed[name] as string[];
    if (kind === "list") return [name, values.flatMap((value) => one(name, [value]) ?? [])];
    const value = one(name, values);
    return [name, kind === "integer" ? wholeNumber(name, value) : value];
  });
  return { flags: Object.fromEntries(flags), positional };
}
