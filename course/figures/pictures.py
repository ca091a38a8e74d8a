"""Small black-and-white pictures to slide a kernel over, and kernels: what stands in pictures.toml.

In an address a picture is 16 hexadecimal digits, row by row, the leftmost pixel the highest bit.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.figures.blocks import Block
from course.figures.document import Matrix

SIDE, SIZE = 8, 3  # of a picture, of a kernel
MOST_WEIGHT = 9.0
OWN = "own"
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


def own_kernel(weights: Matrix) -> Kernel:
    """A kernel that somebody made in this figure."""
    return Kernel(OWN, "your own", "Your own kernel.", weights, is_learned=False)


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


def read_picture(block: Block, default: str = "seven") -> Pixels:
    """A picture by its name, or drawn by the author in eight rows."""
    wanted = block.raw("picture") or default
    if isinstance(wanted, str) and wanted in PICTURES:
        return PICTURES[wanted].pixels
    pixels = drawn(wanted) if isinstance(wanted, list) and _is_text(wanted) else None
    if pixels is None:
        raise block.error(
            "picture",
            f"picture is one of {', '.join(PICTURES)}, or a list of {SIDE} rows of {SIDE} signs, # and dot.",
        )
    return pixels


def _is_text(rows: list[Any]) -> bool:
    return all(isinstance(row, str) for row in rows)


def read_kernel(block: Block, default: str = "vertical") -> Kernel:
    """A kernel by its name, or three rows of three weights of the author's."""
    wanted = block.raw("kernel") or default
    if isinstance(wanted, str) and wanted in KERNELS:
        return KERNELS[wanted]
    rows = wanted if isinstance(wanted, list) and len(wanted) == SIZE else []
    fits = rows and all(isinstance(row, list) and len(row) == SIZE for row in rows)
    if not fits or not all(type(w) in (int, float) and abs(w) <= MOST_WEIGHT for row in rows for w in row):
        raise block.error(
            "kernel",
            f"kernel is one of {', '.join(KERNELS)}, or {SIZE} rows of {SIZE} weights "
            f"from {-MOST_WEIGHT:g} to {MOST_WEIGHT:g}.",
        )
    return own_kernel(tuple(tuple(float(weight) for weight in row) for row in rows))
