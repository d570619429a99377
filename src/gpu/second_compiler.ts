/**
 * A second device on which a software driver compiles what the first will need.
 *
 * lavapipe compiles a pipeline at its first dispatch, on the one thread of its device's queue. Two
 * devices compile side by side, and what one has compiled the other finds in the driver's cache on
 * disk. So of many new kernels that are submitted together some are compiled here, each before the
 * first device comes to it. No result depends on it.
 *
 * @module
 */
import { makePipeline, type Pipeline } from "./pipelines.ts";
import { ROW } from "./textures.ts";

/** What compiling takes whatever the text, in characters of one. */
const CHARACTERS_A_KERNEL = 2500;
/** As many as a uniform may have everywhere. */
const BUFFER_BYTES = 65_536;

/** The first dispatch of a pipeline. */
export interface FirstDispatch {
  /** Its label and text. */
  readonly pipeline: Pick<Pipeline, "label" | "code">;
  /** Numbers of its uniform: lavapipe compiles apart for those with which a loop is never entered. */
  readonly params: readonly number[];
}

/** Whether so many milliseconds went into compiling a kernel, and not into finding it in the cache. */
export const wasCompiled = (dispatch: FirstDispatch | undefined, milliseconds: number): boolean =>
  dispatch !== undefined && milliseconds > 40 + dispatch.pipeline.code.length / 100;

/**
 * Those of dispatches that a second compiler should have done, by the length of their texts, before the
 * first comes to them in their order.
 */
export function doneInTime(dispatches: readonly FirstDispatch[]): FirstDispatch[] {
  let [first, second] = [0, 0];
  return dispatches.filter(({ pipeline }) => {
    const cost = CHARACTERS_A_KERNEL + pipeline.code.length;
    const inTime = second + cost <= first;
    if (inTime) second += cost;
    else first += cost;
    return inTime;
  });
}

/** Compiles kernels that another device is about to dispatch. */
export class SecondCompiler {
  #texture: GPUTextureView | undefined;
  #buffers: GPUBuffer[] = [];

  /**
   * Nothing compiled yet.
   *
   * @param device A device of the same adapter; it is used for nothing else.
   */
  constructor(readonly device: GPUDevice) {
    // An error of a kernel is met by the first device too, which tells it.
    device.addEventListener("uncapturederror", (event) => event.preventDefault());
  }

  /** Compiles a part of what the other device has just been given. */
  help(dispatches: readonly FirstDispatch[]): void {
    for (const dispatch of doneInTime(dispatches)) this.#compile(dispatch);
  }

  /** Frees everything. */
  destroy(): void {
    this.device.destroy();
  }

  /** A dispatch of no workgroups: the driver compiles, and runs nothing. */
  #compile({ pipeline: text, params }: FirstDispatch): void {
    const { device } = this;
    const { entries, layout, pipeline } = makePipeline(device, text);
    const bound = entries.map((entry, i) => {
      const given = i + 1 === entries.length ? params : [];
      return { binding: entry.binding, resource: this.#resource(entry, given) };
    });
    const commands = device.createCommandEncoder();
    const pass = commands.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ label: text.label, layout, entries: bound }));
    pass.dispatchWorkgroups(0);
    pass.end();
    device.queue.submit([commands.finish()]);
  }

  /** Something to bind, of the kind that the driver compiles for; a buffer for one binding each. */
  #resource(
    { binding, buffer }: GPUBindGroupLayoutEntry,
    params: readonly number[],
  ): GPUBindingResource {
    const { device } = this;
    if (!buffer) {
      return this.#texture ??= device.createTexture({
        size: [ROW, 1],
        format: "rgba32float",
        usage: GPUTextureUsage.STORAGE_BINDING,
      }).createView();
    }
    const { UNIFORM, STORAGE, COPY_DST } = GPUBufferUsage;
    const known = this.#buffers[binding] ??= device.createBuffer({
      size: BUFFER_BYTES,
      usage: UNIFORM | STORAGE | COPY_DST,
    });
    if (params.length) device.queue.writeBuffer(known, 0, Uint32Array.from(params));
    return { buffer: known };
  }
}
