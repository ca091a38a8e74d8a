"""The layers that goldens are made of, as (class name, input shape, arguments): families of cases.

Names of activations, regularizers and
the like are Keras's own strings.
"""

from typing import Any

Case = tuple[str, tuple[int, ...], dict[str, Any]]

ACTIVATIONS = (
    *("linear", "relu", "sigmoid", "tanh", "softmax", "elu", "selu", "celu", "softplus", "softsign"),
    *("exponential", "relu6", "leaky_relu", "silu", "gelu", "mish", "hard_sigmoid", "hard_silu"),
    *("hard_tanh", "hard_shrink", "soft_shrink", "tanh_shrink", "log_sigmoid", "log_softmax"),
    *("squareplus", "sparse_plus", "sparse_sigmoid"),
)

CORE: list[Case] = [
    *[("Dense", (5,), {"units": 4, "activation": name}) for name in ACTIVATIONS],
    ("Dense", (5,), {"units": 3, "use_bias": False}),
    ("Dense", (3, 5), {"units": 4, "activation": "softmax"}),
    ("Dense", (2, 3, 5), {"units": 4}),
    ("Dense", (5,), {"units": 4, "kernel_regularizer": "l2", "bias_constraint": "non_neg"}),
    *[("Activation", (2, 4), {"activation": name}) for name in ACTIVATIONS],
    ("Flatten", (2, 3, 4), {}),
    ("Flatten", (6,), {}),
    ("Dropout", (4,), {"rate": 0.5}),
    ("Dropout", (3, 4), {"rate": 0.3, "noise_shape": (None, 1, None)}),
]

