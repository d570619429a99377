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
    // More than fits a uniform, whose size would be part of the text.
    layer(256, 128);
    const { pipelines } = gpu;
    layer(320, 192);
    layer(192, 384);
    assertEquals(gpu.pipelines, pipelines);
  }));
