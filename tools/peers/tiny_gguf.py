"""Writes a Llama with random weights and a vocabulary of bytes, for llama.cpp's servers.

Its replies are nonsense, the protocol around them is real. Needs `pip install gguf numpy`:
`python3 tools/peers/tiny_gguf.py tiny.gguf && llama-server -m tiny.gguf --alias tiny --port 8812`,
then `deno run -A tools/run.ts run -A tools/llm_server.ts http://localhost:8812/v1 tiny`.
"""

import sys

import gguf
import numpy as np

VOCABULARY, WIDTH, HEADS, INNER, LAYERS, CONTEXT = 3 + 256, 64, 4, 128, 2, 4096
UNKNOWN, CONTROL, BYTE = 2, 3, 6
CHAT_TEMPLATE = (
    "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


def describe(writer: gguf.GGUFWriter) -> None:
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(VOCABULARY)
    writer.add_file_type(0)


def add_vocabulary(writer: gguf.GGUFWriter) -> None:
    writer.add_tokenizer_model("llama")
    writer.add_token_list([b"<unk>", b"<s>", b"</s>"] + [b"<0x%02X>" % i for i in range(256)])
    writer.add_token_scores([0.0] * VOCABULARY)
    writer.add_token_types([UNKNOWN, CONTROL, CONTROL] + [BYTE] * 256)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(CHAT_TEMPLATE)


def add_weights(writer: gguf.GGUFWriter) -> None:
    rng = np.random.default_rng(0)

    def matrix(name: str, rows: int, columns: int) -> None:
        values = 0.05 * rng.standard_normal((rows, columns))
        writer.add_tensor(f"{name}.weight", values.astype(np.float32))

    def gain(name: str) -> None:
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, dtype=np.float32))

    matrix("token_embd", VOCABULARY, WIDTH)
    gain("output_norm")
    matrix("output", VOCABULARY, WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        gain(f"{block}attn_norm")
        gain(f"{block}ffn_norm")
        for part in ("q", "k", "v", "output"):
            matrix(f"{block}attn_{part}", WIDTH, WIDTH)
        matrix(f"{block}ffn_gate", INNER, WIDTH)
        matrix(f"{block}ffn_up", INNER, WIDTH)
        matrix(f"{block}ffn_down", WIDTH, INNER)


def main(path: str) -> None:
    writer = gguf.GGUFWriter(path, "llama")
    describe(writer)
    add_vocabulary(writer)
    add_weights(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(sys.argv[1])
