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
}
