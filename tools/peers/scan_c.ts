/**
 * Building selective_scan.c with the system's C compiler.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { PeerError } from "./python.ts";

/** Vector instructions that the C kernel is built for. */
export type InstructionSet = "AVX" | "AVX2" | "AVX-512" | "native";

/** Numbers that a vector holds, and the compiler's flags. */
const BUILDS: Readonly<
  Record<InstructionSet, { readonly lanes: number; readonly flags: readonly string[] }>
> = {
  AVX: { lanes: 8, flags: ["-mavx"] },
  AVX2: { lanes: 8, flags: ["-mavx2", "-mfma"] },
  "AVX-512": { lanes: 16, flags: ["-march=native"] },
  native: { lanes: 8, flags: ["-march=native"] },
};

const PARAMETERS = [
  ...Array(4).fill("i32") as "i32"[],
  ...Array(10).fill("buffer") as "buffer"[],
] as const;
const BACKWARD = [
  ...Array(4).fill("i32") as "i32"[],
  ...Array(17).fill("buffer") as "buffer"[],
] as const;

/** The instruction sets of this processor, the narrowest first. */
export async function processorSets(): Promise<InstructionSet[]> {
  if (Deno.build.arch !== "x86_64") return ["native"];
  const facts = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return facts.includes("avx512f") ? ["AVX", "AVX2", "AVX-512"] : ["AVX", "AVX2"];
}

/**
 * Builds the shared library.
 *
 * @returns Its path, in `folder`.
 * @throws {PeerError} where there is no C compiler, or it fails.
 */
export async function buildScan(folder: string, set: InstructionSet): Promise<string> {
  const source = fileURLToPath(new URL("selective_scan.c", import.meta.url));
  const library = `${folder}/selective_scan_${set}.so`;
  const { lanes, flags: machine } = BUILDS[set];
  const flags = ["-O3", `-DLANES=${lanes}`, ...machine, "-shared", "-fPIC", "-pthread"];
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
