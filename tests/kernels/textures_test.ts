import { assertEquals } from "@std/assert";
import { KERNELS } from "../../kernels/registry.ts";
import { verify } from "../../kernels/verify.ts";
import { canReadTextures } from "../../src/gpu/textures.ts";
import { withGpu } from "../gpu/with_gpu.ts";

for (const { suite: { name, cases } } of KERNELS) {
  Deno.test(`${name} is proved where arrays of all sizes are read through textures`, () =>
    withGpu(async (gpu) => {
      if (!canReadTextures(gpu.device)) {
        console.log(`skipped: ${gpu.facts.adapter} binds too few textures`);
        return;
      }
      gpu.texturesFrom = 0;
      // Finite differences never touch the GPU.
      const onDevice = cases().map((test) => ({ ...test, differentiable: undefined }));
      const { failed } = await verify(gpu, [{ name, cases: () => onDevice }], () => {});
      assertEquals(failed, 0);
    }));
}
