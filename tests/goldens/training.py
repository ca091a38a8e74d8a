"""Training runs that goldens are made of: every optimizer, loss and metric, a regularizer and a constraint.

Each run trains a small Dense network for two epochs without shuffling, and keeps the weights before and after
each epoch, and the history.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.goldens.files import Golden, write

Build = Callable[[Any], Any]

ROWS, FEATURES, OUTPUTS, EPOCHS, BATCH = 22, 4, 3, 2, 8


def run(
    optimizer: tuple[str, dict[str, Any]] = ("SGD", {}),
    loss: tuple[str, dict[str, Any]] = ("MeanSquaredError", {}),
    metrics: tuple[tuple[str, dict[str, Any]] | str, ...] = (),
    last: str = "linear",
    targets: str = "numbers",
    outputs: int = OUTPUTS,
    dense: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A run as plain data."""
    return {
        "optimizer": optimizer,
        "loss": loss,
        "metrics": metrics,
        "last": last,
        "targets": targets,
        "outputs": outputs,
        "dense": dense or {},
    }


def schedule(kind: str, **given: Any) -> tuple[str, dict[str, Any]]:
    return ("schedules." + kind, given)


OPTIMIZERS = [
    ("SGD", {"learning_rate": 0.1}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.9}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.8, "nesterov": True}),
    ("SGD", {"learning_rate": 0.1, "weight_decay": 0.1}),
    ("SGD", {"learning_rate": 0.5, "clipnorm": 0.1}),
    ("SGD", {"learning_rate": 0.5, "clipvalue": 0.02}),
    ("SGD", {"learning_rate": 0.5, "global_clipnorm": 0.1}),
    ("RMSprop", {"learning_rate": 0.01}),
    ("RMSprop", {"learning_rate": 0.01, "rho": 0.7, "momentum": 0.5, "centered": True, "epsilon": 1e-3}),
    ("Adam", {"learning_rate": 0.01}),
    ("Adam", {"learning_rate": 0.02, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-3}),
    ("Adam", {"learning_rate": 0.02, "amsgrad": True}),
    ("Adam", {"learning_rate": 0.02, "clipnorm": 0.1, "weight_decay": 0.05}),
    ("AdamW", {"learning_rate": 0.02}),
    ("AdamW", {"learning_rate": 0.02, "weight_decay": 0.2}),
    ("Adamax", {"learning_rate": 0.02}),
    ("Nadam", {"learning_rate": 0.02}),
    ("Adagrad", {"learning_rate": 0.1}),
    ("Adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.5}),
    ("Adadelta", {"learning_rate": 5.0}),
    ("Adadelta", {"learning_rate": 1.0, "rho": 0.5, "epsilon": 1e-2}),
    *[
        ("SGD", {"learning_rate": rate})
        for rate in (
            schedule("ExponentialDecay", initial_learning_rate=0.2, decay_steps=3, decay_rate=0.5),
            schedule(
                "ExponentialDecay", initial_learning_rate=0.2, decay_steps=2, decay_rate=0.5, staircase=True
            ),
            schedule("InverseTimeDecay", initial_learning_rate=0.2, decay_steps=2, decay_rate=0.5),
            schedule("PiecewiseConstantDecay", boundaries=[1, 3], values=[0.2, 0.1, 0.05]),
            schedule("PolynomialDecay", initial_learning_rate=0.2, decay_steps=4, power=2.0),
            schedule("PolynomialDecay", initial_learning_rate=0.2, decay_steps=2, cycle=True),
            schedule("CosineDecay", initial_learning_rate=0.2, decay_steps=5, alpha=0.1),
            schedule(
                "CosineDecay", initial_learning_rate=0.0, decay_steps=4, warmup_target=0.2, warmup_steps=2
            ),
            schedule("CosineDecayRestarts", initial_learning_rate=0.2, first_decay_steps=2),
            schedule(
                "CosineDecayRestarts", initial_learning_rate=0.2, first_decay_steps=2, t_mul=1.0, m_mul=0.8
            ),
        )
    ],
]

NUMBERS = [
    "MeanSquaredError",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "CosineSimilarity",
    "LogCosh",
]
SHARES = ["MeanSquaredLogarithmicError", "KLDivergence", "Poisson"]
SIGNS = ["Hinge", "SquaredHinge"]

