/**
 * In which numbers kernels read and write.
 *
 * @module
 */
import { DeviceError } from "../src/base/errors.ts";
import type { Gpu } from "../src/gpu/gpu.ts";

/** Numbers of a packed weight or of a result; sums are of f32 whichever they are. */
export type Precision = "f32" | "f16";

/** @throws {DeviceError} where the adapter cannot read and write numbers of this precision. */
export function checkPrecision(gpu: Gpu, precision: Precision): void {
  if (precision === "f16" && !gpu.f16) {
    throw new DeviceError(
      `precision f16: ${gpu.facts.adapter} lacks the feature shader-f16, expected it; ` +
        `take precision f32`,
    );
  }
}
