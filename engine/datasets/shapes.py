"""Tiny images of shapes: gray on black, 12 by 12 pixels, one channel, values 0 to 1."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random, balanced

SIDE: Final = 12
CLASSES: Final = ("circle", "square", "triangle", "cross")
NOISE: Final = 0.05


def shapes(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Filled shapes of any size that fits, anywhere, a little turned, with noise."""
    y = balanced(count, len(CLASSES))
    radius = random.uniform(2.5, 4.5, (count, 1))
    middle = SIDE / 2 + random.uniform(-1, 1, (count, 2)) * (SIDE / 2 - 0.5 - radius)
    across, down = turned(middle, random.uniform(-0.3, 0.3, (count, 1)))
    depths = np.stack(
        [
            radius - np.hypot(across, down),
            0.85 * radius - np.maximum(np.abs(across), np.abs(down)),
            np.minimum(0.6 * radius - down, 0.5 * radius + 0.5 * down - 0.87 * np.abs(across)),
            np.minimum(
                radius - np.maximum(np.abs(across), np.abs(down)),
                0.3 * radius - np.minimum(np.abs(across), np.abs(down)),
            ),
        ]
    )
    depth = depths[y, np.arange(count)]
    light = np.clip(depth + 0.5, 0, 1) * random.uniform(0.7, 1, (count, 1))
    seen = np.clip(light + random.normal(0, NOISE, light.shape), 0, 1)
    return seen.reshape(count, SIDE, SIDE, 1), y


def turned(middle: Numbers, angle: Numbers) -> tuple[Numbers, Numbers]:
    """For every image and pixel, where the pixel lies as the shape sees it: (count, pixels) each."""
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    right = columns + 0.5 - middle[:, :1]
    below = rows + 0.5 - middle[:, 1:]
    cosine, sine = np.cos(angle), np.sin(angle)
    return cosine * right + sine * below, cosine * below - sine * right


SHAPES: Final = (
    Drawn(
        "shapes", "Images of 12 by 12 pixels with a circle, square, triangle or cross in them.",
        ("light",), (SIDE, SIDE, 1), shapes, classes=CLASSES, train=600, hidden=200, epochs=20,
    ),
)  # fmt: skip
