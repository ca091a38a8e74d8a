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

FAMILIES: dict[str, list[Case]] = {
    "core": CORE,
    "convolution": CONVOLUTION,
    "pooling": POOLING,
    "recurrent": RECURRENT,
}
