/**
 * The safetensors format: eight bytes of header length, a JSON header, then the tensors' bytes
 * without gaps (huggingface/safetensors). The kit writes 32-bit floats and reads 16-bit ones too.
 *
 * @module
 */
import { CheckpointError } from "../base/errors.ts";
import { writeFileAtomic } from "../base/files.ts";
import type { NamedTensors } from "./parameters.ts";

/** A tensor on the host. */
export interface HostTensor {
  /** Sizes of the axes. */
  readonly shape: readonly number[];
  /** Its numbers, row by row. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** Tensors in the order of their bytes. */
  readonly tensors: Map<string, HostTensor>;
  /** The header's `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where a tensor lies, as the header says. */
interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** First byte and the byte after the last, counted from the header's end. */
  readonly span: readonly [number, number];
}

const LENGTH_BYTES = 8;
const METADATA = "__metadata__";
/** The reference implementation refuses longer headers. */
const LONGEST_HEADER = 100_000_000;
/** Bytes asked of the system at once. */
const PIECE = 1 << 26;

interface FloatFormat {
  readonly bytes: number;
  readonly decode: (raw: Uint8Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;
}

const FORMATS: ReadonlyMap<string, FloatFormat> = new Map([
  ["F32", { bytes: 4, decode: (raw) => new Float32Array(raw.buffer) }],
  ["F16", { bytes: 2, decode: (raw) => new Float32Array(new Float16Array(raw.buffer)) }],
  ["BF16", { bytes: 2, decode: decodeBfloat16 }],
]);

/** A bfloat16 is the upper half of a 32-bit float. */
function decodeBfloat16(raw: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const halves = new Uint16Array(raw.buffer);
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i] << 16;
  return new Float32Array(words.buffer);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

const describe = (error: unknown): string => error instanceof Error ? error.message : String(error);

/**
 * Lays tensors out as a safetensors file; equal tensors in equal order have equal bytes. The
 * metadata says `format: pt`, without which other tools refuse the file.
 *
 * @throws {CheckpointError} on a name that the format reserves, or a shape that does not fit.
 */
export function encodeSafetensors(
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const noted = Object.entries({ format: "pt", ...metadata });
  noted.sort(([a], [b]) => a < b ? -1 : 1);
  const header: [string, unknown][] = [[METADATA, Object.fromEntries(noted)]];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === METADATA) {
      throw new CheckpointError(`writing safetensors: found a tensor named ${METADATA}; rename it`);
    }
    if (sizeOf(shape) !== data.length) {
      throw new CheckpointError(
        `writing safetensors: found ${data.length} numbers in tensor "${name}", expected ` +
          `${sizeOf(shape)} for [${shape}]`,
      );
    }
    const start = end;
    end += data.byteLength;
    header.push([name, { dtype: "F32", shape, data_offsets: [start, end] }]);
  }
  const members = header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const text = new TextEncoder().encode(`{${members.join(",")}}`);
  const headerBytes = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  // Spaces after the JSON put the first tensor at a multiple of eight bytes.
  file.fill(0x20, LENGTH_BYTES + text.length, LENGTH_BYTES + headerBytes);
  file.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/**
 * Writes tensors as 32-bit floats; a reader sees the old file or the new one, nothing between.
 *
 * @param path The file; missing folders are made.
 * @throws {CheckpointError} as {@linkcode encodeSafetensors}.
 * @throws {DataError} where the disk refuses; the old file is then untouched.
 */
export async function writeSafetensors(
  path: string,
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeFileAtomic(path, encodeSafetensors(tensors, metadata));
}