LOSSES = [
    *[run(loss=(kind, {})) for kind in NUMBERS],
    run(loss=("Huber", {})),
    run(loss=("Huber", {"delta": 0.3})),
    run(loss=("MeanSquaredError", {"reduction": "sum"}), optimizer=("SGD", {"learning_rate": 0.01})),
    *[run(loss=(kind, {}), last="sigmoid", targets="shares") for kind in SHARES],
    *[run(loss=(kind, {}), targets="bits") for kind in SIGNS],
    run(loss=("CategoricalHinge", {}), targets="one hot"),
    run(loss=("BinaryCrossentropy", {}), last="sigmoid", targets="bits"),
    run(loss=("BinaryCrossentropy", {"label_smoothing": 0.1}), last="sigmoid", targets="bits"),
    run(loss=("BinaryCrossentropy", {"from_logits": True}), targets="bits"),
    run(loss=("BinaryFocalCrossentropy", {}), last="sigmoid", targets="bits"),
    run(
        loss=("BinaryFocalCrossentropy", {"apply_class_balancing": True, "gamma": 1.5, "from_logits": True}),
        targets="bits",
    ),
    run(loss=("CategoricalCrossentropy", {}), last="softmax", targets="one hot"),
    run(loss=("CategoricalCrossentropy", {"label_smoothing": 0.2}), last="softmax", targets="one hot"),
    run(loss=("CategoricalCrossentropy", {"from_logits": True}), targets="one hot"),
    run(loss=("CategoricalFocalCrossentropy", {}), last="softmax", targets="one hot"),
    run(loss=("CategoricalFocalCrossentropy", {"from_logits": True, "alpha": 0.5}), targets="one hot"),
    run(loss=("SparseCategoricalCrossentropy", {}), last="softmax", targets="classes"),
    run(loss=("SparseCategoricalCrossentropy", {"from_logits": True}), targets="classes"),
    run(loss=("SparseCategoricalCrossentropy", {"ignore_class": 1}), last="softmax", targets="classes"),
]

PENALTIES = [
    {"kernel_regularizer": ("L2", {"l2": 0.1})},
    {"kernel_regularizer": ("L1", {"l1": 0.05}), "bias_regularizer": ("L2", {"l2": 0.2})},
    {"kernel_regularizer": ("L1L2", {"l1": 0.02, "l2": 0.05})},
    {"kernel_regularizer": ("OrthogonalRegularizer", {"factor": 0.5})},
    {"kernel_regularizer": ("OrthogonalRegularizer", {"factor": 0.5, "mode": "columns"})},
    {"activity_regularizer": ("L2", {"l2": 0.1})},
    {"kernel_constraint": ("MaxNorm", {"max_value": 0.7})},
    {"kernel_constraint": ("NonNeg", {})},
    {"kernel_constraint": ("UnitNorm", {"axis": 1})},
    {"kernel_constraint": ("MinMaxNorm", {"min_value": 0.4, "max_value": 0.6, "rate": 0.5})},
]

METRICS = [
    run(
        loss=("CategoricalCrossentropy", {}),
        last="softmax",
        targets="one hot",
        metrics=(
            "accuracy",
            "categorical_accuracy",
            ("TopKCategoricalAccuracy", {"k": 2}),
            ("CategoricalCrossentropy", {"label_smoothing": 0.1}),
            ("Precision", {}),
            ("Recall", {"thresholds": 0.3}),
            ("AUC", {"num_thresholds": 20}),
            ("AUC", {"num_thresholds": 20, "curve": "PR", "name": "pr"}),
            ("F1Score", {"average": "macro"}),
            ("R2Score", {}),
        ),
    ),
    run(
        loss=("SparseCategoricalCrossentropy", {}),
        last="softmax",
        targets="classes",
        metrics=(
            "accuracy",
            "sparse_categorical_accuracy",
            ("SparseTopKCategoricalAccuracy", {"k": 2}),
            ("SparseCategoricalCrossentropy", {}),
        ),
    ),
    run(
        loss=("BinaryCrossentropy", {}),
        last="sigmoid",
        targets="bits",
        outputs=1,
        metrics=(
            "accuracy",
            ("BinaryAccuracy", {"threshold": 0.4}),
            ("BinaryCrossentropy", {}),
            ("TruePositives", {}),
            ("FalsePositives", {}),
            ("TrueNegatives", {}),
            ("FalseNegatives", {}),
            ("AUC", {"summation_method": "minoring"}),
            ("AUC", {"summation_method": "majoring", "curve": "PR", "name": "pr"}),
            ("F1Score", {"threshold": 0.5, "average": "micro"}),
        ),
    ),
    run(
        metrics=(
            "mse",
            "mae",
            ("RootMeanSquaredError", {}),
            ("MeanAbsolutePercentageError", {}),
            ("CosineSimilarity", {}),
            ("LogCoshError", {}),
            ("R2Score", {"class_aggregation": "variance_weighted_average"}),
        ),
    ),
    run(
        loss=("Poisson", {}),
        last="sigmoid",
        targets="shares",
        metrics=(("MeanSquaredLogarithmicError", {}), ("KLDivergence", {}), ("Poisson", {})),
    ),
    run(
        loss=("Hinge", {}),
        targets="bits",
        metrics=(("Hinge", {}), ("SquaredHinge", {}), ("CategoricalHinge", {})),
    ),
]