CONVOLUTION: list[Case] = [
    ("Conv1D", (8, 2), {"filters": 3, "kernel_size": 3}),
    ("Conv1D", (8, 2), {"filters": 3, "kernel_size": 2, "padding": "same", "activation": "relu"}),
    ("Conv1D", (9, 2), {"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same"}),
    ("Conv1D", (8, 2), {"filters": 3, "kernel_size": 3, "padding": "causal"}),
    ("Conv1D", (8, 2), {"filters": 3, "kernel_size": 3, "padding": "causal", "dilation_rate": 2}),
    ("Conv1D", (8, 2), {"filters": 3, "kernel_size": 3, "padding": "causal", "strides": 2}),
    ("Conv1D", (8, 4), {"filters": 6, "kernel_size": 3, "groups": 2, "use_bias": False}),
    ("Conv1D", (8, 2), {"filters": 3, "kernel_size": 2, "dilation_rate": 3, "padding": "same"}),
    ("Conv2D", (6, 5, 2), {"filters": 3, "kernel_size": 3}),
    ("Conv2D", (6, 5, 1), {"filters": 4, "kernel_size": (2, 3), "activation": "relu"}),
    ("Conv2D", (6, 5, 2), {"filters": 3, "kernel_size": 3, "padding": "same"}),
    ("Conv2D", (6, 5, 2), {"filters": 3, "kernel_size": 3, "padding": "same", "strides": 2}),
    ("Conv2D", (7, 6, 2), {"filters": 3, "kernel_size": 2, "strides": (3, 2)}),
    ("Conv2D", (7, 7, 2), {"filters": 3, "kernel_size": 3, "dilation_rate": 2}),
    ("Conv2D", (6, 7, 2), {"filters": 3, "kernel_size": (3, 2), "dilation_rate": (1, 3), "padding": "same"}),
    ("Conv2D", (5, 5, 6), {"filters": 9, "kernel_size": 3, "groups": 3, "padding": "same"}),
    ("Conv2D", (4, 4, 3), {"filters": 5, "kernel_size": 1, "activation": "softmax"}),
    ("Conv3D", (4, 5, 4, 2), {"filters": 3, "kernel_size": 2}),
    ("Conv3D", (4, 5, 4, 2), {"filters": 3, "kernel_size": 3, "padding": "same", "strides": 2}),
    ("Conv3D", (5, 5, 5, 2), {"filters": 2, "kernel_size": 2, "dilation_rate": 2}),
    ("DepthwiseConv1D", (7, 3), {"kernel_size": 3}),
    ("DepthwiseConv1D", (7, 3), {"kernel_size": 2, "depth_multiplier": 2, "padding": "same"}),
    ("DepthwiseConv2D", (5, 6, 3), {"kernel_size": 3, "activation": "relu6"}),
    ("DepthwiseConv2D", (5, 6, 3), {"kernel_size": 3, "depth_multiplier": 2, "padding": "same"}),
    ("DepthwiseConv2D", (5, 6, 3), {"kernel_size": 2, "strides": 2, "use_bias": False}),
    ("DepthwiseConv2D", (6, 6, 2), {"kernel_size": 2, "dilation_rate": 2}),
    ("SeparableConv1D", (7, 3), {"filters": 4, "kernel_size": 3}),
    ("SeparableConv1D", (7, 3), {"filters": 4, "kernel_size": 3, "padding": "same", "depth_multiplier": 2}),
    ("SeparableConv2D", (6, 5, 3), {"filters": 4, "kernel_size": 3}),
    ("SeparableConv2D", (6, 5, 3), {"filters": 4, "kernel_size": 2, "padding": "same", "strides": 2}),
    (
        "SeparableConv2D",
        (6, 5, 3),
        {"filters": 4, "kernel_size": 3, "depth_multiplier": 2, "use_bias": False},
    ),
    *[
        (f"Conv{rank}DTranspose", (*(5, 4)[:rank], 2), {"filters": 3, **given})
        for rank in (1, 2)
        for given in (
            {"kernel_size": 3},
            {"kernel_size": 2, "strides": 2, "activation": "relu"},
            {"kernel_size": 3, "strides": 2, "padding": "same"},
            {"kernel_size": 2, "strides": 3},
            {"kernel_size": 4, "strides": 2, "padding": "same", "use_bias": False},
            {"kernel_size": 3, "strides": 2, "output_padding": 1},
            {"kernel_size": 3, "strides": 2, "padding": "same", "output_padding": 1},
            {"kernel_size": 3, "strides": 2, "padding": "same", "output_padding": 0},
            {"kernel_size": 2, "dilation_rate": 2},
            {"kernel_size": 3, "dilation_rate": 2, "padding": "same"},
        )
    ],
]

POOLING: list[Case] = [
    *[
        (f"{kind}Pooling{rank}D", (*(7, 6, 5)[:rank], 2), given)
        for kind in ("Max", "Average")
        for rank in (1, 2, 3)
        for given in (
            {"pool_size": 2},
            {"pool_size": 3, "strides": 1},
            {"pool_size": 2, "strides": 2, "padding": "same"},
            {"pool_size": 3, "strides": 1, "padding": "same"},
        )
    ],
    ("MaxPooling2D", (6, 6, 2), {"pool_size": (3, 2), "strides": (1, 2)}),
    ("MaxPooling2D", (6, 6, 2), {"pool_size": 3, "strides": 2, "padding": "same"}),
    *[
        (f"Global{kind}Pooling{rank}D", (*(5, 4, 3)[:rank], 2), {"keepdims": keepdims})
        for kind in ("Max", "Average")
        for rank in (1, 2, 3)
        for keepdims in (False, True)
    ],
]

