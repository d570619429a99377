/**
 * How a command fails: the kit's own errors with their message alone, defects with their stack, and
 * nothing that the environment keeps secret.
 *
 * @module
 */
import { KitError } from "../base/errors.ts";
import { StopRequested } from "../pipeline/stage.ts";

/** What a failed command prints, and the code that it exits with. */
export interface Failure {
  /** The text, for standard error. */
  readonly text: string;
  /** 130 after a stop request, as shells expect; else 1. */
  readonly exitCode: number;
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL/i;
// Shorter values ("1", "true", a user's name) would blot out ordinary words.
const SECRET_LENGTH = 8;

/** Replaces the values of environment variables that are secret by their names. */
export function redact(text: string, environment: Readonly<Record<string, string>>): string {
  const secrets = Object.entries(environment)
    .filter(([name, value]) => SECRET_NAME.test(name) && value.length >= SECRET_LENGTH)
    // The longest first, so that one inside another leaves no remainder.
    .sort(([, a], [, b]) => b.length - a.length);
  return secrets.reduce((out, [name, value]) => out.replaceAll(value, `[${name}]`), text);
}

/** Describes why the command `name` failed. */
export function describeFailure(
  name: string,
  error: unknown,
  environment: Readonly<Record<string, string>> = Deno.env.toObject(),
): Failure {
  if (error instanceof StopRequested) {
    return { text: redact(`${name}: ${error.message}`, environment), exitCode: 130 };
  }
  if (error instanceof KitError) {
    return { text: redact(`${name}: ${error.name}: ${error.message}`, environment), exitCode: 1 };
  }
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  return {
    text: redact(`${name}: a defect of the kit, please report it:\n${stack}`, environment),
    exitCode: 1,
  };
}
