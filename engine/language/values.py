"""What an expression of the text can be worth to the reader.

Constants are Python's own. Everything mutable is an object of ours that can be *spoiled*: something
happened to it that the reader cannot follow, which matters only if the network turns out to depend on it.
`Unknown` is a value the reader does not have; it carries what to say should the network need it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

from engine.errors import Diagnostic
from engine.language.source import Place
from engine.records import record
from engine.spec.settings import Compile, Fit
from engine.spec.structure import Config, Item, Shape

if TYPE_CHECKING:
    from engine.language.scope import Scope

_births: Final = count(1)


@dataclass(eq=False, slots=True)
class Mutable:
    """Anything a statement can change. `birth` orders objects by when they came to be."""

    birth: int = field(default_factory=lambda: next(_births), init=False)
    spoiled: Diagnostic | None = field(default=None, init=False)


@record
class Unknown:
    """A value the reader cannot have. `reason` refuses the network that needs it.

    With a `path` (`x_train.shape`), a constant that is needed is a hole of that name, not a refusal.
    """

    reason: Diagnostic
    path: str | None = None


@record
class Symbol:
    """Something a library offers, by its dotted path; `assumed` when the text imports it nowhere."""

    path: str
    assumed: bool = False


@dataclass(eq=False, slots=True)
class ListObject(Mutable):
    """A list."""

    items: list[Thing]


@dataclass(eq=False, slots=True)
class DictObject(Mutable):
    """A dict with constant keys."""

    items: dict[Constant, Thing]


@dataclass(eq=False, slots=True)
class Function:
    """A function of the text, with the scope it was defined in; `owner` is the instance a method is bound
    to.
    """

    node: ast.FunctionDef | ast.Lambda
    scope: Scope
    owner: Instance | None = None
    called: bool = False

    @property
    def name(self) -> str:
        """Its name in the text."""
        return self.node.name if isinstance(self.node, ast.FunctionDef) else "lambda"


@dataclass(eq=False, slots=True)
class Class:
    """A class of the text, used as a holder of functions and constants."""

    node: ast.ClassDef
    scope: Scope
    members: dict[str, Thing]
    refusal: Diagnostic | None = None


@dataclass(eq=False, slots=True)
class Instance(Mutable):
    """An object of such a class."""

    kind: Class
    attributes: dict[str, Thing]


@dataclass(eq=False, slots=True)
class LayerObject:
    """A layer as built in the text. `config` is None when something is wrong with it; `problems` say what.

    `states_input` tells that the call says something about its input's shape, readable or not; `places` are
    where its arguments stand.
    """

    kind: str
    name: str
    place: Place
    config: Config | None
    callee: Place
    input_shape: Shape | None = None
    states_input: bool = False
    problems: list[Diagnostic] = field(default_factory=list)
    model: Model | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


@record
class Gap:
    """A place in a Sequential model where something stands that is no layer we can read."""

    reason: Diagnostic
    place: Place
    text: str


@dataclass(eq=False, slots=True)
class Node:
    """A layer called on tensors; shapes are None where they could not be inferred."""

    layer: LayerObject
    inputs: tuple[TensorObject, ...]
    place: Place
    keywords: tuple[tuple[str, tuple[TensorObject, ...]], ...] = ()
    options: Config = field(default_factory=Config)
    shapes: tuple[Shape | None, ...] = (None,)
    problems: list[Diagnostic] = field(default_factory=list)


@record
class TensorObject:
    """A symbolic tensor: one output of a call."""

    node: Node
    index: int = 0

    @property
    def shape(self) -> Shape | None:
        """Its shape, where it is known."""
        return self.node.shapes[self.index]


@dataclass(eq=False, slots=True)
class Model(Mutable):
    """A model of the text: Sequential with `entries`, or functional with `inputs` and `outputs`."""

    kind: str
    name: str
    place: Place
    entries: list[LayerObject | Gap] = field(default_factory=list)
    inputs: tuple[TensorObject, ...] = ()
    outputs: tuple[TensorObject, ...] = ()
    compiled: Compile | None = None
    fit: Fit | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    settings_problems: list[Diagnostic] = field(default_factory=list)
    layer: LayerObject | None = None
    is_inner: bool = False
    """Whether it has become a part of another model."""


@record
class Method:
    """A method looked up on an object, not yet called."""

    owner: Thing
    name: str


@record
class Passed:
    """One argument as written: its value, the place of the value, and of the name if it was given by name."""

    value: Thing
    place: Place
    name_place: Place | None = None


@record
class Partial:
    """`functools.partial`: something to call, with some of its arguments already given."""

    callee: Thing
    positional: tuple[Passed, ...]
    named: Mapping[str, Passed]


Constant: TypeAlias = "bool | int | float | str | tuple[Thing, ...] | None"
Thing: TypeAlias = (
    "Constant | Unknown | Symbol | ListObject | DictObject | Function | Class | Instance"
    " | LayerObject | TensorObject | Model | Method | Partial | Item | Config"
)
