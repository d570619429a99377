import { assertEquals } from "@std/assert";
import { matmul, matmulTransposeA, packTransposed } from "../../kernels/matmul/mod.ts";
import { withGpu } from "../gpu/with_gpu.ts";

const ROWS = 256;

Deno.test("matmul: layers of all sizes share their kernels", () =>
  withGpu((gpu) => {
    const layer = (columns: number, depth: number) => {
      const [w, x] = [gpu.zeros([columns, depth]), gpu.zeros([ROWS, depth])];
      const y = matmul(gpu, { a: x, b: packTransposed(gpu, w) });
      matmul(gpu, { a: y, b: w });
      matmulTransposeA(gpu, y, x);
    };
    // Whole pairs of panels, so that tiles are alike; more than fits a uniform, whose size is in the text.
    layer(256, 128);
    const { pipelines } = gpu;
    layer(384, 256);
    layer(256, 384);
    assertEquals(gpu.pipelines, pipelines);
  }));
