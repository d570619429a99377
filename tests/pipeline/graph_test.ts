import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { orderStages } from "../../src/pipeline/graph.ts";
import type { Stage } from "../../src/pipeline/stage.ts";

const stage = (name: string, inputs: string[] = [], more: Partial<Stage> = {}): Stage => ({
  name,
  inputs,
  config: null,
  version: 1,
  outputs: [`${name}.txt`],
  expectedSeconds: 1,
  run: () => Promise.resolve(),
  ...more,
});

const names = (stages: readonly Stage[], targets?: string[]): string[] =>
  orderStages(stages, targets).map((one) => one.name);

Deno.test("stages come after their inputs and otherwise keep their order", () => {
  const stages = [stage("figure", ["train", "eval"]), stage("eval", ["train"]), stage("train")];
  assertEquals(names(stages), ["train", "eval", "figure"]);
  assertEquals(names([stage("b"), stage("a"), stage("c", ["a"])]), ["b", "a", "c"]);
  assertEquals(names(stages, ["eval"]), ["train", "eval"]);
});

Deno.test("a wrong stage list is refused with the way out", () => {
  const cases: [Stage[], string][] = [
    [[stage("a", ["b"]), stage("b", ["a"])], "cycle a -> b -> a"],
    [[stage("train"), stage("eval", ["trian"])], 'did you mean "train"?'],
    [[stage("a"), stage("a")], "name twice"],
    [[stage("Train Now")], "lower-case words"],
    [[stage("a", [], { outputs: [] })], "no output"],
    [[stage("a", [], { outputs: ["stage.json"] })], "other than"],
    [[stage("a", [], { outputs: ["../b"] })], "expected a file name"],
    [[stage("a", [], { outputs: ["x", "x"] })], "once"],
    [
      [stage("a", [], { products: [{ id: "table-1", kind: "table", output: "b.svg" }] })],
      "found table-1",
    ],
  ];
  for (const [stages, message] of cases) {
    assertThrows(() => orderStages(stages), ConfigError, message);
  }
  assertThrows(() => orderStages([stage("train")], ["tran"]), ConfigError, '"train"');
});
