/**
 * Configuration, parameter names and initialisation of Mamba-2, as state-spaces/mamba has them.
 *
 * @module
 */
import { type Decoder, integer, number, object } from "../../base/config.ts";
import { ConfigError } from "../../base/errors.ts";
import { Rng } from "../../base/rng.ts";
import type { NamedTensors, ParameterSpec } from "../../nn/parameters.ts";

/** Sizes of a Mamba-2 and the scales it starts from. */
export interface Mamba2Config {
  /** Tokens that can be predicted. */
  readonly vocabSize: number;
  /** Rows of the embedding; upstream: the vocabulary, padded to a multiple of 16. */
  readonly paddedVocab: number;
  /** Width of the residual stream (d_model). */
  readonly dim: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Inner width as a multiple of dim. */
  readonly expand: number;
  /** Channels of a head. */
  readonly headDim: number;
  /** Groups of heads that share B and C, and of channels that are normalised together. */
  readonly groups: number;
  /** States a channel. */
  readonly state: number;
  /** Width of the causal convolution. */
  readonly conv: number;
  /** Least step size after softplus. */
  readonly leastStep: number;
  /** Largest step size after softplus; null where it has no bound. */
  readonly largestStep: number | null;
  /** Added to the mean square in every norm. */
  readonly epsilon: number;
  /** Standard deviation of the initial embedding; upstream: 0.02. */
  readonly initializerRange: number;
  /** Initial weight of the final norm; upstream: 1. */
  readonly finalNorm: number;
}

const positive = number(0);

const decoder: Decoder<Mamba2Config> = object({
  vocabSize: integer(1),
  paddedVocab: integer(1),
  dim: integer(1),
  layers: integer(1),
  expand: integer(1),
  headDim: integer(1),
  groups: integer(1),
  state: integer(1),
  conv: integer(2, 16),
  leastStep: positive,
  largestStep: (value, path) => value === null ? null : positive(value, path),
  epsilon: number(0, 1),
  initializerRange: number(0),
  finalNorm: number(0),
});

/**
 * Reads a configuration strictly.
 *
 * @throws {ConfigError} that names the key and what is wrong, or sizes that do not divide one another.
 */
export function decodeMamba2Config(value: unknown): Mamba2Config {
  const c = decoder(value, "model");
  const divides = (what: string, whole: number, part: string, size: number): void => {
    if (whole % size === 0) return;
    throw new ConfigError(
      `configuration model: found ${whole} ${what} and ${part} ${size}, expected one that divides them`,
    );
  };
  divides("channels", innerDim(c), "headDim", c.headDim);
  divides("heads", headsOf(c), "groups", c.groups);
  if (c.paddedVocab < c.vocabSize) {
    throw new ConfigError(
      `configuration model: found paddedVocab ${c.paddedVocab}, expected at least vocabSize ${c.vocabSize}`,
    );
  }
  return c;
}

/** Rows of the embedding are a multiple of this in upstream's models. */
const VOCABULARY_MULTIPLE = 16;

/** Upstream's defaults for a width and depth: expand 2, heads of 64, state 128, one group. */
export function mamba2Config(
  sizes: Pick<Mamba2Config, "vocabSize" | "dim" | "layers"> & Partial<Mamba2Config>,
): Mamba2Config {
  return decodeMamba2Config({
    paddedVocab: Math.ceil(sizes.vocabSize / VOCABULARY_MULTIPLE) * VOCABULARY_MULTIPLE,
    expand: 2,
    headDim: 64,
    groups: 1,
    state: 128,
    conv: 4,
    leastStep: 0,
    largestStep: null,
    epsilon: 1e-5,
    initializerRange: 0.02,
    finalNorm: 1,
    ...sizes,
  });
}

/** Channels inside a block. */
export const innerDim = (c: Mamba2Config): number => c.expand * c.dim;

/** Heads of a block. */
export const headsOf = (c: Mamba2Config): number => innerDim(c) / c.headDim;

/** Channels of the convolution: x, B and C. */
export const convDim = (c: Mamba2Config): number => innerDim(c) + 2 * c.groups * c.state;