def trained(name: str, targets: str, outputs: int) -> dict[str, Any]:
    """A run of one of NETWORKS; its last layer fits the loss."""
    loss = "SparseCategoricalCrossentropy" if targets == "classes" else "MeanSquaredError"
    plan = run(loss=(loss, {}), targets=targets, outputs=outputs, optimizer=("Adam", {"learning_rate": 0.01}))
    return {**plan, "network": name}


def stack(shape: tuple[int, ...], make: Callable[[Any], list[Any]], tokens: bool = False) -> Build:
    """A Sequential model that ends in three classes."""

    def build(keras: Any) -> Any:
        start = keras.Input(shape, dtype="int32" if tokens else "float32")
        end = keras.layers.Dense(3, activation="softmax")
        return keras.Sequential([start, *make(keras.layers), end])

    return build


def attending(keras: Any) -> Any:
    layers = keras.layers
    x = keras.Input((5, 4))
    y = layers.LayerNormalization()(layers.Add()([x, layers.MultiHeadAttention(2, 3)(x, x)]))
    both = layers.Concatenate()([y, layers.Attention(use_scale=True)([y, x])])
    pooled = layers.GlobalAveragePooling1D()(both)
    return keras.Model(x, layers.Dense(3, activation="softmax")(pooled))


def stepwise(keras: Any) -> Any:
    layers = keras.layers
    made = [layers.Masking(), layers.GRU(3, return_sequences=True), layers.Dense(2)]
    return keras.Sequential([keras.Input((6, 2)), *made])


NETWORKS: dict[str, Build] = {
    "masked steps": stepwise,
    "convolution": stack(
        (7, 7, 2),
        lambda layers: [
            layers.Conv2D(3, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(4, 2, padding="same", strides=2),
            layers.Flatten(),
        ],
    ),
    "batch normalization": stack(
        (6, 6, 2),
        lambda layers: [
            layers.Conv2D(3, 3, use_bias=False),
            layers.BatchNormalization(momentum=0.8),
            layers.ReLU(),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            # Without a bias: the mean that is taken off behind it leaves its gradient pure rounding.
            layers.Dense(5, use_bias=False),
            layers.BatchNormalization(axis=-1, scale=False),
        ],
    ),
    "depthwise": stack(
        (6, 6, 2),
        lambda layers: [
            layers.DepthwiseConv2D(3, depth_multiplier=2, activation="tanh"),
            layers.SeparableConv2D(4, 2),
            layers.Conv2DTranspose(2, 3, strides=2),
            layers.GlobalMaxPooling2D(),
        ],
    ),
    "one axis": stack(
        (9, 3),
        lambda layers: [
            layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="elu"),
            layers.GroupNormalization(2),
            layers.MaxPooling1D(2, padding="same"),
            layers.GlobalAveragePooling1D(),
            layers.PReLU(),
        ],
    ),
    "rnn": stack((6, 3), lambda layers: [layers.SimpleRNN(4)]),
    "lstm": stack((6, 3), lambda layers: [layers.LSTM(4, return_sequences=True), layers.LSTM(3)]),
    "gru": stack((6, 3), lambda layers: [layers.GRU(4), layers.UnitNormalization()]),
    "gru before": stack((6, 3), lambda layers: [layers.GRU(4, reset_after=False)]),
    "both ways": stack((6, 3), lambda layers: [layers.Bidirectional(layers.LSTM(3), merge_mode="mul")]),
    "words": stack(
        (6,), lambda layers: [layers.Embedding(7, 3, mask_zero=True), layers.LSTM(4)], tokens=True
    ),
    "masked mean": stack(
        (6,),
        lambda layers: [
            layers.Embedding(7, 3, mask_zero=True),
            layers.BatchNormalization(),
            layers.RMSNormalization(),
            layers.GlobalAveragePooling1D(),
        ],
        tokens=True,
    ),
    "attention": attending,
}

