/**
 * Finding a WebGPU adapter, and installing a software one where a Linux machine has none.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** What the installation needs of the machine; tests pass one of their own. */
export interface Machine {
  /** The operating system. */
  readonly os: typeof Deno.build.os;
  /** The adapter's name as a new process finds it, or `undefined`. */
  probe(): Promise<string | undefined>;
  /** The words that run apt-get as root, or `undefined` where it is absent or may not be used. */
  apt(): Promise<readonly string[] | undefined>;
  /** Runs a command with its errors shown; whether it succeeded. */
  run(command: readonly string[]): Promise<boolean>;
  /** Says what is going on. */
  say(line: string): void;
}

/** What {@linkcode ensureAdapter} found: the adapter's name, or what to do to get one. */
export type Outcome = { readonly adapter: string } | { readonly remedy: string };

const OPTIONS: readonly string[] = [
  "-qq",
  ...["-o", "DPkg::Lock::Timeout=120"],
  ...["-o", "Acquire::Retries=2"],
  ...["-o", "Acquire::http::Timeout=30"],
];
const PACKAGE = "mesa-vulkan-drivers";

/** Finds an adapter; where there is none and apt can be used, installs Mesa's software Vulkan. */
export async function ensureAdapter(machine: Machine): Promise<Outcome> {
  const present = await machine.probe();
  if (present) return { adapter: present };
  const apt = await machine.apt();
  if (!apt) return { remedy: remedy(machine.os) };
  machine.say(`setup: no WebGPU adapter; installing ${PACKAGE} (software Vulkan, about 40 MB)`);
  // A package list that cannot be refreshed is no reason to stop: the present one may do.
  await machine.run([...apt, ...OPTIONS, "update"]);
  const install = ["install", "-y", "--no-install-recommends", PACKAGE];
  const installed = await machine.run([...apt, ...OPTIONS, ...install]);
  const found = installed ? await machine.probe() : undefined;
  if (found) return { adapter: found };
  const failed = installed
    ? `${PACKAGE} is installed, and Deno still finds no adapter`
    : `\`apt-get install ${PACKAGE}\` failed`;
  return { remedy: `${failed}. ${remedy(machine.os)}` };
}

/** What a person does to get an adapter. */
export function remedy(os: typeof Deno.build.os): string {
  if (os === "darwin") {
    return "macOS offers Metal without a driver: check that this is Deno 2.9 or newer and that " +
      "the session is not inside a virtual machine without graphics";
  }
  if (os === "windows") {
    return "Windows offers Direct3D 12 without further drivers: check that this is Deno 2.9 or " +
      "newer, and update the graphics driver";
  }
  return `install a Vulkan driver: the graphics card's own (in an NVIDIA container set ` +
    `NVIDIA_DRIVER_CAPABILITIES=all and install libvulkan1), or software Vulkan: ` +
    `Debian, Ubuntu: sudo apt-get install ${PACKAGE}; Fedora: sudo dnf install ${PACKAGE}; ` +
    `Arch: sudo pacman -S vulkan-swrast`;
}

/** This machine; `RWR_NO_APT=1` in its environment forbids installing. */
export const thisMachine: Machine = {
  os: Deno.build.os,
  probe: probeAdapter,
  run: (command) => succeeds(command, "inherit"),
  say: (line) => console.error(line),
  async apt() {
    if (Deno.build.os !== "linux" || Deno.env.get("RWR_NO_APT")) return undefined;
    if (!await succeeds(["apt-get", "--version"], "null")) return undefined;
    const quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if (Deno.uid() === 0) return quiet;
    return await succeeds(["sudo", "-n", "true"], "null") ? ["sudo", "-n", ...quiet] : undefined;
  },
};

/**
 * The adapter's name as a new process finds it. The list of drivers is read once a process, so a
 * driver that was installed meanwhile is seen by a child alone.
 */
export async function probeAdapter(): Promise<string | undefined> {
  const program = "const adapter = await navigator.gpu?.requestAdapter();" +
    "console.log(adapter ? adapter.info.description || adapter.info.device || 'unnamed' : '');";
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", "--no-lock", program],
    env: gpuEnvironment(),
    stdin: "null",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim() || undefined;
}

/** The environment that the kit's programs get in addition to the caller's. */
export function gpuEnvironment(): Record<string, string> {
  if (Deno.build.os !== "linux") return {};
  const environment: Record<string, string> = {};
  // Deno may fall back to OpenGL, which lacks limits and features that the kernels need.
  if (!Deno.env.get("DENO_WEBGPU_BACKEND")) environment.DENO_WEBGPU_BACKEND = "vulkan";
  // Without a session's folder the loader prints an error that means nothing here.
  if (!Deno.env.get("XDG_RUNTIME_DIR")) environment.XDG_RUNTIME_DIR = privateFolder();
  // Mesa's software driver computes in 256 bits unless it is told of more.
  if (!Deno.env.get("LP_NATIVE_VECTOR_WIDTH") && processorHas(AVX_512)) {
    environment.LP_NATIVE_VECTOR_WIDTH = "512";
  }
  if (!Deno.env.get("LP_NUM_THREADS")) {
    environment.LP_NUM_THREADS = softwareThreads(navigator.hardwareConcurrency);
  }
  return environment;
}

/**
 * What `LP_NUM_THREADS` has to say for Mesa's software driver to keep so many cores at work.
 *
 * The driver gives each thread an equal share of a dispatch and waits for the last one. With a thread
 * a core, Linux often wakes two of them on one core and leaves the other idle; with two a core, who is
 * done takes another's share.
 */
export const softwareThreads = (cores: number): string => String(2 * cores);

/** What LLVM needs to use 512 bits throughout. */
const AVX_512 = ["avx512f", "avx512bw", "avx512dq", "avx512vl"];

function processorHas(features: readonly string[]): boolean {
  try {
    const found = /^flags\s*:(.*)$/m.exec(Deno.readTextFileSync("/proc/cpuinfo"))?.[1].split(" ");
    return features.every((feature) => found?.includes(feature));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return false;
    }
    throw error;
  }
}

/** A folder that this user alone may enter, as XDG_RUNTIME_DIR has to be. */
function privateFolder(): string {
  const folder = new URL("../.deno/runtime/", import.meta.url);
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return fileURLToPath(folder);
}

async function succeeds(
  [name, ...args]: readonly string[],
  output: "null" | "inherit",
): Promise<boolean> {
  try {
    const child = new Deno.Command(name, { args, stdin: "null", stdout: "null", stderr: output });
    return (await child.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
