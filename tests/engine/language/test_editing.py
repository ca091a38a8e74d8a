"""Edits of a text that lists its layers: the network changes as asked, and no other line does."""

import difflib
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language import parse, read
from engine.language.editing import Listing
from engine.spec import Config, Layer
from engine.spec.catalogue import LAYERS
from engine.spec.completion import complete

LISTED = """\
# My network.
from keras import Sequential
from keras.layers import Dense, Dropout

N = 6

model = Sequential([
    Dense(units=N, input_shape=(8,), activation='relu'),  # in

    # half of them rest
    Dropout(0.5),
    Dense(4,
          activation="softmax")  # out
])
model.compile(optimizer="adam", loss="mse")
"""
ADDED = """\
import keras
from keras import layers

net = keras.Sequential()
net.add(layers.Dense(6, input_shape=(8,)))   # first
print("a line between")
net.add(layers.Activation("relu"))
net.add(layers.Dense(4))
"""
INLINE = (
    "from keras.layers import *\nmodel = Sequential([Dense(6, input_shape=(8,)), Dropout(.5), Dense(4)])\n"
)


def listing(text: str) -> Listing:
    found = Listing.of(text)
    assert found is not None
    return found


def changed(before: str, after: str) -> list[str]:
    """The lines that are gone or new, marked - and +."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "-+"]


def layer(kind: str, **settings: object) -> Config:
    """A layer's whole config."""
    config, problems = complete(kind, LAYERS[kind].every_argument(), settings)  # type: ignore[arg-type]
    assert config is not None, problems
    return config


# --- what lists its layers


@pytest.mark.parametrize(("text", "style"), [(LISTED, "list"), (ADDED, "add"), (INLINE, "list")])
def test_layers_are_found_in_order(text: str, style: str) -> None:
    found = listing(text)
    assert found.style == style
    assert len(found.entries) == 3
    assert [text[e.span.start : e.span.end].startswith(e.callee) for e in found.entries] == [True] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "model = Sequential([Dense(",
        "x = 1",
        "model = Sequential()\nfor n in (4, 2):\n    model.add(Dense(n))\n",
        "hidden = Dense(4)\nmodel = Sequential([Dense(6, input_shape=(8,)), hidden])\n",
        "a = Input((8,))\nb = Dense(4)(a)\nmodel = Model(a, b)\n",
        "model = Sequential([Dense(6, input_shape=(8,))])\nmodel.add(Dense(4))\n",
    ],
)
def test_other_texts_are_not_listed(text: str) -> None:
    assert Listing.of(text) is None


# --- arguments


@pytest.mark.parametrize(
    ("text", "index", "name", "value", "lines"),
    [
        (LISTED, 0, "units", 7, ["-     Dense(units=N, input_shape=(8,), activation='relu'),  # in",
                                 "+     Dense(units=7, input_shape=(8,), activation='relu'),  # in"]),
        (LISTED, 0, "activation", "linear",
         ["-     Dense(units=N, input_shape=(8,), activation='relu'),  # in",
          "+     Dense(units=N, input_shape=(8,)),  # in"]),
        (LISTED, 0, "use_bias", False,
         ["-     Dense(units=N, input_shape=(8,), activation='relu'),  # in",
          "+     Dense(units=N, input_shape=(8,), activation='relu', use_bias=False),  # in"]),
        (LISTED, 1, "rate", 0.25, ["-     Dropout(0.5),", "+     Dropout(0.25),"]),
        (LISTED, 2, "activation", "relu",
         ['-           activation="softmax")  # out', '+           activation="relu")  # out']),
        (LISTED, 2, "activation", "linear",
         ["-     Dense(4,", '-           activation="softmax")  # out', "+     Dense(4)  # out"]),
        (ADDED, 2, "activation", "softmax",
         ["- net.add(layers.Dense(4))", '+ net.add(layers.Dense(4, activation="softmax"))']),
        (ADDED, 0, "use_bias", True, []),
    ],
)  # fmt: skip
def test_an_argument_is_changed_where_it_stands(
    text: str, index: int, name: str, value: object, lines: list[str]
) -> None:
    after = listing(text).with_argument(index, name, value)  # type: ignore[arg-type]
    assert sorted(changed(text, after)) == sorted(lines)
    written = listing(after).entries[index].row.config
    assert written is not None
    assert written[name] == value


