"""Numbers that a lesson's text may ask of its network: expressions such as {{ llama.h1.3.z }}.

    source                       the Keras text            units, weights, biases, parameters   counts
    h1.units, h1.weights, ...    counts of one layer       h1.3.bias, h1.3.weight.neck          single weights
    llama.h1.3.z, llama.h1.3.a   before and after the activation of one neuron
    llama.h1.3.from.neck         one product: input times weight
    llama.h1.z, llama.h1.a       the same for a whole layer, separated by commas
    llama.cat.p, llama.class     a probability in percent, and the class with the largest one
    llama.cat.exp, .loss         e to the power of a logit; minus the logarithm of a probability
    llama.h1.on, llama.carriers  how many neurons of a layer pass something on; weights that carry the answer

"zeros" is the input of zeros only. Values can be joined by sums and functions, tanh(llama.h1.1.z) + 1: see
course.arithmetic. A format may follow: "| 3" for exactly three decimals, "| +" to write the sign of positive
numbers too, "| %" for a share in percent.
"""

import math
from dataclasses import dataclass

from course.arithmetic import calculate, is_calculation
from course.figures.document import NetworkDocument
from course.figures.forward import Column, Pass, carriers, run
from course.figures.numbers import MINUS, NIL, fixed, percent, short
from course.figures.reading import read_state
from course.figures.state import FigureState, Focus, find_unit
from course.figures.steps import stops
from course.markdown.expressions import FactError

COUNTS = ("units", "weights", "biases", "parameters", "inputs")
PLACES = 6  # decimals at most where the author asks for none; the engine's values are exact to far more


@dataclass(frozen=True)
class _Inputs:
    """Typed inputs, asked for as a figure asks an address for them."""

    x: str

    def getlist(self, key: str, /) -> list[str]:
        return [self.x] if key == "x" else []


