/**
 * Which variant of an operation a device runs where not the default: what a person pinned, and what
 * a timed trial found faster. A launcher asks at every dispatch, so nothing here waits.
 *
 * @module
 */

/** Why a variant is in force. */
export type ChoiceReason = "pinned" | "trial" | "default";

/** Choices in JSON, keys in order: `operation` where pinned, `operation, shape class` where tried. */
export type ChoiceRecord = { readonly [key: string]: string };

/** The choices of one device. Another variant sums in another order: its bits differ. */
export class Choices {
  #pinned = new Map<string, string>();
  #tried = new Map<string, string>();

  /** The variant in force, or undefined where it is the operation's default. */
  of(
    operation: string,
    shapeClass: string,
  ): { variant: string; reason: ChoiceReason } | undefined {
    const pinned = this.#pinned.get(operation);
    if (pinned !== undefined) return { variant: pinned, reason: "pinned" };
    const tried = this.#tried.get(keyOf(operation, shapeClass));
    return tried === undefined ? undefined : { variant: tried, reason: "trial" };
  }

  /** Runs every shape class of an operation with this variant; `undefined` takes the pin away. */
  pin(operation: string, variant: string | undefined): void {
    if (variant === undefined) this.#pinned.delete(operation);
    else this.#pinned.set(operation, variant);
  }

  /** The variant that every shape class of the operation is pinned to, if any. */
  pinned(operation: string): string | undefined {
    return this.#pinned.get(operation);
  }

  /** Runs one shape class of an operation with what a trial picked, unless it is pinned. */
  adopt(operation: string, shapeClass: string, variant: string): void {
    this.#tried.set(keyOf(operation, shapeClass), variant);
  }

  /**
   * Every choice that may differ from the defaults, as stages and manifests record it; undefined
   * where there is none.
   */
  record(): ChoiceRecord | undefined {
    const tried = [...this.#tried].filter(([key]) => !this.#pinned.has(key.split(", ")[0]));
    const all = [...this.#pinned, ...tried].sort(([a], [b]) => a < b ? -1 : 1);
    return all.length ? Object.fromEntries(all) : undefined;
  }
}

const keyOf = (operation: string, shapeClass: string): string => `${operation}, ${shapeClass}`;