/**
 * Reads a safetensors file of F32, F16 or BF16 tensors as 32-bit floats, tensor by tensor. Whether
 * the numbers are finite is for {@linkcode ParameterStore.load} to check.
 *
 * @throws {CheckpointError} that names the file and tensor: missing or torn file, offsets out of
 * range, overlapping or with gaps, unknown kind of number, sizes that disagree.
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await open(path);
  try {
    const size = (await file.stat()).size;
    const { json, dataStart } = await readHeader(file, path, size);
    const { entries, metadata } = decodeHeader(json, path);
    checkLayout(entries, path, size - dataStart);
    const tensors = new Map<string, HostTensor>();
    for (const { name, dtype, shape, span: [start, end] } of entries) {
      const raw = await readSpan(file, path, dataStart + start, end - start);
      tensors.set(name, { shape, data: FORMATS.get(dtype)!.decode(raw) });
    }
    return { tensors, metadata };
  } finally {
    file.close();
  }
}

async function open(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (error) {
    throw new CheckpointError(`reading weights ${path}: ${describe(error)}; check the path`, {
      cause: error,
    });
  }
}

const torn = (path: string, found: string, expected: string): CheckpointError =>
  new CheckpointError(
    `reading weights ${path}: found ${found}, expected ${expected}; the file is torn or of another ` +
      `format: fetch it again or take an earlier checkpoint`,
  );

async function readSpan(
  file: Deno.FsFile,
  path: string,
  start: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await file.seek(start, Deno.SeekMode.Start);
  for (let done = 0; done < length;) {
    const read = await file.read(bytes.subarray(done, Math.min(length, done + PIECE)));
    if (read === null) {
      throw torn(path, `its end at byte ${start + done}`, `${start + length} bytes`);
    }
    done += read;
  }
  return bytes;
}

async function readHeader(
  file: Deno.FsFile,
  path: string,
  size: number,
): Promise<{ json: unknown; dataStart: number }> {
  if (size < LENGTH_BYTES) throw torn(path, `${size} bytes`, "at least the 8 bytes of a length");
  const prefix = await readSpan(file, path, 0, LENGTH_BYTES);
  const length = new DataView(prefix.buffer).getBigUint64(0, true);
  const most = Math.min(LONGEST_HEADER, size - LENGTH_BYTES);
  if (length > BigInt(most)) {
    throw torn(path, `a header of ${length} bytes in a file of ${size}`, `at most ${most}`);
  }
  const bytes = await readSpan(file, path, LENGTH_BYTES, Number(length));
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { json, dataStart: LENGTH_BYTES + Number(length) };
  } catch (error) {
    throw torn(path, `a header that is not JSON (${describe(error)})`, "a JSON object");
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const areCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

/** Entries in the order of their bytes. */
function decodeHeader(
  json: unknown,
  path: string,
): { entries: Entry[]; metadata: Record<string, string> } {
  if (!isObject(json)) throw torn(path, `a header ${JSON.stringify(json)}`, "a JSON object");
  const { [METADATA]: noted = {}, ...members } = json;
  if (!isObject(noted)) throw torn(path, `metadata ${JSON.stringify(noted)}`, "an object of texts");
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(noted)) {
    if (typeof value !== "string") {
      throw torn(path, `metadata "${key}" ${JSON.stringify(value)}`, "a text");
    }
    metadata[key] = value;
  }
  const entries = Object.entries(members).map(([name, value]) => decodeEntry(name, value, path));
  entries.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  return { entries, metadata };
}

function decodeEntry(name: string, value: unknown, path: string): Entry {
  const where = `tensor "${name}" with`;
  if (!isObject(value)) throw torn(path, `${where} ${JSON.stringify(value)}`, "an object");
  const { dtype, shape, data_offsets: span } = value;
  const format = typeof dtype === "string" ? FORMATS.get(dtype) : undefined;
  if (typeof dtype !== "string" || !format) {
    throw new CheckpointError(
      `reading weights ${path}: found tensor "${name}" of dtype ${
        JSON.stringify(dtype)
      }, expected ` +
        `${[...FORMATS.keys()].join(", ")}; convert the checkpoint to one of these`,
    );
  }
  if (!areCounts(shape)) {
    throw torn(path, `${where} shape ${JSON.stringify(shape)}`, "a list of sizes");
  }
  if (!areCounts(span) || span.length !== 2) {
    throw torn(path, `${where} data_offsets ${JSON.stringify(span)}`, "[start, end]");
  }
  const [start, end] = span;
  if (end - start !== sizeOf(shape) * format.bytes) {
    const wanted = `${sizeOf(shape) * format.bytes} for ${dtype} [${shape}]`;
    throw torn(path, `${where} ${end - start} bytes`, wanted);
  }
  return { name, dtype, shape, span: [start, end] };
}

/** The tensors follow one another without a gap, and end where the file ends. */
function checkLayout(entries: readonly Entry[], path: string, available: number): void {
  let at = 0;
  for (const { name, span: [start, end] } of entries) {
    if (end > available) {
      throw torn(path, `${available} bytes of data`, `tensor "${name}" up to byte ${end}`);
    }
    if (start !== at) {
      const kind = start < at ? "overlaps the tensor before it" : "leaves a gap before it";
      throw torn(path, `tensor "${name}", which ${kind}, at byte ${start}`, `its start at ${at}`);
    }
    at = end;
  }
  if (at !== available) throw torn(path, `${available} bytes of data`, `${at} as the header says`);
}
