"""Every key worked out again from what the learner reads, in plain Python: no NumPy, no engine, no project
code.

A function per kind takes the variant's shown part and returns the key; options and sets by their texts.
"""

import re
from collections.abc import Callable
from math import exp, log, tanh
from typing import Any

Shown = dict[str, Any]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def facts(shown: Shown) -> dict[str, str]:
    return {
        name: value for block in shown["given"] if block["type"] == "facts" for name, value in block["rows"]
    }


def tables(shown: Shown) -> list[Shown]:
    return [block for block in shown["given"] if block["type"] == "table"]


def code(shown: Shown) -> str:
    return next(block["text"] for block in shown["given"] if block["type"] == "code")


def sizes(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"(?:shape=|Dense)\((\d+)", text.replace("shape=((", "shape=("))]


def layer(shown: Shown) -> tuple[list[float], list[list[float]], list[float]]:
    """x, kernel (a row per input) and bias of the first table."""
    *rows, last = tables(shown)[0]["rows"]
    x = [number(row[1]) for row in rows]
    return x, [[number(w) for w in row[2:]] for row in rows], [number(b) for b in last[2:]]


def sums(x: list[float], kernel: list[list[float]], bias: list[float]) -> list[float]:
    found = []
    for unit, start in enumerate(bias):
        z = start
        for value, row in zip(x, kernel, strict=True):
            z += value * row[unit]
        found.append(z)
    return found


def softmax(logits: list[float]) -> list[float]:
    powers = [exp(z) for z in logits]
    return [power / sum(powers) for power in powers]


def relu(z: float) -> float:
    return max(0.0, z)


def step(z: float) -> float:
    return 1.0 if z > 0 else 0.0


ACTIVATIONS: dict[str, Callable[[float], float]] = {
    "relu": relu,
    "leaky_relu": lambda z: z if z >= 0 else 0.2 * z,
    "sigmoid": lambda z: 1 / (1 + exp(-z)),
    "tanh": tanh,
    "step": step,
}


def open_rows(shown: Shown) -> list[str]:
    """The heads of the rows that are asked for."""
    return [row["head"] for row in shown["cells"]["rows"] if "reads" in row["cells"][0]]


def parameter_count(shown: Shown) -> Any:
    total = 0
    lines = [line.strip() for line in shown["source"].splitlines()]
    arriving = int(lines[1].partition("(")[2].strip("shape=(),"))
    for line in lines[2:-1]:
        units = int(line.removeprefix("Dense(").partition(",")[0])
        total += arriving * units + (0 if "use_bias=False" in line else units)
        arriving = units
    return total


def weighted_sum(shown: Shown) -> Any:
    return sums(shown["x"], shown["kernel"], shown["bias"])[shown["asked"]]


def weight_shape(shown: Shown) -> Any:
    place = int(shown["ask"].split("Dense layer ")[1].split(",")[0])
    shape = sizes(code(shown))[place - 1 : place + 1]
    return [shape if "row" in facts(shown)["Convention"] else shape[::-1]]


def activation_value(shown: Shown) -> Any:
    given = facts(shown)
    return ACTIVATIONS[given["Activation"].split(":")[0]](number(given["Weighted sum z"]))


def layer_vector(shown: Shown) -> Any:
    names = tables(shown)[0]["columns"][2:]
    a = [relu(z) for z in sums(*layer(shown))]
    return [a[names.index(name)] for name in open_rows(shown)]


def softmax_values(shown: Shown) -> Any:
    return softmax([number(z) for z in facts(shown).values()])


def dead_units(shown: Shown) -> Any:
    names = tables(shown)[0]["columns"][2:]
    return {name for name, z in zip(names, sums(*layer(shown)), strict=True) if z <= 0}


def cross_entropy(shown: Shown) -> Any:
    given = facts(shown)
    return -log(number(given[f"Share of {given['True class']}"]))


