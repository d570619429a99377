"""PyTorch's side of matmul_time.ts, which starts it; not meant to be run by hand.

Reads lines from standard input and answers each with a line of JSON: `load` takes a and b of the
folder's operands.safetensors, a number multiplies them so often, `save` leaves the product in
product.safetensors.
"""

import argparse
import json
import sys

import torch
from safetensors.torch import load_file, save_file


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="where operands come from and products go to")
    parser.add_argument("--threads", type=int, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    answer({"torch": torch.__version__})
    operands = product = None
    for line in sys.stdin:
        word = line.strip()
        if word == "load":
            operands = load_file(f"{arguments.folder}/operands.safetensors")
        elif word == "save":
            save_file({"product": product}, f"{arguments.folder}/product.safetensors")
        else:
            for _ in range(int(word)):
                product = torch.matmul(operands["a"], operands["b"])
        answer({"done": word})


if __name__ == "__main__":
    main()
