import { assertEquals, assertThrows } from "@std/assert";
import { gatedRmsNorm } from "../../kernels/gated_rms_norm/mod.ts";
import { ssd, type SsdArguments, ssdBackward } from "../../kernels/ssd/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { withGpu } from "../gpu/with_gpu.ts";

/** Four channels of two heads, three states, with what is to be different. */
function given(gpu: Gpu, length: number, other: Partial<SsdArguments> = {}): SsdArguments {
  const zeros = (...shape: number[]) => gpu.zeros(shape);
  return {
    x: zeros(1, length, 4),
    dt: zeros(1, length, 2),
    dtBias: zeros(2),
    ALog: zeros(2),
    B: zeros(1, length, 3),
    C: zeros(1, length, 3),
    D: zeros(2),
    ...other,
  };
}

Deno.test("ssd: operands that do not fit are refused, and nothing is left over", () =>
  withGpu((gpu) => {
    gpu.scope(() => {
      const refused: [Partial<SsdArguments>, string][] = [
        [{ x: gpu.zeros([5, 4]) }, "expected [batch, length, heads·headdim]"],
        [{ x: gpu.zeros([1, 5, 3]) }, "3 channels of 2 heads"],
        [{ C: gpu.zeros([1, 5, 4]) }, "found C of [1,5,4], expected [1,5,3]"],
        [{ dt: gpu.zeros([1, 5, 1]) }, "found dt of"],
        [{ D: gpu.zeros([4]) }, "found D of"],
        [{ initialState: gpu.zeros([1, 4, 2]) }, "found initialState of"],
        [{ sequenceIndex: gpu.zeros([1, 5]) }, "found sequenceIndex of f32, expected i32"],
      ];
      for (const [other, message] of refused) {
        assertThrows(() => ssd(gpu, given(gpu, 5, other), { groups: 1 }), ShapeError, message);
      }
      assertThrows(
        () => ssd(gpu, given(gpu, 5), { groups: 2 }),
        ShapeError,
        "groups·state columns",
      );
      assertThrows(() => ssd(gpu, given(gpu, 5), { groups: 3 }), ShapeError, "2 heads in 3 groups");
      const inputs = given(gpu, 5);
      const { saved } = ssd(gpu, inputs, { groups: 1 }, { saved: true });
      const dOut = gpu.zeros([1, 5, 3]);
      assertThrows(
        () => ssdBackward(gpu, inputs, { groups: 1 }, saved!, { dOut }),
        ShapeError,
        "found dOut of [1,5,3]",
      );
      const [x, weight] = [gpu.zeros([2, 6]), gpu.zeros([6])];
      const args = { x, z: x, weight, epsilon: 1e-5 };
      assertThrows(() => gatedRmsNorm(gpu, { ...args, groups: 4 }), ShapeError, "4 groups of 6");
    });
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("ssd: a forward that keeps nothing leaves its result alone", () =>
  withGpu((gpu) => {
    gpu.scope(() => {
      const inputs = given(gpu, 40, { sequenceIndex: gpu.zeros([1, 40], "i32") });
      const live = gpu.pool.live;
      ssd(gpu, inputs, { groups: 1 });
      assertEquals(gpu.pool.live, live + 1);
    });
  }));

Deno.test("ssd: more chunks than a software adapter walks are refused", () =>
  withGpu((gpu) => {
    if (gpu.facts.kind !== "cpu") return console.warn("SKIPPED: no limit of loop rounds here");
    gpu.scope(() => {
      const inputs = given(gpu, 16 * 65_536);
      assertThrows(() => ssd(gpu, inputs, { groups: 1 }), ShapeError, "shorter pieces");
    });
  }));
