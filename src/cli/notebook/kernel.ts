/**
 * A Deno notebook kernel in a process of its own, driven by Jupyter's messaging protocol
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html), without Python.
 *
 * @module
 */
import { createHmac } from "node:crypto";
import { DataError } from "../../base/errors.ts";
import { concatenate, ZmtpSocket } from "./zmtp.ts";

/** A message of the kernel. */
export interface KernelMessage {
  /** Such as `stream`, `display_data`, `error`, `status`, `execute_reply`. */
  readonly type: string;
  /** The request that it belongs to. */
  readonly parent: string | undefined;
  /** What it says; the members depend on the type. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** Kernel 2.9.6 sometimes publishes a result after it says that it is idle. */
const LATE_RESULT_MS = 250;
const START_MS = 30_000;
const SUBSCRIBED_MS = 300;
const DELIMITER = "<IDS|MSG>";
/** What is kept of the kernel's error output, to show where it dies. */
const TAIL_CHARACTERS = 2000;

/** Exit code of a process that SIGTERM ended, as shells count it. */
const TERMINATED = 143;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A running kernel; {@linkcode Kernel.close} ends it. */
export class Kernel {
  #process: Deno.ChildProcess;
  #shell!: ZmtpSocket;
  #published!: ZmtpSocket;
  #key: string;
  #session: string = crypto.randomUUID();
  #listeners = new Map<string, (message: KernelMessage) => void>();
  #broken: PromiseWithResolvers<never> = Promise.withResolvers();
  #errorTail = "";
  /** SIGTERM reaches this process alone: the kernel would live on without it. */
  #onTerminate = (): void => {
    this.#kill();
    Deno.exit(TERMINATED);
  };

  private constructor(process: Deno.ChildProcess, key: string) {
    this.#process = process;
    this.#key = key;
    // Whoever waits for an answer races against this; when nobody waits it is no one's error.
    this.#broken.promise.catch(() => undefined);
    process.status.then(({ code }) => {
      const last = this.#errorTail.trim() || "it printed nothing";
      this.#broken.reject(new DataError(`the notebook kernel ended with code ${code}: ${last}`));
    });
    this.#keepErrors();
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", this.#onTerminate);
  }

