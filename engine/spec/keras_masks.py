"""The masks in Keras's JSON: it writes down, as operations of their own (`NotEqual`, `Any`), how an Embedding
or Masking finds its padding, and gives the result to every layer after it. The engine hands masks on by
itself, so these operations are taken out, once they are seen to be nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from engine.errors import SpecError
from engine.spec.strict_json import Plain

Entry: TypeAlias = dict[str, Plain]

TENSOR: Final = "__keras_tensor__"
OPERATIONS: Final = ("NotEqual", "Any", "LogicalOr", "LogicalAnd")
MOST_JOINED: Final = 32
"""Masks are made of masks, this many deep at most."""


def without_masks(entries: Sequence[Entry]) -> list[Entry]:
    """The layers of a functional model, without the operations that compute masks and the arguments that hand
    them on. Raises SpecError for a mask that no Embedding or Masking makes.
    """
    operations = {_name(entry): entry for entry in entries if _is_operation(entry)}
    if not operations:
        return list(entries)
    layers = {_name(entry): entry for entry in entries if _name(entry) not in operations}
    before = _Ancestors(layers)
    origins = _Origins(layers, operations)
    return [_unmasked(layer, operations, origins, before) for layer in layers.values()]


class _Origins:
    """Which layers' masks an operation computes."""

    def __init__(self, layers: Mapping[str, Entry], operations: Mapping[str, Entry]) -> None:
        self.operations = operations
        self.known: dict[str, set[str]] = {}
        self.makers: dict[tuple[str, str], set[str]] = {}
        for name, layer in layers.items():
            value = _padding(layer)
            for node in _nodes(layer) if value is not None else ():
                for source in _tensors(node.get("args")):
                    self.makers.setdefault((repr(source), repr(value)), set()).add(name)

    def of(self, name: str, depth: int = 0) -> set[str]:
        """Names of layers; raises SpecError where there is none."""
        if name not in self.known:
            entry = self.operations[name]
            found = self._compared(entry) if entry["class_name"] == "NotEqual" else self._joined(entry, depth)
            if not found:
                raise SpecError(
                    f"{name} computes a mask that no Embedding or Masking of the model makes.",
                    "The engine hands their masks on by itself, and takes no other.",
                    code="unknown-value",
                )
            self.known[name] = found
        return self.known[name]

    def _compared(self, entry: Entry) -> set[str]:
        for node in _nodes(entry):
            match node.get("args"):
                case [tensor, bool() | int() | float() as value]:
                    sources = list(_tensors(tensor))
                    return (
                        self.makers.get((repr(sources[0]), repr(float(value))), set()) if sources else set()
                    )
        return set()

    def _joined(self, entry: Entry, depth: int) -> set[str]:
        found: set[str] = set()
        for node in _nodes(entry):
            for layer, *_ in _tensors(node.get("args")):
                if layer not in self.operations or depth > MOST_JOINED:
                    return set()
                found |= self.of(str(layer), depth + 1)
        return found


class _Ancestors:
    """Which layers each layer reads, directly or through others."""

    def __init__(self, layers: Mapping[str, Entry]) -> None:
        self.direct = {
            name: {str(source[0]) for node in _nodes(layer) for source in _tensors(node.get("args"))}
            for name, layer in layers.items()
        }

    def of(self, name: str) -> set[str]:
        """Names of layers; the layer itself only where it reads itself."""
        found: set[str] = set()
        due = [name]
        while due:
            fresh = self.direct.get(due.pop(), set()) - found
            found |= fresh
            due += fresh
        return found


def _unmasked(layer: Entry, operations: Mapping[str, Entry], origins: _Origins, before: _Ancestors) -> Entry:
    nodes = layer.get("inbound_nodes")
    if not isinstance(nodes, list):
        return layer
    kept: list[Plain] = []
    for node in nodes:
        kwargs = node.get("kwargs") if isinstance(node, dict) else None
        sources = list(_tensors(kwargs.get("mask"))) if isinstance(kwargs, dict) else []
        if not sources or any(source[0] not in operations for source in sources):
            kept.append(node)
            continue
        assert isinstance(node, dict)
        assert isinstance(kwargs, dict)
        if any(origins.of(str(source[0])).isdisjoint(before.of(_name(layer))) for source in sources):
            raise SpecError(
                f"{_name(layer)} is given the mask of a layer that it does not read.",
                "The engine hands masks on by itself, along the layers.",
                code="unknown-value",
            )
        kept.append({**node, "kwargs": {key: part for key, part in kwargs.items() if key != "mask"}})
    return {**layer, "inbound_nodes": kept}


def _padding(layer: Entry) -> float | None:
    """The value that a layer takes for padding; None where it makes no mask."""
    config = layer.get("config")
    if not isinstance(config, dict):
        return None
    if layer.get("class_name") == "Embedding":
        return 0.0 if config.get("mask_zero") is True else None
    value = config.get("mask_value")
    is_number = isinstance(value, int | float) and layer.get("class_name") == "Masking"
    return float(value) if is_number and isinstance(value, int | float) else None


def _is_operation(entry: Entry) -> bool:
    module = entry.get("module")
    is_of_keras = isinstance(module, str) and module.startswith(("keras.src.ops", "keras.ops"))
    return is_of_keras and entry.get("class_name") in OPERATIONS


def _name(entry: Entry) -> str:
    config = entry.get("config")
    return str(config.get("name")) if isinstance(config, dict) else ""


def _nodes(entry: Entry) -> Iterator[Entry]:
    nodes = entry.get("inbound_nodes")
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict):
            yield node


def _tensors(plain: Plain) -> Iterator[list[Plain]]:
    """The histories of all tensors in a value, in lists too."""
    if isinstance(plain, list):
        for part in plain:
            yield from _tensors(part)
    elif isinstance(plain, dict) and plain.get("class_name") == TENSOR:
        config = plain.get("config")
        history = config.get("keras_history") if isinstance(config, dict) else None
        if isinstance(history, list) and history:
            yield history
