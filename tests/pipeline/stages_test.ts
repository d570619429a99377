import { assertEquals } from "@std/assert";
import { hashJson } from "../../src/base/hash.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { loadProfile } from "../../src/pipeline/profiles/mod.ts";
import { runStages } from "../../src/pipeline/runner.ts";
import { stagesOf } from "../../src/pipeline/stages/mod.ts";
import { pathOf } from "../repository.ts";
import { inTemporaryDirectory } from "./toy.ts";

const profile = loadProfile("smoke");

async function withGpu(body: (gpu: Gpu) => void | Promise<void>): Promise<void> {
  const gpu = await Gpu.open();
  try {
    await body(gpu);
  } finally {
    gpu.destroy();
  }
}

Deno.test("another prompt format is another configuration of every stage that words prompts", () =>
  withGpu((gpu) => {
    const plain = stagesOf(loadProfile("smoke", ["promptFormat=plain"]), gpu, undefined);
    const changed = stagesOf(profile, gpu, undefined).filter(({ config }, i) =>
      hashJson(config) !== hashJson(plain[i].config)
    );
    const names = changed.map(({ name }) => name);
    const answers = names.filter((name) => name.startsWith("answers-"));
    assertEquals(answers.length, 4);
    for (const name of ["notes", "packs-sft", "packs-rwr"]) {
      assertEquals(names.includes(name), true);
    }
  }));

Deno.test("another variant is another configuration of the stages that compute, and of no other", () =>
  withGpu((gpu) => {
    const before = stagesOf(profile, gpu, undefined);
    gpu.choices.adopt("matmul", "many rows", "tiled");
    const after = stagesOf(profile, gpu, undefined);
    for (const [i, { name, config }] of after.entries()) {
      const computes = JSON.stringify(config).includes('"subgroupSize"');
      const changed = hashJson(config) !== hashJson(before[i].config);
      assertEquals(changed, computes, name);
    }
    assertEquals(
      after.find(({ name }) => name === "base")?.config,
      {
        ...before.find(({ name }) => name === "base")?.config as object,
        variants: { "matmul, many rows": "tiled" },
      },
    );
  }));

Deno.test("the shipped base's log keeps the adapter that trained it", () =>
  withGpu((gpu) =>
    inTemporaryDirectory(async (directory) => {
      const folder = pathOf(profile.checkpoint);
      const stages = stagesOf(profile, gpu, { folder }).filter(({ name }) => name === "base");
      await runStages(stages, { directory, kitVersion: "0.0.0-test", sink: () => {} });
      assertEquals(
        await Deno.readFile(`${directory}/base/training_log.arrow`),
        await Deno.readFile(`${folder}/training_log.arrow`),
      );
    })
  ));
