"""What a data set is: a declaration, and samples in three splits.

Most are `Drawn`, and nothing of them is stored: a split is drawn when it is asked for, from a stream of
random numbers that belongs to (seed, data set, split). The same three always give the same samples, and no
split tells of another.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[Any]

Random: TypeAlias = np.random.Generator

Split: TypeAlias = Literal["train", "validation", "hidden"]
"""What a network learns from, what its learner may look at, what grades it."""

SPLITS: Final[tuple[Split, ...]] = get_args(Split)

Draw: TypeAlias = Callable[[Random, int], tuple[Numbers, Numbers]]
"""Draws that many samples: x (count, *shape), and y as in `Samples`."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Some samples. `x` is float32 (count, *shape); `y` holds class numbers, int64 (count,), or, where
    numbers are to be predicted, float32 (count, outputs).
    """

    x: Numbers
    y: Numbers

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set: what its samples are, and how many there are.

    `features` names the last axis of a sample, `classes` the classes in the order of their numbers; a data
    set without classes asks for numbers, one per name in `targets`. `epochs` is how long a network usually
    needs.
    """

    name: str
    doc: str
    features: tuple[str, ...]
    shape: tuple[int, ...]
    _: KW_ONLY
    classes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    train: int = 400
    validation: int = 100
    hidden: int = 200
    epochs: int = 50

    def split(self, split: Split, seed: int = 0) -> Samples:
        """The samples of a split, in random order."""
        raise NotImplementedError

    def count(self, split: Split) -> int:
        """How many samples a split has."""
        return {"train": self.train, "validation": self.validation, "hidden": self.hidden}[split]

    def samples(self, x: Numbers, y: Numbers, random: Random) -> Samples:
        """These samples in random order, as `Samples` says they are."""
        order = random.permutation(len(x))
        return Samples(
            np.ascontiguousarray(x[order], np.float32),
            y[order].astype(np.int64 if self.classes else np.float32),
        )


@dataclass(frozen=True, slots=True)
class Drawn(Dataset):
    """A data set whose samples a generator draws."""

    draw: Draw

    def split(self, split: Split, seed: int = 0) -> Samples:
        random = stream(seed, self.name, split)
        return self.samples(*self.draw(random, self.count(split)), random)


def stream(seed: int, name: str, split: Split) -> Random:
    """The random numbers of one split of one data set."""
    return np.random.default_rng([seed, zlib.crc32(name.encode()), SPLITS.index(split)])


def balanced(count: int, classes: int) -> Numbers:
    """Class numbers, each as often as the others: 0, 1, 2, 0, 1, 2, ..."""
    return np.arange(count) % classes
