/**
 * Stages in an order in which each comes after those it reads from.
 *
 * @module
 */
import { nearest } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";
import type { Stage } from "./stage.ts";

// A stage's folder holds these beside its outputs.
const RESERVED: readonly string[] = ["stage.json", "started.json", "failure.json", "timing.json"];

function checkStage(stage: Stage, names: readonly string[]): void {
  const fail = (problem: string): never => {
    throw new ConfigError(`stage "${stage.name}": ${problem}`);
  };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stage.name)) {
    fail(`found this name, expected lower-case words joined by "-"`);
  }
  for (const input of stage.inputs) {
    if (!names.includes(input)) {
      fail(
        `found the input "${input}", which is no stage; did you mean "${nearest(input, names)}"?`,
      );
    }
  }
  if (stage.outputs.length === 0) fail("found no output, expected at least one file");
  for (const output of stage.outputs) {
    const bad = RESERVED.includes(output) || /[/\\]|\.part/.test(output) ||
      stage.outputs.indexOf(output) !== stage.outputs.lastIndexOf(output);
    if (bad) {
      fail(`found the output "${output}", expected a file name, once, other than ${RESERVED}`);
    }
  }
  for (const product of stage.products ?? []) {
    if (!stage.outputs.includes(product.output)) {
      fail(`found ${product.id} in "${product.output}", expected one of ${stage.outputs}`);
    }
  }
}

/**
 * Checks the stages and sorts them so that each comes after its inputs; stages that are free to
 * stand anywhere keep their order.
 *
 * @param targets Only these stages and what they need; all stages where there is none.
 * @throws {ConfigError} on a doubled or unfit name, an unknown input or target, and on a cycle.
 */
export function orderStages(stages: readonly Stage[], targets: readonly string[] = []): Stage[] {
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const names = [...byName.keys()];
  if (byName.size !== stages.length) {
    throw new ConfigError(
      `stages: found a name twice among ${
        stages.map((stage) => stage.name).join(", ")
      }; rename one`,
    );
  }
  stages.forEach((stage) => checkStage(stage, names));
  const order: Stage[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      throw new ConfigError(
        `stages: found the cycle ${[...path, name].join(" -> ")}; remove one of these inputs`,
      );
    }
    const stage = byName.get(name);
    if (!stage) {
      throw new ConfigError(
        `stages: found no stage "${name}"; did you mean "${nearest(name, names)}"? ` +
          `Known stages: ${names.join(", ")}`,
      );
    }
    if (order.includes(stage)) return;
    for (const input of stage.inputs) visit(input, [...path, name]);
    order.push(stage);
  };
  for (const name of targets.length > 0 ? targets : names) visit(name, []);
  return order;
}
