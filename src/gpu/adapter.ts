/**
 * Asking for a device at its adapter's limits, with subgroups wherever they really work.
 *
 * @module
 */
import { DeviceError } from "../base/errors.ts";

/** What is known of the machine that computes; every table's manifest carries it. */
export interface AdapterFacts {
  /** The driver's own name of the adapter, such as `llvmpipe (LLVM 15.0.6, 256 bits)`. */
  readonly adapter: string;
  /** The driver's vendor, and the architecture where the adapter tells. */
  readonly driver: string;
  /** `cpu` for software adapters (lavapipe, SwiftShader), else `gpu`. */
  readonly kind: "cpu" | "gpu";
  /** Lanes of a subgroup; 0 where subgroups cannot be used and kernels fall back. */
  readonly subgroupSize: number;
}

/** An opened device with what is known of its adapter. */
export interface OpenedDevice {
  /** The WebGPU device. */
  readonly device: GPUDevice;
  /** Name, driver and subgroup size. */
  readonly facts: AdapterFacts;
  /** Another device, where it was asked for and one device compiles on one thread alone (lavapipe). */
  readonly second?: GPUDevice;
}

const REMEDY = "install a Vulkan driver (Debian, Ubuntu: apt-get install mesa-vulkan-drivers), " +
  "then run `deno task doctor`";

/** The limits worth raising: the rest stay at WebGPU's defaults. */
const RAISED: readonly (keyof GPUSupportedLimits & string)[] = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxStorageTexturesPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
];

/** Features that are asked for wherever the adapter has them. */
const OPTIONAL: readonly GPUFeatureName[] = ["timestamp-query", "shader-f16"];

/**
 * Opens a device with the adapter's own limits, timestamps and f16 where they are had, and subgroups where a
 * probe shows that they work.
 *
 * @param options.subgroups `false` refuses subgroups, to run the kernels' fallbacks.
 * @param options.second Opens another device where compiling has a use for it.
 * @throws {DeviceError} where there is no adapter or it gives no device.
 */
export async function openDevice(
  options: { subgroups?: boolean; second?: boolean } = {},
): Promise<OpenedDevice> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new DeviceError(`opening a WebGPU device: found no adapter, expected one; ${REMEDY}`);
  }
  const requiredLimits: Record<string, number> = {};
  for (const name of RAISED) requiredLimits[name] = adapter.limits[name] as number;
  const base = OPTIONAL.filter((feature) => adapter.features.has(feature));
  const wanted = options.subgroups === false ? [] : ["subgroups" as GPUFeatureName];
  const device = await requestDevice(adapter, [...base, ...wanted], requiredLimits) ??
    await requestDevice(adapter, base, requiredLimits);
  if (!device) {
    throw new DeviceError(
      `opening a WebGPU device: adapter "${adapter.info.description}" gave no device; ${REMEDY}`,
    );
  }
  const name = adapter.info.description || adapter.info.device || "unnamed adapter";
  const { subgroupMinSize, subgroupMaxSize } = adapter.info;
  // Where the driver chooses the width for each kernel, text unrolled for one width could be wrong.
  const fixedWidth = subgroupMinSize === subgroupMaxSize;
  const subgroupSize = fixedWidth && device.features.has("subgroups" as GPUFeatureName)
    ? await probeSubgroups(device)
    : 0;
  const second = options.second && /llvmpipe/.test(name) && navigator.hardwareConcurrency > 1
    ? await secondDevice([...device.features] as GPUFeatureName[], requiredLimits)
    : undefined;
  return {
    device,
    second,
    facts: {
      adapter: name,
      driver: vendorName(adapter.info),
      kind: /llvmpipe|swiftshader|software/i.test(name) ? "cpu" : "gpu",
      subgroupSize,
    },
  };
}

/** PCI and Khronos vendor numbers, as adapters that know no name give them. */
const VENDORS: Readonly<Record<number, string>> = {
  0x1002: "AMD",
  0x106b: "Apple",
  0x10de: "NVIDIA",
  0x13b5: "Arm",
  0x5143: "Qualcomm",
  0x8086: "Intel",
  0x10005: "Mesa",
};

function vendorName({ vendor, architecture }: GPUAdapterInfo): string {
  const name = VENDORS[Number(vendor)] ?? vendor;
  return [name, architecture].filter(Boolean).join(" ") || "unknown";
}

async function requestDevice(
  adapter: GPUAdapter,
  requiredFeatures: GPUFeatureName[],
  requiredLimits: Record<string, number>,
): Promise<GPUDevice | null> {
  try {
    return await adapter.requestDevice({ requiredFeatures, requiredLimits });
  } catch {
    // The adapter refuses a feature or a limit; the caller asks again for less.
    return null;
  }
}

/** A device like the first, of an adapter asked for anew, since one gives one device. */
async function secondDevice(
  features: GPUFeatureName[],
  limits: Record<string, number>,
): Promise<GPUDevice | undefined> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  return adapter && await requestDevice(adapter, features, limits) || undefined;
}

/** Checks on the device itself that lanes are numbered and exchanged as the kernels assume. */
const PROBE = `
@group(0) @binding(0) var<storage, read_write> result: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) i: u32, @builtin(subgroup_size) size: u32,
        @builtin(subgroup_invocation_id) lane: u32) {
  let first = subgroupBroadcast(i, 0u);
  let next = subgroupShuffleXor(i, 1u);
  let numbered = lane == i % size && first == i - lane && next == (i ^ 1u);
  result[i] = select(0u, size, numbered);
}`;

async function probeSubgroups(device: GPUDevice): Promise<number> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label: "subgroup probe", code: PROBE });
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module, entryPoint: "main" },
  });
  const size = 256;
  const result = device.createBuffer({
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const staging = device.createBuffer({
    size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [{ binding: 0, resource: { buffer: result } }],
    }),
  );
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(result, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  const refused = await device.popErrorScope();
  if (refused) return 0;
  await staging.mapAsync(GPUMapMode.READ);
  const lanes = [...new Uint32Array(staging.getMappedRange().slice(0))];
  for (const buffer of [result, staging]) buffer.destroy();
  const found = lanes[0];
  const usable = found >= 4 && found <= 64 && lanes.every((lane) => lane === found);
  return usable ? found : 0;
}
