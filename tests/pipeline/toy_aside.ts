/** Toy stages of which two can be made at once, for tests of runs in several lanes. */
import { writeFileAtomic } from "../../src/base/files.ts";
import type { Stage } from "../../src/pipeline/stage.ts";

export interface ToyThreadOrder {
  /** A stage that fails at its third unit, and how: by the kit's error, by a defect, by a crash. */
  readonly fails?: { readonly stage: string; readonly how: "kit" | "defect" | "crash" };
  /** Version of the stages. */
  readonly version?: number;
  /** Milliseconds of a unit. */
  readonly unitMs?: number;
}

export interface AsideOptions {
  /** Version of the stages. */
  readonly version?: number;
  /** Called before each unit of work. */
  readonly onUnit?: (name: string, unit: number) => void | Promise<void>;
}

const UNITS = 5;

/** start -> left, right (both aside) -> clock (alone), late (aside), end. */
export function asideStages({ version = 1, onUnit }: AsideOptions = {}): Stage[] {
  const stage = (name: string, inputs: string[], place?: Stage["place"]): Stage => ({
    name,
    inputs,
    config: {},
    version,
    outputs: ["text.txt"],
    expectedSeconds: 1,
    place,
    async run(context) {
      const kept = `${context.directory}/units.txt`;
      let text = await Deno.readTextFile(kept).catch(() => "");
      for (let unit = text.length; unit < UNITS; unit++) {
        context.checkStop();
        await onUnit?.(name, unit);
        text += String(unit);
        await writeFileAtomic(kept, text);
        context.progress(unit + 1, UNITS);
      }
      const read = inputs.map((input) => context.inputHashes[`${input}/text.txt`]);
      await writeFileAtomic(context.output("text.txt"), [name, text, ...read].join(" "));
    },
  });
  return [
    stage("start", []),
    stage("left", ["start"], "aside"),
    stage("right", ["start"], "aside"),
    stage("clock", ["right"], "alone"),
    stage("late", ["left", "right"], "aside"),
    stage("end", ["left", "right"]),
  ];
}
