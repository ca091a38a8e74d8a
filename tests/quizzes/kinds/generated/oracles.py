"""Every key worked out again from what the learner reads, in plain Python: no NumPy, no engine, no project
code.

A function per kind takes the variant's shown part and returns the key; options and sets by their texts.
"""

import re
from collections.abc import Callable
from itertools import pairwise
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
    return [int(n) for n in re.findall(r"(?:shape=|Dense)\((\d+)", text)]


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


def weights(block: Shown) -> list[list[float]]:
    return [[number(w) for w in row[1:]] for row in block["rows"]]


def edge_effect(shown: Shown) -> Any:
    x, kernel, bias = layer(shown)
    second, second_bias = (
        weights(tables(shown)[1]),
        [number(b) for b in facts(shown)["Biases of the classes"].split(", ")],
    )
    found = re.search(r"weight from (\w+) to h1\.(\d) .* of (\w+)\?", shown["ask"])
    assert found
    source = [row[0] for row in tables(shown)[0]["rows"]].index(found[1])
    label = tables(shown)[1]["columns"].index(found[3]) - 1

    def share() -> float:
        return softmax(sums([relu(z) for z in sums(x, kernel, bias)], second, second_bias))[label]

    before = share()
    kernel[source][int(found[2]) - 1] += 0.5
    change = share() - before
    return "It stays the same." if abs(change) < 1e-12 else "It rises." if change > 0 else "It falls."


CURVES: dict[str, Callable[[float], float]] = ACTIVATIONS | {
    "elu": lambda z: z if z > 0 else exp(z) - 1,
    "softplus": lambda z: log(1 + exp(z)),
    "linear": lambda z: z,
    "hard_sigmoid": lambda z: min(1.0, max(0.0, z / 6 + 0.5)),
}


def identify_activation(shown: Shown) -> Any:
    rows = [(number(z), number(a)) for z, a in tables(shown)[0]["rows"]]
    names = [option["text"] for option in shown["options"]]
    (name,) = [name for name in names if all(abs(CURVES[name](z) - a) <= 0.0051 for z, a in rows)]
    return name


def numpy_expression(shown: Shown) -> Any:
    """The one option that multiplies X by W, in this order, and adds b to the rows."""
    good = {"`X @ W + b`", "`np.dot(X, W) + b`", "`b + X @ W`"}
    return (good & {option["text"] for option in shown["options"]}).pop()


def equivalent_networks(shown: Shown) -> Any:
    (*w1, b1), (*w2, b2), (*v1, c1), (*v2, c2) = map(weights, tables(shown))
    bend = relu if "have relu" in shown["ask"] else tanh
    grid = [-3.0, -1.5, -0.5, 0.0, 0.7, 2.0, 3.5]
    points = [[a, b] for a in grid for b in grid]
    same = all(
        abs(one - other) < 1e-9
        for x in points
        for one, other in zip(
            sums([bend(z) for z in sums(x, w1, b1)], w2, b2),
            sums([bend(z) for z in sums(x, v1, c1)], v2, c2),
            strict=True,
        )
    )
    is_moved = sorted(b1) == sorted(c1) and sorted(zip(*w1, strict=True)) == sorted(zip(*v1, strict=True))
    starts = (
        ("Yes: the hidden" if is_moved else "Yes: what goes")
        if same
        else ("No: the hidden" if is_moved else "No: the activation")
    )
    return next(option["text"] for option in shown["options"] if option["text"].startswith(starts))


def first_wrong_step(shown: Shown) -> Any:
    x, kernel, bias = layer(shown)
    *second, second_bias = weights(tables(shown)[1])
    told = [row[2] for row in tables(shown)[2]["rows"]]
    z1, h, z2, p = ([number(n) for n in text.strip("()").split(", ")] for text in told[:4])
    right = [sums(x, kernel, bias), [relu(z) for z in z1], sums(h, second, second_bias), softmax(z2)]
    for line, (want, have) in enumerate(zip(right, (z1, h, z2, p), strict=True), start=1):
        if any(abs(a - b) > 0.005 for a, b in zip(want, have, strict=True)):
            return f"Line {line}"
    return "Line 5"


def forward_pass(shown: Shown) -> Any:
    x, kernel, bias = layer(shown)
    *second, second_bias = weights(tables(shown)[1])
    z = sums(x, kernel, bias)
    a = [relu(n) for n in z]
    logits = sums(a, second, second_bias)
    p = softmax(logits)
    parts = [z, a, logits, p]
    rows = shown["cells"]["rows"]
    is_open = ["reads" in row["cells"][0] for row in rows[:4]]
    values = [n for part, asked in zip(parts, is_open, strict=True) if asked for n in part]
    return [*values, "cat" if p[0] > p[1] else "dog"]


def softmax_change(shown: Shown) -> Any:
    logits = [number(row[1]) for row in tables(shown)[0]["rows"]]
    said = shown["ask"].split(" What")[0]
    amount = number(found[0]) if (found := re.findall(r"\d+(?:\.\d+)?", said)) else 0.0
    if "alone" in said:
        return softmax([logits[0] + amount, *logits[1:]])
    if "added" in said:
        return softmax([z + amount for z in logits])
    return softmax([z * (amount if "multiplied" in said else -1) for z in logits])


