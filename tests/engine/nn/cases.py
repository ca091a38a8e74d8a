"""At least one network for every kind of layer: what the gradient tests iterate."""

from dataclasses import dataclass, field
from typing import Any

from engine.spec import Layer, Spec
from tests.engine.networks import functional, layer, sequential


@dataclass(frozen=True)
class Case:
    """A layer on inputs of one shape (no batch axis)."""

    kind: str
    shape: tuple[int, ...]
    config: dict[str, Any] = field(default_factory=dict)
    tokens: int = 0
    """More than 0: inputs are whole numbers below it."""
    others: tuple[tuple[int, ...], ...] = ()
    """The shapes of further inputs."""

    def layer(self) -> Layer:
        return layer(self.kind, **self.config)

    def spec(self) -> Spec:
        if self.others:
            return functional(self.layer(), self.shape, *self.others)
        return sequential(self.shape, self.layer(), dtype="int32" if self.tokens else "float32")

    def __str__(self) -> str:
        told = ",".join(
            f"{key}={value}" for key, value in self.config.items() if not isinstance(value, Layer)
        )
        return f"{self.kind}({told})"


CASES = [
    Case("InputLayer", (3,), {"shape": (3,)}),
    Case("Dense", (5,), {"units": 3}),
    Case("Dense", (5,), {"units": 3, "activation": "tanh", "use_bias": False}),
    Case("Dense", (2, 5), {"units": 3, "activation": "softmax"}),
    Case("Dense", (5,), {"units": 4, "activation": "glu"}),
    Case("Activation", (6,), {"activation": "tanh"}),
    Case("Flatten", (2, 3)),
    Case("Dropout", (4,), {"rate": 0.5}),
    Case("Dropout", (3, 4), {"rate": 0.25, "noise_shape": (None, 1, None)}),
    Case("Conv1D", (7, 2), {"filters": 3, "kernel_size": 3, "activation": "tanh"}),
    Case(
        "Conv1D",
        (7, 4),
        {"filters": 6, "kernel_size": 2, "padding": "causal", "dilation_rate": 2, "groups": 2},
    ),
    Case("Conv2D", (5, 6, 2), {"filters": 3, "kernel_size": (3, 2), "strides": 2, "padding": "same"}),
    Case("Conv2D", (5, 6, 2), {"filters": 2, "kernel_size": 2, "dilation_rate": (2, 1), "use_bias": False}),
    Case("Conv3D", (3, 4, 3, 2), {"filters": 2, "kernel_size": 2, "padding": "same"}),
    Case("Conv1DTranspose", (4, 2), {"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same"}),
    Case("Conv1DTranspose", (4, 2), {"filters": 2, "kernel_size": 2, "strides": 3}),
    Case(
        "Conv2DTranspose", (3, 4, 2), {"filters": 3, "kernel_size": 3, "strides": (2, 1), "padding": "same"}
    ),
    Case("Conv2DTranspose", (3, 3, 2), {"filters": 2, "kernel_size": 3, "strides": 2, "output_padding": 1}),
    Case("DepthwiseConv1D", (6, 3), {"kernel_size": 3, "depth_multiplier": 2, "strides": 2}),
    Case("DepthwiseConv2D", (5, 4, 2), {"kernel_size": 3, "padding": "same", "activation": "tanh"}),
    Case("SeparableConv1D", (6, 3), {"filters": 4, "kernel_size": 3, "depth_multiplier": 2}),
    Case("SeparableConv2D", (5, 4, 2), {"filters": 3, "kernel_size": (2, 3), "padding": "same"}),
    *[
        Case(f"{kind}Pooling{rank}D", (*(5, 4, 3)[:rank], 2), config)
        for kind in ("Max", "Average")
        for rank in (1, 2, 3)
        for config in ({"pool_size": 2}, {"pool_size": 3, "strides": 2, "padding": "same"})
    ],
    *[
        Case(f"Global{kind}Pooling{rank}D", (*(5, 4, 3)[:rank], 2), {"keepdims": rank == 2})
        for kind in ("Max", "Average")
        for rank in (1, 2, 3)
    ],
    Case("Embedding", (4,), {"input_dim": 6, "output_dim": 3}, tokens=6),
    Case("Masking", (4, 2)),
    *[
        Case(kind, (4, 3), {"units": 2, **config})
        for kind in ("SimpleRNN", "LSTM", "GRU")
        for config in (
            {},
            {"return_sequences": True, "use_bias": False},
            {"return_sequences": True, "return_state": True, "go_backwards": True},
            {"dropout": 0.5, "recurrent_dropout": 0.3},
        )
    ],
    Case("GRU", (4, 3), {"units": 2, "reset_after": False}),
    Case("GRU", (4, 3), {"units": 2, "reset_after": False, "use_bias": False, "recurrent_dropout": 0.3}),
    *[
        Case("Bidirectional", (4, 3), {"layer": layer(kind, units=2, **config), "merge_mode": mode})
        for kind, mode, config in (
            ("LSTM", "concat", {"return_sequences": True}),
            ("GRU", "sum", {}),
            ("SimpleRNN", "mul", {"return_sequences": True}),
            ("LSTM", "ave", {"return_state": True}),
            ("SimpleRNN", None, {}),
        )
    ],
    Case("TimeDistributed", (3, 4), {"layer": layer("Dense", units=2, activation="tanh")}),
    Case("TimeDistributed", (2, 4, 4, 1), {"layer": layer("Conv2D", filters=2, kernel_size=2)}),
    Case("BatchNormalization", (4,)),
    Case("BatchNormalization", (3, 4), {"axis": 1, "scale": False}),
    Case("LayerNormalization", (3, 4)),
    Case("LayerNormalization", (3, 4), {"axis": (1, 2), "center": False}),
    Case("GroupNormalization", (3, 4), {"groups": 2}),
    Case("GroupNormalization", (4, 3), {"groups": -1, "axis": 1}),
    Case("UnitNormalization", (3, 4)),
    Case("RMSNormalization", (3, 4)),
    Case("Normalization", (3, 2), {"mean": (0.5, 1.0), "variance": (2.0, 0.5)}),
    Case("Normalization", (3, 2), {"invert": True}),
    Case("Rescaling", (3,), {"scale": 0.5, "offset": (1.0, 2.0, 3.0)}),
    *[Case(f"SpatialDropout{rank}D", (*(3, 2, 2)[:rank], 3), {"rate": 0.5}) for rank in (1, 2, 3)],
    Case("GaussianNoise", (4,), {"stddev": 0.5}),
    Case("GaussianDropout", (4,), {"rate": 0.5}),
    Case("AlphaDropout", (4,), {"rate": 0.5}),
    Case("ActivityRegularization", (4,), {"l1": 0.1}),
    Case("Reshape", (6,), {"target_shape": (2, -1)}),
    Case("Permute", (2, 3, 4), {"dims": (3, 1, 2)}),
    Case("RepeatVector", (3,), {"n": 2}),
    *[Case(f"ZeroPadding{rank}D", (*(3, 2, 2)[:rank], 2), {"padding": 2}) for rank in (1, 2, 3)],
    *[Case(f"Cropping{rank}D", (*(4, 3, 3)[:rank], 2), {"cropping": 1}) for rank in (1, 2, 3)],
    *[Case(f"UpSampling{rank}D", (*(3, 2, 2)[:rank], 2)) for rank in (1, 2, 3)],
    Case("UpSampling2D", (3, 2, 2), {"size": (2, 3), "interpolation": "bilinear"}),
    Case("ReLU", (6,), {"max_value": 1.2, "negative_slope": 0.1, "threshold": 0.05}),
    Case("LeakyReLU", (6,)),
    Case("ELU", (6,), {"alpha": 0.7}),
    Case("PReLU", (3, 2)),
    Case("PReLU", (3, 2), {"shared_axes": (1,)}),
    Case("Softmax", (3, 4), {"axis": 1}),
    *[
        Case(kind, (3, 2), others=((3, 2), (1, 2)))
        for kind in ("Add", "Multiply", "Average", "Maximum", "Minimum")
    ],
    Case("Subtract", (3, 2), others=((3, 1),)),
    Case("Concatenate", (3, 2), {"axis": 1}, others=((2, 2), (1, 2))),
    Case("Dot", (3, 2), {"axes": (2, 1)}, others=((2, 4),)),
    Case("Dot", (4,), {"axes": -1, "normalize": True}, others=((4,),)),
    Case("Attention", (3, 2), {"use_scale": True}, others=((4, 2), (4, 2))),
    Case("Attention", (3, 2), {"score_mode": "concat", "use_scale": True, "dropout": 0.3}, others=((4, 2),)),
    Case("AdditiveAttention", (3, 2), others=((4, 2),)),
    Case("MultiHeadAttention", (3, 4), {"num_heads": 2, "key_dim": 3, "dropout": 0.2}, others=((2, 5),)),
    Case(
        "MultiHeadAttention",
        (3, 4),
        {"num_heads": 2, "key_dim": 3, "value_dim": 2, "output_shape": 5},
        others=((2, 5), (2, 3)),
    ),
]
