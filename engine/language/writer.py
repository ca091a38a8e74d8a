"""A spec as tidy Keras text. `parse(write(spec)) == spec` holds for every spec, so nothing is left to
defaults that a reader could take otherwise.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from engine.language.layout import bracketed, is_same, outputs_of, quoted, reads_as, short_name, wrapped
from engine.language.machine import Names
from engine.spec.arguments import Argument
from engine.spec.catalogue import LAYERS
from engine.spec.catalogue.initializers import INITIALIZER, INITIALIZERS
from engine.spec.catalogue.items import ItemKind, Named
from engine.spec.catalogue.losses import LOSS, LOSSES
from engine.spec.catalogue.metrics import METRIC, METRICS
from engine.spec.catalogue.optimizers import OPTIMIZER, OPTIMIZERS, SCHEDULES
from engine.spec.catalogue.penalties import CONSTRAINT, CONSTRAINTS, REGULARIZER, REGULARIZERS
from engine.spec.settings import Compile, Fit
from engine.spec.spec import Spec
from engine.spec.structure import Call, Config, Graph, Item, Layer, Value

_MODULES: Final[tuple[tuple[str, dict[str, ItemKind], Named | None], ...]] = (
    ("initializers", INITIALIZERS, INITIALIZER),
    ("regularizers", REGULARIZERS, REGULARIZER),
    ("constraints", CONSTRAINTS, CONSTRAINT),
)


def write(spec: Spec) -> str:
    """The text of a spec: imports, the model, and its compile and fit settings."""
    writer = _Writer()
    writer.model(spec, "model")
    if spec.compiled is not None:
        writer.compile(spec.compiled)
    if spec.fit is not None:
        writer.fit(spec.fit)
    return writer.text()


def layer_text(kind: str, config: Config, prefix: str = "", *more: str) -> str:
    """The call that builds one layer, on one line: `layers.Dense(6, activation="relu")`; `more` arguments
    stand at its end.
    """
    arguments = _Writer().arguments(LAYERS[kind].every_argument(), config)
    return f"{prefix}{kind}({', '.join([*arguments, *more])})"


def value_text(value: Value) -> str:
    """A value as a text writes it."""
    return _Writer().value(value)


@dataclass(slots=True)
class _Writer:
    """Collects lines and the imports they need, and counts automatic names as the reader will."""

    names: Names = field(default_factory=Names)
    lines: list[str] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)
    layers: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=lambda: {"model", "x_train", "y_train"})

    def text(self) -> str:
        """Imports, a blank line, the lines."""
        imports = [f"from keras import {', '.join(sorted(self.modules))}"]
        if self.layers:
            imports.append(wrapped("from keras.layers import ", sorted(self.layers), "", brackets="()"))
        return "\n".join([*imports, "", *self.lines]) + "\n"

    def model(self, graph: Graph, variable: str) -> None:
        """A model bound to a variable; models nested in it come first."""
        if graph.kind == "Sequential":
            self.sequential(graph, variable)
        else:
            self.functional(graph, variable)

    def sequential(self, graph: Graph, variable: str) -> None:
        """`model = Sequential([...])`."""
        self.modules.add("Sequential")
        # Models inside it stand before it in the text, and so come first in the count of names.
        held = {layer.name: self._nested(layer) for layer in graph.layers if layer.model is not None}
        entries = [held.get(layer.name) or self.layer(layer) for layer in graph.layers]
        name = self._name("Sequential", graph.name)
        self.lines.append(f"{variable} = Sequential(")
        self.lines.append("    [")
        self.lines += [f"        {line}" for entry in entries for line in f"{entry},".split("\n")]
        self.lines.append("    ]" + (f",\n    name={name}," if name else ""))
        self.lines.append(")")

    def functional(self, graph: Graph, variable: str) -> None:
        """One line for each call, then `model = Model(inputs, outputs)`."""
        called = [call.layer for call in graph.calls]
        held: dict[str, str] = {}
        results: list[list[str]] = []
        for call in graph.calls:
            layer = graph.layer(call.layer)
            if layer.name not in held and (called.count(layer.name) > 1 or layer.model is not None):
                held[layer.name] = self._hold(layer)
            results.append(self._call(call, layer, held.get(layer.name), results))
        self.modules.add("Model")
        name = self._name("Functional", graph.name)
        inputs = bracketed([results[tensor.call][tensor.output] for tensor in graph.inputs])
        outputs = bracketed([results[tensor.call][tensor.output] for tensor in graph.outputs])
        self.lines.append(
            wrapped(f"{variable} = Model(", [inputs, outputs, *([f"name={name}"] if name else [])], ")")
        )

    def _hold(self, layer: Layer) -> str:
        """A shared layer, or a nested model, in a variable of its own."""
        if layer.model is not None:
            return self._nested(layer)
        written = self.layer(layer)
        variable = self._variable(layer.name)
        self.lines.append(f"{variable} = {written}")
        return variable

    def _nested(self, layer: Layer) -> str:
        assert layer.model is not None
        variable = self._variable(layer.name)
        self.model(layer.model, variable)
        self.lines.append("")
        return variable

    def _call(self, call: Call, layer: Layer, held: str | None, results: list[list[str]]) -> list[str]:
        callee = held or self.layer(layer)
        outputs = outputs_of(layer)
        base = f"{layer.name}_output" if held else layer.name
        variables = [self._variable(f"{base}_{index}" if index else base) for index in range(outputs)]
        if layer.kind == "InputLayer":
            self.lines.append(f"{variables[0]} = {callee}")
            return variables
        given = [results[tensor.call][tensor.output] for tensor in call.inputs]
        arguments = [", ".join(given)] if layer.kind == "MultiHeadAttention" else [bracketed(given)]
        for name, tensors in call.keywords:
            arguments.append(f"{name}={bracketed([results[t.call][t.output] for t in tensors])}")
        arguments += [f"{name}={self.value(value)}" for name, value in call.options.items()]
        self.lines.append(f"{', '.join(variables)} = {callee}({', '.join(arguments)})")
        return variables

    def _variable(self, name: str) -> str:
        base = re.sub(r"\W", "_", name, flags=re.ASCII).strip("_") or "x"
        if base[0].isdigit() or keyword.iskeyword(base) or base in LAYERS:
            base = f"x_{base}"
        variable, number = base, 2
        while variable in self.variables or variable in self.modules:
            variable, number = f"{base}_{number}", number + 1
        self.variables.add(variable)
        return variable

    def _name(self, kind: str, name: str) -> str | None:
        """The name as an argument, unless the reader would come to it by itself."""
        if self.names.peek(kind) == name:
            self.names.next(kind)
            return None
        return quoted(name)

    def layer(self, layer: Layer) -> str:
        """The call that builds a layer; a nested model is written before, in lines of its own."""
        if layer.model is not None:
            return self._nested(layer)
        if layer.kind == "InputLayer":
            return self._input(layer)
        self.layers.add(layer.kind)
        arguments = self.arguments(LAYERS[layer.kind].every_argument(), layer.config)
        name = self._name(layer.kind, layer.name)
        return wrapped(f"{layer.kind}(", [*arguments, *([f"name={name}"] if name else [])], ")")

    def _input(self, layer: Layer) -> str:
        self.layers.add("Input")
        batch, *shape = layer.config.shape("batch_shape")
        if batch is None:
            arguments = [f"shape={self.value(tuple(shape))}"]
        else:
            arguments = [f"batch_shape={self.value((batch, *shape))}"]
        if layer.config["dtype"] != "float32":
            arguments.append(f"dtype={self.value(layer.config['dtype'])}")
        name = self._name("InputLayer", layer.name)
        return wrapped("Input(", [*arguments, *([f"name={name}"] if name else [])], ")")

    def arguments(self, arguments: tuple[Argument, ...], config: Config) -> list[str]:
        """What differs from the defaults: required arguments first and by position, the others by name."""
        written: list[str] = []
        for number, argument in enumerate(arguments):
            if argument.name not in config:
                continue
            value = config[argument.name]
            if argument.is_required and number == len(written):
                written.append(self.value(value))
            elif argument.is_required or not is_same(value, argument.default):
                written.append(f"{argument.name}={self.value(value)}")
        return written

    def value(self, value: Value) -> str:
        """A value as an expression of the text."""
        match value:
            case str():
                return quoted(value)
            case tuple():
                parts = ", ".join(self.value(part) for part in value)
                return f"({parts},)" if len(value) == 1 else f"({parts})"
            case Config():
                return (
                    "{" + ", ".join(f"{quoted(key)}: {self.value(part)}" for key, part in value.items()) + "}"
                )
            case Item():
                return self.item(value)
            case Layer():
                return self.layer(value)
            case _:
                return repr(value)

    def item(self, item: Item) -> str:
        """An initializer and the like: by its name where that says everything, else built."""
        for module, kinds, named in _MODULES:
            if item.kind in kinds:
                short = short_name(item, kinds[item.kind], named)
                return short or self._built(module, kinds[item.kind], item)
        if item.kind in LAYERS:
            self.layers.add(item.kind)
            self.names.next(item.kind)
            arguments = self.arguments(LAYERS[item.kind].every_argument(), item.config)
            return f"{item.kind}({', '.join(arguments)})"
        return self._built("optimizers.schedules", SCHEDULES[item.kind], item)

    def _built(self, module: str, kind: ItemKind, item: Item) -> str:
        self.modules.add(module.partition(".")[0])
        return f"{module}.{kind.name}({', '.join(self.arguments(kind.arguments, item.config))})"

    def compile(self, compiled: Compile) -> None:
        """`model.compile(...)`."""
        kind = OPTIMIZERS[compiled.optimizer.kind]
        optimizer = short_name(compiled.optimizer, kind, OPTIMIZER) or self._built(
            "optimizers", kind, compiled.optimizer
        )
        arguments = [f"optimizer={optimizer}"]
        if compiled.loss is not None:
            arguments.append(f"loss={self._several(compiled.loss, self._loss)}")
        if compiled.metrics:
            arguments.append(f"metrics={self._several(compiled.metrics, self._metric)}")
        if compiled.loss_weights is not None:
            arguments.append(f"loss_weights={self.value(compiled.loss_weights)}")
        if compiled.weighted_metrics:
            arguments.append(f"weighted_metrics={self._several(compiled.weighted_metrics, self._metric)}")
        self.lines += ["", wrapped("model.compile(", arguments, ")")]

    def fit(self, fit: Fit) -> None:
        """`model.fit(...)` with names in place of the data."""
        arguments = ["x_train", "y_train", f"epochs={fit.epochs}"]
        if fit.batch_size is not None:
            arguments.append(f"batch_size={fit.batch_size}")
        if not fit.shuffle:
            arguments.append("shuffle=False")
        if fit.validation_split:
            arguments.append(f"validation_split={fit.validation_split!r}")
        self.lines.append(wrapped("model.fit(", arguments, ")"))

    def _several(self, value: Value, one: Callable[[Value], str]) -> str:
        if isinstance(value, tuple):
            return "[" + ", ".join(self._several(part, one) for part in value) + "]"
        if isinstance(value, Config):
            return (
                "{"
                + ", ".join(f"{quoted(key)}: {self._several(part, one)}" for key, part in value.items())
                + "}"
            )
        return one(value)

    def _loss(self, value: Value) -> str:
        if not isinstance(value, Item):
            return self.value(value)
        return short_name(value, LOSSES[value.kind], LOSS) or self._built("losses", LOSSES[value.kind], value)

    def _metric(self, value: Value) -> str:
        if not isinstance(value, Item):
            return self.value(value)
        name = value.config.get("name")
        if isinstance(name, str) and reads_as(METRIC, name, value):
            return quoted(name)
        return self._built("metrics", METRICS[value.kind], value)
