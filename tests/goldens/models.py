"""Whole models that goldens are made of, as functions of the keras module: families of them by name."""

from collections.abc import Callable
from typing import Any

from tests.goldens.networks import random_network

Build = Callable[[Any], Any]


def after_mask(make: Callable[[Any], list[Any]], tokens: bool) -> Build:
    """Layers behind an Embedding with mask_zero, or behind Masking."""

    def build(keras: Any) -> Any:
        layers = keras.layers
        if tokens:
            start = [keras.Input((6,), dtype="int32"), layers.Embedding(7, 3, mask_zero=True)]
        else:
            start = [keras.Input((6, 3)), layers.Masking()]
        return keras.Sequential([*start, *make(layers)])

    return build


def sequences(kind: str, **given: Any) -> Callable[[Any], list[Any]]:
    return lambda layers: [getattr(layers, kind)(3, **given)]


MASKED: dict[str, Callable[[Any], list[Any]]] = {
    "rnn": sequences("SimpleRNN"),
    "rnn sequences": sequences("SimpleRNN", return_sequences=True),
    "lstm": sequences("LSTM"),
    "lstm sequences": sequences("LSTM", return_sequences=True),
    "lstm backwards": sequences("LSTM", go_backwards=True),
    "gru": sequences("GRU"),
    "gru sequences": sequences("GRU", return_sequences=True, reset_after=False),
    "lstm zeros": sequences("LSTM", return_sequences=True, zero_output_for_mask=True),
    "two lstm": lambda layers: [layers.LSTM(3, return_sequences=True), layers.Dense(4), layers.LSTM(2)],
    "both ways": lambda layers: [layers.Bidirectional(layers.LSTM(2, return_sequences=True))],
    "both ways, last": lambda layers: [layers.Bidirectional(layers.GRU(2), merge_mode="sum")],
    "mean": lambda layers: [layers.Dropout(0.2), layers.Dense(4), layers.GlobalAveragePooling1D()],
    "convolution forgets": lambda layers: [layers.Conv1D(3, 2, padding="same"), layers.LSTM(3)],
}


def encoder_decoder(keras: Any) -> Any:
    layers = keras.layers
    first, second = keras.Input((5, 3)), keras.Input((4, 2))
    _, h, c = layers.LSTM(3, return_state=True)(first)
    decoded = layers.LSTM(3, return_sequences=True)(second, initial_state=[h, c])
    return keras.Model([first, second], layers.Dense(2)(decoded))


def states(keras: Any) -> Any:
    x = keras.Input((5, 3))
    y, h = keras.layers.GRU(4, return_state=True, return_sequences=True)(x)
    return keras.Model(x, [y, h])


def both_states(keras: Any) -> Any:
    x = keras.Input((5, 3))
    return keras.Model(x, keras.layers.Bidirectional(keras.layers.LSTM(2, return_state=True))(x))


def two_outputs(keras: Any) -> Any:
    x = keras.Input((5, 3))
    return keras.Model(x, keras.layers.Bidirectional(keras.layers.SimpleRNN(2), merge_mode=None)(x))


def merged(kind: str, *shapes: tuple[int, ...], **given: Any) -> Build:
    """A layer that reads several inputs."""

    def build(keras: Any) -> Any:
        inputs = [keras.Input(shape) for shape in shapes]
        return keras.Model(inputs, getattr(keras.layers, kind)(**given)(inputs))

    return build


def heads(*shapes: tuple[int, ...], masked: bool = False, causal: bool = False, **given: Any) -> Build:
    """MultiHeadAttention on query, value and perhaps key."""

    def build(keras: Any) -> Any:
        if masked:
            inputs = [keras.Input(shape[:1], dtype="int32") for shape in shapes]
            read = [
                keras.layers.Embedding(7, shape[1], mask_zero=True)(x)
                for shape, x in zip(shapes, inputs, strict=True)
            ]
        else:
            inputs = read = [keras.Input(shape) for shape in shapes]
        attend = keras.layers.MultiHeadAttention(**given)
        return keras.Model(inputs, attend(*read, use_causal_mask=True) if causal else attend(*read))

    return build


def masked_attention(kind: str) -> Build:
    def build(keras: Any) -> Any:
        words, others = keras.Input((4,), dtype="int32"), keras.Input((5,), dtype="int32")
        table = keras.layers.Embedding(7, 3, mask_zero=True)
        return keras.Model([words, others], getattr(keras.layers, kind)()([table(words), table(others)]))

    return build


