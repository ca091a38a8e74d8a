"""How goldens are kept: a compressed file per family, all numbers in one float32 array, the rest JSON."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Golden:
    """A case: a name, plain facts, and arrays in order under each key."""

    name: str
    facts: dict[str, Any]
    arrays: dict[str, list[np.ndarray]]


def write(family: str, goldens: list[Golden]) -> Path:
    """Writes a family's file."""
    index, numbers = [], [np.zeros(0, np.float32)]
    for golden in goldens:
        shapes = {key: [list(array.shape) for array in arrays] for key, arrays in golden.arrays.items()}
        index.append({"name": golden.name, "facts": golden.facts, "shapes": shapes})
        for arrays in golden.arrays.values():
            numbers += [np.asarray(array, np.float32).ravel() for array in arrays]
    text = json.dumps(index, separators=(",", ":")).encode()
    path = HERE / f"{family}.npz"
    np.savez_compressed(path, index=np.frombuffer(text, np.uint8), numbers=np.concatenate(numbers))
    return path


def read(family: str) -> list[Golden]:
    """The goldens of a family."""
    with np.load(HERE / f"{family}.npz", allow_pickle=False) as data:
        index, numbers = json.loads(data["index"].tobytes()), data["numbers"]
    goldens, start = [], 0
    for entry in index:
        arrays: dict[str, list[np.ndarray]] = {}
        for key, shapes in entry["shapes"].items():
            arrays[key] = []
            for shape in shapes:
                stop = start + math.prod(shape)
                arrays[key].append(numbers[start:stop].reshape(shape))
                start = stop
        goldens.append(Golden(entry["name"], entry["facts"], arrays))
    return goldens


def families() -> Iterator[str]:
    """The families of layers that there are files for."""
    return (path.stem for path in sorted(HERE.glob("*.npz")) if path.stem != "training")
