/**
 * Arrays that kernels read through textures, where the driver reads those faster than storage.
 *
 * lavapipe loads from storage in a loop over lanes that puts one number after another into a vector.
 * Without AVX-512 LLVM does that through memory, some 25 cycles a number; a texel's four numbers are
 * loaded at once and turned round in registers, about one cycle a number. The copy into the texture
 * costs less than two.
 *
 * @module
 */
import type { AdapterFacts } from "./adapter.ts";

/** Texels of a row, a power of two. */
export const ROW = 2048;
/** Four numbers. */
const TEXEL_BYTES = 16;
const ROW_BYTES = ROW * TEXEL_BYTES;

const DECLARED = /@group\(0\) @binding\((\d+)\) var<storage, read> (\w+): array<vec4f>;/g;

/** Bytes of a dispatch's arrays from which copying them is worth its commands. */
export const WORTH_COPYING: number = 2 ** 17;

/** Bytes that fit a texture on every device. */
export const MOST_BYTES: number = 8192 * ROW_BYTES;

/** Whether kernels can read storage textures here, as many as arrays. */
export function canReadTextures({ limits }: GPUDevice): boolean {
  // Deno's own types lack it.
  const { wgslLanguageFeatures } = navigator.gpu as GPU & {
    readonly wgslLanguageFeatures?: ReadonlySet<string>;
  };
  return wgslLanguageFeatures?.has("readonly_and_readwrite_storage_textures") === true &&
    limits.maxStorageTexturesPerShaderStage >= limits.maxStorageBuffersPerShaderStage;
}

/**
 * Bytes of a dispatch's arrays from which they are read through textures: some where that is the faster
 * way, on lavapipe with vectors of 256 bits; elsewhere infinitely many.
 */
export function texturesFrom(device: GPUDevice, { kind, subgroupSize }: AdapterFacts): number {
  const faster = kind === "cpu" && subgroupSize === 8;
  return faster && canReadTextures(device) ? WORTH_COPYING : Infinity;
}

/** Bindings of the arrays of vec4f that a kernel only reads. */
export const vectorBindings = (text: string): number[] =>
  [...text.matchAll(DECLARED)].map(([, binding]) => Number(binding));

/**
 * The text with textures in place of the arrays of {@linkcode vectorBindings}. What it reads past an
 * array's end is not zero or the last number, as in storage, but anything: it must not count.
 */
export function readThroughTextures(text: string): string {
  const names = [...text.matchAll(DECLARED)].map(([, , name]) => name);
  const declared = text.replace(
    DECLARED,
    (_, binding, name) =>
      `@group(0) @binding(${binding}) var texels_${name}: texture_storage_2d<rgba32float, read>;
fn load_${name}(i: u32) -> vec4f { return textureLoad(texels_${name}, vec2u(i % ${ROW}u, i / ${ROW}u)); }`,
  );
  return names.reduce(withCalls, declared);
}

/** Writes every `name[i]` as `load_name(i)`; no kernel has names like this. */
function withCalls(text: string, name: string): string {
  const start = text.search(new RegExp(`\\b${name}\\[`));
  if (start < 0) return text;
  const open = start + name.length;
  let close = open;
  for (let depth = 0; close < text.length; close++) {
    if (text[close] === "[") depth++;
    if (text[close] === "]" && --depth === 0) break;
  }
  const index = withCalls(text.slice(open + 1, close), name);
  return `${text.slice(0, start)}load_${name}(${index})${withCalls(text.slice(close + 1), name)}`;
}

/** A texture that holds a copy of an array. */
export interface Texels {
  /** Number unique within the device, for bind-group keys. */
  readonly id: number;
  /** What is bound. */
  readonly view: GPUTextureView;
}

interface HeldTexture extends Texels {
  readonly texture: GPUTexture;
  readonly rows: number;
}

/** Textures that arrays are copied into before a dispatch: one for each place among those it reads. */
export class TexturePool {
  #held: HeldTexture[] = [];
  #outgrown: HeldTexture[] = [];
  #made = 0;
  #peak = 0;

  /**
   * An empty pool.
   *
   * @param device Where textures are made.
   */
  constructor(readonly device: GPUDevice) {}

  /** Bytes of all textures. */
  get bytes(): number {
    return [...this.#held, ...this.#outgrown].reduce((sum, { rows }) => sum + rows * ROW_BYTES, 0);
  }

  /** Most bytes at once since {@linkcode resetPeak}. */
  get peakBytes(): number {
    return this.#peak;
  }

  /** Starts a new measurement of {@linkcode peakBytes}. */
  resetPeak(): void {
    this.#peak = this.bytes;
  }

  /** Makes room for so many bytes at a place. */
  reserve(place: number, bytes: number): void {
    const rows = Math.ceil(bytes / ROW_BYTES);
    const held = this.#held[place];
    if (held && held.rows >= rows) return;
    if (held) this.#outgrown.push(held);
    const height = 2 ** Math.ceil(Math.log2(rows));
    const texture = this.device.createTexture({
      size: [ROW, height],
      format: "rgba32float",
      usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.COPY_DST,
    });
    this.#held[place] = { id: ++this.#made, texture, view: texture.createView(), rows: height };
    this.#peak = Math.max(this.#peak, this.bytes);
  }

  /** Encodes the copy of a buffer's range, whole texels, into the texture at a place. */
  fill(commands: GPUCommandEncoder, place: number, source: Required<GPUBufferBinding>): Texels {
    const held = this.#held[place];
    const { texture } = held;
    const { buffer, offset, size } = source;
    const rows = Math.floor(size / ROW_BYTES);
    const rest = (size - rows * ROW_BYTES) / TEXEL_BYTES;
    if (rows) {
      const whole = { buffer, offset, bytesPerRow: ROW_BYTES };
      commands.copyBufferToTexture(whole, { texture }, [ROW, rows]);
    }
    if (rest) {
      const end = { buffer, offset: offset + rows * ROW_BYTES };
      commands.copyBufferToTexture(end, { texture, origin: [0, rows] }, [rest, 1]);
    }
    return held;
  }

  /** Destroys textures that have become too small, once what reads them is submitted. */
  dropOutgrown(): void {
    for (const { texture } of this.#outgrown.splice(0)) texture.destroy();
  }

  /** Destroys all textures, after a phase whose sizes will not come again. */
  trim(): void {
    this.dropOutgrown();
    for (const { texture } of this.#held.splice(0)) texture.destroy();
  }
}
