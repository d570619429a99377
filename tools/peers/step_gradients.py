"""Compares the kit's loss and gradients with PyTorch's in float64; step_gradients.ts starts it.

Fails where a gradient differs by more than LIMIT of that parameter's largest gradient.
"""

import argparse
import pathlib
import sys

from safetensors.torch import load_file

from torch_mamba import load_work, tensors_of

LIMIT = 1e-4


def compare(folder):
    """The loss as PyTorch and as the kit have it, and (name, largest gradient, error) a parameter."""
    work, model = load_work(folder)
    model.double()
    loss = model.loss(*tensors_of(work["batches"][0]))
    loss.backward()
    kit = load_file(pathlib.Path(folder) / "gradients.safetensors")
    rows = []
    for name, parameter in model.named_parameters():
        largest = parameter.grad.abs().max().item()
        difference = (kit[name].double() - parameter.grad).abs().max().item()
        rows.append((name, largest, difference / largest))
    return loss.item(), work["loss"], rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="where step_gradients.ts left weights, batch and gradients")
    loss, kit_loss, rows = compare(parser.parse_args().folder)
    rows.append(("loss", loss, abs(kit_loss - loss) / loss))
    width = max(len(name) for name, *_ in rows)
    print(f"{'parameter':{width}}  largest      difference / largest")
    for name, largest, error in rows:
        print(f"{name:{width}}  {largest:<11.4e}  {error:.2e}{'' if error <= LIMIT else '  too large'}")
    # Not written as `error > LIMIT`, which NaN would pass.
    failed = [name for name, _, error in rows if not error <= LIMIT]
    print(f"{len(rows) - len(failed)} of {len(rows)} within {LIMIT:g} of PyTorch in float64")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
