"""A layer's arguments as fields of a form: what the catalogue says of them, how they show and are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import engine
from engine.language.writer import value_text
from engine.spec import Config, Item, Layer, Value
from engine.spec.arguments import Argument, Choice, Dimensions, Flag, Only, Real, Unfit, Whole
from engine.spec.catalogue import ACTIVATIONS, LAYERS
from engine.spec.catalogue.activations import ActivationType
from engine.spec.catalogue.items import ItemKind, Named, default_item, snake_case
from engine.spec.completion import complete
from engine.spec.strict_json import loads

LONGEST = 200
MAIN = frozenset({
    "units", "filters", "kernel_size", "pool_size", "rate", "activation", "padding", "strides", "axis", "n",
    "return_sequences", "input_dim", "output_dim", "target_shape", "size", "stddev", "dims", "negative_slope",
})  # fmt: skip
"""Arguments that stand open; the others are a click away."""

FIRST: Mapping[str, Value] = {
    "units": 4, "filters": 4, "kernel_size": 3, "pool_size": 2, "rate": 0.2, "stddev": 0.1, "input_dim": 100,
    "output_dim": 8, "n": 2, "activation": "relu", "scale": 0.00392156862745098, "target_shape": (-1,),
    "dims": (1,),
}  # fmt: skip
"""What a new layer begins with where Keras gives no default."""


ITEMS: Mapping[str, ItemKind] = {
    name: kind
    for declared in LAYERS.values()
    for argument in declared.arguments
    if isinstance(argument.type, Named)
    for name, kind in argument.type.kinds.items()
}
"""Initializers, regularizers and constraints that an argument may hold, by class name."""


@dataclass(frozen=True)
class Field:
    """One argument of one layer. `control` is number, choice, text or fixed; `text` is what it holds now."""

    name: str
    label: str
    control: str
    text: str
    choices: tuple[str, ...]
    doc: str
    is_main: bool


class FieldFault(ValueError):  # noqa: N818 - as EditFault
    """A typed value that the argument cannot take, as a sentence for the person who typed it."""


def fields_of(kind: str, config: Config) -> list[Field]:
    """The fields of a layer, in the order of Keras's arguments."""
    return [
        _field(argument, config[argument.name])
        for argument in LAYERS[kind].arguments
        if argument.name in config and not isinstance(argument.type, Only) and len(choices_of(argument)) != 1
    ]


def read_field(kind: str, name: str, text: str) -> Value:
    """The value that somebody typed for an argument. Raises FieldFault."""
    argument = next((one for one in LAYERS[kind].arguments if one.name == name), None)
    if argument is None:
        raise FieldFault(f"{kind} has no argument {name!r}.")
    try:
        return argument.type.read(_typed(text.strip()[: LONGEST + 1]))
    except Unfit as unfit:
        given = repr(text.strip()[:20]) if text.strip() else "empty"
        raise FieldFault(f"{kind}: {_label(name)} must be {unfit.wanted}; it is {given}.") from unfit


def read_shape(text: str) -> tuple[int | None, ...]:
    """The shape of a sample that somebody typed. Raises FieldFault."""
    typed = _typed(text.strip()[: LONGEST + 1])
    try:
        return Dimensions().read(typed if isinstance(typed, tuple) else (typed,))  # type: ignore[return-value]
    except Unfit as unfit:
        raise FieldFault(
            f"The input shape must be whole numbers such as 8 or 28, 28, 1; it is {text.strip()[:20]!r}."
        ) from unfit


def new_layer(kind: str) -> Config | None:
    """What a new layer of a kind begins with; None for kinds that a list of layers cannot begin with."""
    declared = LAYERS.get(kind)
    if declared is None or kind == "InputLayer" or declared.family in ("merging", "attention"):
        return None
    wanted: dict[str, Value] = {
        argument.name: FIRST[argument.name]
        for argument in declared.arguments
        if argument.is_required and argument.name in FIRST
    }
    return complete(kind, declared.every_argument(), wanted)[0]


@cache
def new_kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every kind that can be added, by family, with its one line of documentation."""
    families: dict[str, list[tuple[str, str]]] = {}
    for kind, declared in LAYERS.items():
        if new_layer(kind) is not None:
            families.setdefault(declared.family, []).append((kind, declared.doc))
    return list(families.items())


def _field(argument: Argument, value: Value) -> Field:
    choices, text = choices_of(argument), shown(value)
    if isinstance(value, Item | Layer) and text not in choices:
        control, text = "fixed", value_text(value)
    elif choices:
        control = "choice"
        choices = choices if text in choices else (text, *choices)
    else:
        control = "number" if isinstance(argument.type, Whole | Real) and value is not None else "text"
    return Field(
        argument.name,
        _label(argument.name),
        control,
        text,
        choices,
        argument.doc,
        argument.is_required or argument.name in MAIN,
    )


def _label(name: str) -> str:
    return name.replace("_", " ")


def choices_of(argument: Argument) -> tuple[str, ...]:
    """The values an argument may be chosen from; none where it takes numbers or what has arguments itself."""
    kind: Any = argument.type
    if isinstance(kind, Flag):
        names: tuple[str, ...] = ("True", "False")
    elif isinstance(kind, Choice):
        names = kind.choices
    elif isinstance(kind, ActivationType):
        return tuple(ACTIVATIONS)
    elif isinstance(kind, Named):
        names = tuple(snake_case(name) for name, one in kind.kinds.items() if _stands_alone(one))
    else:
        return ()
    return ("None", *names) if kind.none else names


def _stands_alone(kind: Any) -> bool:
    try:
        return bool(default_item(kind))
    except Unfit:
        return False


def shown(value: Value) -> str:
    """A value as a field holds it: no quotes, no outer brackets; empty for what has no short form."""
    if isinstance(value, tuple):
        return ", ".join(f"({shown(one)})" if isinstance(one, tuple) else shown(one) for one in value)
    if isinstance(value, Item):
        kind = ITEMS.get(value.kind)
        return snake_case(value.kind) if kind and _stands_alone(kind) and default_item(kind) == value else ""
    return str(value)


def _typed(text: str) -> Value:
    """Numbers, True, False, None and tuples of them as such; every other text as itself."""
    words: dict[str, Value] = {"True": True, "False": False, "None": None}
    if text in words:
        return words[text]
    if len(text) > LONGEST:
        return text
    listed = text.replace("(", "[").replace(")", "]").replace("None", "null").rstrip(",")
    for spelling in (listed, f"[{listed}]"):
        try:
            return _plain(loads(spelling))
        except engine.SpecError:
            continue
    return text


def _plain(value: Any) -> Value:
    return tuple(map(_plain, value)) if isinstance(value, list) else value
