"""PyTorch's side of step_time.ts, which starts it; not meant to be run by hand.

Reads numbers of steps from standard input, one a line, and answers each with one line of JSON: the
milliseconds that these training steps took together, and their losses. The folder's work.json says
which model of torch_mamba.py is meant; only the tuned one runs with python.ts's malloc variables.
"""

import argparse
import json
import platform
import sys
import time
from importlib import metadata

import torch

from torch_mamba import load_work, tensors_of


# One kernel for all parameters, where this PyTorch has it on the processor.
RECENT = int(torch.__version__.split(".")[0]) >= 2
FASTEST = {"fused": True} if RECENT else {}
TOGETHER = {"foreach": True} if RECENT else {}


def make_optimizer(model, options, decaying):
    groups = [
        {
            "params": [p for name, p in model.named_parameters() if (name in decaying) == decays],
            "weight_decay": options["weightDecay"] if decays else 0.0,
        }
        for decays in (True, False)
    ]
    betas = (options["beta1"], options["beta2"])
    return torch.optim.AdamW(groups, lr=options["learningRate"], betas=betas, eps=1e-8, **FASTEST)


class Training:
    """The same steps as the kit's Trainer, over the same batches in turn."""

    def __init__(self, folder):
        work, self.model = load_work(folder)
        self.scan = work["model"]["scan"]
        self.clip_norm = work["options"]["clipNorm"]
        self.optimizer = make_optimizer(self.model, work["options"], set(work["decaying"]))
        self.batches = [tensors_of(batch) for batch in work["batches"]]
        self.done = 0

    def step(self):
        ids, labels = self.batches[self.done % len(self.batches)]
        self.done += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.loss(ids, labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.clip_norm, **TOGETHER)
        self.optimizer.step()
        return loss.detach()

    def block(self, steps):
        start = time.perf_counter()
        losses = [self.step() for _ in range(steps)]
        milliseconds = 1000 * (time.perf_counter() - start)
        return {"milliseconds": milliseconds, "losses": [loss.item() for loss in losses]}


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="where step_time.ts left weights and batches")
    parser.add_argument("--threads", type=int, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_num_interop_threads(1)
    training = Training(arguments.folder)
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    answer({**versions, "transformers": metadata.version("transformers")})
    for line in sys.stdin:
        answer(training.block(int(line)))


if __name__ == "__main__":
    main()
