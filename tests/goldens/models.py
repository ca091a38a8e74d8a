"""Whole models that goldens are made of, as functions of the keras module: families of them by name."""

from collections.abc import Callable
from typing import Any

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
}
