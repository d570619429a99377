/**
 * Mamba-2's `config.json`, as Hugging Face's transformers and as state-spaces/mamba have it.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { CheckpointError } from "../../base/errors.ts";
import { decodeMamba2Config, headsOf, type Mamba2Config } from "./config.ts";

type Members = Readonly<Record<string, unknown>>;

/** What the kit's Mamba-2 has no other form of, by transformers' names. */
const FIXED = {
  hidden_act: "silu",
  use_bias: false,
  use_conv_bias: true,
  rms_norm: true,
  tie_word_embeddings: true,
} as const;

/** The same in upstream's `ssm_cfg`. */
const FIXED_UPSTREAM = {
  bias: false,
  conv_bias: true,
  rmsnorm: true,
  norm_before_gate: false,
  D_has_hdim: false,
  d_ssm: null,
} as const;

/** And beside it: no attention, no second layer in a block, a tied head. */
const FIXED_MODEL = { d_intermediate: 0, rms_norm: true, tie_embeddings: true } as const;

/** transformers' default; the kernels choose their own, and all give the same numbers. */
const CHUNK = 256;

/** JSON has no infinity: beyond this, a bound of step sizes is none. */
const UNBOUNDED = 3e38;

/**
 * The `config.json` with which transformers' `Mamba2ForCausalLM` loads a checkpoint of the kit.
 *
 * `unpadded_vocab_size` and `final_norm_init` are the kit's own; transformers passes over them. With
 * more than one group, transformers' own PyTorch code normalises all channels together, its fused
 * kernels and upstream by group, as the kit does.
 */
export function hfConfig2(c: Mamba2Config): { readonly [key: string]: Json } {
  const bounded = c.leastStep > 0 || c.largestStep !== null;
  return {
    architectures: ["Mamba2ForCausalLM"],
    model_type: "mamba2",
    torch_dtype: "float32",
    vocab_size: c.paddedVocab,
    unpadded_vocab_size: c.vocabSize,
    hidden_size: c.dim,
    num_hidden_layers: c.layers,
    expand: c.expand,
    num_heads: headsOf(c),
    head_dim: c.headDim,
    n_groups: c.groups,
    state_size: c.state,
    conv_kernel: c.conv,
    chunk_size: CHUNK,
    ...(bounded && { time_step_limit: [c.leastStep, c.largestStep ?? UNBOUNDED] }),
    layer_norm_epsilon: c.epsilon,
    initializer_range: c.initializerRange,
    final_norm_init: c.finalNorm,
    ...FIXED,
    residual_in_fp32: true,
    rescale_prenorm_residual: true,
    bos_token_id: null,
    eos_token_id: null,
    pad_token_id: null,
  };
}

/** Whether a `config.json` is one of Mamba-2, of transformers or of upstream. */
export function isMamba2Config(json: unknown): boolean {
  const { model_type, ssm_cfg } = (json ?? {}) as Members;
  return model_type === "mamba2" || (ssm_cfg as Members | undefined)?.layer === "Mamba2";
}

/**
 * Reads a `config.json` of Mamba-2, of transformers or of upstream. Keys that do not shape the model
 * are passed over.
 *
 * @throws {CheckpointError} where it is another model, or a form of Mamba-2 that the kit lacks.
 * @throws {ConfigError} on a size that is missing or out of range.
 */
export function mamba2ConfigFrom(json: unknown): Mamba2Config {
  const given = (json ?? {}) as Members;
  return decodeMamba2Config(given.ssm_cfg ? fromUpstream(given) : fromTransformers(given));
}

function demand(found: Members, expected: Members): void {
  for (const [key, value] of Object.entries(expected)) {
    if (JSON.stringify(found[key] ?? value) === JSON.stringify(value)) continue;
    throw new CheckpointError(
      `reading a Mamba-2's config.json: found ${key} ${JSON.stringify(found[key])}, expected ` +
        `${JSON.stringify(value)}; take a checkpoint in the form of mamba2-130m`,
    );
  }
}

function fromTransformers(hf: Members): Members {
  demand({ model_type: null, ...hf }, { ...FIXED });
  if (hf.model_type !== "mamba2") {
    throw new CheckpointError(
      `reading a Mamba-2's config.json: found model_type ${
        JSON.stringify(hf.model_type)
      }, expected ` +
        `"mamba2"; is it another model's?`,
    );
  }
  const config = {
    vocabSize: hf.unpadded_vocab_size ?? hf.vocab_size,
    paddedVocab: hf.vocab_size,
    dim: hf.hidden_size,
    layers: hf.num_hidden_layers,
    expand: hf.expand,
    headDim: hf.head_dim,
    groups: hf.n_groups,
    state: hf.state_size,
    conv: hf.conv_kernel,
    ...limits(hf.time_step_limit),
    epsilon: hf.layer_norm_epsilon,
    initializerRange: hf.initializer_range,
    finalNorm: hf.final_norm_init ?? 1,
  };
  const heads = Number(hf.expand) * Number(hf.hidden_size) / Number(hf.head_dim);
  demand(hf, { num_heads: heads });
  return config;
}

function fromUpstream(given: Members): Members {
  const ssm = given.ssm_cfg as Members;
  demand({ layer: null, ...ssm }, { ...FIXED_UPSTREAM, layer: "Mamba2" });
  demand(given, FIXED_MODEL);
  demand({ attention: given.attn_layer_idx }, { attention: [] });
  const multiple = Number(given.pad_vocab_size_multiple ?? 8);
  return {
    vocabSize: given.vocab_size,
    paddedVocab: Math.ceil(Number(given.vocab_size) / multiple) * multiple,
    dim: given.d_model,
    layers: given.n_layer,
    expand: ssm.expand ?? 2,
    headDim: ssm.headdim ?? 64,
    groups: ssm.ngroups ?? 1,
    state: ssm.d_state ?? 128,
    conv: ssm.d_conv ?? 4,
    ...limits(ssm.dt_limit),
    epsilon: 1e-5,
    initializerRange: 0.02,
    finalNorm: 1,
  };
}

function limits(found: unknown): Pick<Members, "leastStep" | "largestStep"> {
  const [least, largest] = Array.isArray(found) ? found : [0, null];
  return {
    leastStep: least,
    largestStep: largest === null || largest >= UNBOUNDED ? null : largest,
  };
}