RECURRENT: list[Case] = [
    ("Embedding", (5,), {"input_dim": 7, "output_dim": 3}),
    ("Embedding", (2, 3), {"input_dim": 7, "output_dim": 2, "mask_zero": True}),
    ("Masking", (5, 3), {}),
    ("Masking", (5, 3), {"mask_value": 1.0}),
    *[
        (kind, (6, 3), {"units": 4, **given})
        for kind in ("SimpleRNN", "LSTM", "GRU")
        for given in (
            {},
            {"return_sequences": True},
            {"go_backwards": True},
            {"return_sequences": True, "go_backwards": True, "use_bias": False},
            {"activation": "relu"},
            {"return_sequences": True, "dropout": 0.5, "recurrent_dropout": 0.5},
        )
    ],
    ("LSTM", (6, 3), {"units": 3, "recurrent_activation": "hard_sigmoid", "unit_forget_bias": False}),
    ("GRU", (6, 3), {"units": 3, "recurrent_activation": "tanh", "activation": "linear"}),
    ("GRU", (6, 3), {"units": 3, "reset_after": False}),
    ("GRU", (6, 3), {"units": 3, "reset_after": False, "use_bias": False, "return_sequences": True}),
    *[
        ("Bidirectional", (5, 3), {"layer": (kind, {"units": 2, **given}), "merge_mode": mode})
        for kind in ("SimpleRNN", "LSTM", "GRU")
        for mode in ("concat", "sum", "mul", "ave")
        for given in ({}, {"return_sequences": True})
    ],
    (
        "Bidirectional",
        (5, 3),
        {
            "layer": ("LSTM", {"units": 2}),
            "backward_layer": ("LSTM", {"units": 2, "activation": "relu", "go_backwards": True}),
        },
    ),
]

NORMALIZATION: list[Case] = [
    ("BatchNormalization", (5,), {}),
    ("BatchNormalization", (4, 3), {"axis": 1, "epsilon": 0.01}),
    ("BatchNormalization", (4, 4, 3), {"scale": False}),
    ("BatchNormalization", (4, 3), {"center": False, "momentum": 0.5}),
    ("LayerNormalization", (5,), {}),
    ("LayerNormalization", (4, 3), {"axis": 1}),
    ("LayerNormalization", (4, 3), {"axis": (1, 2), "epsilon": 0.1}),
    ("LayerNormalization", (4, 3, 2), {"axis": [-2, -1], "scale": False}),
    ("GroupNormalization", (4, 6), {"groups": 3}),
    ("GroupNormalization", (4, 4, 6), {"groups": 2, "center": False}),
    ("GroupNormalization", (5, 4), {"groups": -1}),
    ("GroupNormalization", (6,), {"groups": 1}),
    ("UnitNormalization", (4, 3), {}),
    ("UnitNormalization", (4, 3), {"axis": (1, 2)}),
    ("RMSNormalization", (4, 3), {}),
    ("RMSNormalization", (4, 3), {"axis": 1, "epsilon": 0.1}),
    ("Normalization", (3,), {"mean": [1.0, 2.0, 3.0], "variance": [2.0, 1.0, 0.5]}),
    ("Normalization", (4, 3), {"axis": None, "mean": 1.5, "variance": 4.0}),
    ("Normalization", (3,), {"mean": 2.0, "variance": 3.0, "invert": True}),
    ("Rescaling", (4, 3), {"scale": 0.25}),
    ("Rescaling", (4, 3), {"scale": 2.0, "offset": -1.0}),
]

NOISE: list[Case] = [
    ("SpatialDropout1D", (4, 3), {"rate": 0.5}),
    ("SpatialDropout2D", (4, 4, 3), {"rate": 0.5}),
    ("SpatialDropout3D", (3, 3, 3, 2), {"rate": 0.5}),
    ("GaussianNoise", (4,), {"stddev": 0.5}),
    ("GaussianDropout", (4,), {"rate": 0.5}),
    ("AlphaDropout", (4,), {"rate": 0.5}),
    ("ActivityRegularization", (4,), {"l1": 0.1, "l2": 0.2}),
]

