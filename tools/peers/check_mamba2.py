"""Compares the kit's Mamba-2 with transformers' Mamba2ForCausalLM; mamba2.ts starts it.

Logits, loss and gradients of one batch, in the chunked PyTorch code that transformers runs without
CUDA, with weights in float64 (that code rounds some products to float32 on the way). Fails where a
difference is more than LIMIT of the largest number of its kind.
"""

import argparse
import json
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn
from transformers import Mamba2Config, Mamba2ForCausalLM

LIMIT = 1e-4

# More than one chunk in the batch's length.
CHUNK = 32


class GroupedNorm(nn.Module):
    """Upstream's gated norm: transformers' PyTorch code knows no groups."""

    def __init__(self, norm, groups):
        super().__init__()
        self.weight = norm.weight
        self.epsilon = norm.variance_epsilon
        self.groups = groups

    def forward(self, x, gate):
        x = (x * F.silu(gate)).unflatten(-1, (self.groups, -1))
        x = x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon)
        return self.weight * x.flatten(-2)


def load_model(folder):
    """The checkpoint as transformers' classes load it, by upstream's names."""
    config = Mamba2Config.from_pretrained(folder)
    config.chunk_size = CHUNK
    config.use_cache = False
    model = Mamba2ForCausalLM(config)
    tensors = load_file(folder / "model.safetensors")
    # The model's own hook renames the embedding; the head is the embedding.
    model.load_state_dict({**tensors, "lm_head.weight": tensors["backbone.embedding.weight"]})
    model.lm_head.weight = model.backbone.embeddings.weight
    if config.n_groups > 1:
        for layer in model.backbone.layers:
            layer.mixer.norm = GroupedNorm(layer.mixer.norm, config.n_groups)
    return model.double()


def compare(folder):
    """(name, largest number, largest difference as a share of it) of everything compared."""
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    model = load_model(folder)
    ids, labels = (torch.tensor(record[name]).view(record["batch"], -1) for name in ("ids", "labels"))
    # The head of transformers gives float32; its input keeps all digits.
    hidden = model.backbone(ids).last_hidden_state
    logits = F.linear(hidden, model.lm_head.weight)
    loss = F.cross_entropy(logits[..., : record["vocabulary"]].flatten(0, 1), labels.flatten())
    loss.backward()
    found = {"logits": torch.tensor(record["logits"]), "loss": torch.tensor([record["loss"]])}
    theirs = {"logits": logits.detach().flatten(), "loss": loss.detach().view(1)}
    kit = load_file(folder / "gradients.safetensors")
    for name, parameter in model.named_parameters():
        name = name.replace("backbone.embeddings.", "backbone.embedding.")
        found[name], theirs[name] = kit.pop(name), parameter.grad
    if kit:
        sys.exit(f"check_mamba2: found gradients that transformers has not: {sorted(kit)}")
    return [
        (name, theirs[name].abs().max().item(),
         ((found[name].double() - theirs[name]).abs().max() / theirs[name].abs().max()).item())
        for name in theirs
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path, help="where mamba2.ts left the checkpoint")
    rows = compare(parser.parse_args().folder)
    width = max(len(name) for name, *_ in rows)
    print(f"{'':{width}}  largest      difference / largest")
    for name, largest, error in rows:
        print(f"{name:{width}}  {largest:<11.4e}  {error:.2e}{'' if error <= LIMIT else '  too large'}")
    # Not written as `error > LIMIT`, which NaN would pass.
    failed = [name for name, _, error in rows if not error <= LIMIT]
    print(f"{len(rows) - len(failed)} of {len(rows)} within {LIMIT:g}; worst {max(r[2] for r in rows):.2e}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
