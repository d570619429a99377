/**
 * Starting the Python side of a comparison, in an interpreter that has PyTorch.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { ConfigError, KitError } from "../../src/base/errors.ts";

/** Threads of PyTorch, of C and of a software adapter, unless told. */
export const THREADS = 2;

/** The Python side could not be started, or did not do what was asked. */
export class PeerError extends KitError {
  override name = "PeerError";
}

const INSTALL = "make one with `python3 -m venv venv` and " +
  "`venv/bin/pip install -r tools/peers/requirements.txt`";

/**
 * Checks `--python`.
 *
 * @throws {ConfigError} where it was not given or is not an interpreter with PyTorch.
 */
export async function checkPython(python: string | undefined): Promise<string> {
  if (python === undefined) {
    throw new ConfigError(
      `command line: found no --python, expected an interpreter with PyTorch; ${INSTALL}`,
    );
  }
  const wanted = "import torch, safetensors, numpy";
  const { success, found } = await tryPython(python, wanted);
  if (!success) {
    throw new ConfigError(
      `command line: --python=${python} cannot run \`${wanted}\` (${found}), expected an ` +
        `interpreter with the packages of tools/peers/requirements.txt; ${INSTALL}`,
    );
  }
  return python;
}

async function tryPython(python: string, program: string) {
  try {
    const command = new Deno.Command(python, { args: ["-c", program], stdin: "null" });
    const { success, stderr } = await command.output();
    const lines = new TextDecoder().decode(stderr).trim().split("\n");
    return { success, found: lines[lines.length - 1] };
  } catch (error) {
    return { success: false, found: error instanceof Error ? error.message : String(error) };
  }
}

/** A script of this folder as a command; its errors go to this program's. */
export function peerCommand(
  python: string,
  script: string,
  args: readonly string[],
  io: Pick<Deno.CommandOptions, "stdin" | "stdout" | "env">,
): Deno.Command {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return new Deno.Command(python, { args: ["-B", path, ...args], ...io, stderr: "inherit" });
}

/** Runs `body` with a folder that is gone afterwards. */
export async function inPeerFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "rwr-peers-" });
  try {
    return await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Glibc would give every large tensor back to the system and clear its pages anew; kept, they cost
 * half as much processor time. Other systems pass over these names.
 */
export const KEEP_MEMORY: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: "4294967296",
  MALLOC_TRIM_THRESHOLD_: "17179869184",
};

/** A Python script that answers each line with a line of JSON. */
export class PeerProcess {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #lines: AsyncGenerator<string>;

  /**
   * @param threads Most threads of PyTorch and of the libraries below it.
   * @param variables Set beside those of this process.
   */
  constructor(
    python: string,
    script: string,
    folder: string,
    threads: number,
    variables: Readonly<Record<string, string>> = {},
  ) {
    this.#child = peerCommand(python, script, [folder, `--threads=${threads}`], {
      stdin: "piped",
      stdout: "piped",
      env: { ...variables, OMP_NUM_THREADS: `${threads}`, MKL_NUM_THREADS: `${threads}` },
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = linesOf(this.#child.stdout);
  }

  /** The process's number. */
  get pid(): number {
    return this.#child.pid;
  }

  /** The next line that it writes. @throws {PeerError} where it ended instead, or wrote no JSON. */
  async read(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) {
      const { code } = await this.#child.status;
      throw new PeerError(`PyTorch ended with code ${code}, expected an answer; see above for why`);
    }
    try {
      return JSON.parse(value);
    } catch {
      throw new PeerError(`PyTorch wrote ${JSON.stringify(value)}, expected a line of JSON`);
    }
  }

  /** Writes a line, and reads the answer. @throws {PeerError} as {@linkcode read}. */
  async ask(line: string): Promise<unknown> {
    try {
      await this.#input.write(new TextEncoder().encode(`${line}\n`));
    } catch {
      // It has ended: reading says how.
    }
    return await this.read();
  }

  /** Ends it and waits until it is gone. */
  async close(): Promise<void> {
    await this.#input.close().catch(() => undefined);
    await this.#lines.return(undefined);
    await this.#child.status;
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
