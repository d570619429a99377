"""Compares the kit's Mamba with transformers' MambaForCausalLM over the same checkpoint folder.

    deno run -A tools/run.ts run -A tools/peers/logits.ts FOLDER
    pip install torch transformers safetensors
    python tools/peers/check_mamba.py FOLDER

Fails where a logit differs by more than LIMIT from transformers in float32 or float64.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file
from transformers import MambaConfig, MambaForCausalLM

LIMIT = 1e-4


def load_pretrained(folder):
    """from_pretrained needs to be told upstream's name of the embedding; all else it knows."""
    model, info = MambaForCausalLM.from_pretrained(
        folder,
        key_mapping={r"^backbone\.embedding\.": "backbone.embeddings."},
        output_loading_info=True,
    )
    left = [name for key in ("missing_keys", "unexpected_keys", "mismatched_keys") for name in info[key]]
    if left:
        sys.exit(f"check_mamba: found tensors that from_pretrained did not place: {left}")
    return model


def load_state(folder):
    """load_state_dict takes upstream's names as they are: transformers' hook renames the embedding."""
    tensors = load_file(folder / "model.safetensors")
    tensors["lm_head.weight"] = tensors["backbone.embedding.weight"]
    model = MambaForCausalLM(MambaConfig.from_pretrained(folder))
    model.load_state_dict(tensors, strict=True)
    return model


def largest_difference(model, record, dtype):
    model = model.to(dtype).eval()
    ids = torch.tensor(record["ids"]).view(record["batch"], record["length"])
    with torch.no_grad():
        theirs = model(ids).logits.double().flatten()
    ours = torch.tensor(record["data"], dtype=torch.float64)
    return (ours - theirs).abs().max().item(), theirs.abs().max().item()


def main():
    folder = pathlib.Path(sys.argv[1])
    record = json.loads((folder / "logits.json").read_text())
    worst = 0.0
    for load in (load_pretrained, load_state):
        for dtype in (torch.float32, torch.float64):
            difference, scale = largest_difference(load(folder), record, dtype)
            print(f"{load.__name__} {dtype}: max |difference| {difference:.3g}, max |logit| {scale:.3g}")
            worst = max(worst, difference)
    if not worst <= LIMIT:
        sys.exit(f"check_mamba: found a difference of {worst:.3g}, expected at most {LIMIT}")


if __name__ == "__main__":
    main()
