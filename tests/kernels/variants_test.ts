import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { matmul } from "../../kernels/matmul/mod.ts";
import { KERNELS } from "../../kernels/registry.ts";
import { tune, variantsOf } from "../../kernels/tuning.ts";
import {
  choiceOf,
  pinVariants,
  runnable,
  variantOf,
  type Variants,
  withVariant,
} from "../../kernels/variants.ts";
import { ConfigError, DeviceError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { withGpu } from "../gpu/with_gpu.ts";

const KNOWN = variantsOf(KERNELS);

Deno.test("variants: the default can run, and every trial's shape class has one", async () => {
  for (const subgroups of [true, false]) {
    const gpu = await Gpu.open({ subgroups });
    for (const { set, trials } of KERNELS.flatMap(({ tuning }) => tuning)) {
      assert(trials.length > 0 && runnable(set, gpu).length > 1, set.operation);
      for (const { shapeClass } of trials) {
        const { variant, reason } = choiceOf(gpu, set, shapeClass);
        assert(runnable(set, gpu).includes(variant), `${set.operation}, ${shapeClass}: ${variant}`);
        assertEquals(reason, "default");
      }
    }
    gpu.destroy();
  }
});

Deno.test("variants: a pin goes before a trial, a trial before the default", () =>
  withGpu((gpu) => {
    const [set] = KNOWN;
    const { operation } = set;
    const [shapeClass, other] = ["many rows", "few rows"];
    const usual = variantOf(gpu, set, shapeClass);
    const another = runnable(set, gpu).find((name) => name !== usual)!;
    assertEquals(gpu.choices.record(), undefined);
    gpu.choices.adopt(operation, shapeClass, another);
    assertEquals(choiceOf(gpu, set, shapeClass), { variant: another, reason: "trial" });
    assertEquals(choiceOf(gpu, set, other).reason, "default");
    pinVariants(gpu, KNOWN, [`${operation}=${usual}`]);
    assertEquals(choiceOf(gpu, set, shapeClass), { variant: usual, reason: "pinned" });
    // The trial's pick is not in force, so nothing is recorded of it.
    assertEquals(gpu.choices.record(), { [operation]: usual });
    assertEquals(
      withVariant(gpu, operation, another, () => variantOf(gpu, set, other)),
      another,
    );
    assertEquals(variantOf(gpu, set, other), usual);
  }));

Deno.test("variants: unknown names, wrong words and what cannot run are refused, nothing pinned", async () => {
  const gpu = await Gpu.open({ subgroups: false });
  const refused = (message: string, ...texts: string[]) =>
    assertThrows(() => pinVariants(gpu, KNOWN, texts), ConfigError, message);
  refused('found the operation "matmull", did you mean "matmul"', "matmull=tiled");
  refused("Variants of matmul: broadcast, tiled", "rms_norm=thread", "matmul=tile");
  refused('found "tiled", expected operation=variant', "tiled");
  refused("found matmul twice", "matmul=tiled", "matmul=broadcast");
  assertThrows(
    () => pinVariants(gpu, KNOWN, ["matmul=tiled", "rms_norm=subgroup"]),
    DeviceError,
    "cannot run rms_norm=subgroup; it runs thread, workgroup",
  );
  assertEquals(gpu.choices.record(), undefined);
  gpu.destroy();
});

Deno.test("variants: a launcher runs what is pinned", () =>
  withGpu(async (gpu) => {
    const [a, b] = ["a", "b"].map((name) =>
      gpu.upload(randomTensor(`variants/${name}`, [64, 64]).data, [64, 64])
    );
    const product = async (variant: string) => {
      const labels: string[] = [];
      const dispatch = gpu.dispatch.bind(gpu);
      gpu.dispatch = (kernel, ...rest) => (labels.push(kernel.label), dispatch(kernel, ...rest));
      const out = withVariant(gpu, "matmul", variant, () => matmul(gpu, { a, b }));
      gpu.dispatch = dispatch;
      return { label: labels.join(), numbers: await gpu.readFloats(out) };
    };
    const [tiled, broadcast] = [await product("tiled"), await product("broadcast")];
    assertNotEquals(tiled.label, broadcast.label);
    assert(tiled.label.startsWith("matmul tiled "));
    const worst = Math.max(...tiled.numbers.map((x, i) => Math.abs(x - broadcast.numbers[i])));
    assert(worst <= 1e-4, `${worst}`);
  }));

/** A kernel with a fast and a slow variant, on the device. */
function toyTuning(byDefault: "fast" | "slow") {
  const set: Variants<"fast" | "slow" | "absent"> = {
    operation: "toy",
    variants: { fast: () => true, slow: () => true, absent: () => false },
    byDefault: () => byDefault,
  };
  const [reduce] = KERNELS;
  const prepare = (gpu: Gpu) => {
    const [a, b] = [gpu.zeros([64, 64]), gpu.zeros([64, 64])];
    return () => {
      const times = variantOf(gpu, set, "all") === "fast" ? 1 : 40;
      for (let i = 0; i < times; i++) matmul(gpu, { a, b });
    };
  };
  return { ...reduce, tuning: [{ set, trials: [{ shapeClass: "all", shape: "64", prepare }] }] };
}

Deno.test("trial: the faster variant is picked and said to be, whichever is the default", () =>
  withGpu(async (gpu) => {
    const [slow] = await tune(gpu, [toyTuning("slow")]);
    assertEquals([slow.usual, slow.usualReason, slow.picked], ["slow", "default", "fast"]);
    assertEquals(slow.times.map(({ variant }) => variant), ["fast", "slow"]);
    assert(slow.times.every(({ milliseconds }) => milliseconds > 0));
    const [fast] = await tune(gpu, [toyTuning("fast")]);
    assertEquals([fast.usual, fast.picked], ["fast", "fast"]);
    gpu.choices.pin("toy", "slow");
    const [pinned] = await tune(gpu, [toyTuning("fast")]);
    assertEquals([pinned.usualReason, pinned.picked], ["pinned", "slow"]);
    assertEquals(gpu.choices.record(), { toy: "slow" });
    assertEquals(gpu.pool.live, 0);
  }));
