import { assertEquals, assertThrows } from "@std/assert";
import { CheckpointError, ConfigError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { hfConfig, mambaConfigFromHf, upstreamNames } from "../../src/models/mamba/hf.ts";
import { initializeMamba, mambaConfig, mambaParameters } from "../../src/models/mamba/mod.ts";
import { ParameterStore } from "../../src/nn/parameters.ts";
import { type HostTensor, readSafetensors, writeSafetensors } from "../../src/nn/safetensors.ts";

const config = mambaConfig({ vocabSize: 13, dim: 16, layers: 2, finalNorm: 2 });
const weights = (): Map<string, HostTensor> => new Map(initializeMamba(config, "weights"));

async function withStore(body: (store: ParameterStore) => Promise<void> | void): Promise<void> {
  const gpu = await Gpu.open();
  try {
    await body(new ParameterStore(gpu, mambaParameters(config), false));
  } finally {
    gpu.destroy();
  }
}

Deno.test("weights: GPU to file to GPU, bit for bit", () =>
  withStore(async (store) => {
    const folder = await Deno.makeTempDir({ prefix: "rwr-weights-" });
    try {
      store.load(weights());
      const path = `${folder}/model.safetensors`;
      await writeSafetensors(path, await store.save());
      store.load(
        new Map([...weights()].map(([name, { shape, data }]) => [name, {
          shape,
          data: data.map(() => 0),
        }])),
      );
      const { tensors } = await readSafetensors(path);
      store.load(tensors);
      assertEquals(await store.save(), weights());
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }));

const D = "backbone.layers.1.mixer.D";
const damage: [string, (tensors: Map<string, HostTensor>) => void, string][] = [
  ["a missing tensor", (t) => t.delete(D), `"${D}" is missing`],
  ["an unknown tensor", (t) => t.set("other", t.get(D)!), '"other" is unknown'],
  ["a wrong shape", (t) => t.set(D, { ...t.get(D)!, shape: [4, 8] }), "of [4,8], expected [32]"],
  ["NaN", (t) => void (t.get(D)!.data[5] = NaN), `found NaN at element 5 of "${D}"`],
  ["infinity", (t) => void (t.get(D)!.data[0] = -Infinity), "found -Infinity at element 0"],
];
for (const [what, spoil, message] of damage) {
  Deno.test(`weights: ${what} is refused, and the model stays as it was`, () =>
    withStore(async (store) => {
      store.load(weights());
      const spoilt = new Map(
        [...weights()].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
      );
      spoil(spoilt);
      assertThrows(() => store.load(spoilt), CheckpointError, message);
      assertEquals(await store.save(), weights());
    }));
}

Deno.test("weights: -hf names become upstream's, and a tied head is left out", () =>
  withStore(async (store) => {
    const { "backbone.embedding.weight": embedding, ...others } = Object.fromEntries(weights());
    const hf = new Map(Object.entries(others));
    hf.set("backbone.embeddings.weight", embedding);
    hf.set("lm_head.weight", { ...embedding, data: embedding.data.slice() });
    store.load(upstreamNames(hf));
    assertEquals(await store.save(), weights());
    // Upstream's own names stay as they are.
    assertEquals(upstreamNames(weights()), weights());
  }));

Deno.test("weights: a head of its own, or two embeddings, are refused", () => {
  const embedding = weights().get("backbone.embedding.weight")!;
  const head = { ...embedding, data: embedding.data.map((x, i) => i === 3 ? x + 1 : x) };
  const untied = weights().set("lm_head.weight", head);
  assertThrows(() => upstreamNames(untied), CheckpointError, "tied head");
  const twice = weights().set("backbone.embeddings.weight", embedding);
  assertThrows(() => upstreamNames(twice), CheckpointError, "one of them");
});

Deno.test("weights: config.json gives the configuration back", () => {
  assertEquals(mambaConfigFromHf(JSON.parse(JSON.stringify(hfConfig(config)))), config);
  assertEquals(hfConfig(config).vocab_size, 16);
});

Deno.test("weights: the config.json of mamba-130m-hf is that of upstream's 130m", () => {
  const theirs = {
    architectures: ["MambaForCausalLM"],
    bos_token_id: 0,
    conv_kernel: 4,
    expand: 2,
    hidden_act: "silu",
    hidden_size: 768,
    initializer_range: 0.1,
    layer_norm_epsilon: 1e-5,
    model_type: "mamba",
    num_hidden_layers: 24,
    state_size: 16,
    time_step_rank: "auto",
    use_bias: false,
    use_conv_bias: true,
    vocab_size: 50280,
  };
  const read = mambaConfigFromHf(theirs);
  const sizes = { vocabSize: 50280, dim: 768, layers: 24, initializerRange: 0.1 };
  assertEquals(read, mambaConfig(sizes));
  const count = mambaParameters(read)
    .reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  assertEquals(count, 129_135_360);
});

Deno.test("weights: the config.json of another model is refused", () => {
  const changed = (key: string, value: unknown) => () =>
    mambaConfigFromHf({ ...hfConfig(config), [key]: value });
  assertThrows(changed("model_type", "mamba2"), CheckpointError, '"mamba2"');
  assertThrows(changed("use_bias", true), CheckpointError, "use_bias true");
  assertThrows(changed("tie_word_embeddings", false), CheckpointError, "tie_word");
  assertThrows(changed("hidden_size", undefined), ConfigError, "dim");
});