/** The prefix of a layer's mixer. */
export const mixerName = (layer: number): string => `backbone.layers.${layer}.mixer`;

/** Every parameter under upstream's name. A_log, D, biases, norms and the embedding do not decay. */
export function mamba2Parameters(c: Mamba2Config): ParameterSpec[] {
  const [inner, heads] = [innerDim(c), headsOf(c)];
  const specs: ParameterSpec[] = [
    { name: "backbone.embedding.weight", shape: [c.paddedVocab, c.dim], decays: false },
  ];
  const add = (name: string, shape: readonly number[], decays: boolean) =>
    specs.push({ name, shape, decays });
  for (let layer = 0; layer < c.layers; layer++) {
    const mixer = mixerName(layer);
    add(`backbone.layers.${layer}.norm.weight`, [c.dim], false);
    add(`${mixer}.dt_bias`, [heads], false);
    add(`${mixer}.A_log`, [heads], false);
    add(`${mixer}.D`, [heads], false);
    add(`${mixer}.in_proj.weight`, [inner + convDim(c) + heads, c.dim], true);
    add(`${mixer}.conv1d.weight`, [convDim(c), 1, c.conv], true);
    add(`${mixer}.conv1d.bias`, [convDim(c)], false);
    add(`${mixer}.norm.weight`, [inner], false);
    add(`${mixer}.out_proj.weight`, [c.dim, inner], true);
  }
  add("backbone.norm_f.weight", [c.dim], false);
  return specs;
}

/**
 * Initial weights: A uniform in [1, 16], D = 1, dt_bias so that Δ starts log-uniform in [1e-3, 0.1],
 * out_proj divided by √layers, everything else PyTorch's default for its layer.
 *
 * @param seed Decides every number.
 */
export function initializeMamba2(c: Mamba2Config, seed: number | string): NamedTensors {
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }>();
  for (const { name, shape } of mamba2Parameters(c)) {
    const size = shape.reduce((product, n) => product * n, 1);
    const draw = initialValue(c, name, shape, new Rng(`${seed}/${name}`));
    tensors.set(name, { shape, data: Float32Array.from({ length: size }, draw) });
  }
  return tensors;
}

const SMALLEST_STEP = 1e-3;
const LARGEST_STEP = 0.1;
const STEP_FLOOR = 1e-4;
const DECAY_RANGE = [1, 16] as const;

function initialValue(
  c: Mamba2Config,
  name: string,
  shape: readonly number[],
  rng: Rng,
): () => number {
  const uniform = (bound: number) => () => (2 * rng.uniform() - 1) * bound;
  const fanIn = (shape[2] ?? 1) * (shape[1] ?? 1);
  const part = name.replace(/^backbone\.(layers\.\d+\.)?/, "");
  switch (part) {
    case "embedding.weight":
      return () => c.initializerRange * rng.normal();
    case "norm_f.weight":
      return () => c.finalNorm;
    case "norm.weight":
    case "mixer.norm.weight":
    case "mixer.D":
      return () => 1;
    case "mixer.A_log":
      return () => Math.log(DECAY_RANGE[0] + (DECAY_RANGE[1] - DECAY_RANGE[0]) * rng.uniform());
    case "mixer.dt_bias":
      return () => {
        const span = Math.log(LARGEST_STEP) - Math.log(SMALLEST_STEP);
        const step = Math.max(STEP_FLOOR, Math.exp(rng.uniform() * span + Math.log(SMALLEST_STEP)));
        return step + Math.log(-Math.expm1(-step));
      };
    case "mixer.conv1d.bias":
      return uniform(c.conv ** -0.5);
    case "mixer.out_proj.weight":
      return uniform(fanIn ** -0.5 / Math.sqrt(c.layers));
    case "mixer.in_proj.weight":
    case "mixer.conv1d.weight":
      return uniform(fanIn ** -0.5);
  }
  throw new ConfigError(`initialising Mamba-2: no rule for parameter "${name}"`);
}
