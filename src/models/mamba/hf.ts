/**
 * Mamba-1 as Hugging Face's transformers has it: its `config.json` and its tensor names, both ways.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { CheckpointError } from "../../base/errors.ts";
import type { HostTensor } from "../../nn/safetensors.ts";
import type { NamedTensors } from "../../nn/parameters.ts";
import { decodeMambaConfig, type MambaConfig, paddedVocab } from "./config.ts";

const EMBEDDING = "backbone.embedding.weight";
const HF_EMBEDDING = "backbone.embeddings.weight";
const HEAD = "lm_head.weight";

/**
 * The `config.json` with which transformers' `MambaForCausalLM` loads a checkpoint of the kit.
 *
 * `unpadded_vocab_size` and `final_norm_init` are the kit's own; transformers passes over them.
 * Special tokens are null: they belong to the tokenizer.
 */
export function hfConfig(c: MambaConfig): { readonly [key: string]: Json } {
  return {
    architectures: ["MambaForCausalLM"],
    model_type: "mamba",
    torch_dtype: "float32",
    vocab_size: paddedVocab(c),
    unpadded_vocab_size: c.vocabSize,
    hidden_size: c.dim,
    num_hidden_layers: c.layers,
    expand: c.expand,
    state_size: c.state,
    conv_kernel: c.conv,
    time_step_rank: c.dtRank,
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

/** What the kit's Mamba has no other form of. */
const FIXED = {
  hidden_act: "silu",
  use_bias: false,
  use_conv_bias: true,
  tie_word_embeddings: true,
} as const;

/**
 * Reads a `config.json` of transformers' Mamba, the kit's own or another's. Keys that do not shape
 * the model are passed over.
 *
 * @throws {CheckpointError} where it is another model, or a form of Mamba that the kit lacks.
 * @throws {ConfigError} on a size that is missing or out of range.
 */
export function mambaConfigFromHf(json: unknown): MambaConfig {
  const hf = (json ?? {}) as Readonly<Record<string, unknown>>;
  const demand = (key: string, found: unknown, expected: unknown): void => {
    if (found === expected) return;
    throw new CheckpointError(
      `reading a Mamba's config.json: found ${key} ${JSON.stringify(found)}, expected ` +
        `${JSON.stringify(expected)}; take a checkpoint in the format of mamba-130m-hf`,
    );
  };
  demand("model_type", hf.model_type, "mamba");
  for (const [key, value] of Object.entries(FIXED)) demand(key, hf[key] ?? value, value);
  const { time_step_rank: rank, unpadded_vocab_size: vocab = hf.vocab_size } = hf;
  const sizes: Readonly<Record<keyof MambaConfig, unknown>> = {
    vocabSize: vocab,
    dim: hf.hidden_size,
    layers: hf.num_hidden_layers,
    expand: hf.expand,
    state: hf.state_size,
    conv: hf.conv_kernel,
    dtRank: rank === "auto" ? Math.ceil(Number(hf.hidden_size) / 16) : rank,
    epsilon: hf.layer_norm_epsilon,
    initializerRange: hf.initializer_range,
    finalNorm: hf.final_norm_init ?? 1,
  };
  return decodeMambaConfig(sizes);
}

/**
 * Tensors under upstream's names (state-spaces/mamba): `backbone.embeddings.weight` of the -hf
 * checkpoints becomes `backbone.embedding.weight`, and a head equal to the embedding is left out.
 *
 * @throws {CheckpointError} where the head is not the embedding, or both names of it are there.
 */
export function upstreamNames(tensors: NamedTensors): NamedTensors {
  if (tensors.has(EMBEDDING) && tensors.has(HF_EMBEDDING)) {
    throw new CheckpointError(
      `renaming weights: found both "${EMBEDDING}" and "${HF_EMBEDDING}", expected one of them`,
    );
  }
  const renamed = new Map<string, HostTensor>();
  for (const [name, tensor] of tensors) {
    if (name !== HEAD) renamed.set(name === HF_EMBEDDING ? EMBEDDING : name, tensor);
  }
  const head = tensors.get(HEAD);
  const embedding = renamed.get(EMBEDDING);
  if (head && embedding && !sameNumbers(head, embedding)) {
    throw new CheckpointError(
      `renaming weights: found an "${HEAD}" other than the embedding, expected a tied head; ` +
        `this kit's Mamba cannot hold this checkpoint`,
    );
  }
  return renamed;
}

function sameNumbers(a: HostTensor, b: HostTensor): boolean {
  return `${a.shape}` === `${b.shape}` && a.data.every((x, i) => Object.is(x, b.data[i]));
}