RUNS = [
    *[run(optimizer=optimizer) for optimizer in OPTIMIZERS],
    *LOSSES,
    *[run(dense=penalty, optimizer=("SGD", {"learning_rate": 0.1})) for penalty in PENALTIES],
    *METRICS,
    *[trained(name, "classes" if name != "masked steps" else "steps", 3) for name in NETWORKS],
]


def targets_for(kind: str, outputs: int, random: np.random.Generator) -> np.ndarray:
    """Targets of one sort."""
    if kind == "classes":
        return random.integers(0, outputs, ROWS).astype(np.int32)
    if kind == "steps":
        return random.normal(0, 1, (ROWS, 6, 2)).astype(np.float32)
    if kind == "one hot":
        return np.eye(outputs, dtype=np.float32)[random.integers(0, outputs, ROWS)]
    if kind == "bits":
        return random.integers(0, 2, (ROWS, outputs)).astype(np.float32)
    low = 0.05 if kind == "shares" else -1.0
    return random.uniform(low, 0.95, (ROWS, outputs)).astype(np.float32)


def make(keras: Any) -> None:
    """Trains every run by Keras, and keeps what came out."""
    goldens = []
    for number, plan in enumerate(RUNS):
        keras.utils.clear_session()
        random = np.random.default_rng(number)
        model = _network(keras, plan)
        kind, given = plan["optimizer"]
        rate = given.get("learning_rate")
        if isinstance(rate, tuple):
            made = getattr(keras.optimizers.schedules, rate[0].partition(".")[2])(**rate[1])
            given = {**given, "learning_rate": made}
        model.compile(
            optimizer=getattr(keras.optimizers, kind)(**given),
            loss=getattr(keras.losses, plan["loss"][0])(**plan["loss"][1]),
            metrics=[
                metric if isinstance(metric, str) else getattr(keras.metrics, metric[0])(**metric[1])
                for metric in plan["metrics"]
            ],
        )
        model.set_weights([_start(variable, random) for variable in model.weights])
        x = _inputs(model, random)
        y = targets_for(plan["targets"], plan["outputs"], random)
        weights, history = [model.get_weights()], []
        for _ in range(EPOCHS):
            told = model.fit(x, y, epochs=1, batch_size=BATCH, shuffle=False, verbose=0)
            history.append({key: np.asarray(value[0]).tolist() for key, value in told.history.items()})
            weights.append(model.get_weights())
        final = {
            key: np.asarray(value).tolist()
            for key, value in model.evaluate(x, y, batch_size=BATCH, verbose=0, return_dict=True).items()
        }
        facts = {"plan": plan, "history": history, "evaluate": final, "json": model.to_json()}
        arrays = {"x": [x], "y": [y]} | {f"w{epoch}": each for epoch, each in enumerate(weights)}
        goldens.append(Golden(f"{number} {describe(plan)}", facts, arrays))
    path = write("training", goldens)
    print(f"training: {len(goldens)} runs, {path.stat().st_size:,} bytes")


def _network(keras: Any, plan: dict[str, Any]) -> Any:
    if "network" in plan:
        return NETWORKS[plan["network"]](keras)
    return keras.Sequential(
        [
            keras.Input((FEATURES,)),
            keras.layers.Dense(5, activation="tanh", **_objects(keras, plan["dense"])),
            keras.layers.Dense(plan["outputs"], activation=plan["last"]),
        ]
    )


def _start(variable: Any, random: np.random.Generator) -> np.ndarray:
    drawn = random.normal(0, 0.5, variable.shape)
    return np.abs(drawn) + 0.5 if variable.name in ("moving_variance", "gamma", "scale") else drawn


def _inputs(model: Any, random: np.random.Generator) -> np.ndarray:
    shape = (ROWS, *model.inputs[0].shape[1:])
    if model.inputs[0].dtype == "int32":
        return random.integers(0, 7, shape).astype(np.int32)
    x = random.normal(0, 1, shape).astype(np.float32)
    if any(layer.__class__.__name__ == "Masking" for layer in model.layers):
        x[::3, -2:] = 0
    return x


def describe(plan: dict[str, Any]) -> str:
    parts = [
        plan.get("network", ""),
        plan["optimizer"],
        plan["loss"],
        *plan["dense"].items(),
        *plan["metrics"],
    ]
    return " ".join(part if isinstance(part, str) else f"{part[0]}{part[1]}" for part in parts)


def _objects(keras: Any, given: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    made = {}
    for key, (kind, config) in given.items():
        module = keras.constraints if key.endswith("constraint") else keras.regularizers
        made[key] = getattr(module, kind)(**config)
    return made
