"""Attention: for each query the mean of the values, weighted by how well their keys match it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.nn.activations import softmax
from engine.nn.arrays import Array, Arrays, Backward, BackwardMany
from engine.nn.layers.base import Context, Layer, Masks

BackwardTwo: TypeAlias = Callable[[Array], tuple[Array, Array]]

FAR: Final = 1e9
"""What is taken from the score of a step that must not be seen."""


def causal(queries: int, keys: int) -> Array:
    """Which keys each query may see: those no later than itself."""
    return np.tril(np.ones((queries, keys), dtype=bool))


def dropped(weights: Array, rate: float, context: Context) -> tuple[Array, Backward]:
    """Dropout of attention weights, in training."""
    if not context.training or rate == 0:
        return weights, lambda gradient: gradient
    assert context.random is not None
    scale = (context.random.random(weights.shape) >= rate) / weights.dtype.type(1 - rate)
    return weights * scale, lambda gradient: gradient * scale


class Attention(Layer):
    """scores (batch, queries, keys) = query . key; y = softmax(scores) @ value. Luong et al. 2015."""

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        query, value = inputs[:2]
        key = inputs[2] if len(inputs) == 3 else value
        scores, scores_backward = self.scores(query, key)
        seen = self._seen(context, scores.shape)
        weights, softmax_backward = softmax(scores if seen is None else np.where(seen, scores, scores - FAR))
        context.note("scores", scores)
        context.note("attention", weights)
        used, drop_backward = dropped(weights, self.config.real("dropout"), context)
        counted = context.masks[0][..., None] if context.masks and context.masks[0] is not None else None
        y = used @ value if counted is None else (used @ value) * counted

        def backward(gradients: Arrays) -> Arrays:
            gradient = gradients[0] if counted is None else gradients[0] * counted
            dvalue = used.swapaxes(1, 2) @ gradient
            dscores = softmax_backward(drop_backward(gradient @ value.swapaxes(1, 2)))
            dquery, dkey = scores_backward(dscores)
            return (dquery, dvalue, dkey) if len(inputs) == 3 else (dquery, dvalue + dkey)

        return (y,), backward

    def _seen(self, context: Context, shape: tuple[int, ...]) -> Array | None:
        mask = context.masks[1] if len(context.masks) > 1 else None
        seen = None if mask is None else mask[:, None, :]
        if context.options.get("use_causal_mask") is True:
            before = causal(*shape[1:])
            seen = before if seen is None else before & seen
        return seen

    def scores(self, query: Array, key: Array) -> tuple[Array, BackwardTwo]:
        """How well each key matches each query, and the way back to both."""
        if self.config["score_mode"] == "concat":
            return self._by_sums(query, key)
        scale = self["scale"] if "scale" in self else np.ones((), query.dtype)
        products = query @ key.swapaxes(1, 2)

        def backward(gradient: Array) -> tuple[Array, Array]:
            if "scale" in self:
                self.learn("scale", (gradient * products).sum())
            inner = gradient * scale
            return inner @ key, inner.swapaxes(1, 2) @ query

        return products * scale, backward

    def _by_sums(self, query: Array, key: Array) -> tuple[Array, BackwardTwo]:
        """weight * sum(tanh(scale * (query + key)))."""
        scale = self["scale"] if "scale" in self else np.ones((), query.dtype)
        weight = self["concat_score_weight"]
        total = query[:, :, None] + key[:, None]
        bent = np.tanh(scale * total)
        sums = bent.sum(axis=-1)

        def backward(gradient: Array) -> tuple[Array, Array]:
            self.learn("concat_score_weight", (gradient * sums).sum())
            inner = (gradient * weight)[..., None] * (1 - bent * bent)
            if "scale" in self:
                self.learn("scale", (inner * total).sum())
            inner = inner * scale
            return inner.sum(axis=2), inner.sum(axis=1)

        return weight * sums, backward

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return (context.mask,)


class AdditiveAttention(Attention):
    """scores = sum(scale * tanh(query + key)). Bahdanau et al. 2014."""

    def scores(self, query: Array, key: Array) -> tuple[Array, BackwardTwo]:
        scale = self["scale"] if "scale" in self else np.ones(query.shape[-1], query.dtype)
        bent = np.tanh(query[:, :, None] + key[:, None])

        def backward(gradient: Array) -> tuple[Array, Array]:
            if "scale" in self:
                self.learn("scale", (gradient[..., None] * bent).sum(axis=(0, 1, 2)))
            inner = gradient[..., None] * scale * (1 - bent * bent)
            return inner.sum(axis=2), inner.sum(axis=1)

        return (scale * bent).sum(axis=-1), backward


class MultiHeadAttention(Layer):
    """Each head attends with queries, keys and values projected by kernels of its own. Vaswani et al. 2017.

    Kernels (features, heads, size); scores are divided by sqrt(key_dim); the heads' results, side by side,
    are projected once more by output_kernel (heads, value_dim, output).
    """

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        query, value = inputs[:2]
        key = inputs[2] if len(inputs) == 3 else value
        q, q_backward = self._project("query", query)
        k, k_backward = self._project("key", key)
        v, v_backward = self._project("value", value)
        scale = q.dtype.type(1 / math.sqrt(self.config.whole("key_dim")))
        scores = (q * scale) @ k.swapaxes(2, 3)
        seen = self._seen(inputs, context, scores.shape)
        weights, softmax_backward = softmax(scores if seen is None else np.where(seen, scores, -FAR))
        context.note("scores", scores)
        context.note("attention", weights)
        used, drop_backward = dropped(weights, self.config.real("dropout"), context)
        y, y_backward = self._join(used @ v)

        def backward(gradients: Arrays) -> Arrays:
            dheads = y_backward(gradients[0])
            dscores = softmax_backward(drop_backward(dheads @ v.swapaxes(2, 3)))
            if seen is not None:
                dscores = dscores * seen
            dscores = dscores * scale
            dquery = q_backward(dscores @ k)
            dkey = k_backward(dscores.swapaxes(2, 3) @ q)
            dvalue = v_backward(used.swapaxes(2, 3) @ dheads)
            return (dquery, dvalue, dkey) if len(inputs) == 3 else (dquery, dvalue + dkey)

        return (y,), backward

    def _project(self, name: str, x: Array) -> tuple[Array, Backward]:
        """x (batch, steps, features) -> (batch, heads, steps, size): one product for all heads."""
        kernel = self[f"{name}_kernel"]
        features, heads, size = kernel.shape
        rows, matrix = x.reshape(-1, features), kernel.reshape(features, -1)
        y = rows @ matrix
        if f"{name}_bias" in self:
            y += self[f"{name}_bias"].reshape(-1)

        def backward(gradient: Array) -> Array:
            back = gradient.swapaxes(1, 2).reshape(len(rows), -1)
            self.learn(f"{name}_kernel", (rows.T @ back).reshape(kernel.shape))
            if f"{name}_bias" in self:
                self.learn(f"{name}_bias", back.sum(axis=0).reshape(heads, size))
            return (back @ matrix.T).reshape(x.shape)

        return y.reshape(*x.shape[:2], heads, size).swapaxes(1, 2), backward

    def _join(self, heads: Array) -> tuple[Array, Backward]:
        """heads (batch, heads, steps, value_dim) -> (batch, steps, output)."""
        kernel = self["output_kernel"]
        batch, count, steps, size = heads.shape
        rows, matrix = heads.swapaxes(1, 2).reshape(batch * steps, -1), kernel.reshape(count * size, -1)
        y = rows @ matrix
        if "output_bias" in self:
            y += self["output_bias"]

        def backward(gradient: Array) -> Array:
            back = gradient.reshape(len(rows), -1)
            self.learn("output_kernel", (rows.T @ back).reshape(kernel.shape))
            if "output_bias" in self:
                self.learn("output_bias", back.sum(axis=0))
            return (back @ matrix.T).reshape(batch, steps, count, size).swapaxes(1, 2)

        return y.reshape(batch, steps, -1), backward

    def _seen(self, inputs: Arrays, context: Context, shape: tuple[int, ...]) -> Array | None:
        """Which keys each query may see (batch, 1 or heads, queries, keys)."""
        parts: list[Array] = []
        masks = context.masks
        if masks and masks[0] is not None:
            parts.append(masks[0][:, None, :, None])
        for mask in masks[1:]:
            if mask is not None:
                parts.append(mask[:, None, None, :])
        if context.options.get("use_causal_mask") is True:
            parts.append(causal(*shape[2:])[None, None])
        given = context.keywords.get("attention_mask")
        if given:
            parts.append(given[0].astype(bool).reshape(len(given[0]), -1, *given[0].shape[-2:]))
        return np.logical_and.reduce(np.broadcast_arrays(*parts)) if parts else None

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return (context.mask,)