RESHAPING: list[Case] = [
    ("Reshape", (6,), {"target_shape": (2, 3)}),
    ("Reshape", (4, 3), {"target_shape": (-1, 2)}),
    ("Reshape", (4, 3), {"target_shape": (12,)}),
    ("Permute", (4, 3), {"dims": (2, 1)}),
    ("Permute", (4, 3, 2), {"dims": (3, 1, 2)}),
    ("RepeatVector", (3,), {"n": 4}),
    ("ZeroPadding1D", (4, 3), {}),
    ("ZeroPadding1D", (4, 3), {"padding": (0, 2)}),
    ("ZeroPadding2D", (4, 3, 2), {}),
    ("ZeroPadding2D", (4, 3, 2), {"padding": (2, 1)}),
    ("ZeroPadding2D", (4, 3, 2), {"padding": ((0, 1), (2, 0))}),
    ("ZeroPadding3D", (2, 3, 2, 2), {}),
    ("ZeroPadding3D", (2, 3, 2, 2), {"padding": ((0, 1), (2, 0), (1, 1))}),
    ("Cropping1D", (5, 2), {}),
    ("Cropping1D", (5, 2), {"cropping": (2, 0)}),
    ("Cropping2D", (5, 4, 2), {}),
    ("Cropping2D", (5, 4, 2), {"cropping": ((1, 2), (0, 1))}),
    ("Cropping3D", (4, 4, 4, 2), {}),
    ("Cropping3D", (4, 4, 4, 2), {"cropping": (1, 0, 1)}),
    ("UpSampling1D", (3, 2), {}),
    ("UpSampling1D", (3, 2), {"size": 3}),
    ("UpSampling2D", (3, 2, 2), {}),
    ("UpSampling2D", (3, 2, 2), {"size": (3, 2)}),
    ("UpSampling2D", (3, 4, 2), {"interpolation": "bilinear"}),
    ("UpSampling2D", (3, 4, 2), {"size": (3, 4), "interpolation": "bilinear"}),
    ("UpSampling3D", (2, 2, 2, 2), {}),
    ("UpSampling3D", (2, 2, 2, 2), {"size": (1, 2, 3)}),
]

ACTIVATION_LAYERS: list[Case] = [
    ("ReLU", (6,), {}),
    ("ReLU", (6,), {"max_value": 1.0}),
    ("ReLU", (6,), {"negative_slope": 0.2}),
    ("ReLU", (6,), {"threshold": 0.3, "negative_slope": 0.1, "max_value": 0.8}),
    ("LeakyReLU", (6,), {}),
    ("LeakyReLU", (6,), {"negative_slope": 0.01}),
    ("PReLU", (4, 3), {}),
    ("PReLU", (4, 4, 3), {"shared_axes": [1, 2]}),
    ("ELU", (6,), {}),
    ("ELU", (6,), {"alpha": 0.5}),
    ("Softmax", (6,), {}),
    ("Softmax", (4, 3), {"axis": 1}),
    ("Softmax", (4, 3), {"axis": (1, 2)}),
    ("Dense", (4,), {"units": 3, "activation": ("LeakyReLU", {"negative_slope": 0.1})}),
    ("TimeDistributed", (3, 4), {"layer": ("Dense", {"units": 2, "activation": "relu"})}),
    ("TimeDistributed", (2, 5, 5, 1), {"layer": ("Conv2D", {"filters": 2, "kernel_size": 3})}),
    ("TimeDistributed", (2, 4, 4, 1), {"layer": ("Flatten", {})}),
    ("TimeDistributed", (2, 4, 4, 2), {"layer": ("MaxPooling2D", {})}),
    ("TimeDistributed", (2, 4, 3), {"layer": ("LSTM", {"units": 2})}),
]

FAMILIES: dict[str, list[Case]] = {
    "core": CORE,
    "convolution": CONVOLUTION,
    "pooling": POOLING,
    "recurrent": RECURRENT,
    "normalization": NORMALIZATION,
    "noise": NOISE,
    "reshaping": RESHAPING,
    "activations": ACTIVATION_LAYERS,
}
