/**
 * Strict reading of golden vectors: every member known, every tensor of its shape, and a message that
 * names the case and the field.
 *
 * @module
 */
import { nearest } from "../src/base/config.ts";
import { DataError } from "../src/base/errors.ts";
import type { HostTensor } from "./case.ts";

/** An object's members. @throws {DataError} where `value` is no object. */
export function membersOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DataError(
      `${where}: found ${describe(value)}, expected an object; write the file again`,
    );
  }
  return value as Record<string, unknown>;
}

/** An object of the file with the place it stands at. */
export class GoldenFields {
  readonly #members: Readonly<Record<string, unknown>>;

  /**
   * Checks that there is nothing but what is known.
   *
   * @param where The place, as messages name it.
   * @param known The members it may have.
   * @throws {DataError} where `value` is no object or has another member.
   */
  constructor(value: unknown, readonly where: string, known: readonly string[]) {
    this.#members = membersOf(value, where);
    const stray = Object.keys(this.#members).find((name) => !known.includes(name));
    if (stray !== undefined) {
      throw new DataError(
        `${where}: found the unknown member "${stray}"; did you mean "${nearest(stray, known)}"? ` +
          `Known members: ${known.join(", ")}`,
      );
    }
  }

  /** Names of the members that are there. */
  get names(): string[] {
    return Object.keys(this.#members);
  }

  /** Whether a member is there. */
  has(name: string): boolean {
    return Object.hasOwn(this.#members, name);
  }

  /** Ends with a message about one member: what was found and what was expected. */
  fail(name: string, found: string, expected: string): never {
    throw new DataError(
      `${this.where}, ${name}: found ${found}, expected ${expected}; write the file again`,
    );
  }

  /** A member's raw value. @throws {DataError} where it is missing. */
  value(name: string): unknown {
    return this.has(name) ? this.#members[name] : this.fail(name, "nothing", "it to be there");
  }

  /** A member that is text, not empty. */
  text(name: string): string {
    const value = this.value(name);
    return typeof value === "string" && value !== ""
      ? value
      : this.fail(name, describe(value), "text");
  }

  /** A member that is true or false. */
  flag(name: string): boolean {
    const value = this.value(name);
    return typeof value === "boolean" ? value : this.fail(name, describe(value), "true or false");
  }

  /** A member that is a number, 0 or more. */
  bound(name: string): number {
    const value = this.value(name);
    return typeof value === "number" && value >= 0 && Number.isFinite(value)
      ? value
      : this.fail(name, describe(value), "a number from 0 on");
  }

  /** A member that is a list with something in it. */
  list(name: string): readonly unknown[] {
    const value = this.value(name);
    return Array.isArray(value) && value.length > 0
      ? value
      : this.fail(name, describe(value), "a list that is not empty");
  }

  /** A member that is an object with members of the given names. */
  object(name: string, known: readonly string[]): GoldenFields {
    return new GoldenFields(this.value(name), `${this.where}, ${name}`, known);
  }

  /**
   * A member that is a tensor `{ shape, f32 }`.
   *
   * @param expected Its shape; any of one or more axes where absent.
   */
  tensor(name: string, expected?: readonly number[]): HostTensor {
    const fields = this.object(name, ["shape", "f32"]);
    const shape = fields.list("shape").map((size) =>
      Number.isSafeInteger(size) && (size as number) > 0
        ? size as number
        : fields.fail("shape", describe(size), "whole numbers from 1 on")
    );
    if (expected && `${shape}` !== `${expected}`) {
      fields.fail("shape", `[${shape}]`, `[${expected}]`);
    }
    const bytes = base64(fields);
    const size = shape.reduce((product, n) => product * n, 1);
    if (bytes.length !== 4 * size) {
      fields.fail("f32", `${bytes.length} bytes`, `${4 * size} for shape [${shape}]`);
    }
    return { data: new Float32Array(bytes.buffer), shape };
  }
}

function base64(fields: GoldenFields): Uint8Array<ArrayBuffer> {
  const text = fields.text("f32");
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: "strict" });
  } catch {
    return fields.fail("f32", `${describe(text)}`, "base64 of little-endian 32-bit floats");
  }
}

const LONGEST = 40;

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
