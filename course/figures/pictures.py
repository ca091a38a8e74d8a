"""Small black-and-white pictures to slide a kernel over, and kernels: what stands in pictures.toml.

In an address a picture is 16 hexadecimal digits, row by row, the leftmost pixel the highest bit.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from course.figures.document import Matrix

SIDE = 8
_CODE = re.compile(r"[0-9a-f]{16}\Z", re.ASCII)

Pixels = tuple[tuple[int, ...], ...]
"""SIDE rows of SIDE pixels, 0 or 1."""


@dataclass(frozen=True)
class Picture:
    name: str
    title: str
    pixels: Pixels


@dataclass(frozen=True)
class Kernel:
    """Three rows of three weights; `says` is what it finds. `is_learned`: by a training, not by hand."""

    name: str
    title: str
    says: str
    weights: Matrix
    is_learned: bool

    @property
    def reach(self) -> float:
        """The largest size that its sum over pixels of 0 and 1 can have."""
        weights = [weight for row in self.weights for weight in row]
        return max(sum(max(w, 0.0) for w in weights), sum(max(-w, 0.0) for w in weights))


def encode(pixels: Pixels) -> str:
    """The picture as 16 hexadecimal digits."""
    return "".join(f"{int(''.join(map(str, row)), 2):02x}" for row in pixels)


def decode(code: str) -> Pixels | None:
    """The picture that 16 hexadecimal digits mean; None when they are none."""
    if not _CODE.match(code):
        return None
    rows = [f"{int(code[at : at + 2], 16):08b}" for at in range(0, 2 * SIDE, 2)]
    return tuple(tuple(int(pixel) for pixel in row) for row in rows)


def drawn(rows: list[str]) -> Pixels | None:
    """The picture of SIDE rows of SIDE signs, # and dot; None when it is none."""
    if len(rows) != SIDE or any(len(row) != SIDE or set(row) - {"#", "."} for row in rows):
        return None
    return tuple(tuple(int(sign == "#") for sign in row) for row in rows)


def turned(pixels: Pixels, place: int) -> Pixels:
    """The picture with one pixel the other way, counted row by row from 0."""
    return tuple(
        tuple(1 - pixel if row * SIDE + column == place else pixel for column, pixel in enumerate(line))
        for row, line in enumerate(pixels)
    )


def name_of(pixels: Pixels) -> str | None:
    """The name of the picture that is just like this one."""
    return next((picture.name for picture in PICTURES.values() if picture.pixels == pixels), None)


_TABLES = tomllib.loads((Path(__file__).parent / "pictures.toml").read_text("utf-8"))


def _picture(name: str, title: str, rows: list[str]) -> Picture:
    pixels = drawn(rows)
    assert pixels is not None, name
    return Picture(name, title, pixels)


PICTURES: dict[str, Picture] = {
    row["name"]: _picture(row["name"], row["title"], row["rows"]) for row in _TABLES["picture"]
}
KERNELS: dict[str, Kernel] = {
    row["name"]: Kernel(
        row["name"], row["title"], row["says"], tuple(map(tuple, row["weights"])), "filter" in row
    )
    for row in _TABLES["kernel"]
}
