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

FAMILIES: dict[str, list[Case]] = {"core": CORE}
