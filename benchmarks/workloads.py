"""What is timed: networks as Keras texts, batch sizes, and the ratios that are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wanted:
    """A ratio peer time / engine time: the least that is asked for, and what is aimed for."""

    must: float | None = None
    aim: float | None = None


@dataclass(frozen=True)
class Prediction:
    """One network asked for its answers to one batch: of numbers, or of `whole_numbers` from 0."""

    name: str
    text: str
    shape: tuple[int, ...]
    batch: int
    wanted: dict[str, Wanted] = field(default_factory=dict)
    share_of_product: Wanted | None = None
    whole_numbers: int = 0


@dataclass(frozen=True)
class Training:
    """One network trained on one data set; every contestant does the same number of steps."""

    name: str
    text: str
    shape: tuple[int, ...]
    samples: int
    classes: int
    epochs: int
    batch: int
    wanted: dict[str, Wanted] = field(default_factory=dict)


ANIMALS = """
model = Sequential([
    Input((8,)),
    Dense(6, activation='relu'),
    Dense(6, activation='relu'),
    Dense(4, activation='softmax'),
])
"""
MLP = """
model = Sequential([
    Input((784,)),
    Dense(512, activation='relu'),
    Dense(256, activation='relu'),
    Dense(10, activation='softmax'),
])
"""
LENET = """
model = Sequential([
    Input((28, 28, 1)),
    Conv2D(32, 3, activation='relu'), MaxPooling2D(2),
    Conv2D(64, 3, activation='relu'), MaxPooling2D(2),
    Flatten(), Dense(128, activation='relu'), Dense(10, activation='softmax'),
])
"""
SPIRAL = """
model = Sequential([
    Input((2,)),
    Dense(4, activation='tanh'),
    Dense(4, activation='tanh'),
    Dense(1, activation='sigmoid'),
])
model.compile(optimizer=SGD(0.03), loss='binary_crossentropy')
"""
DIGITS = """
model = Sequential([
    Input((64,)),
    Dense(128, activation='relu'),
    Dense(64, activation='relu'),
    Dense(10, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
"""
SMALL_LENET = """
model = Sequential([
    Input((8, 8, 1)),
    Conv2D(16, 3, padding='same', activation='relu'), MaxPooling2D(2),
    Conv2D(32, 3, padding='same', activation='relu'), MaxPooling2D(2),
    Flatten(), Dense(64, activation='relu'), Dense(10, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
"""


NORMALIZED = """
model = Sequential([
    Input((28, 28, 1)),
    Conv2D(32, 3), BatchNormalization(), Activation('relu'),
    GlobalAveragePooling2D(), Dense(10, activation='softmax'),
])
"""
DEPTHWISE = """
model = Sequential([
    Input((28, 28, 1)),
    Conv2D(32, 3, activation='relu'), DepthwiseConv2D(3, activation='relu'),
    GlobalAveragePooling2D(), Dense(10, activation='softmax'),
])
"""
LAYER_NORMALIZED = """
model = Sequential([
    Input((64,)),
    Dense(128, activation='relu'), LayerNormalization(), Dense(10, activation='softmax'),
])
"""
SEQUENCE_CONVOLUTION = """
model = Sequential([
    Input((128, 8)),
    Conv1D(32, 5, activation='relu'), GlobalMaxPooling1D(), Dense(10, activation='softmax'),
])
"""
WORDS = 5_000
EMBEDDING = f"""
model = Sequential([
    Input((50,)),
    Embedding({WORDS}, 32), GlobalAveragePooling1D(), Dense(1, activation='sigmoid'),
])
"""
ATTENTION = """
x = Input((50, 64))
model = Model(x, MultiHeadAttention(4, 16)(x, x))
"""


def sequence(layer: str) -> str:
    """A single recurrent layer of 64 units over 50 steps of 16 features."""
    return f"model = Sequential([Input((50, 16)), {layer}(64)])"


def sequence_training(layer: str) -> str:
    """The same with one output, compiled."""
    return f"""
model = Sequential([Input((20, 8)), {layer}(32), Dense(1, activation='sigmoid')])
model.compile(optimizer='adam', loss='binary_crossentropy')
"""


ORT, TORCH, CALL, KERAS = "onnxruntime", "torch", "keras call", "keras"

PREDICTIONS = (
    Prediction(
        "8-6-6-4",
        ANIMALS,
        (8,),
        1,
        {ORT: Wanted(1.5, 2.5), TORCH: Wanted(8, 12), CALL: Wanted(300), KERAS: Wanted(3000)},
    ),
    Prediction("8-6-6-4", ANIMALS, (8,), 32, {ORT: Wanted(1.0, 2), TORCH: Wanted(4, 10)}),
    Prediction("8-6-6-4", ANIMALS, (8,), 1024, {ORT: Wanted(1.0, 2), TORCH: Wanted(4, 10)}),
    Prediction("MLP 784-512-256-10", MLP, (784,), 1, {ORT: Wanted(1.1, 1.5), TORCH: Wanted(2.5)}),
    Prediction("MLP 784-512-256-10", MLP, (784,), 64, {ORT: Wanted(0.8, 0.95), TORCH: Wanted(1.1)}),
    Prediction(
        "MLP 784-512-256-10",
        MLP,
        (784,),
        1024,
        {ORT: Wanted(0.8, 0.95), TORCH: Wanted(1.1)},
        share_of_product=Wanted(0.78, 0.92),
    ),
    Prediction("LeNet 28x28", LENET, (28, 28, 1), 1, {ORT: Wanted(0.65, 1.0), TORCH: Wanted(2.5)}),
    Prediction("LeNet 28x28", LENET, (28, 28, 1), 32, {ORT: Wanted(0.75, 1.1), TORCH: Wanted(3, 6)}),
    Prediction("LeNet 28x28", LENET, (28, 28, 1), 256, {ORT: Wanted(0.75, 1.1), TORCH: Wanted(3, 6)}),
    Prediction("LSTM 64", sequence("LSTM"), (50, 16), 1, {ORT: Wanted(0.3, 0.5), TORCH: Wanted(1)}),
    Prediction("LSTM 64", sequence("LSTM"), (50, 16), 32, {ORT: Wanted(0.9, 1.4), TORCH: Wanted(1, 2)}),
    Prediction("GRU 64", sequence("GRU"), (50, 16), 1, {ORT: Wanted(0.3, 0.5), TORCH: Wanted(3)}),
    Prediction("GRU 64", sequence("GRU"), (50, 16), 32, {ORT: Wanted(0.9, 1.4), TORCH: Wanted(1, 2)}),
    Prediction(
        "SimpleRNN 64", sequence("SimpleRNN"), (50, 16), 1, {ORT: Wanted(0.85, 1.2), TORCH: Wanted(3.5, 8)}
    ),
    Prediction(
        "SimpleRNN 64", sequence("SimpleRNN"), (50, 16), 32, {ORT: Wanted(0.85, 1.2), TORCH: Wanted(3.5, 7)}
    ),
    Prediction("Conv2D with BatchNormalization", NORMALIZED, (28, 28, 1), 32),
    Prediction("DepthwiseConv2D", DEPTHWISE, (28, 28, 1), 32),
    Prediction("Dense with LayerNormalization", LAYER_NORMALIZED, (64,), 32),
    Prediction("Conv1D", SEQUENCE_CONVOLUTION, (128, 8), 32),
    Prediction("Embedding", EMBEDDING, (50,), 32, whole_numbers=WORDS),
    Prediction("MultiHeadAttention", ATTENTION, (50, 64), 32),
)

TRAININGS = (
    Training(
        "2-4-4-1 on a spiral", SPIRAL, (2,), 500, 2, 100, 10, {TORCH: Wanted(25, 45), KERAS: Wanted(120)}
    ),
    Training("digits MLP, Adam", DIGITS, (64,), 1792, 10, 1, 32, {TORCH: Wanted(4, 7), KERAS: Wanted(25)}),
    Training(
        "LeNet on 8x8 digits",
        SMALL_LENET,
        (8, 8, 1),
        1792,
        10,
        1,
        32,
        {TORCH: Wanted(2.8, 6), KERAS: Wanted(12)},
    ),
    *(
        Training(f"{layer} 32", sequence_training(layer), (20, 8), 512, 2, 1, 32)
        for layer in ("SimpleRNN", "LSTM", "GRU")
    ),
)