def test_an_older_spelling_is_written_anew() -> None:
    old = "Convolution2D(32, 3, 3, border_mode='same', input_shape=(8, 8, 1))"
    text = f"from keras.layers import *\nmodel = Sequential([{old}])\n"
    after = listing(text).with_argument(0, "filters", 16)
    assert 'Conv2D(16, (3, 3), padding="same", input_shape=(8, 8, 1))' in after
    assert read(after).spec is not None


# --- layers


def test_a_layer_is_added_below_the_last_with_its_import() -> None:
    after = listing(LISTED).with_layer(3, "Activation", layer("Activation", activation="relu"))
    assert changed(LISTED, after) == [
        "- from keras.layers import Dense, Dropout",
        "+ from keras.layers import Dense, Dropout, Activation",
        '-           activation="softmax")  # out',
        '+           activation="softmax"),  # out',
        '+     Activation("relu"),',
    ]


def test_a_layer_is_added_in_the_text_s_own_spelling() -> None:
    after = listing(ADDED).with_layer(1, "Dropout", layer("Dropout", rate=0.5))
    assert changed(ADDED, after) == ["+ net.add(layers.Dropout(0.5))"]


def test_a_first_layer_takes_the_input_shape() -> None:
    after = listing(LISTED).with_layer(0, "Dense", layer("Dense", units=9))
    assert "    Dense(9, input_shape=(8,)),\n    Dense(units=N, activation='relu'),  # in" in after
    assert parse(after).layers[-1].kind == "Dense"


def test_the_second_becomes_the_first_with_the_input_shape() -> None:
    after = listing(ADDED).without_layer(0)
    assert changed(ADDED, after) == [
        "- net.add(layers.Dense(6, input_shape=(8,)))   # first",
        '- net.add(layers.Activation("relu"))',
        '+ net.add(layers.Activation("relu", input_shape=(8,)))',
    ]


def test_lines_move_with_their_comments() -> None:
    after = listing(LISTED).with_layer_moved(0, 1)
    assert after.index("Dropout(0.5, input_shape=(8,)),") < after.index(
        "Dense(units=N, activation='relu'),  # in"
    )
    assert read(after).spec is not None
    assert listing(after).with_layer_moved(1, 0) == LISTED.replace(
        "input_shape=(8,), activation='relu'", "activation='relu', input_shape=(8,)"
    )


def test_layers_on_one_line_are_parted_by_commas() -> None:
    found = listing(INLINE)
    assert "[Dropout(.5, input_shape=(8,)), Dense(4)]" in found.without_layer(0)
    assert "[Dense(6, input_shape=(8,)), Dropout(.5)]" in found.without_layer(2)
    assert "Dense(4), Dense(2)]" in found.with_layer(3, "Dense", layer("Dense", units=2))
    assert "[Dense(6, input_shape=(8,)), Dense(4), Dropout(.5)]" in found.with_layer_moved(2, 1)


# --- any listed network, any edits

KINDS = {
    "Dense": st.fixed_dictionaries(
        {
            "units": st.integers(1, 9),
            "activation": st.sampled_from(["linear", "relu", "tanh"]),
            "use_bias": st.booleans(),
        }
    ),
    "Dropout": st.fixed_dictionaries({"rate": st.sampled_from([0.1, 0.25, 0.5])}),
    "Activation": st.fixed_dictionaries({"activation": st.sampled_from(["relu", "tanh", "sigmoid"])}),
    "BatchNormalization": st.fixed_dictionaries(
        {"momentum": st.sampled_from([0.9, 0.99]), "center": st.booleans()}
    ),
}
LAYER = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), KINDS[kind]))


