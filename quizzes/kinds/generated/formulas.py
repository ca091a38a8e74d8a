"""Questions with one number and one formula each: a row of the table below, and one drawing function.

None of them needs data from its author. The engine lists the mistakes of a loss, a gradient and a step.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log

from engine.explain import Mistake, gradient_mistakes, loss_mistakes, step_mistakes
from quizzes.kinds.contract import JsonObject, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import HALVES, made, showing, slip
from quizzes.kinds.forms import NumberForm
from quizzes.kinds.given import facts, table
from quizzes.kinds.ladder import default_tolerance
from quizzes.kinds.networks import dense, forward
from quizzes.kinds.numbers import exact, shown, signed
from quizzes.kinds.parameters import Declared
from quizzes.kinds.random import Pcg32

CLASSES = ("cat", "dog", "llama", "lizard")
RATES = (0.1, 0.01, 0.5)
SCALES = (
    ("height", "cm", "m", 100),
    ("mass", "g", "kg", 1000),
    ("age", "months", "years", 12),
    ("sleep", "minutes", "hours", 60),
)


@dataclass
class Formula(Declared, NumberForm):
    """A kind of one number, whose numbers `draw` chooses until a slip out of `codes` shows."""

    name: str
    label: str
    codes: tuple[str, ...]
    draw: Callable[[Pcg32], Variant]
    generic: str
    is_generated: bool = True

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, self.codes, self.draw)


def _cross_entropy(rng: Pcg32) -> Variant:
    classes = CLASSES[: rng.between(3, 4)]
    p = _shares(rng, len(classes))
    true = rng.below(len(classes))
    own = p[true]
    if not 0.02 <= own <= 0.9:
        raise RejectedError
    key = -log(own)
    return made(
        {
            "given": [facts(*((f"Share of {name}", shown(q)) for name, q in zip(classes, p, strict=True)),
                            ("True class", classes[true]))],
            "ask": "What is the cross-entropy of this sample, with the natural logarithm?",
        },
        key,
        _named(loss_mistakes(p, true)),
        tolerance=0.02,
        hints=("Only one of the shares counts: that of the class that is true.",
               f"The loss is −ln p, with p = {shown(own)}, the share of {classes[true]}.",
               f"ln {shown(own)} = {shown(log(own))}. One sign is left to do."),
        steps=[Step(f"Take the share of the true class, {classes[true]}: {shown(own)}.",
                    ("EC", "ES", "EO", "E1")),
               Step(f"Its natural logarithm is {shown(log(own))}.", ("EL", "EM")),
               Step(f"Turn the sign round: {shown(key)}.", ("EN",))],
    )  # fmt: skip


def _shares(rng: Pcg32, count: int) -> list[float]:
    """Probabilities of two decimals that add up to 1, all above 0."""
    cuts = sorted({rng.between(2, 98) for _ in range(count - 1)})
    edges = [0, *cuts, 100]
    shares = [(high - low) / 100 for low, high in pairwise(edges)]
    if len(shares) < count:
        raise RejectedError
    return shares


def _missing_weight(rng: Pcg32) -> Variant:
    names = ("legs", "fur", "neck", "size")[: rng.between(3, 4)]
    x = [float(rng.choice((-2, -1, 1, 2, 3))) for _ in names]
    weights, bias = [rng.choice(HALVES) for _ in names], rng.choice(HALVES)
    asked = rng.below(len(names))
    z, a = (float(found[0]) for found in forward([dense([[w] for w in weights], [bias], "relu")], x)[0])
    key, share = weights[asked], x[asked]
    others = z - bias - share * key
    rest = z - bias - others
    rows = [
        [name, shown(v), "?" if n == asked else signed(w)]
        for n, (name, v, w) in enumerate(zip(names, x, weights, strict=True))
    ]
    slips = [
        _led((z - others) / share, "B0", "Bias forgotten", "when the bias is left out",
             "z holds the bias as well: take it away before you divide."),
        _led((z + bias - others) / share, "B-", "Bias added", "when the bias is added instead of taken away",
             "z = products + bias; solved for the products, the bias changes its sign."),
        _led(rest * share, "MM", "Multiplied for divided",
             f"when {shown(rest)} is multiplied by {shown(share)}",
             "The product weight × input is known; divide it by the input."),
        _led((a - bias - others) / share, "RA", "Output taken for z",
             "when you start from the output after relu",
             "Weighted sums are about z, the value before the activation."),
        _led(rest, "MD", "Not divided", f"before you divide by the input {shown(share)}",
             "That is the product; one step is left to the weight."),
    ]  # fmt: skip
    return made(
        {
            "given": [table("One neuron, one weight unknown", ("Input", "x", "weight"), rows),
                      facts(("Bias", shown(bias)), ("z, before relu", shown(z)),
                            ("Output, after relu", shown(a)))],
            "ask": f"Which weight has {names[asked]}?",
        },
        key,
        slips,
        tolerance=default_tolerance(exact(key)),
        hints=("Everything in the sum is known but one product.",
               f"{shown(z)} = the known products + {shown(share)} × w + the bias {shown(bias)}. Solve for w.",
               f"The known products add up to {shown(others)}, so {shown(share)} × w = {shown(rest)}."),
        steps=[Step(f"Known products: {shown(others)} together."),
               Step(f"Take them and the bias away from z: {shown(z)} − ({shown(others)}) − ({shown(bias)}) = "
                    f"{shown(rest)}.", ("B0", "B-", "RA")),
               Step(f"Divide by the input: {shown(rest)} / {shown(share)} = {shown(key)}.", ("MM", "MD"))],
    )  # fmt: skip


def _output_gradient(rng: Pcg32) -> Variant:
    classes = CLASSES[: rng.between(3, 4)]
    p = _shares(rng, len(classes))
    a = rng.choice((0.5, 1.5, 2.0, 2.5, 3.0))
    asked, true = rng.below(len(classes)), rng.below(len(classes))
    if rng.below(2):
        true = asked  # otherwise the target is 0 and can be forgotten without harm
    y = float(asked == true)
    key = a * (p[asked] - y)
    other = (asked + 1) % len(classes)
    slips = [
        *_named(gradient_mistakes(a, p[asked], asked == true)),
        _led(a * (p[other] - float(other == true)), "N1", "Neighboring class", f"for {classes[other]}",
             f"The weight leads to {classes[asked]}: its share and its target count."),
    ]  # fmt: skip
    off = f"{shown(p[asked])} − {shown(y)} = {shown(p[asked] - y)}"
    return made(
        {
            "given": [facts(("Output a of the hidden neuron", shown(a)),
                            *((f"Share of {name}", shown(q)) for name, q in zip(classes, p, strict=True)),
                            ("True class", classes[true]))],
            "ask": "With softmax and cross-entropy, what is the gradient of the weight from this neuron to "
            f"{classes[asked]}?",
        },
        key,
        slips,
        tolerance=0.005,
        hints=("Two things make it: what comes in along the weight, and how far its output is off.",
               f"The gradient is a · (p − y), with a = {shown(a)}, p = {shown(p[asked])} and y = {shown(y)}.",
               f"p − y is {off}. Multiply it by a."),
        steps=[Step(f"{classes[asked]} is {'' if y else 'not '}the true class: y = {shown(y)}.",
                    ("GP", "N1")),
               Step(f"How far the output is off: {off}.", ("G-", "GY")),
               Step(f"Times what comes in: {shown(a)} × {shown(p[asked] - y)} = {shown(key)}.", ("GA",))],
    )  # fmt: skip


def _sgd_step(rng: Pcg32) -> Variant:
    weight = rng.choice(HALVES)
    gradient, rate = rng.between(-40, 40) / 10, rng.choice(RATES)
    if abs(gradient) < 0.5:
        raise RejectedError
    key = weight - rate * gradient
    slips = [
        *_named(step_mistakes(weight, gradient, rate)),
        _led(weight * (1 - rate), "GO", "Gradient left out", "when the weight itself is scaled down",
             "The gradient says where to go; the learning rate only how far."),
    ]  # fmt: skip
    change = shown(rate * gradient)
    return made(
        {
            "given": [facts(("Weight", shown(weight)), ("Gradient of the loss", shown(gradient)),
                            ("Learning rate", shown(rate)))],
            "ask": "What is the weight after one step of gradient descent? Keep three decimals.",
        },
        key,
        slips,
        tolerance=min(0.01, abs(rate * gradient) / 8),
        hints=("The gradient points uphill, and the loss should go down.",
               f"w − learning rate × gradient: {shown(weight)} − {shown(rate)} × {shown(gradient)}.",
               f"The change is {shown(rate)} × {shown(gradient)} = {change}. Take it away from w."),
        steps=[Step(f"Learning rate times gradient: {shown(rate)} × {shown(gradient)} = {change}.",
                    ("GL", "GO", "GS")),
               Step(f"Take it away from the weight: {shown(weight)} − ({change}) = {shown(key)}.",
                    ("G-", "GW"))],
    )  # fmt: skip


def _feature_rescale(rng: Pcg32) -> Variant:
    feature, small, large, factor = rng.choice(SCALES)
    is_finer = rng.below(2) == 0  # the numbers of the feature grow
    weight = rng.choice((*HALVES, -2.5, 2.5, 4.0, -4.0))
    old, new = (large, small) if is_finer else (small, large)
    key = weight / factor if is_finer else weight * factor
    turned = weight * factor if is_finer else weight / factor
    value = rng.between(2, 9) * (1 if is_finer else factor)
    scaled = value * factor if is_finer else value / factor
    unit = f"h1.{rng.between(1, 6)}"
    slips = [
        _led(turned, "RU", "Scaled the same way", "when the weight is scaled like the input",
             "The product weight × input must stay: where one grows, the other shrinks."),
        _led(weight, "RN", "Weight kept", "when the weight stays as it is",
             "The input arrives with other numbers; the same weight would make another product."),
        _led(weight - factor, "RT", "Factor taken away", "when the factor is subtracted",
             "Units are changed by multiplying and dividing."),
    ]  # fmt: skip
    return made(
        {
            "given": [facts(("Feature", f"{feature}, until now in {old}"), ("Its new unit", new),
                            ("How they compare", f"1 {large} is {factor} {small}"),
                            (f"Weight from {feature} to {unit}", shown(weight)))],
            "ask": f"The network should give the same outputs as before. Which weight leads from {feature} "
                   f"to {unit} now? Keep four decimals.",
        },
        key,
        slips,
        tolerance=min(0.01, abs(key) / 100),
        hints=("What the neuron adds up is weight × input. That product must not change.",
               f"{shown(value)} {old} are {shown(scaled)} {new}; the product before was {shown(weight)} × "
               f"{shown(value)}.",
               f"So {shown(weight * value)} = new weight × {shown(scaled)}."),
        steps=[Step(f"{shown(value)} {old} become {shown(scaled)} {new}: the input is "
                    f"{'multiplied' if is_finer else 'divided'} by {factor}.", ("RN", "RT")),
               Step(f"The weight goes the other way: {shown(weight)} {'/' if is_finer else '×'} {factor} = "
                    f"{shown(key, 6)}. Biases and other weights stay.", ("RU",))],
    )  # fmt: skip


def _named(found: Iterable[Mistake]) -> list[Known]:
    """The engine's mistakes as slips."""
    return [_led(one.value, one.code, one.title, one.told, one.advice) for one in found]


