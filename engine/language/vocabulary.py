"""The vocabulary of the language as Markdown: every layer with its arguments, every object with a name.

The reference in the documentation is this text; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from engine.spec.arguments import Argument
from engine.spec.catalogue import (
    ACTIVATIONS,
    CONSTRAINTS,
    INITIALIZERS,
    LAYERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
)
from engine.spec.catalogue.items import ItemKind
from engine.spec.catalogue.kinds import BASE, Arity, LayerKind
from engine.spec.structure import Item, Value

OBJECTS: tuple[tuple[str, Mapping[str, ItemKind]], ...] = (
    ("Initializers", INITIALIZERS),
    ("Regularizers", REGULARIZERS),
    ("Constraints", CONSTRAINTS),
    ("Losses", LOSSES),
    ("Metrics", METRICS),
    ("Optimizers", OPTIMIZERS),
    ("Learning-rate schedules", SCHEDULES),
)


MARK: Final = "<!-- The rest is made by `python -m engine vocabulary FILE`. -->\n\n"


def vocabulary() -> str:
    """The whole reference, from its first heading on."""
    parts = ["## Layers", "Every layer also takes:", *_arguments(BASE)]
    for family in dict.fromkeys(kind.family for kind in LAYERS.values()):
        parts.append(f"### {family.capitalize()} layers")
        parts += [part for kind in LAYERS.values() if kind.family == family for part in _layer(kind)]
    parts += ["## Activations", "By name, wherever a layer takes an activation.", _activations()]
    for heading, kinds in OBJECTS:
        parts += [f"## {heading}", *(part for kind in kinds.values() for part in _object(kind))]
    return "\n\n".join(parts) + "\n"


def _layer(kind: LayerKind) -> list[str]:
    also = f" Also written {_codes(kind.aliases)}." if kind.aliases else ""
    needs = [f"Needs {kind.expects}."] if kind.arity is not Arity.NONE else []
    return [f"#### {kind.name}", kind.doc + also, *needs, *_arguments(kind.arguments)]


def _object(kind: ItemKind) -> list[str]:
    names = dict.fromkeys(spelling for spelling in kind.spellings() if spelling != kind.name)
    return [f"#### {kind.name}", f"{kind.doc} By name: {_codes(names)}.", *_arguments(kind.arguments)]


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _arguments(arguments: Iterable[Argument]) -> list[str]:
    rows = [_row(argument) for argument in arguments]
    return ["\n".join(["| argument | accepts | default | |", "|---|---|---|---|", *rows])] if rows else []


def _row(argument: Argument) -> str:
    default = "required" if argument.is_required else f"`{_default(argument)}`"
    return f"| `{argument.name}` | {argument.type.describe()} | {default} | {argument.doc} |"


def _default(argument: Argument) -> str:
    value = argument.default
    if isinstance(value, Item):
        return value.kind
    return repr(_plain(value)) if value is not None else "None"


def _plain(value: object) -> Value:
    return value if isinstance(value, bool | int | float | str | tuple) else str(value)


def _activations() -> str:
    rows = [
        f"| {_codes((kind.name, *kind.aliases))} | {kind.formula} |"
        for kind in sorted(ACTIVATIONS.values(), key=lambda kind: kind.name)
    ]
    return "\n".join(["| name | value |", "|---|---|", *rows])
