"""The data of a challenge, before anything is sent: what it is, some samples, what the network answers now.

The samples are of those that every network learns from; those that grade it stay hidden.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import engine
from labs.evidence import shown

MOST_NUMBERS = 16
"""A sample with more is not written out."""
HALF = 0.5


@dataclass(frozen=True)
class Sample:
    """One sample; `answer` is empty where the network was not asked, `pixels` is the path of a small image's
    bright ones.
    """

    given: tuple[str, ...]
    pixels: str
    wanted: str
    answer: str


@dataclass(frozen=True)
class Examples:
    """A data set as the page shows it. `heads` name the cells of what is given."""

    name: str
    about: str
    sizes: str
    shape: tuple[int, ...]
    heads: tuple[str, ...]
    samples: tuple[Sample, ...]
    misfit: str

    @property
    def has_answers(self) -> bool:
        return any(sample.answer for sample in self.samples)


def examples_of(asked: Sequence[engine.Criterion], spec: engine.Spec | None) -> list[Examples]:
    """One for each data set that the criteria train on, in their order."""
    return [_examples(name, spec) for name in dict.fromkeys(_names(asked))]


def _names(asked: Sequence[engine.Criterion]) -> Iterator[str]:
    return (str(one.config["dataset"]) for one in asked if one.trains)


def _examples(name: str, spec: engine.Spec | None) -> Examples:
    seen = engine.glance(name, spec, engine.INTERACTIVE)
    data = seen.dataset
    said = [""] * len(seen.x) if seen.answers is None else [_said(data, one) for one in seen.answers]
    samples = tuple(
        Sample(_given(data, x.tolist()), _pixels(data, x.tolist()), _said(data, wanted), answer)
        for x, wanted, answer in zip(seen.x, seen.wanted, said, strict=True)
    )
    sizes = f"{data.train} samples to learn from, {data.validation} to watch, {data.hidden} that nobody sees"
    misfit = f"{seen.misfit} {seen.advice}".strip()
    return Examples(name, data.doc, sizes, data.shape, _heads(data), samples, misfit)


def _has_columns(data: engine.Dataset) -> bool:
    return len(data.shape) == 1 and data.shape[0] == len(data.features) <= MOST_NUMBERS


def _heads(data: engine.Dataset) -> tuple[str, ...]:
    return data.features if _has_columns(data) else ("Sample",)


def _given(data: engine.Dataset, x: list[object]) -> tuple[str, ...]:
    if _has_columns(data):
        return tuple(shown(number) for number in x)
    if prod(data.shape) > MOST_NUMBERS:
        return (f"{' × '.join(map(str, data.shape))} numbers",)
    return (shown(_flat(x)),)


def _pixels(data: engine.Dataset, x: Any) -> str:
    """A square for each pixel above a half, of an image with one channel."""
    if len(data.shape) != 3 or data.shape[2] != 1:
        return ""
    return "".join(
        f"M{across} {down}h1v1h-1z"
        for down, row in enumerate(x)
        for across, (value,) in enumerate(row)
        if value > HALF
    )


def _flat(value: object) -> list[object]:
    return [one for part in value for one in _flat(part)] if isinstance(value, list) else [value]


def _said(data: engine.Dataset, value: object) -> str:
    """A class by its name, numbers as numbers."""
    return data.classes[int(value)] if data.classes else shown(value.tolist())  # type: ignore[call-overload, attr-defined]
