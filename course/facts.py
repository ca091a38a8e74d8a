"""Numbers that a lesson's text may ask of its network: expressions such as {{ llama.h1.3.z }}.

    source                       the Keras text            units, weights, biases, parameters   counts
    summary                      what model.summary() prints
    h1.units, h1.weights, ...    counts of one layer       h1.3.bias, h1.3.weight.neck          single weights
    llama.h1.3.z, llama.h1.3.a   before and after the activation of one neuron
    llama.h1.3.from.neck         one product: input times weight
    llama.h1.z, llama.h1.a       the same for a whole layer, separated by commas
    llama.cat.p, llama.class     a probability in percent, and the class with the largest one
    llama.cat.exp, .loss         e to the power of a logit; minus the logarithm of a probability
    llama.h1.on, llama.carriers  how many neurons of a layer pass something on; weights that carry the answer
    llama.loss, llama.moved      the loss of a sample whose class is its name; how many parameters it moves
    llama.h2.3.delta             how fast that loss grows with a neuron's z
    llama.h2.3.gradient.h1.3     how fast it grows with a weight, or with the bias: gradient.bias
    loss, right                  over all inputs that are named like classes: mean loss, how many are right

"zeros" is the input of zeros only. cat:neck=2:hooves=2 is an input with other values, as in cat:neck=2.class.
step:on=llama:rate=0.1 is the network after one step on the llama, trained:epochs=50:rate=0.1 one that was
trained from random weights (seed=0); both are asked like the network itself: step:on=llama:rate=0.1.loss.

Values can be joined by sums and functions, tanh(llama.h1.1.z) + 1: see
course.arithmetic. A format may follow: "| 3" for exactly three decimals, "| +" to write the sign of positive
numbers too, "| %" for a share in percent, "| ," for commas between thousands.
"""

import math
import re
from dataclasses import dataclass

from course.arithmetic import calculate, is_calculation
from course.figures import learning
from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.forward import Column, Pass, carriers, model_of, run
from course.figures.numbers import MINUS, NIL, fixed, percent, short
from course.figures.reading import read_state
from course.figures.state import FigureState, Focus, find_unit
from course.figures.steps import stops
from course.markdown.expressions import FactError

COUNTS = ("units", "weights", "biases", "parameters", "inputs")
SET = re.compile(r"([\w-]+)((?::[\w-]+=[\w-]+(?:\.\d+)?)+)\.(.+)")
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
        if name == "summary":
            return str(model_of(self.document).summary()).rstrip("\n")
        if match := SET.fullmatch(name):
            settings = dict(pair.split("=", 1) for pair in match[2][1:].split(":"))
            return self._of_changed(match[1], settings, match[3])
        first, _, rest = name.partition(".")
        if rest and (first == "zeros" or first in dict(self.document.presets)):
            value = self._of_lesson(first, rest)
            return self._of_pass(self._run(first), rest) if value is None else value
        return self._of_network(name)

    def _of_changed(self, first: str, settings: dict[str, str], rest: str) -> float | str:
        """The same question to a changed input, or to a network that has learned."""
        if first not in ("step", "trained"):
            return self._of_pass(run(self.document, self._edited(first, settings)), rest)
        try:
            rate = float(settings.get("rate", "0.1"))
            if first == "step":
                changed = learning.stepped(self.document, settings.get("on", ""), rate)
            else:
                epochs, seed = int(settings.get("epochs", "0")), int(settings.get("seed", "0"))
                changed = learning.trained(self.document, epochs, rate, seed)
        except FigureError as error:
            raise FactError(str(error)) from error
        except ValueError:
            raise FactError(f"Rate, epochs and seed of {first!r} are numbers.") from None
        return Facts(changed)._value(rest)

    def _edited(self, first: str, settings: dict[str, str]) -> tuple[float, ...]:
        """A preset with some of its values changed."""
        x = list(self._run(first).x)
        for feature, value in settings.items():
            if feature not in self.document.features:
                raise FactError(f"There is no {feature!r}. There are {', '.join(self.document.features)}.")
            try:
                x[self.document.features.index(feature)] = float(value)
            except ValueError:
                raise FactError(f"{feature}={value!r} should be a number.") from None
        return tuple(x)

    def _of_lesson(self, sample: str, rest: str) -> float | None:
        """What a sample teaches: its loss, and how the loss changes with a sum, a weight, a bias."""
        unit_name, _, source = rest.partition(".gradient.")
        if rest not in ("loss", "moved") and not rest.endswith(".delta") and not source:
            return None
        try:
            found = learning.gradients(self.document, sample)
        except FigureError as error:
            raise FactError(str(error)) from error
        if not source and not rest.endswith(".delta"):
            return found.loss if rest == "loss" else float(found.moved)
        unit = self._unit(unit_name.removesuffix(".delta"))
        if unit.layer == 0:
            raise FactError(f"{unit_name.removesuffix('.delta')!r} is an input, and inputs do not learn.")
        if not source:
            return found.deltas[unit.layer - 1][unit.unit]
        if source == "bias":
            return found.biases[unit.layer - 1][unit.unit]
        return found.kernels[unit.layer - 1][self._arriving(unit, unit_name, source).unit][unit.unit]

    def _of_network(self, name: str) -> float:
        layers, what = list(range(1, len(self.document.sizes))), name
        if name.count(".") == 1 and name.split(".")[1] in COUNTS:
            where, what = name.split(".")
            layers = [self._layer(where)]
        if what in ("loss", "right") and learning.samples(self.document):
            ask = learning.mean_loss if what == "loss" else learning.right
            return float(ask(self.document))
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
        unit = self._unit(unit_name)
        arriving = self._arriving(unit, unit_name, source)
        weight = self.document.kernels[unit.layer - 1][arriving.unit][unit.unit]
        return seen.source(unit.layer)[arriving.unit] * weight

    def _arriving(self, unit: Focus, unit_name: str, source: str) -> Focus:
        arriving = self._unit(source)
        if unit.layer != arriving.layer + 1:
            raise FactError(f"{source!r} does not feed {unit_name!r}: it is not in the layer before.")
        return arriving

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
    if style == ",":
        whole, dot, decimals = short(value, PLACES).partition(".")
        return f"{_grouped(whole)}{dot}{decimals}"
    if style == "+":
        text = short(value, PLACES)
        return text if value <= 0 else f"+{text}"
    if style.isascii() and style.isdigit() and int(style) <= PLACES:
        return fixed(value, int(style))
    raise FactError(f"The format {style!r} is not known. Write a number of decimals, a comma, + or %.")


def _grouped(whole: str) -> str:
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
