"""Spellings of Keras 1 and 2 and what they are called today. Tables only; `modernize` applies them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

LAYERS: Final[Mapping[str, str]] = {
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "AveragePooling": "AveragePooling2D",
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconv2D": "Conv2DTranspose",
    "ThresholdedReLU": "ReLU",
    "TimeDistributedDense": "Dense",
}
"""Class names of layers that Keras no longer has."""

ITEMS: Final[Mapping[str, str]] = {
    "AdamOptimizer": "Adam",
    "GradientDescentOptimizer": "SGD",
    "l1l2": "L1L2",
    "maxnorm": "MaxNorm",
    "max_norm": "MaxNorm",
    "nonneg": "NonNeg",
    "non_neg": "NonNeg",
    "unitnorm": "UnitNorm",
    "unit_norm": "UnitNorm",
    "min_max_norm": "MinMaxNorm",
}
"""Names of initializers, optimizers and the like that Keras no longer has."""

_DENSE: Final = {
    "output_dim": "units",
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
}
_CONVOLUTION: Final = {
    **_DENSE,
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "border_mode": "padding",
    "subsample": "strides",
    "subsample_length": "strides",
    "atrous_rate": "dilation_rate",
    "dim_ordering": "data_format",
}
_POOLING: Final = {
    "pool_length": "pool_size",
    "stride": "strides",
    "border_mode": "padding",
    "dim_ordering": "data_format",
}
_RECURRENT: Final = {
    **_DENSE,
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "U_regularizer": "recurrent_regularizer",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
}
_RESHAPING: Final = {"dim_ordering": "data_format", "length": "size", "upsampling_factor": "size"}

ARGUMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "core": {},
    "convolution": _CONVOLUTION,
    "pooling": _POOLING,
    "recurrent": _RECURRENT,
    "reshaping": _RESHAPING,
    "regularization": {"p": "rate", "sigma": "stddev"},
}
"""Argument names of older layers, by family."""

ARGUMENTS_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "BatchNormalization": {
        "beta_init": "beta_initializer",
        "gamma_init": "gamma_initializer",
    },
    "Dense": _DENSE,
    "Embedding": {
        "init": "embeddings_initializer",
        "W_regularizer": "embeddings_regularizer",
        "W_constraint": "embeddings_constraint",
    },
    "InputLayer": {"input_shape": "shape", "batch_input_shape": "batch_shape", "input_dtype": "dtype"},
    "LeakyReLU": {"alpha": "negative_slope"},
    "PReLU": {"init": "alpha_initializer"},
    "ReLU": {"theta": "threshold", "alpha": "negative_slope"},
    "Reshape": {"dims": "target_shape"},
    "TimeDistributed": {},
}
"""Argument names of single older layers."""

DROPPED: Final[Mapping[str, tuple[str, ...]]] = {
    "core": ("dropout",),
    "normalization": ("mode", "weights", "fused", "trainable_weights"),
    "recurrent": ("consume_less", "implementation", "forget_bias_init", "time_major"),
}
"""Arguments of older layers, by family, that change nothing in what the engine computes."""

VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "data_format": {"tf": "channels_last", "th": "channels_first"},
}
"""Old values of arguments."""

ITEM_ARGUMENTS: Final[Mapping[str, str]] = {"lr": "learning_rate", "m": "max_value"}
"""Argument names of older optimizers and constraints."""

MERGE_MODES: Final[Mapping[str, str]] = {
    "sum": "Add",
    "mul": "Multiply",
    "concat": "Concatenate",
    "ave": "Average",
    "max": "Maximum",
    "dot": "Dot",
}
"""Keras 1's `merge(..., mode=)`."""

MERGE_ARGUMENTS: Final[Mapping[str, str]] = {"concat_axis": "axis", "dot_axes": "axes"}
"""The arguments of that `merge`."""

GONE: Final[Mapping[str, tuple[str, str]]] = {
    "Merge": (
        "Merge joins models into a Sequential one, as only Keras 1 could.",
        "Write it with tensors: x = concatenate([a.output, b.output]), then Model(inputs, outputs).",
    ),
    "merge": (
        "merge is Keras 1's, and its mode is not one that the reader knows.",
        "Write the layer itself: Add, Multiply, Concatenate, Average, Maximum or Dot.",
    ),
}
"""What no layer of today stands for, and how it is written instead."""

ABSENT: Final = frozenset(
    {
        "AdaptiveAveragePooling2D", "CategoryEncoding", "CenterCrop", "ConvLSTM1D", "ConvLSTM2D",
        "ConvLSTM3D", "Discretization", "EinsumDense", "GroupQueryAttention", "GRUCell", "Hashing",
        "IntegerLookup", "LocallyConnected1D", "LocallyConnected2D", "LSTMCell", "RandomBrightness",
        "RandomContrast", "RandomCrop", "RandomFlip", "RandomHeight", "RandomRotation",
        "RandomTranslation", "RandomWidth", "RandomZoom", "Resizing", "RNN", "SimpleRNNCell",
        "SpectralNormalization", "StackedRNNCells", "StringLookup", "TextVectorization",
    }
)  # fmt: skip
"""Layers of Keras that the engine does not compute, so that none passes for a slip of the keyboard."""

_KERAS_1: Final = (
    r"\b(border_mode|nb_epoch|nb_filter|nb_row|subsample|W_regularizer|dim_ordering|samples_per_epoch|class_mode)\b"
    r"|\b(init|output_dim|p)\s*=|keras\.layers\.(core|convolutional)\b|\bmerge\("
)
_KERAS_2: Final = r"\btensorflow\b|\bkernel_size\b|\bkernel_initializer\b|\bpadding\s*=|\bepochs\s*="


def is_keras_1(text: str, spelling: str) -> bool:
    """Whether a text is of Keras 1's time, which `Convolution2D(32, 3, 3)` leaves open by itself."""
    if re.search(_KERAS_1, text):
        return True
    return spelling.startswith(("Convolution", "Deconvolution", "Atrous")) and not re.search(_KERAS_2, text)
