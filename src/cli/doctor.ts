/**
 * `deno task doctor`: what this machine has, what it lacks, and what to do about it.
 *
 * @module
 */
import configuration from "../../deno.json" with { type: "json" };
import { remedy } from "../../tools/adapter.ts";
import { jsrReachable } from "../../tools/std.ts";
import { ConfigError, DeviceError } from "../base/errors.ts";
import { type AdapterFacts, openDevice } from "../gpu/adapter.ts";
import { canReadTextures, texturesFrom } from "../gpu/textures.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { tuneAdapter } from "./doctor_tune.ts";
import { PIN_FLAG } from "./open_gpu.ts";

/** One finding: a name and what was found. */
type Finding = readonly [name: string, value: string];

/** The limits that decide which kernels and which sizes run. */
const LIMITS: readonly (keyof GPUSupportedLimits & string)[] = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupsPerDimension",
];
/** A smaller machine runs the tiny profile slowly or not at all. */
const ENOUGH_MEMORY = 2 * 2 ** 30;

/** The command. */
export const command: Command = {
  summary: "what this machine has, what it lacks, and what to do about it",
  usage: `
deno task doctor [--tune [--variant OP=NAME]…]

  --tune             times the variants of each operation in turn, shows which was picked and why,
                     and keeps it for commands with --tuned, in the user's cache folder (RWR_CACHE)
  --variant OP=NAME  with --tune: pins this variant of an operation

Prints versions, the machine, the WebGPU adapter with its limits and features, whether subgroups
work, and whether JSR can be reached. Exits with 1 where there is no adapter that kernels can use.`,
  async run(args) {
    const { flags } = parseFlags(args, { tune: "switch", ...PIN_FLAG });
    if (flags.variant.length && !flags.tune) {
      throw new ConfigError("command line: found --variant without --tune, expected both");
    }
    print("versions", await versions());
    print("machine", machine());
    const healthy = await examineAdapter();
    print("registries", [["JSR", await jsr()]]);
    if (healthy && flags.tune) await tuneAdapter(flags.variant);
    return healthy ? 0 : 1;
  },
};

async function versions(): Promise<Finding[]> {
  const mesa = await packageVersion("mesa-vulkan-drivers");
  return [
    ["kit", configuration.version],
    ["Deno", Deno.version.deno],
    ["V8", Deno.version.v8],
    ["TypeScript", Deno.version.typescript],
    ...(mesa ? [["Mesa", mesa] as const] : []),
  ];
}

function machine(): Finding[] {
  const { total, available } = Deno.systemMemoryInfo();
  const small = total < ENOUGH_MEMORY ? " (less than 2 GiB: the tiny profile may not fit)" : "";
  return [
    ["system", `${Deno.build.target}, release ${Deno.osRelease()}`],
    ["cores", String(navigator.hardwareConcurrency)],
    ["memory", `${bytes(total)}, ${bytes(available)} free${small}`],
  ];
}

/** Prints what there is to know of the adapter; whether kernels can use it. */
async function examineAdapter(): Promise<boolean> {
  const backend = Deno.env.get("DENO_WEBGPU_BACKEND") ?? "Deno's choice";
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    print("adapter", [["WebGPU", "none"], ["backend", backend]]);
    console.error(
      `doctor: looked for a WebGPU adapter, found none; the kernels need one. To do: ` +
        `${remedy(Deno.build.os)}. On Debian and Ubuntu \`deno task setup\` does it as root.`,
    );
    return false;
  }
  try {
    const { device, facts } = await openDevice();
    print("adapter", [
      ["name", facts.adapter],
      ["driver", facts.driver],
      ["backend", backend],
      ["kind", facts.kind === "cpu" ? "software: slow, and right" : "graphics card"],
      [
        "subgroups",
        facts.subgroupSize ? `work, ${facts.subgroupSize} lanes` : "none; kernels fall back",
      ],
      ["large arrays", waysToRead(device, facts)],
    ]);
    print("limits of the adapter", LIMITS.map((name) => limit(adapter, name)));
    print("features of the adapter", [["", [...adapter.features].sort().join(" ")]]);
    device.destroy();
    return true;
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    console.error(`doctor: ${error.message}`);
    return false;
  }
}

function waysToRead(device: GPUDevice, facts: AdapterFacts): string {
  if (!canReadTextures(device)) return "are read from storage";
  return texturesFrom(device, facts) < Infinity
    ? "are read through textures, which is faster here (--textures off: from storage)"
    : "are read from storage (--textures on: through textures)";
}

function limit(adapter: GPUAdapter, name: keyof GPUSupportedLimits & string): Finding {
  const value = Number(adapter.limits[name]);
  return [name, name.endsWith("Size") ? bytes(value) : String(value)];
}

async function jsr(): Promise<string> {
  return await jsrReachable()
    ? "reachable, or cached"
    : "cannot be reached: the standard library comes from npm instead; nothing to do";
}

/** The version that dpkg knows, where there is dpkg. */
async function packageVersion(name: string): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("dpkg-query", {
      args: ["-W", "-f=${Version}", name],
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() || undefined : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** `128 MiB`: the largest unit in which the number is at least 1. */
function bytes(count: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${Number((count / 2 ** (10 * power)).toFixed(1))} ${units[power]}`;
}

function print(title: string, findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(([name]) => name.length));
  console.log(title);
  for (const [name, value] of findings) {
    console.log(`  ${name ? name.padEnd(width) + "  " : ""}${value}`);
  }
}
