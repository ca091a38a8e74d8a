"""The narrow waist: a network as frozen, comparable, plain data.

A `Graph` is a model: `layers` are the things with weights, `calls` say which layer is applied to which
tensors (a shared layer is called more than once), a `Tensor` is one output of one call. A Sequential model
is the same graph, a plain chain. Everything that computes, draws or grades a network starts from here and
needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Shape: TypeAlias = tuple[int | None, ...]
"""One array's shape, batch dimension first; None is a dimension that stays open."""

Shapes: TypeAlias = tuple[Shape, ...]

Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Config | Item | Layer | None"
"""What an argument can be. Lists are tuples here, so that everything is hashable."""


class Config(Mapping[str, Value]):
    """An immutable, hashable mapping from argument names to values; order does not count in equality."""

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[str, Value] | None = None, /, **named: Value) -> None:
        self._items: dict[str, Value] = {**(items or {}), **named}
        self._hash: int | None = None

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self._items == other._items

    def __repr__(self) -> str:
        return f"Config({self._items!r})"

    def replace(self, **changes: Value) -> Config:
        """A copy with some values changed or added."""
        return Config({**self._items, **changes})

    def without(self, *names: str) -> Config:
        """A copy that lacks some keys."""
        return Config({key: value for key, value in self._items.items() if key not in names})

    # The readers below narrow a Value to the type that the catalogue has already made sure of.

    def whole(self, key: str) -> int:
        """The value of a whole-number argument."""
        value = self._items[key]
        assert isinstance(value, int)
        return value

    def real(self, key: str) -> float:
        """The value of a number argument."""
        value = self._items[key]
        assert isinstance(value, int | float)
        return float(value)

    def flag(self, key: str) -> bool:
        """The value of a True-or-False argument."""
        return self._items[key] is True

    def text(self, key: str) -> str:
        """The value of a string argument."""
        value = self._items[key]
        assert isinstance(value, str)
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """The value of an argument that is a tuple of whole numbers."""
        value = self._items[key]
        assert isinstance(value, tuple)
        return tuple(part for part in value if isinstance(part, int))

    def shape(self, key: str) -> Shape:
        """The value of a shape argument."""
        value = self._items[key]
        assert isinstance(value, tuple)
        return as_shape(value)

    def layer(self, key: str) -> Layer:
        """The value of an argument that is a wrapped layer."""
        value = self._items[key]
        assert isinstance(value, Layer)
        return value


EMPTY: Final = Config()


def as_shape(values: tuple[Value, ...]) -> Shape:
    """A tuple of whole numbers and None, seen as the shape that it is."""
    return tuple(value if isinstance(value, int) else None for value in values)


@dataclass(frozen=True, slots=True)
class Item:
    """A configured object that is no layer: an initializer, regularizer, optimizer, loss, schedule ...

    `kind` is Keras's class name (`GlorotUniform`), `config` is complete.
    """

    kind: str
    config: Config


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its kind (Keras's class name, a key of `catalogue.LAYERS`), its name, its complete config.

    A wrapped layer stands in the config of its wrapper. A nested model is a layer of kind 'Sequential' or
    'Functional' whose `model` is the model's own Graph.
    """

    kind: str
    name: str
    config: Config
    model: Graph | None = None


@dataclass(frozen=True, slots=True)
class Tensor:
    """The `output`-th result of `Graph.calls[call]`."""

    call: int
    output: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A layer applied to tensors, all of them results of earlier calls (an InputLayer's call has none).

    `inputs` are the layer's main inputs in order; `keywords` are tensors given by name, such as
    `('initial_state', (h, c))`; `options` are plain settings of the call, such as `training=True`.
    """

    layer: str
    inputs: tuple[Tensor, ...] = ()
    keywords: tuple[tuple[str, tuple[Tensor, ...]], ...] = ()
    options: Config = EMPTY

    def tensors(self) -> tuple[Tensor, ...]:
        """Every tensor the call reads, main inputs first."""
        return self.inputs + tuple(tensor for _, given in self.keywords for tensor in given)


ModelKind: TypeAlias = Literal["Sequential", "Functional"]


@dataclass(frozen=True, slots=True)
class Graph:
    """A model: the part of a network that can be nested in another.

    `layers` stand in Keras's own order (for a Sequential model: as written, InputLayer first; for a
    functional one: by depth), which is the order of `get_weights()`. `calls` are topologically sorted;
    `inputs` and `outputs` are tensors of this graph. Two graphs are equal when everything is, names
    included.
    """

    kind: ModelKind
    name: str
    layers: tuple[Layer, ...]
    calls: tuple[Call, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]

    def layer(self, name: str) -> Layer:
        """The layer of that name; KeyError when there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)


def chain(name: str, layers: Sequence[Layer]) -> Graph:
    """A Sequential model: each layer reads the one before, the first is an InputLayer."""
    first, *rest = layers
    calls = [Call(first.name)]
    calls += [Call(layer.name, (Tensor(index),)) for index, layer in enumerate(rest)]
    return Graph("Sequential", name, tuple(layers), tuple(calls), (Tensor(0),), (Tensor(len(calls) - 1),))
