"""Embedding and Masking: rows for word numbers, and masks for padded steps."""

from __future__ import annotations

import numpy as np

from engine.errors import ShapeError
from engine.nn.arrays import Array, Arrays, Backward
from engine.nn.layers.base import Context, Layer, Masks


class Embedding(Layer):
    """y = embeddings[x]; on the way back each row collects the gradients of all places it stood at."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        rows = x.astype(np.int64)
        table = self["embeddings"]
        if rows.size and not 0 <= rows.min() <= rows.max() < len(table):
            bad = rows.min() if rows.min() < 0 else rows.max()
            raise ShapeError(
                f'Embedding "{self.name}" has {len(table)} rows; x holds the number {bad}.',
                f"Numbers must be from 0 to {len(table) - 1}.",
            )

        def backward(gradient: Array) -> Array:
            learned = np.zeros_like(table)
            np.add.at(learned, rows.ravel(), gradient.reshape(-1, table.shape[1]))
            self.learn("embeddings", learned)
            return np.zeros_like(x)

        return table[rows], backward

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return (inputs[0] != 0 if self.config.flag("mask_zero") else None,)


class Masking(Layer):
    """Passes x on, padded steps as zeros, together with the mask that later layers read."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        kept = self._kept(x)[..., None]
        return x * kept, lambda gradient: gradient * kept

    def _kept(self, x: Array) -> Array:
        kept: Array = (x != x.dtype.type(self.config.real("mask_value"))).any(axis=-1)
        return kept

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return (self._kept(inputs[0]),)
