/**
 * `deno task setup`: makes sure that WebGPU has an adapter, and says which.
 *
 * Installs software Vulkan on a Debian or Ubuntu without one (as root, or with a sudo that asks for
 * no password; `RWR_NO_APT=1` forbids it). Exits with 1 and a remedy where no adapter can be had.
 *
 * @module
 */
import { ensureAdapter, thisMachine } from "./adapter.ts";

const outcome = await ensureAdapter(thisMachine);
if ("adapter" in outcome) {
  console.log(`setup: WebGPU on ${outcome.adapter}`);
} else {
  console.error(
    `setup: looked for a WebGPU adapter, found none; the kernels need one. To do: ${outcome.remedy}. ` +
      "Then run `deno task setup` again.",
  );
  Deno.exit(1);
}
