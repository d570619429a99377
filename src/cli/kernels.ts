/**
 * What the commands over kernels share: choosing among them.
 *
 * @module
 */
import { KERNELS, type RegisteredKernel } from "../../kernels/registry.ts";
import { nearest } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";

/**
 * The registered kernels of the given names, in the registry's order; all where there is no name.
 *
 * @throws {ConfigError} that suggests the nearest name for an unknown one.
 */
export function chooseKernels(names: readonly string[]): readonly RegisteredKernel[] {
  const known = KERNELS.map(({ suite }) => suite.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError(
      `command line: found --kernel=${unknown}; did you mean "${nearest(unknown, known)}"? ` +
        `Known kernels: ${known.join(", ")}`,
    );
  }
  return KERNELS.filter(({ suite }) => names.length === 0 || names.includes(suite.name));
}
