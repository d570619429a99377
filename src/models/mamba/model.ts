/**
 * Mamba-1 (Gu and Dao, arXiv 2312.00752): its mixer in a language model.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import type { GpuArray } from "../../gpu/array.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { NamedTensors } from "../../nn/parameters.ts";
import {
  conv1d,
  linear,
  type Parameter,
  selectiveScan,
  split,
  type Tape,
  type Tensor,
} from "../../tensor/mod.ts";
import { type Carried, LanguageModel, type Mixed } from "../language_model.ts";
import type { ModelPrecision } from "../precision.ts";
import { innerDim, type MambaConfig, mambaParameters, mixerName } from "./config.ts";
import { hfConfig } from "./hf.ts";

/** A Mamba-1 language model with tied head. */
export class Mamba extends LanguageModel<MambaConfig> {
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
    config: MambaConfig,
    weights: NamedTensors,
    trainable: boolean,
    precision: ModelPrecision = "f32",
  ) {
    super(gpu, config, mambaParameters(config), weights, trainable, precision);
  }

  /** Bytes of GPU memory that one sequence's state takes, whatever its length. */
  get stateBytes(): number {
    const { config: c } = this;
    return 4 * c.layers * innerDim(c) * (c.state + c.conv - 1);
  }

  /** The `config.json` of a checkpoint, with which transformers loads the model too. */
  get configJson(): Json {
    return hfConfig(this.config);
  }

  /** Projection, convolution, selective scan with its gate, and projection back. */
  protected mix(
    tape: Tape,
    layer: number,
    normed: Tensor,
    sequenceIndex: GpuArray | undefined,
    carried: Carried | undefined,
  ): Mixed {
    const { config: c } = this;
    const weight = (name: string): Parameter => this.parameters.get(`${mixerName(layer)}.${name}`);
    const inner = innerDim(c);
    const [series, z] = split(linear(tape, normed, weight("in_proj.weight")), [inner, inner]);
    const lastState = carried !== undefined;
    const conv = conv1d(
      tape,
      series,
      weight("conv1d.weight"),
      weight("conv1d.bias"),
      sequenceIndex,
      {
        initialState: carried?.state?.conv,
        lastState,
      },
    );
    const u = conv.out;
    const sizes = [c.dtRank, c.state, c.state];
    const [step, B, C] = split(linear(tape, u, weight("x_proj.weight")), sizes);
    const delta = linear(tape, step, weight("dt_proj.weight"));
    const scan = selectiveScan(
      tape,
      {
        u,
        delta,
        ALog: weight("A_log"),
        B,
        C,
        D: weight("D"),
        z,
        deltaBias: weight("dt_proj.bias"),
      },
      sequenceIndex,
      { initialState: carried?.state?.scan, lastState },
      this.activations,
    );
    const state = lastState ? { conv: conv.lastState!, scan: scan.lastState! } : undefined;
    return { x: linear(tape, scan.out, weight("out_proj.weight")), state };
  }
}
