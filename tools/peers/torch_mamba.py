"""Mamba-1 in PyTorch with autograd: the peers of step_time.py and step_gradients.py.

Three scans of ours and transformers' own model, which compute the same numbers: two loops over the time
steps under autograd, and one fused in C, forward and backward (selective_scan.c).
"""

import ctypes
import json
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


def plain_scan(u, raw, A, B, C, D, z):
    """The recurrence as one writes it down; shapes as in tuned_scan."""
    delta = F.softplus(raw)
    drive = delta * u
    state = u.new_zeros(u.shape[0], *A.shape)
    outputs = []
    for t in range(u.shape[1]):
        keep = torch.exp(delta[:, t, :, None] * A)
        state = keep * state + drive[:, t, :, None] * B[:, t, None, :]
        outputs.append((state * C[:, t, None, :]).sum(-1))
    return (torch.stack(outputs, dim=1) + u * D) * F.silu(z)


def tuned_scan(u, raw, A, B, C, D, z):
    """u, raw, z [batch, length, dim]; A [dim, state]; B, C [batch, length, state]; D [dim].

    raw is the step size before softplus.

    `unbind` takes the steps apart, because going back through an index fills a tensor of the whole
    length with zeros for every step; the steps lie outermost, so that each is contiguous; a step is
    one `addcmul`; the exponentials are taken, and C is applied, for all steps at once.
    """
    delta = F.softplus(raw)
    decay = torch.exp(delta.transpose(0, 1).unsqueeze(-1) * A)
    drive = (delta * u).transpose(0, 1).unsqueeze(-1) * B.transpose(0, 1).unsqueeze(2)
    state = torch.zeros_like(drive[0])
    states = []
    for keep, add in zip(decay.unbind(), drive.unbind()):
        state = torch.addcmul(add, keep, state)
        states.append(state)
    y = torch.matmul(torch.stack(states), C.transpose(0, 1).unsqueeze(-1)).squeeze(-1)
    return (y.transpose(0, 1) + u * D) * F.silu(z)


CHUNK = 16  # as in selective_scan.c
LOG2E = 1.4426950408889634


def pointers(*tensors):
    return [ctypes.c_void_p(tensor.data_ptr()) for tensor in tensors]