def missing_weight(shown: Shown) -> Any:
    given = facts(shown)
    rest = number(given["z, before relu"]) - number(given["Bias"])
    share = 0.0
    for _, x, w in tables(shown)[0]["rows"]:
        if w == "?":
            share = number(x)
        else:
            rest -= number(x) * number(w)
    return rest / share


def output_gradient(shown: Shown) -> Any:
    given = facts(shown)
    asked = shown["ask"].rsplit(" ", 1)[1].rstrip("?")
    p = number(given[f"Share of {asked}"])
    return number(given["Output a of the hidden neuron"]) * (p - (asked == given["True class"]))


def sgd_step(shown: Shown) -> Any:
    weight, gradient, rate = map(number, facts(shown).values())
    return weight - rate * gradient


def shape_trace(shown: Shown) -> Any:
    x, first, second = (value.split(" and ")[0].strip("()").split(", ") for value in facts(shown).values())
    batch, hidden, classes = int(x[0]), int(first[1]), int(second[1])
    return [[batch, hidden], [batch, hidden], [batch, classes], [batch, classes], [batch]]


def linear_collapse(shown: Shown) -> Any:
    one, two = ([[number(w) for w in row[1:]] for row in block["rows"]] for block in tables(shown))
    b1, b2 = ([number(n) for n in text.strip("()").split(", ")] for text in facts(shown).values())
    kernel = [sums(row, two, [0.0, 0.0]) for row in one]
    return [*kernel[0], *kernel[1], *sums(b1, two, b2)]


def decision_line(shown: Shown) -> Any:
    w1, w2, b = map(number, facts(shown).values())
    slope, intercept = -w1 / w2, -b / w2
    z = w1 * 7 + w2 * (slope * 7 + intercept + 1) + b
    return [slope, intercept, "above the line" if z > 0 else "below the line"]


def largest_contribution(shown: Shown) -> Any:
    rows = tables(shown)[0]["rows"]
    return max(rows, key=lambda row: abs(number(row[1]) * number(row[2])))[0]


def truth_rows(shown: Shown) -> list[tuple[list[float], bool]]:
    return [([number(x) for x in row[1:-1]], row[-1] == "1") for row in tables(shown)[0]["rows"]]


def gate(shown: Shown) -> Any:
    rows = truth_rows(shown)

    def is_solved(key: list[Any]) -> bool:
        if key[0] != "yes":  # no line on a fine grid parts these rows
            grid = [n / 4 for n in range(-12, 13)]
            return not any(parts(rows, [a, b], c) for a in grid for b in grid for c in grid)
        return parts(rows, key[1:-1], key[-1])

    return is_solved


def parts(rows: list[tuple[list[float], bool]], weights: list[float], bias: float) -> bool:
    """Whether a neuron gives the truth table, no sum closer to 0 than 0.1."""
    for x, fires in rows:
        z = bias + sum(w * v for w, v in zip(weights, x, strict=True))
        if (z > 0) != fires or abs(z) < 0.1:
            return False
    return True


def xor_network(shown: Shown) -> Any:
    def is_solved(key: list[float]) -> bool:
        a, b, c, d, e, f, g, h, i = key
        hidden = [
            ([relu(a * x + b * y + c), relu(d * x + e * y + f)], fires) for (x, y), fires in truth_rows(shown)
        ]
        return parts(hidden, [g, h], i)

    return is_solved


ORACLES: dict[str, Callable[[Shown], Any]] = {
    "parameter_count": parameter_count,
    "weighted_sum": weighted_sum,
    "weight_shape": weight_shape,
    "activation_value": activation_value,
    "layer_vector": layer_vector,
    "softmax": softmax_values,
    "dead_units": dead_units,
    "cross_entropy": cross_entropy,
    "missing_weight": missing_weight,
    "output_gradient": output_gradient,
    "sgd_step": sgd_step,
    "shape_trace": shape_trace,
    "linear_collapse": linear_collapse,
    "decision_line": decision_line,
    "largest_contribution": largest_contribution,
    "gate": gate,
    "xor_network": xor_network,
}
