/**
 * Kernels and their compiled pipelines.
 *
 * @module
 */
import { readThroughTextures, vectorBindings } from "./textures.ts";

/** A kernel: its text, compiled at its first dispatch. */
export interface Kernel {
  /** Name with the constants baked in, as errors show it, and profiles with the arrays' shapes. */
  readonly label: string;
  /** Its WGSL. */
  readonly text: string;
  /** Bindings of arrays that could be textures: those of vec4f that it only reads. */
  readonly vectors: readonly number[];
}

/** A compiled kernel. */
export interface Pipeline {
  /** Number unique within the device. */
  readonly id: number;
  /** The kernel's label. */
  readonly label: string;
  /** The kernel's text, as it reads its arrays. */
  readonly code: string;
  /** Its bindings, as the text declares them. */
  readonly layout: GPUBindGroupLayout;
  /** Bindings that are read through textures, in their order. */
  readonly textures: readonly number[];
  /** The compute pipeline. */
  readonly pipeline: GPUComputePipeline;
}

/** Kernels by label, each with a pipeline for each way in which it has read its arrays. */
export class Pipelines {
  #kernels = new Map<string, Kernel>();
  #compiled = { storage: new Map<Kernel, Pipeline>(), textures: new Map<Kernel, Pipeline>() };
  #count = 0;

  /**
   * None yet.
   *
   * @param device Where pipelines are made.
   * @param watch Is told what an error would mean, and of the error.
   */
  constructor(
    readonly device: GPUDevice,
    readonly watch: (where: string, error: Promise<GPUError | null>) => void,
  ) {}

  /** Number of compiled pipelines. */
  get count(): number {
    return this.#count;
  }

  /** The kernel of this label, whose text is made once. */
  kernel(label: string, code: () => string): Kernel {
    const known = this.#kernels.get(label);
    if (known) return known;
    const text = code();
    const made = { label, text, vectors: vectorBindings(text) };
    this.#kernels.set(label, made);
    return made;
  }

  /** The kernel's pipeline, made at its first use. */
  of(kernel: Kernel, reads: "storage" | "textures"): Pipeline {
    const cached = this.#compiled[reads].get(kernel);
    if (cached) return cached;
    const made = this.#compile(kernel, reads);
    this.#compiled[reads].set(kernel, made);
    return made;
  }

  #compile({ label, text, vectors }: Kernel, reads: "storage" | "textures"): Pipeline {
    const { device } = this;
    const code = reads === "textures" ? readThroughTextures(text) : text;
    const textures = reads === "textures" ? vectors : [];
    device.pushErrorScope("validation");
    const { layout, pipeline } = makePipeline(device, { label, code });
    this.watch(`compiling kernel ${label}`, device.popErrorScope());
    return { id: ++this.#count, label, code, layout, textures, pipeline };
  }
}

/** The pipeline of a text, with its bindings as the text declares them. */
export function makePipeline(
  device: GPUDevice,
  { label, code }: Pick<Pipeline, "label" | "code">,
): Pick<Pipeline, "layout" | "pipeline"> & { entries: GPUBindGroupLayoutEntry[] } {
  const module = device.createShaderModule({ label, code });
  const entries = layoutEntries(code);
  const layout = device.createBindGroupLayout({ label, entries });
  const pipeline = device.createComputePipeline({
    label,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: "main" },
  });
  return { entries, layout, pipeline };
}

/** Reads the bindings off the text: WebGPU's own derivation drops those that a variant leaves unused. */
function layoutEntries(code: string): GPUBindGroupLayoutEntry[] {
  const declared = code.matchAll(/@binding\((\d+)\) var(?:<(uniform|storage, read(?:_write)?)>)?/g);
  return [...declared].map(([, binding, space]) => ({
    binding: Number(binding),
    visibility: GPUShaderStage.COMPUTE,
    ...bindingKind(space),
  }));
}

/** What is bound for a variable of an address space; those of none are textures. */
function bindingKind(space: string | undefined): Partial<GPUBindGroupLayoutEntry> {
  if (!space) return { storageTexture: { access: "read-only", format: "rgba32float" } };
  if (space === "uniform") return { buffer: { type: "uniform" } };
  return { buffer: { type: space === "storage, read" ? "read-only-storage" : "storage" } };
}