  /**
   * Starts a kernel whose working directory is `folder`, and waits until it answers.
   *
   * @throws {DataError} where it does not come up.
   */
  static async start(folder: string): Promise<Kernel> {
    const ports = freePorts(5);
    const key = crypto.randomUUID();
    const connection = await Deno.makeTempFile({ prefix: "kernel-", suffix: ".json" });
    await Deno.writeTextFile(
      connection,
      JSON.stringify({
        ip: "127.0.0.1",
        transport: "tcp",
        signature_scheme: "hmac-sha256",
        key,
        shell_port: ports[0],
        iopub_port: ports[1],
        stdin_port: ports[2],
        control_port: ports[3],
        hb_port: ports[4],
      }),
    );
    const process = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", connection],
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const kernel = new Kernel(process, key);
    try {
      await Promise.race([kernel.#connect(ports[0], ports[1]), kernel.#broken.promise]);
      return kernel;
    } catch (error) {
      await kernel.close();
      throw error;
    } finally {
      await Deno.remove(connection);
    }
  }

  /**
   * Runs code; what the kernel publishes meanwhile goes to `onMessage` in order.
   *
   * @param timeoutMs Milliseconds after which the kernel is taken to hang.
   * @throws {DataError} where the time runs out or the kernel dies. An error that the code throws is
   *   no such error: it is a message of type `error`.
   */
  async execute(
    code: string,
    timeoutMs: number,
    onMessage: (message: KernelMessage) => void,
  ): Promise<void> {
    let lastHeard = Infinity;
    let idle = false;
    const finished = Promise.withResolvers<void>();
    const id = await this.#request("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    }, (message) => {
      lastHeard = performance.now();
      if (message.type === "execute_reply") finished.resolve();
      else if (isIdle(message)) idle = true;
      else onMessage(message);
    });
    const quiet = async () => {
      await finished.promise;
      while (!idle || performance.now() - lastHeard < LATE_RESULT_MS) await pause(10);
    };
    const clock = Promise.withResolvers<never>();
    const timer = setTimeout(() => clock.reject(timedOut(timeoutMs)), timeoutMs);
    try {
      await Promise.race([quiet(), this.#broken.promise, clock.promise]);
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(id);
    }
  }

  /** Ends the kernel and waits until it is gone. */
  async close(): Promise<void> {
    this.#shell?.close();
    this.#published?.close();
    this.#kill();
    await this.#process.status;
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGTERM", this.#onTerminate);
  }

  #kill(): void {
    try {
      this.#process.kill("SIGKILL");
    } catch (error) {
      // It ended already.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  async #connect(shellPort: number, publishedPort: number): Promise<void> {
    this.#shell = await ZmtpSocket.connect("DEALER", shellPort, START_MS);
    this.#published = await ZmtpSocket.connect("SUB", publishedPort, START_MS);
    for (const socket of [this.#shell, this.#published]) this.#listen(socket);
    // A subscription takes hold some time after it is sent: ask until something is published.
    const until = performance.now() + START_MS;
    for (let heard = false; !heard;) {
      if (performance.now() > until) {
        throw new DataError("starting the notebook kernel: it publishes nothing; run again");
      }
      const id = await this.#request("kernel_info_request", {}, (message) => {
        if (message.type === "status") heard = true;
      });
      for (let waited = 0; !heard && waited < SUBSCRIBED_MS; waited += 10) await pause(10);
      this.#listeners.delete(id);
    }
  }

  async #listen(socket: ZmtpSocket): Promise<void> {
    try {
      for (let frames = await socket.receive(); frames; frames = await socket.receive()) {
        const message = parse(frames);
        if (message.parent) this.#listeners.get(message.parent)?.(message);
      }
    } catch (error) {
      this.#broken.reject(error);
    }
  }

  async #request(
    type: string,
    content: unknown,
    listener: (message: KernelMessage) => void,
  ): Promise<string> {
    const id = crypto.randomUUID();
    this.#listeners.set(id, listener);
    const header = {
      msg_id: id,
      session: this.#session,
      username: "rwr",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => encoder.encode(JSON.stringify(part)));
    const signature = createHmac("sha256", this.#key).update(concatenate(parts)).digest("hex");
    await this.#shell.send([encoder.encode(DELIMITER), encoder.encode(signature), ...parts]);
    return id;
  }

  async #keepErrors(): Promise<void> {
    for await (const piece of this.#process.stderr) {
      this.#errorTail = (this.#errorTail + decoder.decode(piece)).slice(-TAIL_CHARACTERS);
    }
  }
}

function timedOut(ms: number): DataError {
  return new DataError(
    `ran longer than ${ms / 1000} s and was stopped; raise --timeout, or do less in one cell`,
  );
}

function isIdle({ type, content }: KernelMessage): boolean {
  return type === "status" && content.execution_state === "idle";
}

/** Frames: identities, the delimiter, the signature, header, parent header, metadata, content. */
function parse(frames: readonly Uint8Array[]): KernelMessage {
  const start = frames.findIndex((frame) => decoder.decode(frame) === DELIMITER);
  if (start < 0 || frames.length < start + 6) {
    throw new DataError(
      `a message of the notebook kernel: found ${frames.length} frames, expected a Jupyter message`,
    );
  }
  const [header, parent, , content] = frames.slice(start + 2, start + 6).map((frame) =>
    JSON.parse(decoder.decode(frame))
  );
  return { type: header.msg_type, parent: parent.msg_id, content };
}

/** Ports that are free now, all different because all are held until the last is found. */
function freePorts(count: number): number[] {
  const held = Array.from(
    { length: count },
    () => Deno.listen({ port: 0, hostname: "127.0.0.1" }),
  );
  const ports = held.map((listener) => listener.addr.port);
  for (const listener of held) listener.close();
  return ports;
}