class FusedScan(torch.autograd.Function):
    """selective_scan.c, on as many threads as PyTorch has; float32, 16 states."""

    library = None

    @staticmethod
    def forward(ctx, u, raw, A, B, C, D, z):
        inputs = [x.contiguous() for x in (u, raw, (A * LOG2E).t(), B, C, D, z)]
        batch, length, dim = u.shape
        inputs.append(torch.zeros(dim))
        out = torch.empty_like(inputs[0])
        states = torch.empty(batch, -(-length // CHUNK), A.shape[1], dim)
        ctx.sizes = batch, length, dim, torch.get_num_threads()
        FusedScan.library.selective_scan(*ctx.sizes, *pointers(*inputs, out, states))
        ctx.save_for_backward(*inputs, states)
        return out

    @staticmethod
    def backward(ctx, dout):
        u, raw, A, B, C, D, z, bias, states = ctx.saved_tensors
        batch, length, dim, threads = ctx.sizes
        du, draw, dz = (torch.empty_like(u) for _ in range(3))
        dA, dD = torch.empty(batch, *A.shape), torch.empty(batch, dim)
        dB, dC = (torch.zeros(threads, *x.shape) for x in (B, C))
        dout = dout.contiguous()
        inputs = pointers(u, raw, A, B, C, D, z, bias, states, dout)
        outputs = pointers(du, draw, dA, dB, dC, dD, dz)
        FusedScan.library.selective_scan_backward(*ctx.sizes, *inputs, *outputs)
        return du, draw, dA.sum(0).t(), dB.sum(0), dC.sum(0), dD.sum(0), dz


SCANS = {"plain": plain_scan, "tuned": tuned_scan, "fused": FusedScan.apply}


class Mixer(nn.Module):
    """A Mamba-1 block between two norms; parameters have upstream's names."""

    def __init__(self, dim, inner, state, conv, rank, scan):
        super().__init__()
        self.sizes = [rank, state, state]
        self.scan = SCANS[scan]
        self.in_proj = nn.Linear(dim, 2 * inner, bias=False)
        self.conv1d = nn.Conv1d(inner, inner, conv, groups=inner, padding=conv - 1)
        self.x_proj = nn.Linear(inner, sum(self.sizes), bias=False)
        self.dt_proj = nn.Linear(rank, inner)
        self.A_log = nn.Parameter(torch.zeros(inner, state))
        self.D = nn.Parameter(torch.zeros(inner))
        self.out_proj = nn.Linear(inner, dim, bias=False)

    def forward(self, x):
        series, z = self.in_proj(x).chunk(2, dim=-1)
        u = F.silu(self.conv1d(series.transpose(1, 2))[..., : x.shape[1]]).transpose(1, 2)
        step, B, C = self.x_proj(u).split(self.sizes, dim=-1)
        raw = self.dt_proj(step)
        return self.out_proj(self.scan(u, raw, -torch.exp(self.A_log), B, C, self.D, z))


class RMSNorm(nn.Module):
    """As torch.nn.RMSNorm, which PyTorch has since 2.4."""

    def __init__(self, dim, epsilon):
        super().__init__()
        self.epsilon = epsilon
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def make_norm(dim, epsilon):
    return nn.RMSNorm(dim, eps=epsilon) if hasattr(nn, "RMSNorm") else RMSNorm(dim, epsilon)


class Layer(nn.Module):
    """Norm and mixer."""

    def __init__(self, dim, epsilon, **sizes):
        super().__init__()
        self.norm = make_norm(dim, epsilon)
        self.mixer = Mixer(dim, **sizes)

    def forward(self, x):
        return x + self.mixer(self.norm(x))


class Backbone(nn.Module):
    """Embedding, layers and the last norm."""

    def __init__(self, padded, dim, layers, epsilon, **sizes):
        super().__init__()
        self.embedding = nn.Embedding(padded, dim)
        self.layers = nn.ModuleList(Layer(dim, epsilon, **sizes) for _ in range(layers))
        self.norm_f = make_norm(dim, epsilon)

    def forward(self, ids):
        x = self.embedding(ids)
        for layer in self.layers:
            x = layer(x)
        return self.norm_f(x)


class Mamba(nn.Module):
    """A Mamba-1 language model with tied head; only `vocabulary` rows of the head are scored."""

    def __init__(self, config):
        super().__init__()
        sizes = dict(config)
        self.vocabulary = sizes.pop("vocabulary")
        self.backbone = Backbone(**sizes)

    def loss(self, ids, labels):
        """Mean negative log-likelihood of labels [batch, length]."""
        hidden = self.backbone(ids)
        logits = F.linear(hidden, self.backbone.embedding.weight[: self.vocabulary])
        return F.cross_entropy(logits.flatten(0, 1), labels.flatten())


class Transformers(nn.Module):
    """MambaForCausalLM, which on a processor runs its own sequential implementation."""

    def __init__(self, config):
        # Slow to import, and only this peer uses it.
        from transformers import MambaConfig, MambaForCausalLM

        super().__init__()
        self.vocabulary = config["vocabulary"]
        self.model = MambaForCausalLM(
            MambaConfig(
                vocab_size=config["padded"],
                hidden_size=config["dim"],
                num_hidden_layers=config["layers"],
                layer_norm_epsilon=config["epsilon"],
                intermediate_size=config["inner"],
                state_size=config["state"],
                conv_kernel=config["conv"],
                time_step_rank=config["rank"],
                use_cache=False,
            )
        )

    def load_state_dict(self, tensors):
        # The model's own hook renames upstream's embedding.
        head = tensors["backbone.embedding.weight"]
        return self.model.load_state_dict({**tensors, "lm_head.weight": head})

    def named_parameters(self, *arguments, **options):
        """Parameters under upstream's names."""
        for name, parameter in self.model.named_parameters(*arguments, **options):
            yield name.replace("backbone.embeddings.", "backbone.embedding."), parameter

    def loss(self, ids, labels):
        """Mean negative log-likelihood of labels [batch, length]."""
        logits = self.model(input_ids=ids).logits[..., : self.vocabulary]
        return F.cross_entropy(logits.flatten(0, 1), labels.flatten())


def load_work(folder):
    """What step_work.ts wrote: its description, and the model with the kit's weights."""
    folder = pathlib.Path(folder)
    work = json.loads((folder / "work.json").read_text(encoding="utf-8"))
    theirs = work["model"]["scan"] == "transformers"
    if work["library"]:
        FusedScan.library = ctypes.CDLL(work["library"])
    model = Transformers(work["model"]) if theirs else Mamba(work["model"])
    model.load_state_dict(load_file(folder / "weights.safetensors"))
    return work, model


def tensors_of(batch):
    """ids and labels [batch, length] of one batch of work.json."""
    return [torch.tensor(batch[name]).view(batch["batch"], -1) for name in ("ids", "labels")]
