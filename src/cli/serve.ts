/**
 * `deno task serve`: a model behind OpenAI's protocol.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import { makeGenerate } from "../infer/mod.ts";
import { formatFor, modelFromFolder } from "../pipeline/answer_run.ts";
import { serveModel } from "../serve/mod.ts";
import { loadTokenizer } from "../tokenizer/mod.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { stopOnInterrupt } from "./interrupt.ts";
import { openGpu, precisionOf, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";

const FLAGS = {
  model: "text",
  tokenizer: "text",
  name: "text",
  host: "text",
  port: "integer",
  precision: "text",
  ...VARIANT_FLAGS,
} as const;

function required(value: string | undefined, name: string, what: string): string {
  if (value !== undefined) return value;
  throw new ConfigError(`serve: --${name} is missing; give ${what}`);
}

/** The command. */
export const command: Command = {
  summary: "serve a Mamba through OpenAI's protocol",
  usage: `
  --model FOLDER    a checkpoint of the kit, or config.json and model.safetensors of transformers
  --tokenizer FILE  the Hugging Face tokenizer.json that it was made with
  --name NAME       what requests call it (the folder's name)
  --host HOST       address to listen on (127.0.0.1)
  --port N          port (8000; 0 takes a free one)
  --precision P     f16 reads the weights of linear layers in f16, f16-activations what norms and
                    scan hand to them too, where the adapter can (f32)
${VARIANT_USAGE}

Environment: RWR_SERVE_API_KEY, a key that requests must bring (none is asked for without it).
`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    const folder = required(flags.model, "model", "the folder of a model");
    const file = required(flags.tokenizer, "tokenizer", "a tokenizer.json");
    const precision = precisionOf(flags.precision);
    const tokenizer = await loadTokenizer(file);
    const found = await modelFromFolder(folder, tokenizer, precision);
    const gpu = await openGpu(flags, { precision });
    try {
      const model = await found.make(gpu);
      const name = flags.name ?? found.name;
      const handler = serveModel({
        name,
        tokenizer,
        stop: [tokenizer.tokenId(formatFor(tokenizer).endToken)!],
        generator: (sampling) => makeGenerate(gpu, model, sampling && { sampling }),
      }, { key: Deno.env.get("RWR_SERVE_API_KEY") || undefined, onError: console.error });
      using interrupt = stopOnInterrupt(console.log);
      await listen(handler, flags.host ?? "127.0.0.1", flags.port ?? 8000, name, interrupt.signal);
      return 0;
    } finally {
      gpu.destroy();
    }
  },
};

async function listen(
  handler: (request: Request) => Promise<Response>,
  hostname: string,
  port: number,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const onListen = ({ hostname, port }: { hostname: string; port: number }): void =>
    console.log(`serving ${name} at http://${hostname}:${port}/v1; Ctrl-C ends it`);
  let server;
  try {
    server = Deno.serve({ hostname, port, onListen }, handler);
  } catch (cause) {
    throw new ConfigError(
      `serve: found ${hostname}:${port} taken or not allowed, expected a free port; give --port`,
      { cause },
    );
  }
  signal.addEventListener("abort", () => server.shutdown());
  await server.finished;
}