def _led(value: float, code: str, title: str, told: str, advice: str) -> Known:
    return slip(value, code, title, f"{shown(value)} is what comes out {told}.", advice)


FORMULAS = (
    Formula(
        "cross_entropy", "Cross-entropy of one sample (new numbers each time)",
        ("E1", "EL", "EO", "EC", "EM", "ES"), _cross_entropy,
        "Find the share of the true class; the loss is its natural logarithm with the sign turned round.",
    ),
    Formula(
        "missing_weight", "Missing weight (new numbers each time)", ("B0", "B-", "MM", "RA", "MD"),
        _missing_weight, "Write the whole sum down with w for the unknown, and solve it for w.",
    ),
    Formula(
        "output_gradient", "Gradient at the output layer (new numbers each time)",
        ("G-", "GA", "GP", "GY", "N1"), _output_gradient,
        "It is a product of two: what comes in along the weight, and p − y of the class it leads to.",
    ),
    Formula(
        "sgd_step", "One step of gradient descent (new numbers each time)", ("G-", "GL", "GW", "GS", "GO"),
        _sgd_step, "Multiply the gradient by the learning rate, and take the product away from the weight.",
    ),
    Formula(
        "feature_rescale", "A feature in another unit (new numbers each time)", ("RU", "RN", "RT"),
        _feature_rescale, "Keep the product weight × input as it was.",
    ),
)  # fmt: skip
