"""Calls: what is called decides what is built. Nothing is executed; a callee not listed here has no
meaning.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from engine.language import old, symbols
from engine.language.building import build_item, build_layer
from engine.language.builtins import FUNCTIONS
from engine.language.expressions import Expressions
from engine.language.formatting import Impossible
from engine.language.functional import activate, call_layer, functional, merge, tensors_of
from engine.language.machine import Machine
from engine.language.methods import call_method, unread
from engine.language.modernize import merged
from engine.language.networks import input_tensor, layer_of, sequential
from engine.language.partials import complete, partial
from engine.language.passing import Passing, gather
from engine.language.scope import Scope
from engine.language.source import Place
from engine.language.values import (
    Class,
    Function,
    Instance,
    LayerObject,
    Method,
    Model,
    Mutable,
    Partial,
    Symbol,
    TensorObject,
    Thing,
    Unknown,
)
from engine.spec.catalogue import LAYER_SPELLINGS
from engine.spec.wording import closest, cut, show

LIBRARIES: Final = frozenset(
    {
        "builtins",
        "keras",
        "tensorflow",
        "tf_keras",
        "numpy",
        "matplotlib",
        "sklearn",
        "pandas",
        "os",
        "sys",
        "time",
    }
)
"""Libraries whose functions leave a network that they are given as it is."""

HARMLESS_VERBS: Final = (
    "check", "compute", "convert", "dump", "eval", "export", "fit", "get", "plot", "predict", "print",
    "report", "run", "save", "show", "summar", "test", "train", "visual", "write",
)  # fmt: skip

CONSTANT_CALLS: Final = {"image_data_format": "channels_last", "image_dim_ordering": "tf"}
"""Questions about the backend whose answer is the same for every network here."""

REFUSALS: Final = {
    "Lambda": "A Lambda layer runs code of its own",
    "load_model": "load_model reads a file",
    "model_from_json": "model_from_json reads another description",
    "clone_model": "clone_model is not read",
}


class Calls:
    """Evaluates calls; `run` and `construct` are set by the reader, which ties the parts together."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.machine: Machine = expressions.machine
        self.run: Callable[[Function, Passing], Thing] = lambda function, passing: None
        self.construct: Callable[[Class, Passing], Thing] = lambda kind, passing: None

    def call(self, node: ast.Call, scope: Scope) -> Thing:
        """The value of a call expression."""
        callee = self.expressions.evaluate(node.func, scope)
        return self._called(callee, gather(self.expressions, node, scope), node)

    def _called(self, callee: Thing, passing: Passing, node: ast.Call) -> Thing:
        match callee:
            case Partial():
                return self._called(callee.callee, complete(callee, passing), node)
            case Symbol():
                return self._symbol(callee, passing, node)
            case LayerObject():
                return call_layer(self.machine, callee, passing)
            case Model():
                layer = layer_of(self.machine, callee)
                return call_layer(self.machine, layer, passing) if layer else None
            case Method():
                return self._method(callee, passing, node)
            case Function():
                return self.run(callee, passing)
            case Class():
                return self.construct(callee, passing)
            case Unknown():
                return self._unknown(callee, passing, node)
            case _:
                return self.machine.unknown(
                    "not-callable",
                    f"{self.machine.source.snippet(passing.callee)} cannot be called.",
                    "Call a layer or a class of layers.",
                    passing.callee,
                )

    def _method(self, method: Method, passing: Passing, node: ast.Call) -> Thing:
        result = call_method(self.machine, method, passing)
        if isinstance(method.owner, Instance | Class):
            self._touch(passing, f"{method.name}", harmless=False)
        return result

    def _symbol(self, symbol: Symbol, passing: Passing, node: ast.Call) -> Thing:
        if symbol.path in FUNCTIONS:
            return self._function(symbol.path, passing, node)
        if symbol.path == "functools.partial" and passing.positional:
            return partial(passing) or unread(self.machine, passing, "partial")
        self._assumed(symbol, passing)
        match symbols.meaning(symbol.path):
            case symbols.LayerClass() as meaning:
                return build_layer(self.machine, meaning, passing)
            case symbols.InputFunction():
                if tensors_of(passing.value("tensor")):
                    return passing.value("tensor")
                meaning = symbols.LayerClass("InputLayer", "Input")
                return input_tensor(self.machine, build_layer(self.machine, meaning, passing))
            case symbols.ModelClass(kind):
                places = element_places(self.machine, node)
                if kind == "Sequential":
                    return sequential(self.machine, passing, places)
                return functional(self.machine, passing)
            case symbols.ItemClass(kind):
                return build_item(self.machine, kind, passing)
            case symbols.MergeFunction(kind):
                return merge(self.machine, kind, passing)
            case None if symbols.canonical(symbol.path) == ("layers", "merge"):
                kind_of_merge = merged(self.machine, passing)
                if kind_of_merge is None:
                    return self._library(symbol, passing)
                return merge(self.machine, kind_of_merge, passing)
            case symbols.Activation(name) if tensors_of(passing.value("x", 0)):
                return activate(self.machine, name, passing)
            case symbols.Activation() | symbols.DtypeName() | None:
                return self._library(symbol, passing)

    def _assumed(self, symbol: Symbol, passing: Passing) -> None:
        if symbol.assumed:
            name = symbol.path.rpartition(".")[2]
            self.machine.note(
                "missing-import",
                f"The text does not import {name}; it is read as {symbol.path}.",
                "Import it before you run the text.",
                passing.callee,
            )

    def _function(self, path: str, passing: Passing, node: ast.Call) -> Thing:
        given = [passed.value for passed in passing.positional]
        named = {name: passed.value for name, passed in passing.named.items()}
        for value in (*given, *named.values()):
            if isinstance(value, Unknown) and path != "builtins.print":
                return self._of_unknown(path, value, passing)
        try:
            return FUNCTIONS[path](*given, **named)
        except (Impossible, TypeError):
            return unread(self.machine, passing, path.rpartition(".")[2])

    def _of_unknown(self, path: str, value: Unknown, passing: Passing) -> Thing:
        """`len(x)` of an open x is open under that name; int(x) and the like keep the name of x."""
        is_open = value.path or value.reason.code in ("unknown-call", "unknown-name", "unknown-value")
        if path == "builtins.len" and is_open and passing.positional:
            name = f"len({value.path or self.machine.source.snippet(passing.positional[0].place)})"
            return self.machine.given[name] if name in self.machine.given else Unknown(value.reason, name)
        return value

    def _library(self, symbol: Symbol, passing: Passing) -> Thing:
        root, _, _ = symbol.path.partition(".")
        name = symbol.path.rpartition(".")[2]
        harmless = root in LIBRARIES and "shuffle" not in name
        self._touch(passing, name, harmless=harmless or name.lower().startswith(HARMLESS_VERBS))
        if name in REFUSALS:
            return self._needs_running(name, passing)
        if name in CONSTANT_CALLS:
            return CONSTANT_CALLS[name]
        tensor = passing.value("x", 0)
        if name == "int_shape" and isinstance(tensor, TensorObject) and tensor.shape is not None:
            return tensor.shape
        sections = symbols.canonical(symbol.path)
        if "layers" in sections and name in old.GONE:
            return self.machine.unknown("unknown-layer", *old.GONE[name], passing.callee)
        if name in old.ABSENT and sections:
            return self.machine.unknown(
                "unknown-layer",
                f"{name} is a layer of Keras that the engine does not compute.",
                "Build the network from the layers of the reference.",
                passing.callee,
            )
        if "layers" in sections or (sections == (name,) and name[:1].isupper()):
            near = closest(name, LAYER_SPELLINGS)
            suggestion = f"; did you mean {show(near)}?" if near else "."
            return self.machine.unknown_fix(
                "unknown-layer", f"There is no layer named {show(name)}{suggestion}", passing.callee, near
            )
        if "applications" in sections:
            return self.machine.unknown(
                "needs-running",
                f"{name} is a ready-made model, which the reader does not hold.",
                "Write the layers themselves.",
                passing.callee,
            )
        return unread(self.machine, passing, name)

    def _needs_running(self, name: str, passing: Passing) -> Unknown:
        return self.machine.unknown(
            "needs-running",
            f"{REFUSALS[name]}, which the reader cannot know without running it.",
            "Write the layers themselves.",
            passing.callee,
        )

    def _unknown(self, callee: Unknown, passing: Passing, node: ast.Call) -> Thing:
        name = callee.path or self.machine.source.snippet(passing.callee)
        last = name.rpartition(".")[2]
        self._touch(passing, name, harmless=last.lower().startswith(HARMLESS_VERBS))
        if last in REFUSALS:
            return self._needs_running(last, passing)
        if isinstance(node.func, ast.Name) and callee.reason.code == "unknown-name":
            near = closest(name, (*LAYER_SPELLINGS, "Sequential", "Model", "Input"))
            if near is not None and name[:1].isupper():
                return self.machine.unknown_fix(
                    "unknown-layer",
                    f"There is no layer named {show(name)}; did you mean {show(near)}?",
                    passing.callee,
                    near,
                )
        if callee.reason.code in ("needs-running", "own-class"):
            return Unknown(callee.reason)
        return unread(self.machine, passing, cut(name, 40))

    def _touch(self, passing: Passing, name: str, harmless: bool) -> None:
        """Objects handed to a call that the reader does not follow may come back changed."""
        if harmless:
            return
        for passed in (*passing.positional, *passing.named.values()):
            if isinstance(passed.value, Mutable):
                self.machine.change(passed.value)
                self.machine.spoil(passed.value, unread(self.machine, passing, cut(name, 40)).reason)


def element_places(machine: Machine, node: ast.Call) -> list[Place] | None:
    """The places of the entries of a list that is written out as the first argument."""
    candidates = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "layers")]
    for candidate in candidates:
        if isinstance(candidate, ast.List | ast.Tuple):
            return [machine.source.node(part) for part in candidate.elts]
    return None
