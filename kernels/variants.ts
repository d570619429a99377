/**
 * Variants of an operation: the same result by other ways, one for adapters where loads are the
 * cost, one for those with many cores. An operation declares its variants once; its launcher asks
 * {@linkcode variantOf} at every dispatch.
 *
 * @module
 */
import { nearest } from "../src/base/config.ts";
import { ConfigError, DeviceError } from "../src/base/errors.ts";
import type { ChoiceReason } from "../src/gpu/choices.ts";
import type { Gpu } from "../src/gpu/gpu.ts";

/** The variants of one operation. */
export interface Variants<Name extends string = string> {
  /** The operation, as `--variant operation=name` and `doctor --tune` call it. */
  readonly operation: string;
  /** Each variant's name, with whether an adapter can run it. */
  readonly variants: Readonly<Record<Name, (gpu: Gpu) => boolean>>;
  /** The variant without a trial, by adapter kind and shape class. */
  readonly byDefault: (gpu: Gpu, shapeClass: string) => Name;
}

/** An operation's variants with the work by which a trial picks among them. */
export interface Tuning {
  /** What there is to pick from. */
  readonly set: Variants;
  /** One piece of work for each shape class. */
  readonly trials: readonly VariantTrial[];
}

/** Work that stands for a class of shapes. */
export interface VariantTrial {
  /** The class, as the launcher names it. */
  readonly shapeClass: string;
  /** Sizes of the work. */
  readonly shape: string;
  /** Makes the operands in the scope around it and yields what encodes one run. */
  readonly prepare: (gpu: Gpu) => () => void;
}

/** A variant that every adapter runs. */
export const anywhere = (): boolean => true;

/** A variant that needs subgroups. */
export const withSubgroups = (gpu: Gpu): boolean => gpu.subgroupSize > 0;

/** The names of those variants that this adapter can run. */
export function runnable({ variants }: Variants, gpu: Gpu): string[] {
  return Object.keys(variants).filter((name) => variants[name](gpu));
}

/** The variant in force, with the reason. */
export function choiceOf(
  gpu: Gpu,
  set: Variants,
  shapeClass: string,
): { readonly variant: string; readonly reason: ChoiceReason } {
  return gpu.choices.of(set.operation, shapeClass) ??
    { variant: set.byDefault(gpu, shapeClass), reason: "default" };
}

/** The variant that a launcher has to run for operands of this shape class. */
export function variantOf<Name extends string>(
  gpu: Gpu,
  set: Variants<Name>,
  shapeClass: string,
): Name {
  return choiceOf(gpu, set, shapeClass).variant as Name;
}

/** Runs `body` with a variant pinned, and puts back what was. */
export function withVariant<T>(gpu: Gpu, operation: string, variant: string, body: () => T): T {
  const before = gpu.choices.pinned(operation);
  gpu.choices.pin(operation, variant);
  try {
    return body();
  } finally {
    gpu.choices.pin(operation, before);
  }
}

/**
 * Checks that there is such a variant and that the adapter can run it.
 *
 * @param known The operations that have variants.
 * @throws {ConfigError} that lists what is known.
 * @throws {DeviceError} where the adapter cannot run it.
 */
export function checkVariant(
  gpu: Gpu,
  known: readonly Variants[],
  operation: string,
  variant: string,
): void {
  const operations = known.map((set) => set.operation);
  const set = known.find((set) => set.operation === operation);
  if (!set) {
    throw new ConfigError(
      `variants: found the operation "${operation}", did you mean ` +
        `"${nearest(operation, operations)}"? Operations with variants: ${operations.join(", ")}`,
    );
  }
  const names = Object.keys(set.variants);
  if (!names.includes(variant)) {
    throw new ConfigError(
      `variants: found ${operation}=${variant}, did you mean "${nearest(variant, names)}"? ` +
        `Variants of ${operation}: ${names.join(", ")}`,
    );
  }
  if (!set.variants[variant](gpu)) {
    throw new DeviceError(
      `variants: ${gpu.facts.adapter} cannot run ${operation}=${variant}; it runs ` +
        `${runnable(set, gpu).join(", ")}`,
    );
  }
}

/**
 * Pins variants by text.
 *
 * @param texts `operation=variant` each.
 * @throws {ConfigError} where one is not known, or an operation is named twice.
 * @throws {DeviceError} where the adapter cannot run one; nothing is pinned then.
 */
export function pinVariants(gpu: Gpu, known: readonly Variants[], texts: readonly string[]): void {
  const pins = new Map<string, string>();
  for (const text of texts) {
    const [, operation, variant] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (operation === undefined) {
      throw new ConfigError(
        `variants: found "${text}", expected operation=variant, such as ` +
          `${known[0].operation}=${Object.keys(known[0].variants)[0]}`,
      );
    }
    if (pins.has(operation)) {
      throw new ConfigError(`variants: found ${operation} twice, expected one variant for it`);
    }
    checkVariant(gpu, known, operation, variant);
    pins.set(operation, variant);
  }
  for (const [operation, variant] of pins) gpu.choices.pin(operation, variant);
}