def order_steps(shown: Shown) -> Any:
    order = ["Multiply x", " biases b1", "Apply ", "Multiply by", " biases b2", "Apply softmax", "Choose"]
    heads = [row["head"] for row in shown["cells"]["rows"]]
    places = {}
    for place, part in enumerate(order, start=1):
        (head,) = [one for one in heads if part in one and (part != "Apply " or "softmax" not in one)]
        places[head] = str(place)
    return [places.get(head, "not part of it") for head in heads]


def confusion_metric(shown: Shown) -> Any:
    names = [row[0] for row in tables(shown)[0]["rows"]]
    counts = [[int(n) for n in row[1:]] for row in tables(shown)[0]["rows"]]
    asked = shown["ask"].rsplit("the ", 1)[1].rstrip("?")
    if asked == "accuracy":
        return sum(counts[n][n] for n in range(3)) / sum(map(sum, counts))
    metric, _, name = asked.partition(" of ")
    place = names.index(name)
    looked_at = counts[place] if metric == "recall" else [row[place] for row in counts]
    return counts[place][place] / sum(looked_at)


def rounding_flips(shown: Shown) -> Any:
    before, after = ([number(n) for n in text.split(", ")] for text in facts(shown).values())
    assert after == [float(int(abs(n) + 0.5)) * (1 if n > 0 else -1) + 0.0 for n in before]
    flips = 0
    for _, a, b in tables(shown)[0]["rows"]:
        x, y = number(a), number(b)
        old, new = (w[0] * x + w[1] * y + w[2] for w in (before, after))
        flips += (old > 0) != (new > 0)
    return flips


def class_flip(shown: Shown) -> Any:
    x, kernel, bias = layer(shown)
    names = [row[0] for row in tables(shown)[0]["rows"]]

    def winner(values: list[float]) -> int:
        first, second = sums(values, kernel, bias)
        return (first > second) - (first < second)

    now = winner(x)
    flips: dict[float, list[list[Any]]] = {}
    for place, name in enumerate(names[:-1]):
        for value in range(4):
            if winner([*x[:place], float(value), *x[place + 1 :]]) == -now:
                flips.setdefault(abs(value - x[place]), []).append([name, float(value)])
    return lambda key: key in flips[min(flips)]


def repair_network(shown: Shown) -> Any:
    (*w1, b1), (*w2, b2) = map(weights, tables(shown)[:2])
    probes = [[number(n) for n in row[1:4]] for row in tables(shown)[2]["rows"]]

    def is_mended(key: list[Any]) -> bool:
        kernel, bias, second, second_bias = [row[:] for row in w1], b1[:], [row[:] for row in w2], b2[:]
        source, _, target = key[0].partition(" → ")
        if key[0] == "bias of y":
            second_bias[0] = key[1]
        elif not target:
            bias[int(key[0][-1]) - 1] = key[1]
        elif target == "y":
            second[int(source[-1]) - 1][0] = key[1]
        else:
            kernel[int(source[-1]) - 1][int(target[-1]) - 1] = key[1]
        outputs = [
            sums([relu(z) for z in sums([a, b], kernel, bias)], second, second_bias)[0] for a, b, _ in probes
        ]
        return all(abs(one - wanted) < 1e-6 for one, (_, _, wanted) in zip(outputs, probes, strict=True))

    return is_mended


def feature_rescale(shown: Shown) -> Any:
    old = facts(shown)["Feature"].rsplit(" in ", 1)[1]
    large, factor = re.findall(r"1 (\w+) is (\d+)", facts(shown)["How they compare"])[0]
    weight = number(list(facts(shown).values())[-1])
    return weight / int(factor) if old == large else weight * int(factor)


def build_to_spec(shown: Shown) -> Any:
    given = facts(shown)
    inputs, classes, most = (int(re.findall(r"\d+", given[name])[0]) for name in (
        "Numbers per sample", "Classes", "Parameters"))  # fmt: skip

    def is_met(key: Any) -> bool:
        found = sizes(key["example"])
        activations = re.findall(r'activation="(\w+)"', key["example"])
        wanted = given["Activation of the first two"]
        total = sum((a + 1) * b for a, b in pairwise(found))
        return (
            len(found) == 4
            and found[0] == inputs
            and found[-1] == classes
            and activations == [wanted, wanted, "softmax"]
            and total <= most
        )

    return is_met


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
    "edge_effect": edge_effect,
    "identify_activation": identify_activation,
    "numpy_expression": numpy_expression,
    "equivalent_networks": equivalent_networks,
    "first_wrong_step": first_wrong_step,
    "forward_pass": forward_pass,
    "softmax_change": softmax_change,
    "order_steps": order_steps,
    "confusion_metric": confusion_metric,
    "rounding_flips": rounding_flips,
    "class_flip": class_flip,
    "repair_network": repair_network,
    "feature_rescale": feature_rescale,
    "build_to_spec": build_to_spec,
}
