"""The arithmetic of layers: one class for each kind that the catalogue declares.

Read `core` first: a Dense layer is ten lines forward and back.
"""

from __future__ import annotations

from typing import Final

from engine.nn.layers import convolution, core, embedding, pooling, recurrent, wrappers
from engine.nn.layers.base import Context, Layer, Masks, Parameter, Visit

LAYERS: Final[dict[str, type[Layer]]] = {
    "InputLayer": core.InputLayer,
    "Dense": core.Dense,
    "Activation": core.Activation,
    "Flatten": core.Flatten,
    "Dropout": core.Dropout,
    "Conv1D": convolution.Conv,
    "Conv2D": convolution.Conv,
    "Conv3D": convolution.Conv,
    "Conv1DTranspose": convolution.ConvTranspose,
    "Conv2DTranspose": convolution.ConvTranspose,
    "DepthwiseConv1D": convolution.DepthwiseConv,
    "DepthwiseConv2D": convolution.DepthwiseConv,
    "SeparableConv1D": convolution.SeparableConv,
    "SeparableConv2D": convolution.SeparableConv,
    "MaxPooling1D": pooling.MaxPooling,
    "MaxPooling2D": pooling.MaxPooling,
    "MaxPooling3D": pooling.MaxPooling,
    "AveragePooling1D": pooling.AveragePooling,
    "AveragePooling2D": pooling.AveragePooling,
    "AveragePooling3D": pooling.AveragePooling,
    "GlobalMaxPooling1D": pooling.GlobalMaxPooling,
    "GlobalMaxPooling2D": pooling.GlobalMaxPooling,
    "GlobalMaxPooling3D": pooling.GlobalMaxPooling,
    "GlobalAveragePooling1D": pooling.GlobalAveragePooling,
    "GlobalAveragePooling2D": pooling.GlobalAveragePooling,
    "GlobalAveragePooling3D": pooling.GlobalAveragePooling,
    "Embedding": embedding.Embedding,
    "Masking": embedding.Masking,
    "SimpleRNN": recurrent.SimpleRNN,
    "LSTM": recurrent.LSTM,
    "GRU": recurrent.GRU,
    "Bidirectional": wrappers.Bidirectional,
}
"""Every layer's arithmetic by its Keras class name."""

__all__ = ["LAYERS", "Context", "Layer", "Masks", "Parameter", "Visit"]
