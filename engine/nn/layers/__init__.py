"""The arithmetic of layers: one class for each kind that the catalogue declares.

Read `core` first: a Dense layer is ten lines forward and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from engine.nn.layers.base import Context, Layer, Masks, Parameter, Visit

_CLASSES: Final = {
    "InputLayer": "core.InputLayer",
    "Dense": "core.Dense",
    "Activation": "core.Activation",
    "Flatten": "core.Flatten",
    "Dropout": "core.Dropout",
    "Conv1D": "convolution.Conv",
    "Conv2D": "convolution.Conv",
    "Conv3D": "convolution.Conv",
    "Conv1DTranspose": "convolution.ConvTranspose",
    "Conv2DTranspose": "convolution.ConvTranspose",
    "DepthwiseConv1D": "convolution.DepthwiseConv",
    "DepthwiseConv2D": "convolution.DepthwiseConv",
    "SeparableConv1D": "convolution.SeparableConv",
    "SeparableConv2D": "convolution.SeparableConv",
    "MaxPooling1D": "pooling.MaxPooling",
    "MaxPooling2D": "pooling.MaxPooling",
    "MaxPooling3D": "pooling.MaxPooling",
    "AveragePooling1D": "pooling.AveragePooling",
    "AveragePooling2D": "pooling.AveragePooling",
    "AveragePooling3D": "pooling.AveragePooling",
    "GlobalMaxPooling1D": "pooling.GlobalMaxPooling",
    "GlobalMaxPooling2D": "pooling.GlobalMaxPooling",
    "GlobalMaxPooling3D": "pooling.GlobalMaxPooling",
    "GlobalAveragePooling1D": "pooling.GlobalAveragePooling",
    "GlobalAveragePooling2D": "pooling.GlobalAveragePooling",
    "GlobalAveragePooling3D": "pooling.GlobalAveragePooling",
    "Embedding": "embedding.Embedding",
    "Masking": "embedding.Masking",
    "SimpleRNN": "recurrent.SimpleRNN",
    "LSTM": "recurrent.LSTM",
    "GRU": "recurrent.GRU",
    "Bidirectional": "wrappers.Bidirectional",
    "BatchNormalization": "normalization.BatchNormalization",
    "LayerNormalization": "normalization.LayerNormalization",
    "GroupNormalization": "normalization.GroupNormalization",
    "UnitNormalization": "normalization.UnitNormalization",
    "RMSNormalization": "normalization.RMSNormalization",
    "Normalization": "normalization.Normalization",
    "Rescaling": "normalization.Rescaling",
    "SpatialDropout1D": "noise.SpatialDropout",
    "SpatialDropout2D": "noise.SpatialDropout",
    "SpatialDropout3D": "noise.SpatialDropout",
    "GaussianNoise": "noise.GaussianNoise",
    "GaussianDropout": "noise.GaussianDropout",
    "AlphaDropout": "noise.AlphaDropout",
    "ActivityRegularization": "noise.ActivityRegularization",
    "Reshape": "reshaping.Reshape",
    "Permute": "reshaping.Permute",
    "RepeatVector": "reshaping.RepeatVector",
    "ZeroPadding1D": "reshaping.ZeroPadding",
    "ZeroPadding2D": "reshaping.ZeroPadding",
    "ZeroPadding3D": "reshaping.ZeroPadding",
    "Cropping1D": "reshaping.Cropping",
    "Cropping2D": "reshaping.Cropping",
    "Cropping3D": "reshaping.Cropping",
    "UpSampling1D": "reshaping.UpSampling",
    "UpSampling2D": "reshaping.UpSampling",
    "UpSampling3D": "reshaping.UpSampling",
    "ReLU": "activation_layers.Activating",
    "LeakyReLU": "activation_layers.Activating",
    "ELU": "activation_layers.Activating",
    "PReLU": "activation_layers.PReLU",
    "Softmax": "activation_layers.Softmax",
    "Add": "merging.Add",
    "Subtract": "merging.Subtract",
    "Multiply": "merging.Multiply",
    "Average": "merging.Average",
    "Maximum": "merging.Maximum",
    "Minimum": "merging.Minimum",
    "Concatenate": "merging.Concatenate",
    "Dot": "merging.Dot",
    "Attention": "attention.Attention",
    "AdditiveAttention": "attention.AdditiveAttention",
    "MultiHeadAttention": "attention.MultiHeadAttention",
    "TimeDistributed": "wrappers.TimeDistributed",
}


class _Layers(Mapping[str, type[Layer]]):
    """Imports a module when one of its layers is first asked for: most networks need one or two."""

    def __getitem__(self, kind: str) -> type[Layer]:
        module, name = _CLASSES[kind].split(".")
        found: type[Layer] = getattr(import_module(f"{__name__}.{module}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


LAYERS: Final = _Layers()
"""Every layer's arithmetic by its Keras class name."""

__all__ = ["LAYERS", "Context", "Layer", "Masks", "Parameter", "Visit"]
