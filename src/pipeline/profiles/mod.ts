/**
 * The registry of profiles.
 *
 * @module
 */
import { nearest } from "../../base/config.ts";
import { ConfigError } from "../../base/errors.ts";
import { overrideProfile, type Profile } from "../profile.ts";
import { paper } from "./paper.ts";
import { small } from "./small.ts";
import { smoke } from "./smoke.ts";
import { tiny } from "./tiny.ts";

/** Every profile by name. */
export const PROFILES: Readonly<Record<string, Profile>> = { tiny, smoke, small, paper };

/**
 * The profile of that name with settings of the command line.
 *
 * @param settings `path=value` each, as {@linkcode overrideProfile} takes them.
 * @throws {ConfigError} on an unknown name, key or value.
 */
export function loadProfile(name: string, settings: readonly string[] = []): Profile {
  const names = Object.keys(PROFILES);
  if (!names.includes(name)) {
    throw new ConfigError(
      `profile: found no "${name}"; did you mean "${nearest(name, names)}"? ` +
        `Known profiles: ${names.join(", ")}`,
    );
  }
  return overrideProfile(PROFILES[name], settings);
}
