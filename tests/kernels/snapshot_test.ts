import { assert, assertEquals } from "@std/assert";
import { KERNELS, type RegisteredKernel } from "../../kernels/registry.ts";
import { suitesOf } from "../../kernels/tuning.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { pathOf } from "../repository.ts";

// The WGSL of one case a kernel in each of its variants, as tests/kernels/snapshots/<kernel>.wgsl holds it. Without subgroups
// the text is the same on every adapter. After a wanted change:
//   deno task test tests/kernels/snapshot_test.ts -- --update
const UPDATE = Deno.args.includes("--update");

/** Cases that reach every generator of their kernel. */
const REPRESENTATIVE: Readonly<Record<string, readonly string[]>> = {
  elementwise: [
    "add, scale and sum 372×36",
    "siluGate 372×36, gates of 1",
    "softplus 372×36 of 3 with bias",
  ],
  reduce: ["16 of 5×13"],
  matmul: ["linear 65×36×128"],
  embedding: ["372 ids, table 296×64"],
  rms_norm: ["372×64 with residual"],
  gated_rms_norm: ["45×3×7, z from 5"],
  conv1d: ["2×16×8, 3 taps, everything"],
  selective_scan: [
    "mamba B2 D24 L19 N16, columns of projections, log(−A)",
    "upstream B2 D4 L372 N8 G1 [D z deltaBias initialState dLastState] 3 sections",
  ],
  ssd: ["B2 L40 H4 P6 G2 N10 [initialState sequenceIndex dLastState]"],
  cross_entropy: ["63×293 of 296", "linear 37×12×999 of 1003, in chunks of 512 columns"],
  adamw: ["372 elements, 4 in"],
  sampling: ["33×290 of 296, strided by 4, top 0.5"],
};

/** Every kernel text that cases of these names compile in some variant, under its label. */
async function textsOf(kernel: RegisteredKernel, names: readonly string[]): Promise<string> {
  const gpu = await Gpu.open({ subgroups: false });
  const texts: string[] = [];
  const create = gpu.device.createShaderModule.bind(gpu.device);
  gpu.device.createShaderModule = (descriptor) => {
    texts.push(`// ${descriptor.label}\n${descriptor.code.trim()}\n`);
    return create(descriptor);
  };
  const cases = suitesOf(gpu, kernel).flatMap((suite) => suite.cases())
    .filter(({ name }) =>
      names.some((wanted) => name === wanted || name.startsWith(`${wanted} (`))
    );
  for (const { inputs, run } of cases) {
    gpu.scope(() => {
      const arrays = Object.entries(inputs).map(([name, { data, shape }]) =>
        [name, gpu.upload(data, shape)] as const
      );
      run(gpu, Object.fromEntries(arrays));
    });
  }
  await gpu.sync();
  gpu.destroy();
  // Which variant runs first depends on the adapter; all of them together do not.
  return texts.sort().join("\n");
}

for (const kernel of KERNELS) {
  const { suite } = kernel;
  Deno.test(`${suite.name}: the generated WGSL is the recorded one`, async () => {
    const names = REPRESENTATIVE[suite.name] ?? [];
    const cases = suite.cases().filter(({ name }) => names.includes(name));
    assert(names.length > 0 && cases.length === names.length, "name its representative cases");
    const found = await textsOf(kernel, names);
    const path = pathOf(`tests/kernels/snapshots/${suite.name}.wgsl`);
    if (UPDATE) await Deno.writeTextFile(path, found);
    const recorded = await Deno.readTextFile(path);
    const differs = found.split("\n").findIndex((line, i) => line !== recorded.split("\n")[i]);
    assertEquals(
      found === recorded,
      true,
      `${path} differs from line ${differs + 1} on; where that is meant, record it anew: ` +
        `deno task test tests/kernels/snapshot_test.ts -- --update`,
    );
  });
}
