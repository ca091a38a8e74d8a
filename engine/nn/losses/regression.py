"""Losses for numbers: how far a prediction is from its target."""

from __future__ import annotations

import math

import numpy as np

from engine.nn.activations import softplus
from engine.nn.arrays import Array, Backward
from engine.nn.losses.base import EPSILON, averaged
from engine.spec import Config


def mean_squared_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    error = p - y
    return averaged(error * error, 2 * error)


def mean_absolute_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    error = p - y
    return averaged(np.abs(error), np.sign(error))


def mean_absolute_percentage_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    size = np.maximum(np.abs(y), EPSILON)
    error = (p - y) / size
    return averaged(100 * np.abs(error), 100 * np.sign(error) / size)


def mean_squared_logarithmic_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    held = np.maximum(p, EPSILON)
    error = np.log(held + 1) - np.log(np.maximum(y, EPSILON) + 1)
    return averaged(error * error, 2 * error / (held + 1) * (p > EPSILON))


def cosine_similarity(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    """Minus the cosine of the angle between target and prediction: -1 is the best."""
    axis = config.whole("axis") if "axis" in config else -1
    y_unit = y / np.maximum(np.linalg.norm(y, axis=axis, keepdims=True), EPSILON)
    norm = np.maximum(np.linalg.norm(p, axis=axis, keepdims=True), EPSILON)
    p_unit = p / norm
    cosine = (y_unit * p_unit).sum(axis=axis, keepdims=True)

    def backward(gradient: Array) -> Array:
        slopes: Array = (cosine * p_unit - y_unit) / norm
        return np.expand_dims(gradient, axis) * slopes

    return -cosine.squeeze(axis), backward


def huber(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    delta = config.real("delta") if "delta" in config else 1.0
    error = p - y
    size = np.abs(error)
    values = np.where(size <= delta, 0.5 * error * error, delta * size - 0.5 * delta * delta)
    return averaged(values, np.clip(error, -delta, delta))


def log_cosh(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    error = p - y
    return averaged(error + softplus(-2 * error)[0] - math.log(2), np.tanh(error))


def poisson(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    return averaged(p - y * np.log(p + EPSILON), 1 - y / (p + EPSILON))
