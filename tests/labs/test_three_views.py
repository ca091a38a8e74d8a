"""Random sequential networks through text, form and figure: all three say the same network, and an edit in
any of them changes the touched line of the text and nothing else. `make prove` sends five hundred.
"""

import os
from collections.abc import Iterator
from random import Random

import pytest

import engine
from labs.builder import STARTERS, builder_form, edited
from labs.understanding import understand

NETWORKS = int(os.environ.get("LAB_NETWORKS", "60"))
BATCHES = 4

ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "elu", "softplus", "gelu")
REMARKS = ("", "", "  # a remark", "  # units, 'quotes' and (brackets)")
HEADS = {
    "vector": "input_shape=({0},)",
    "image": "input_shape=({0}, {0}, 2)",
    "steps": "input_shape=({0}, 3)",
}


def lines_of(random: Random) -> Iterator[tuple[str, str]]:
    """Kinds of layers that chain, with their arguments as text."""
    space = random.choice(("vector", "vector", "image", "steps"))
    head = HEADS[space].format(random.randint(6, 12))
    first = {"vector": dense, "image": convolution, "steps": recurrent}[space](random)
    yield first[0], f"{first[1]}, {head}"
    if space == "image":
        for _ in range(random.randint(0, 1)):
            yield random.choice([convolution(random), ("MaxPooling2D", "2"), ("BatchNormalization", "")])
        yield "Flatten", ""
    elif space == "steps":
        for _ in range(random.randint(0, 1)):
            yield recurrent(random)
        yield "GlobalAveragePooling1D", ""
    for _ in range(random.randint(0, 4)):
        yield random.choice([dense, dense, other])(random)


def dense(random: Random) -> tuple[str, str]:
    units = random.choice([f"{random.randint(1, 40)}", f"units={random.randint(1, 40)}"])
    activation = random.choice(["", f', activation="{random.choice(ACTIVATIONS)}"'])
    rest = random.choice(
        ["", "", ", use_bias=False", ', kernel_initializer="he_normal"', ', bias_initializer="ones"']
    )
    return "Dense", units + activation + rest


def convolution(random: Random) -> tuple[str, str]:
    padding = random.choice(["", ', padding="same"'])
    return "Conv2D", f'{random.randint(1, 8)}, {random.randint(1, 3)}{padding}, activation="relu"'


def recurrent(random: Random) -> tuple[str, str]:
    return random.choice(["SimpleRNN", "LSTM", "GRU"]), f"{random.randint(1, 6)}, return_sequences=True"


def other(random: Random) -> tuple[str, str]:
    activation = random.choice(ACTIVATIONS)
    return random.choice(
        [
            ("Dropout", f"{random.randint(0, 9) / 10}"),
            ("Activation", f'"{activation}"'),
            ("BatchNormalization", random.choice(["", "momentum=0.9"])),
            ("LayerNormalization", ""),
            ("LeakyReLU", random.choice(["", "negative_slope=0.1"])),
        ]
    )


def text_of(random: Random) -> str:
    """A network as a person might write it: a list or added one by one, imported either way, with remarks."""
    written = list(lines_of(random))
    prefix = random.choice(["", "layers."])
    imports = "from keras import Sequential, layers\n" if prefix else "from keras import Sequential\n"
    if not prefix:
        imports += f"from keras.layers import {', '.join(sorted({kind for kind, _ in written}))}\n"
    calls = [f"{prefix}{kind}({arguments})" for kind, arguments in written]
    if random.random() < 0.3:
        body = "".join(f"model.add({call}){random.choice(REMARKS)}\n" for call in calls)
        return f"{imports}\nmodel = Sequential()\n{body}"
    body = "".join(f"    {call},{random.choice(REMARKS)}\n" for call in calls)
    return f"{imports}\nmodel = Sequential([\n{body}])\n"


def rebuilt(text: str) -> str:
    """The same network put together in the form alone, from another starter, field by field."""
    form, made = builder_form(text), STARTERS["perceptron"][2]
    for layer in form.layers:
        made = edited(made, "add:end", {"new": layer.kind})
    made = edited(made, "remove:0", {})
    fields = {
        f"a.{layer.index}.{field.name}": field.text
        for layer in form.layers
        for field in (*layer.fields, *layer.more)
    }
    return edited(made, "set", {"shape": form.shape, **fields})


def changed_lines(before: str, after: str) -> list[int]:
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [number for number, (one, other) in enumerate(pairs, start=1) if one != other]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_all_three_views_say_the_same_network(batch: int) -> None:
    for number in range(batch, NETWORKS, BATCHES):
        random = Random(number)
        text = text_of(random)
        spec = engine.parse(text)
        assert engine.parse(rebuilt(text)) == spec, text

        form, shown = builder_form(text), understand(text)
        layers = [layer for layer in spec.layers if layer.kind != "InputLayer"]
        assert [layer.kind for layer in form.layers] == [layer.kind for layer in layers]
        assert [row.kind for row in shown.table] == [layer.kind for layer in layers]
        assert shown.diagram is not None
        assert shown.diagram.label == f"Layers: {', '.join(row.label for row in shown.rows)}."
        assert [layer.parameters for layer in form.layers] == [row.parameters for row in shown.table]

        counted = [layer for layer in form.layers if layer.counted is not None]
        layer = random.choice(counted)
        assert layer.counted is not None
        after = edited(text, f"more:{layer.index}.{layer.counted.name}", {})
        assert changed_lines(text, after) == [shown.table[layer.index].line]
        assert builder_form(after).layers[layer.index].counted.text == str(int(layer.counted.text) + 1)  # type: ignore[union-attr]
        assert edited(after, f"less:{layer.index}.{layer.counted.name}", {}) == text
