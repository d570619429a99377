/**
 * Mamba-2 (Dao and Gu, arXiv 2405.21060): its mixer in a language model.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import type { GpuArray } from "../../gpu/array.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { NamedTensors } from "../../nn/parameters.ts";
import {
  conv1d,
  gatedRmsNorm,
  linear,
  type Parameter,
  split,
  ssd,
  type Tape,
  type Tensor,
} from "../../tensor/mod.ts";
import { type Carried, LanguageModel, type Mixed } from "../language_model.ts";
import type { ModelPrecision } from "../precision.ts";
import {
  convDim,
  headsOf,
  innerDim,
  type Mamba2Config,
  mamba2Parameters,
  mixerName,
} from "./config.ts";
import { hfConfig2 } from "./formats.ts";

/** A Mamba-2 language model with tied head. */
export class Mamba2 extends LanguageModel<Mamba2Config> {
  /**
   * A model with these weights.
   *
   * @param weights Tensors under upstream's names.
   * @param trainable Also allocates gradients.
   * @param precision In which linear layers read their operands going forward.
   * @throws {CheckpointError} where the weights do not fit the configuration.
   * @throws {DeviceError} where the adapter lacks the precision.
   */
  constructor(
    gpu: Gpu,
    config: Mamba2Config,
    weights: NamedTensors,
    trainable: boolean,
    precision: ModelPrecision = "f32",
  ) {
    super(gpu, config, mamba2Parameters(config), weights, trainable, precision);
  }

  /** Bytes of GPU memory that one sequence's state takes, whatever its length. */
  get stateBytes(): number {
    const { config: c } = this;
    return 4 * c.layers * (innerDim(c) * c.state + convDim(c) * (c.conv - 1));
  }

  /** The `config.json` of a checkpoint, with which transformers loads the model too. */
  get configJson(): Json {
    return hfConfig2(this.config);
  }

  /** Projection, convolution over x, B and C, SSD, gated norm, and projection back. */
  protected mix(
    tape: Tape,
    layer: number,
    normed: Tensor,
    sequenceIndex: GpuArray | undefined,
    carried: Carried | undefined,
  ): Mixed {
    const { config: c } = this;
    const weight = (name: string): Parameter => this.parameters.get(`${mixerName(layer)}.${name}`);
    const [inner, shared] = [innerDim(c), c.groups * c.state];
    const projected = linear(tape, normed, weight("in_proj.weight"));
    const [z, xBC, dt] = split(projected, [inner, convDim(c), headsOf(c)]);
    const lastState = carried !== undefined;
    const conv = conv1d(
      tape,
      xBC,
      weight("conv1d.weight"),
      weight("conv1d.bias"),
      sequenceIndex,
      { initialState: carried?.state?.conv, lastState },
    );
    const [x, B, C] = split(conv.out, [inner, shared, shared]);
    const scan = ssd(
      tape,
      { x, dt, dtBias: weight("dt_bias"), ALog: weight("A_log"), B, C, D: weight("D") },
      { groups: c.groups, stepLimits: [c.leastStep, c.largestStep ?? Infinity] },
      sequenceIndex,
      { initialState: carried?.state?.scan, lastState },
    );
    const options = { groups: c.groups, epsilon: c.epsilon, precision: this.activations };
    const gated = gatedRmsNorm(tape, scan.out, z, weight("norm.weight"), options);
    const state = lastState ? { conv: conv.lastState!, scan: scan.lastState! } : undefined;
    return { x: linear(tape, gated, weight("out_proj.weight")), state };
  }
}