def lenet(keras: Any) -> Any:
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((12, 12, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(6, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(8, activation="relu"),
            layers.Dense(5, activation="softmax"),
        ]
    )


def residual(keras: Any) -> Any:
    layers = keras.layers
    x = keras.Input((6, 6, 3))
    y = layers.Conv2D(3, 3, padding="same", activation="relu")(x)
    y = layers.Add()([x, y])
    z = layers.concatenate([y, layers.Conv2D(2, 1)(y)])
    return keras.Model(x, layers.Dense(4)(layers.GlobalAveragePooling2D()(z)))


def siamese(keras: Any) -> Any:
    layers = keras.layers
    shared = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="tanh"), layers.Dense(2)])
    first, second = keras.Input((4,)), keras.Input((4,))
    return keras.Model([first, second], layers.Dot(1, normalize=True)([shared(first), shared(second)]))


def several_outputs(keras: Any) -> Any:
    layers = keras.layers
    first, second = keras.Input((4,)), keras.Input((3,))
    both = layers.Concatenate()([layers.Dense(5, activation="relu")(first), second])
    return keras.Model([first, second], [layers.Dense(2, activation="softmax")(both), layers.Dense(1)(both)])


def transformer(keras: Any) -> Any:
    layers = keras.layers
    words = keras.Input((6,), dtype="int32")
    x = layers.Embedding(7, 8)(words)
    attended = layers.MultiHeadAttention(2, 4)(x, x)
    x = layers.LayerNormalization()(layers.Add()([x, attended]))
    wide = layers.Dense(8)(layers.Dense(12, activation="gelu")(x))
    x = layers.LayerNormalization()(layers.Add()([x, wide]))
    return keras.Model(words, layers.Dense(3, activation="softmax")(layers.GlobalMaxPooling1D()(x)))


MODELS: dict[str, dict[str, Build]] = {
    "recurrent": {
        **{
            f"{name} behind {'Embedding' if tokens else 'Masking'}": after_mask(make, tokens)
            for name, make in MASKED.items()
            for tokens in (True, False)
        },
    },
    "states": {
        "encoder and decoder": encoder_decoder,
        "gru states": states,
        "bidirectional states": both_states,
        "bidirectional, two outputs": two_outputs,
    },
    "merging": {
        **{
            f"{kind} of {count}": merged(kind, *[(4, 3)] * count)
            for kind in ("Add", "Multiply", "Average", "Maximum", "Minimum")
            for count in (2, 3)
        },
        "Subtract": merged("Subtract", (4, 3), (4, 3)),
        "Add broadcast": merged("Add", (4, 3), (1, 3)),
        "Concatenate": merged("Concatenate", (4, 3), (4, 2)),
        "Concatenate rows": merged("Concatenate", (4, 3), (2, 3), (1, 3), axis=1),
        "Dot of vectors": merged("Dot", (4,), (4,), axes=1),
        "Dot of sequences": merged("Dot", (4, 3), (5, 3), axes=2),
        "Dot along both": merged("Dot", (4, 3), (3, 5), axes=(2, 1)),
        "Dot normalized": merged("Dot", (4, 3), (5, 3), axes=-1, normalize=True),
        "Dot with a vector": merged("Dot", (4, 3), (3,), axes=(2, 1)),
    },
    "attention": {
        "Attention": merged("Attention", (3, 4), (5, 4)),
        "Attention with key": merged("Attention", (3, 4), (5, 2), (5, 4)),
        "Attention scaled": merged("Attention", (3, 4), (5, 4), use_scale=True),
        "Attention concat": merged("Attention", (3, 4), (5, 4), score_mode="concat", use_scale=True),
        "AdditiveAttention": merged("AdditiveAttention", (3, 4), (5, 4)),
        "AdditiveAttention plain": merged("AdditiveAttention", (3, 4), (5, 4), use_scale=False),
        "Attention masked": masked_attention("Attention"),
        "AdditiveAttention masked": masked_attention("AdditiveAttention"),
        "heads": heads((3, 4), (5, 4), num_heads=2, key_dim=3),
        "heads with key": heads((3, 4), (5, 2), (5, 6), num_heads=2, key_dim=3, value_dim=4),
        "heads to 5": heads((3, 4), (5, 4), num_heads=3, key_dim=2, output_shape=5, use_bias=False),
        "heads dropout": heads((3, 4), (5, 4), num_heads=2, key_dim=3, dropout=0.5),
        "heads causal": heads((4, 4), (4, 4), causal=True, num_heads=2, key_dim=3),
        "heads masked": heads((3, 4), (5, 4), masked=True, num_heads=2, key_dim=3),
    },
    "models": {
        "lenet": lenet,
        "residual": residual,
        "siamese": siamese,
        "several inputs and outputs": several_outputs,
        "transformer": transformer,
    },
    "networks": {f"network {seed}": random_network(seed) for seed in range(120)},
}
