#!/usr/bin/env python3
"""Writes golden vectors of the selective scan for `deno task verify --cases FILE`.

The scan is the plain sequential one of state-spaces/mamba (`selective_scan_ref`), in float64, and its
gradients are autograd's. Inputs are drawn in float32 first, so that both sides start from the same
numbers; results are rounded to float32 at the end. Needs PyTorch and nothing else.

    python3 tools/peers/golden_selective_scan.py golden.json [--seed 0]
"""

import argparse
import base64
import json

import torch
import torch.nn.functional as F

# batch, channels, steps, states, groups (0: B and C have no axis of groups), softplus, what is absent
SHAPES = [
    (2, 4, 1, 8, 0, True, ()),
    (2, 4, 7, 8, 0, True, ("initialState",)),
    (2, 4, 128, 8, 1, True, ()),
    (2, 4, 372, 8, 0, True, ("initialState", "dLastState")),
    (2, 4, 784, 8, 0, True, ("z",)),
    (2, 4, 1134, 8, 2, True, ()),
    (1, 6, 65, 5, 3, False, ("D", "deltaBias")),
    (3, 40, 33, 16, 0, True, ("D", "z", "deltaBias", "initialState", "dLastState")),
]


def selective_scan(u, delta, A, B, C, softplus, D=None, z=None, deltaBias=None, initialState=None):
    """h_t = exp(Δ_t·A)·h_{t−1} + Δ_t·B_t·u_t, out_t = (C_t·h_t + D·u_t)·SiLU(z_t)."""
    if deltaBias is not None:
        delta = delta + deltaBias[:, None]
    if softplus:
        delta = F.softplus(delta)
    batch, dim, length = u.shape
    # [batch, dim, state, length], each group's B and C for its own channels.
    B, C = (x[:, None] if x.dim() == 3 else x for x in (B, C))
    B, C = (x.repeat_interleave(dim // x.shape[1], dim=1) for x in (B, C))
    h = u.new_zeros(batch, dim, A.shape[1]) if initialState is None else initialState
    out = []
    for t in range(length):
        step = delta[:, :, t, None]
        h = torch.exp(step * A) * h + step * B[..., t] * u[:, :, t, None]
        out.append((h * C[..., t]).sum(-1))
    out = torch.stack(out, dim=-1)
    if D is not None:
        out = out + D[:, None] * u
    if z is not None:
        out = out * F.silu(z)
    return out, h


def draw(generator, batch, dim, length, state, groups):
    """All inputs and upstream gradients, in float32."""
    normal = lambda *shape: torch.randn(*shape, generator=generator)
    shared = (batch, groups, state, length) if groups else (batch, state, length)
    return {
        "u": normal(batch, dim, length),
        "delta": 0.5 * torch.rand(batch, dim, length, generator=generator),
        "A": -0.5 * torch.rand(dim, state, generator=generator) - 0.02,
        "B": normal(*shared),
        "C": normal(*shared),
        "D": normal(dim),
        "z": normal(batch, dim, length),
        "deltaBias": 0.5 * torch.rand(dim, generator=generator),
        "initialState": normal(batch, dim, state),
        "dOut": normal(batch, dim, length),
        "dLastState": normal(batch, dim, state),
    }


def encode(x):
    data = x.detach().to(torch.float32).contiguous().numpy().astype("<f4").tobytes()
    return {"shape": list(x.shape), "f32": base64.b64encode(data).decode("ascii")}


def make_case(generator, batch, dim, length, state, groups, softplus, absent):
    drawn = draw(generator, batch, dim, length, state, groups)
    kept = {name: x for name, x in drawn.items() if name not in absent}
    upstream = {name: kept.pop(name) for name in ("dOut", "dLastState") if name in kept}
    inputs = {name: x.double().requires_grad_() for name, x in kept.items()}
    out, last = selective_scan(softplus=softplus, **inputs)
    loss = (out * upstream["dOut"].double()).sum()
    if "dLastState" in upstream:
        loss = loss + (last * upstream["dLastState"].double()).sum()
    loss.backward()
    without = f" without {' '.join(absent)}" if absent else ""
    return {
        "name": f"B{batch} D{dim} L{length} N{state} G{groups}{without}",
        "deltaSoftplus": softplus,
        "inputs": {name: encode(x) for name, x in kept.items()},
        "out": encode(out),
        "lastState": encode(last),
        **{name: encode(x) for name, x in upstream.items()},
        "grads": {name: encode(x.grad) for name, x in inputs.items()},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", help="the file to write")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    generator = torch.Generator().manual_seed(arguments.seed)
    cases = [make_case(generator, *shape) for shape in SHAPES]
    source = f"sequential reference scan in float64, PyTorch {torch.__version__}"
    with open(arguments.path, "w", encoding="utf-8") as file:
        json.dump({"source": f"{source}, seed {arguments.seed}", "cases": cases}, file)
    print(f"{len(cases)} cases written to {arguments.path}")


if __name__ == "__main__":
    main()
