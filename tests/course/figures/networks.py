"""Small dense networks for the tests of the figures: the lesson's own, and random ones of any shape."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from course.figures import NetworkDocument
from course.figures.forward import MIRRORED

ROOT = Path(__file__).parents[3]
ANIMALS_JSON: dict[str, Any] = json.loads(
    (ROOT / "content/neural-networks/networks/animals.json").read_text(encoding="utf-8")
)
ANIMALS = NetworkDocument.load(ANIMALS_JSON)
LLAMA = ANIMALS.preset("llama") or ()


def keras_text(sizes: tuple[int, ...], activations: list[str]) -> str:
    """A Sequential model of Dense layers as a person writes it."""
    lines = [f"    layers.Dense({sizes[1]}, activation={activations[0]!r}, input_shape=({sizes[0]},)),"]
    lines += [
        f"    layers.Dense({n}, activation={a!r})," for n, a in zip(sizes[2:], activations[1:], strict=True)
    ]
    body = "\n".join(lines)
    return f"import keras\nfrom keras import layers\n\nmodel = keras.Sequential([\n{body}\n])\n"


def random_document(seed: int) -> NetworkDocument:
    """A network of 2 to 5 columns with 1 to 12 units each, a tenth of its weights 0, and two presets."""
    random = np.random.default_rng(seed)
    sizes = tuple(int(n) for n in random.integers(1, 13, random.integers(2, 6)))
    activations = [str(random.choice(sorted(MIRRORED))) for _ in sizes[1:]]
    kernels = [random.normal(0, 1.2, shape) for shape in pairwise(sizes)]
    for kernel in kernels:
        kernel[random.random(kernel.shape) < 0.1] = 0
    presets = {name: random.normal(0, 2, sizes[0]).round(3) for name in ("first", "other")}
    presets["other"][0] = 0
    return NetworkDocument.load(
        {
            "source": keras_text(sizes, activations),
            "weights": {
                "W": [kernel.tolist() for kernel in kernels],
                "b": [random.normal(0, 0.5, n).tolist() for n in sizes[1:]],
            },
            "presets": {name: x.tolist() for name, x in presets.items()},
        }
    )
