/**
 * Building selective_scan.c with the system's C compiler.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { PeerError } from "./python.ts";

/** Numbers that a vector of the C kernel holds: 8 for AVX2, 16 for AVX-512. */
export type Lanes = 8 | 16;

/** The compiler's flags beside the number of lanes. */
const MACHINE: Readonly<Record<Lanes, readonly string[]>> = {
  8: Deno.build.arch === "x86_64" ? ["-mavx2", "-mfma"] : ["-march=native"],
  16: ["-march=native"],
};

const PARAMETERS = [
  ...Array(4).fill("i32") as "i32"[],
  ...Array(10).fill("buffer") as "buffer"[],
] as const;
const BACKWARD = [
  ...Array(4).fill("i32") as "i32"[],
  ...Array(17).fill("buffer") as "buffer"[],
] as const;

/** The widths that this processor has: both, or 8 alone where it says that it has no AVX-512. */
export async function processorLanes(): Promise<Lanes[]> {
  const facts = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return facts.includes("avx512f") ? [8, 16] : [8];
}

/**
 * Builds the shared library for vectors of so many lanes.
 *
 * @returns Its path, in `folder`.
 * @throws {PeerError} where there is no C compiler, or it fails.
 */
export async function buildScan(folder: string, lanes: Lanes): Promise<string> {
  const source = fileURLToPath(new URL("selective_scan.c", import.meta.url));
  const library = `${folder}/selective_scan_${lanes}.so`;
  const flags = ["-O3", `-DLANES=${lanes}`, ...MACHINE[lanes], "-shared", "-fPIC", "-pthread"];
  const compiler = Deno.env.get("CC") ?? "cc";
  const found = await started(compiler, [...flags, "-o", library, source], source);
  if (!found.success) {
    const said = new TextDecoder().decode(found.stderr);
    throw new PeerError(
      `building ${source}: ${compiler} failed; name another C compiler in CC. It said:\n${said}`,
    );
  }
  return library;
}

/** Runs the compiler. @throws {PeerError} where it cannot be started. */
async function started(compiler: string, args: string[], source: string) {
  try {
    return await new Deno.Command(compiler, { args }).output();
  } catch (error) {
    throw new PeerError(
      `building ${source}: found no ${compiler}, expected a C compiler; install gcc or clang, or ` +
        `name one in CC (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

/** Opens a library of {@linkcode buildScan}; the caller closes it. */
export function openScan(path: string): ScanLibrary {
  return Deno.dlopen(path, {
    selective_scan: { parameters: PARAMETERS, result: "void" },
    selective_scan_backward: { parameters: BACKWARD, result: "void" },
  });
}

/** The functions of selective_scan.c. */
export type ScanLibrary = Deno.DynamicLibrary<{
  selective_scan: { parameters: typeof PARAMETERS; result: "void" };
  selective_scan_backward: { parameters: typeof BACKWARD; result: "void" };
}>;
