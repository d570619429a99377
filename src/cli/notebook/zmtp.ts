/**
 * Client sockets of ZeroMQ's wire protocol, ZMTP 3.0 with the NULL mechanism
 * (https://rfc.zeromq.org/spec/23): as much of it as a Jupyter client needs.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";

/** `DEALER` sends requests and receives replies; `SUB` receives everything that is published. */
export type SocketType = "DEALER" | "SUB";

const MORE = 1;
const LONG = 2;
const COMMAND = 4;
const GREETING_BYTES = 64;
const RETRY_MS = 50;

const encoder = new TextEncoder();
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** One connection to a ZeroMQ socket on this machine. */
export class ZmtpSocket {
  #connection: Deno.TcpConn;
  #received: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /**
   * Connects, tries again while nobody listens yet, and shakes hands.
   *
   * @param patienceMs Milliseconds after which a refused connection is an error.
   * @throws {DataError} where nobody listens in time or the other side speaks another protocol.
   */
  static async connect(type: SocketType, port: number, patienceMs: number): Promise<ZmtpSocket> {
    const socket = new ZmtpSocket(await connectPatiently(port, patienceMs));
    await socket.#shakeHands(type);
    if (type === "SUB") await socket.send([new Uint8Array([1])]);
    return socket;
  }

  /** Sends one message of one or more frames. */
  async send(frames: readonly Uint8Array[]): Promise<void> {
    for (const [i, frame] of frames.entries()) {
      await this.#sendFrame(i < frames.length - 1 ? MORE : 0, frame);
    }
  }

  /** The next message, or `undefined` once the connection is closed. */
  async receive(): Promise<Uint8Array[] | undefined> {
    const frames: Uint8Array[] = [];
    while (true) {
      const frame = await this.#receiveFrame();
      if (!frame) return undefined;
      if (frame.flags & COMMAND) continue;
      frames.push(frame.data);
      if (!(frame.flags & MORE)) return frames;
    }
  }

  /** Ends the connection; a waiting {@linkcode receive} yields `undefined`. */
  close(): void {
    try {
      this.#connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #shakeHands(type: SocketType): Promise<void> {
    const greeting = new Uint8Array(GREETING_BYTES);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
    greeting.set(encoder.encode("NULL"), 12);
    await this.#write(greeting);
    const answer = await this.#take(GREETING_BYTES);
    if (answer?.[0] !== 0xff || answer[10] < 3) {
      throw new DataError(
        "connecting to the notebook kernel: found no ZMTP 3 greeting, expected one; " +
          "is another program listening on the kernel's port? Run the command again",
      );
    }
    const ready = concatenate([
      encoder.encode("\x05READY"),
      property("Socket-Type", type),
      property("Identity", ""),
    ]);
    await this.#sendFrame(COMMAND, ready);
    await this.#receiveFrame();
  }

  async #sendFrame(flags: number, data: Uint8Array): Promise<void> {
    if (data.length <= 255) {
      await this.#write(concatenate([new Uint8Array([flags, data.length]), data]));
      return;
    }
    const header = new Uint8Array(9);
    header[0] = flags | LONG;
    new DataView(header.buffer).setBigUint64(1, BigInt(data.length));
    await this.#write(concatenate([header, data]));
  }

  async #receiveFrame(): Promise<{ flags: number; data: Uint8Array } | undefined> {
    const flags = (await this.#take(1))?.[0];
    if (flags === undefined) return undefined;
    const size = await this.#take(flags & LONG ? 8 : 1);
    if (!size) return undefined;
    const length = flags & LONG
      ? Number(new DataView(size.buffer, size.byteOffset).getBigUint64(0))
      : size[0];
    const data = await this.#take(length);
    return data && { flags, data };
  }

  /** Exactly `count` bytes, or `undefined` where the connection ends before. */
  async #take(count: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const pieces = [this.#received];
    let length = this.#received.length;
    while (length < count) {
      const piece = new Uint8Array(65536);
      const got = await this.#read(piece);
      if (got === null) return undefined;
      pieces.push(piece.subarray(0, got));
      length += got;
    }
    const all = pieces.length === 1 ? pieces[0] : concatenate(pieces);
    this.#received = all.subarray(count);
    return all.slice(0, count);
  }

  async #read(into: Uint8Array): Promise<number | null> {
    try {
      return await this.#connection.read(into);
    } catch (error) {
      // Closed by us while waiting, or by a kernel that died.
      const ended = error instanceof Deno.errors.BadResource ||
        error instanceof Deno.errors.Interrupted || error instanceof Deno.errors.ConnectionReset;
      if (ended) return null;
      throw error;
    }
  }

  async #write(data: Uint8Array): Promise<void> {
    for (let done = 0; done < data.length;) {
      done += await this.#connection.write(data.subarray(done));
    }
  }
}

async function connectPatiently(port: number, patienceMs: number): Promise<Deno.TcpConn> {
  const until = performance.now() + patienceMs;
  while (true) {
    try {
      return await Deno.connect({ hostname: "127.0.0.1", port });
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      if (performance.now() > until) {
        throw new DataError(
          `connecting to the notebook kernel: nobody listened on port ${port} within ` +
            `${
              patienceMs / 1000
            } s; run \`deno jupyter --help\` to see that this Deno has a kernel`,
          { cause: error },
        );
      }
      await pause(RETRY_MS);
    }
  }
}

/** A property of the handshake: a name with a one-byte length, a value with a four-byte one. */
function property(name: string, value: string): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, value.length);
  return concatenate([
    new Uint8Array([name.length]),
    encoder.encode(name),
    size,
    encoder.encode(value),
  ]);
}

/** One array of all the bytes. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
