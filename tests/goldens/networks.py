"""Random networks that goldens are made of: a few layers deep, options drawn from a seed."""

from collections.abc import Callable
from typing import Any

import numpy as np

Pick = Callable[..., Any]

SMOOTH = ("relu", "tanh", "sigmoid", "elu", "softplus", "gelu", "silu", "linear")


def random_network(seed: int) -> Callable[[Any], Any]:
    """A builder for a network of one of four sorts; the same seed always gives the same one."""

    def build(keras: Any) -> Any:
        random = np.random.default_rng(seed)

        def pick(*options: Any) -> Any:
            return options[int(random.integers(len(options)))]

        return (dense, images, sequences, words)[seed % 4](keras, pick)

    return build


def head(layers: Any, pick: Pick) -> list[Any]:
    """A last Dense layer, with one before it at times."""
    middle = [layers.Dense(pick(3, 6), activation=pick(*SMOOTH), use_bias=pick(True, False))]
    last = pick(("softmax", 4), ("sigmoid", 1), ("linear", 2))
    return [*pick([], middle), layers.Dense(last[1], activation=last[0])]


def dense(keras: Any, pick: Pick) -> Any:
    layers = keras.layers
    made = [keras.Input((pick(3, 8),))]
    for _ in range(pick(1, 2, 3)):
        made.append(layers.Dense(pick(2, 5, 8), use_bias=pick(True, False), activation=pick(*SMOOTH)))
        made += pick(
            [],
            [layers.Dropout(0.4)],
            [layers.BatchNormalization(epsilon=pick(1e-3, 1e-2))],
            [layers.LayerNormalization()],
            [layers.GaussianNoise(0.1)],
            [layers.LeakyReLU(negative_slope=0.2)],
            [layers.PReLU()],
            [layers.ActivityRegularization(0.01)],
            [layers.Activation(pick(*SMOOTH))],
        )
    return keras.Sequential([*made, *head(layers, pick)])


def images(keras: Any, pick: Pick) -> Any:
    layers = keras.layers
    made = [keras.Input((10, pick(9, 10), pick(1, 3)))]
    made += pick([], [layers.Rescaling(0.5, offset=-0.2)], [layers.ZeroPadding2D(pick(1, (0, 1)))])
    for _ in range(pick(1, 2)):
        padding, size = pick("valid", "same"), pick(2, 3)
        made += pick(
            [layers.Conv2D(pick(2, 4), size, padding=padding, activation=pick("relu", "tanh"))],
            [layers.Conv2D(4, size, padding=padding, strides=pick(1, 2))],
            [layers.DepthwiseConv2D(size, padding=padding, depth_multiplier=pick(1, 2))],
            [layers.SeparableConv2D(3, size, padding=padding, activation="relu")],
            [layers.Conv2DTranspose(2, size, padding=padding, strides=pick(1, 2))],
        )
        made += pick(
            [],
            [layers.MaxPooling2D(2)],
            [layers.AveragePooling2D(2, padding=pick("valid", "same"))],
            [layers.BatchNormalization(), layers.ReLU(max_value=pick(None, 1.0))],
            [layers.SpatialDropout2D(0.2)],
            [layers.UpSampling2D(2, interpolation=pick("nearest", "bilinear"))],
            [layers.Cropping2D(1)],
        )
    end = pick([layers.Flatten()], [layers.GlobalAveragePooling2D()], [layers.GlobalMaxPooling2D()])
    return keras.Sequential([*made, *end, *head(layers, pick)])


def recurrent(layers: Any, pick: Pick, several: bool) -> Any:
    kind = pick(layers.SimpleRNN, layers.LSTM, layers.GRU)
    inner = kind(pick(2, 4), return_sequences=several, activation=pick("tanh", "relu"))
    return pick(inner, layers.Bidirectional(inner, merge_mode=pick("concat", "sum", "ave", "mul")))


def sequences(keras: Any, pick: Pick) -> Any:
    layers = keras.layers
    made = [keras.Input((8, 3))]
    made += pick(
        [],
        [layers.Masking()],
        [layers.Conv1D(4, 3, padding=pick("causal", "same", "valid"), activation="relu")],
        [layers.TimeDistributed(layers.Dense(4, activation="tanh"))],
        [layers.Permute((2, 1))],
        [layers.Reshape((4, 6))],
    )
    made += pick([], [recurrent(layers, pick, True)], [recurrent(layers, pick, True), layers.Dropout(0.3)])
    made += pick(
        [recurrent(layers, pick, False)],
        [layers.GlobalMaxPooling1D()],
        [layers.AveragePooling1D(2), layers.Flatten()],
        [layers.MaxPooling1D(2), recurrent(layers, pick, False)],
    )
    return keras.Sequential([*made, *head(layers, pick)])


def words(keras: Any, pick: Pick) -> Any:
    layers = keras.layers
    start = [keras.Input((6,), dtype="int32"), layers.Embedding(7, pick(2, 4), mask_zero=pick(True, False))]
    middle = pick(
        [recurrent(layers, pick, False)],
        [recurrent(layers, pick, True), recurrent(layers, pick, False)],
        [layers.GlobalAveragePooling1D()],
        [layers.SpatialDropout1D(0.2), layers.Conv1D(3, 2), layers.GlobalMaxPooling1D()],
        [layers.LayerNormalization(), layers.Flatten()],
    )
    return keras.Sequential([*start, *middle, *head(layers, pick)])