class Facts:
    """Answers expressions about one network; every number comes from the engine's forward pass."""

    def __init__(self, document: NetworkDocument) -> None:
        self.document = document

    def text(self, expression: str, *, is_prose: bool) -> str:
        """The value as text. Raises FactError, saying what the network has instead."""
        name, _, style = (part.strip() for part in expression.partition("|"))
        value = calculate(name, self._number) if is_calculation(name) else self._value(name)
        written = value if isinstance(value, str) else _write(value, style)
        return written if is_prose else written.replace(MINUS, "-")

    def check_cue(self, settings: dict[str, str]) -> None:
        """FactError when a figure cue names an input, a neuron or a step that is not there."""
        seen = self._run(settings["preset"]) if "preset" in settings else self._first()
        if "focus" in settings and settings["focus"] != "none":
            self._unit(settings["focus"])
        if "x" in settings:
            self._check_inputs(settings["x"])
        last = len(stops(seen))
        step = settings.get("t", "1")
        if not (step.isascii() and step.isdigit() and 1 <= int(step) <= last):
            raise FactError(f"The figure has the steps 1 to {last}; the cue asks for {step!r}.")

    def _check_inputs(self, x: str) -> None:
        start = FigureState(self.document.first_x, None, 1)
        _, notices = read_state(self.document, _Inputs(x), start, stops(self._first()))
        if notices:
            raise FactError(notices[0])

    def _number(self, name: str) -> float:
        value = self._value(name)
        if isinstance(value, str):
            raise FactError(f"{name!r} is words, and a sum needs numbers.")
        return value

    def _value(self, name: str) -> float | str:
        if name == "source":
            return self.document.source.rstrip("\n")
        first, _, rest = name.partition(".")
        if rest and (first == "zeros" or first in dict(self.document.presets)):
            return self._of_pass(self._run(first), rest)
        return self._of_network(name)

    def _of_network(self, name: str) -> float:
        layers, what = list(range(1, len(self.document.sizes))), name
        if name.count(".") == 1 and name.split(".")[1] in COUNTS:
            where, what = name.split(".")
            layers = [self._layer(where)]
        if what in COUNTS:
            return float(sum(self._count(layer, what) for layer in layers) + self._inputs(name))
        unit_name, _, source = name.partition(".weight.")
        if source:
            unit = self._unit(unit_name)
            return self.document.kernels[unit.layer - 1][self._unit(source).unit][unit.unit]
        if name.endswith(".bias"):
            unit = self._unit(name.removesuffix(".bias"))
            return self.document.biases[unit.layer - 1][unit.unit]
        raise FactError(f"There is nothing called {name!r} here. {self._known()}")

    def _of_pass(self, seen: Pass, rest: str) -> float | str:
        if rest == "class":
            return self.document.classes[seen.answer]
        if rest == "carriers":
            return float(sum(map(sum, (row for layer in carriers(seen, len(seen.sizes)) for row in layer))))
        if rest.endswith(".on"):
            return float(sum(abs(value) > NIL for value in self._column(seen, rest.removesuffix(".on")).a))
        if rest.count(".") == 1 and rest.endswith((".z", ".a")) and not find_unit(self.document, rest[:-2]):
            column = self._column(seen, rest[:-2])
            return ", ".join(short(value, PLACES) for value in (column.z if rest[-1] == "z" else column.a))
        unit_name, _, source = rest.partition(".from.")
        if source:
            return self._product(seen, unit_name, source)
        unit_name, _, what = rest.rpartition(".")
        return self._of_unit(seen, self._unit(unit_name), what)

    def _of_unit(self, seen: Pass, unit: Focus, what: str) -> float | str:
        if unit.layer == 0:
            return seen.x[unit.unit]
        column = seen.columns[unit.layer - 1]
        z, a = column.z[unit.unit], column.a[unit.unit]
        match what:
            case "z":
                return z
            case "a":
                return a
            case "p":
                return percent(a)
            case "exp":
                return math.exp(z)
            case "loss":
                return -math.log(a)
        raise FactError(f"A neuron has z, a, p, exp and loss; the text asks for {what!r}.")

    def _product(self, seen: Pass, unit_name: str, source: str) -> float:
        unit, arriving = self._unit(unit_name), self._unit(source)
        if unit.layer != arriving.layer + 1:
            raise FactError(f"{source!r} does not feed {unit_name!r}: it is not in the layer before.")
        weight = self.document.kernels[unit.layer - 1][arriving.unit][unit.unit]
        return seen.source(unit.layer)[arriving.unit] * weight

    def _count(self, layer: int, what: str) -> int:
        inputs, units = self.document.sizes[layer - 1 : layer + 1]
        counts = {"units": units, "weights": inputs * units, "biases": units, "inputs": inputs}
        return counts[what] if what in counts else inputs * units + units

    def _inputs(self, name: str) -> int:
        """The input's units count among the network's units."""
        return self.document.sizes[0] if name == "units" else 0

    def _column(self, seen: Pass, name: str) -> Column:
        return seen.columns[self._layer(name) - 1]

    def _layer(self, name: str) -> int:
        last = len(self.document.sizes) - 1
        layers = {"out": last} | {f"h{n}": n for n in range(1, last)}
        if name not in layers:
            raise FactError(f"There is no layer {name!r}. Layers: {', '.join(layers)}.")
        return layers[name]

    def _unit(self, name: str) -> Focus:
        unit = find_unit(self.document, name)
        if unit is None:
            raise FactError(f"There is no neuron {name!r} in the network; they are named like h1.3 or out.2.")
        return unit

    def _run(self, preset: str) -> Pass:
        x = self.document.preset(preset) or ((0.0,) * self.document.sizes[0] if preset == "zeros" else None)
        if x is None:
            names = ", ".join(name for name, _ in self.document.presets)
            raise FactError(f"There is no {self.document.subject} {preset!r}. There are {names}.")
        return run(self.document, x)

    def _first(self) -> Pass:
        return run(self.document, self.document.first_x)

    def _known(self) -> str:
        names = ", ".join(name for name, _ in self.document.presets)
        return f"Begin with {names}, a neuron such as h1.3, or {', '.join(COUNTS)}."


def _write(value: float, style: str) -> str:
    if style == "":
        return short(value, PLACES)
    if style == "%":
        return percent(value)
    if style == "+":
        text = short(value, PLACES)
        return text if value <= 0 else f"+{text}"
    if style.isascii() and style.isdigit() and int(style) <= PLACES:
        return fixed(value, int(style))
    raise FactError(f"The format {style!r} is not known. Write a number of decimals, + or %.")