def written(layers: list[tuple[str, dict[str, object]]], style: str, spaced: bool) -> str:
    calls = []
    for place, (kind, settings) in enumerate(layers):
        given = [f"{name}={value!r}" for name, value in settings.items()]
        calls.append(f"{kind}({', '.join([*given, 'input_shape=(5,)'] if place == 0 else given)})")
    kinds = ", ".join(sorted({kind for kind, _ in layers}))
    head = f"from keras import Sequential\nfrom keras.layers import {kinds}\n\n"
    if style == "add":
        return (
            head
            + "model = Sequential()\n"
            + "".join(
                f"model.add({call})  # {place}\n" + ("\n# about the next\n" if spaced else "")
                for place, call in enumerate(calls)
            )
        )
    lines = "".join(f"    {call},  # {place}\n" for place, call in enumerate(calls))
    return head + (
        f"model = Sequential([\n{lines}])\n" if spaced else f"model = Sequential([{', '.join(calls)}])\n"
    )


def plain(layers: tuple[Layer, ...]) -> list[tuple[str, Config]]:
    return [(one.kind, one.config) for one in layers if one.kind != "InputLayer"]


@given(
    layers=st.lists(LAYER, min_size=1, max_size=6),
    style=st.sampled_from(["list", "add"]),
    spaced=st.booleans(),
    data=st.data(),
)
def test_edits_do_what_they_say_and_nothing_else(
    layers: list[tuple[str, dict[str, object]]], style: str, spaced: bool, data: st.DataObject
) -> None:
    text = written(layers, style, spaced)
    expected = plain(parse(text).layers)
    for _ in range(data.draw(st.integers(1, 4))):
        found = listing(text)
        index = data.draw(st.integers(0, len(expected) - 1))
        edit = data.draw(st.sampled_from([_argument, _insert, _remove, _move]))
        text, expected, touched = edit(found, index, expected, data)
        assert plain(parse(text).layers) == expected
        kept = Counter(found.text.split("\n")) & Counter(text.split("\n"))
        assert len(found.text.split("\n")) - kept.total() <= touched
        shape = parse(text).layers[0].config["batch_shape"]
        assert shape == (None, 5)


Edit = Callable[
    [Listing, int, list[tuple[str, Config]], st.DataObject], tuple[str, list[tuple[str, Config]], int]
]


def _argument(found: Listing, index: int, now: list[tuple[str, Config]], data: st.DataObject):  # type: ignore[no-untyped-def]
    kind, config = now[index]
    name, value = data.draw(st.sampled_from(sorted(data.draw(KINDS[kind]).items())))
    after = [*now[:index], (kind, config.replace(**{name: value})), *now[index + 1 :]]
    return found.with_argument(index, name, value), after, 1


def _insert(found: Listing, index: int, now: list[tuple[str, Config]], data: st.DataObject):  # type: ignore[no-untyped-def]
    kind, settings = data.draw(LAYER)
    config = layer(kind, **settings)
    return found.with_layer(index, kind, config), [*now[:index], (kind, config), *now[index:]], 2


def _remove(found: Listing, index: int, now: list[tuple[str, Config]], data: st.DataObject):  # type: ignore[no-untyped-def]
    if len(now) == 1:
        return found.text, now, 0
    return found.without_layer(index), [*now[:index], *now[index + 1 :]], 2


def _move(found: Listing, index: int, now: list[tuple[str, Config]], data: st.DataObject):  # type: ignore[no-untyped-def]
    if index == 0:
        return found.text, now, 0
    after = [*now[: index - 1], now[index], now[index - 1], *now[index + 1 :]]
    return found.with_layer_moved(index, index - 1), after, 2
