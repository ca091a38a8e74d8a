"""Configured objects that are no layers: how a kind of them is declared, and the argument type that reads
one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from engine.records import record
from engine.spec.arguments import Argument, Unfit
from engine.spec.completion import complete
from engine.spec.structure import Item, Value
from engine.spec.wording import closest


@record
class ItemKind:
    """One kind of initializer, regularizer, constraint, schedule, optimizer, loss or metric.

    `name` is Keras's class name; `aliases` are further spellings by which a text may name it.
    """

    name: str
    doc: str
    arguments: tuple[Argument, ...] = ()
    aliases: tuple[str, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """Every string that names this kind."""
        return (self.name, self.name.lower(), snake_case(self.name), *self.aliases)


@cache
def snake_case(name: str) -> str:
    """Keras's own rule from class name to default name: `Conv2D` -> `conv2d`, `LeakyReLU` ->
    `leaky_re_lu`.
    """
    spaced = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


def registry(*kinds: ItemKind) -> dict[str, ItemKind]:
    """Kinds by their class names."""
    return {kind.name: kind for kind in kinds}


def by_spelling(kinds: Mapping[str, ItemKind]) -> dict[str, ItemKind]:
    """Kinds by every string that names one."""
    return {spelling: kind for kind in kinds.values() for spelling in kind.spellings()}


def default_item(kind: ItemKind) -> Item:
    """The object that the bare name stands for; raises Unfit when the kind cannot do without arguments."""
    config, problems = complete(kind.name, kind.arguments, {})
    if config is None:
        raise Unfit(f"a {kind.name} object: {problems[0].message}")
    return Item(kind.name, config)


@record
class Named:
    """An object of one registry, by name or built: `'he_normal'`, `HeNormal(seed=1)`.

    `say` makes the name that messages use from a class name.
    """

    noun: str
    kinds: Mapping[str, ItemKind]
    none: bool = False
    say: Callable[[str], str] = snake_case

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, Item) and value.kind in self.kinds:
            return value
        if isinstance(value, str):
            spellings = by_spelling(self.kinds)
            kind = spellings.get(value) or spellings.get(value.lower())
            if kind is not None:
                return default_item(kind)
            near = closest(value, [self.say(name) for name in self.kinds])
            raise Unfit(self.describe(), fix=repr(near) if near else None)
        raise Unfit(self.describe())

    def describe(self) -> str:
        some = ", ".join(repr(self.say(name)) for name in list(self.kinds)[:3])
        return f"the name of {self.noun} such as {some}" + (", or None" if self.none else "")
