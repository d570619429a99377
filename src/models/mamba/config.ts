/**
 * Configuration, parameter names and initialisation of Mamba-1, as state-spaces/mamba has them.
 *
 * @module
 */
import { type Decoder, integer, number, object } from "../../base/config.ts";
import { ConfigError } from "../../base/errors.ts";
import { Rng } from "../../base/rng.ts";
import type { NamedTensors, ParameterSpec } from "../../nn/parameters.ts";

/** Sizes of a Mamba-1 and the scales it starts from. */
export interface MambaConfig {
  /** Tokens that can be predicted. */
  readonly vocabSize: number;
  /** Width of the residual stream (d_model). */
  readonly dim: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Inner width as a multiple of dim. */
  readonly expand: number;
  /** States a channel. */
  readonly state: number;
  /** Width of the causal convolution. */
  readonly conv: number;
  /** Rank of the step-size projection; upstream: ⌈dim / 16⌉. */
  readonly dtRank: number;
  /** Added to the mean square in every norm. */
  readonly epsilon: number;
  /** Standard deviation of the initial embedding; upstream: 0.02. */
  readonly initializerRange: number;
  /** Initial weight of the final norm; upstream: 1. */
  readonly finalNorm: number;
}

const decoder: Decoder<MambaConfig> = object({
  vocabSize: integer(1),
  dim: integer(1),
  layers: integer(1),
  expand: integer(1),
  state: integer(1, 128),
  conv: integer(2, 16),
  dtRank: integer(1),
  epsilon: number(0, 1),
  initializerRange: number(0),
  finalNorm: number(0),
});

/** Reads a configuration strictly. @throws {ConfigError} that names the key and what is wrong. */
export function decodeMambaConfig(value: unknown): MambaConfig {
  return decoder(value, "model");
}

/** Upstream's defaults for a width and depth: expand 2, state 16, convolution 4, rank ⌈dim / 16⌉. */
export function mambaConfig(
  sizes: Pick<MambaConfig, "vocabSize" | "dim" | "layers"> & Partial<MambaConfig>,
): MambaConfig {
  return decodeMambaConfig({
    expand: 2,
    state: 16,
    conv: 4,
    dtRank: Math.ceil(sizes.dim / 16),
    epsilon: 1e-5,
    initializerRange: 0.02,
    finalNorm: 1,
    ...sizes,
  });
}

/** Channels inside a block. */
export const innerDim = (c: MambaConfig): number => c.expand * c.dim;

/** Rows of the embedding: the vocabulary, padded to a multiple of 8 as upstream does. */
export const paddedVocab = (c: MambaConfig): number => Math.ceil(c.vocabSize / 8) * 8;

/** The prefix of a layer's mixer. */
export const mixerName = (layer: number): string => `backbone.layers.${layer}.mixer`;

/** Every parameter under upstream's name. A_log, D, biases, norms and the embedding do not decay. */
export function mambaParameters(c: MambaConfig): ParameterSpec[] {
  const inner = innerDim(c);
  const specs: ParameterSpec[] = [
    { name: "backbone.embedding.weight", shape: [paddedVocab(c), c.dim], decays: false },
  ];
  const add = (name: string, shape: readonly number[], decays: boolean) =>
    specs.push({ name, shape, decays });
  for (let layer = 0; layer < c.layers; layer++) {
    const mixer = mixerName(layer);
    add(`backbone.layers.${layer}.norm.weight`, [c.dim], false);
    add(`${mixer}.A_log`, [inner, c.state], false);
    add(`${mixer}.D`, [inner], false);
    add(`${mixer}.in_proj.weight`, [2 * inner, c.dim], true);
    add(`${mixer}.conv1d.weight`, [inner, 1, c.conv], true);
    add(`${mixer}.conv1d.bias`, [inner], false);
    add(`${mixer}.x_proj.weight`, [c.dtRank + 2 * c.state, inner], true);
    add(`${mixer}.dt_proj.weight`, [inner, c.dtRank], true);
    add(`${mixer}.dt_proj.bias`, [inner], false);
    add(`${mixer}.out_proj.weight`, [c.dim, inner], true);
  }
  add("backbone.norm_f.weight", [c.dim], false);
  return specs;
}

/**
 * Initial weights: A_log = log(1..N), D = 1, dt_proj so that Δ starts log-uniform in [1e-3, 0.1],
 * out_proj divided by √layers, everything else PyTorch's default for its layer.
 *
 * @param seed Decides every number.
 */
export function initializeMamba(c: MambaConfig, seed: number | string): NamedTensors {
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }>();
  for (const { name, shape } of mambaParameters(c)) {
    const size = shape.reduce((product, n) => product * n, 1);
    const draw = initialValue(c, name, shape, new Rng(`${seed}/${name}`));
    tensors.set(name, { shape, data: Float32Array.from({ length: size }, (_, i) => draw(i)) });
  }
  return tensors;
}

const SMALLEST_STEP = 1e-3;
const LARGEST_STEP = 0.1;
const STEP_FLOOR = 1e-4;

function initialValue(
  c: MambaConfig,
  name: string,
  shape: readonly number[],
  rng: Rng,
): (i: number) => number {
  const uniform = (bound: number) => () => (2 * rng.uniform() - 1) * bound;
  const fanIn = (shape[2] ?? 1) * (shape[1] ?? 1);
  const part = name.replace(/^backbone\.(layers\.\d+\.(mixer\.)?)?/, "");
  switch (part) {
    case "embedding.weight":
      return () => c.initializerRange * rng.normal();
    case "norm_f.weight":
      return () => c.finalNorm;
    case "norm.weight":
    case "D":
      return () => 1;
    case "A_log":
      return (i) => Math.log(i % c.state + 1);
    case "conv1d.bias":
      return uniform(c.conv ** -0.5);
    case "dt_proj.weight":
      return uniform(c.dtRank ** -0.5);
    case "dt_proj.bias":
      return () => {
        const span = Math.log(LARGEST_STEP) - Math.log(SMALLEST_STEP);
        const step = Math.max(STEP_FLOOR, Math.exp(rng.uniform() * span + Math.log(SMALLEST_STEP)));
        return step + Math.log(-Math.expm1(-step));
      };
    case "out_proj.weight":
      return uniform(fanIn ** -0.5 / Math.sqrt(c.layers));
    case "in_proj.weight":
    case "conv1d.weight":
    case "x_proj.weight":
      return uniform(fanIn ** -0.5);
  }
  throw new ConfigError(`initialising Mamba: no rule for parameter "${name}"`);
}
