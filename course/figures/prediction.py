"""Predict, then reveal: a class and how sure the reader is; afterwards one line, naming the largest reason.

The reason follows the answer back: the unit of the last hidden layer that puts the answer ahead the most,
and the input that does the most for that unit. Each activation counts as its output divided by its sum, which
for relu and linear layers is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from course.figures import words
from course.figures.forward import Column, Pass
from course.figures.numbers import NIL, fixed, percent
from course.figures.scene import View
from course.figures.state import Focus, Guess
from course.figures.steps import Stop

SURE = {"guess": "a guess", "fairly": "fairly sure", "certain": "certain"}


@dataclass(frozen=True)
class Prediction:
    """What the form and the line after it show. `reckoning` is empty until the answer is on the page."""

    is_open: bool
    reckoning: str
    is_right: bool


def can_predict(stops: Sequence[Stop]) -> bool:
    """Whether the network answers with one of several classes."""
    return stops[-1].kind == "class"


def tells_from(stops: Sequence[Stop]) -> int:
    """The first step that tells something of the answer: the output layer's sums."""
    last = stops[-1].layer
    return next(step for step, stop in enumerate(stops, start=1) if stop.layer == last)


def prediction(view: View, guess: Guess | None) -> Prediction | None:
    """How a prediction stands in this state; None where the network has no classes to choose from."""
    if not can_predict(view.known.stops):
        return None
    if guess is None or guess.choice is None:
        return Prediction(guess is not None, "", is_right=False)
    is_right = guess.choice == view.seen.answer
    if not view.known.answer():
        return Prediction(False, "", is_right=False)
    return Prediction(False, _reckoning(view, guess, guess.choice), is_right)


def _reckoning(view: View, guess: Guess, choice: int) -> str:
    classes, answer = view.document.classes, view.seen.answer
    share = percent(view.seen.columns[-1].a[answer])
    said = f"You expected {classes[choice]}, {SURE[guess.sure]}"
    if choice == answer:
        return f"{said}, and so the network answers, with {share}. {_reason(view, None)}"
    return f"{said}; the network answers {classes[answer]}, with {share}. {_reason(view, choice)}"


def _reason(view: View, rival: int | None) -> str:
    classes, last = view.document.classes, len(view.seen.columns)
    unit, amount = _strongest(_lead(view.seen, rival), view.seen.source(last))
    if amount < NIL:
        return "Largest reason: the biases; no input speaks for it."
    name = words.unit_name(view, Focus(last - 1, unit))
    if last > 1:
        feature, support = _strongest(_back(view.seen.columns[:-1], unit), view.seen.x)
        bias = "the bias" if support < NIL else view.document.features[feature]
        name = f"{bias}, through {name}"
    answer = classes[view.seen.answer]
    if rival is None:
        return f"Largest reason: {name}; it adds {fixed(amount, 2)} to the sum of {answer}."
    return f"Largest reason: {name}; it puts {answer} {fixed(amount, 2)} ahead of {classes[rival]}."


def _lead(seen: Pass, rival: int | None) -> list[float]:
    """For each unit before the output, what one of it does for the answer (against the rival)."""
    return [row[seen.answer] - (0.0 if rival is None else row[rival]) for row in seen.columns[-1].kernel]


def _back(columns: Sequence[Column], unit: int) -> list[float]:
    """For each input, what one of it does for a unit of the last of these columns."""
    pull = [1.0 if place == unit else 0.0 for place in range(len(columns[-1].bias))]
    for column in reversed(columns):
        slopes = [a / z if abs(z) > NIL else 0.0 for z, a in zip(column.z, column.a, strict=True)]
        passed = [part * slope for part, slope in zip(pull, slopes, strict=True)]
        pull = [sum(weight * part for weight, part in zip(row, passed, strict=True)) for row in column.kernel]
    return pull


def _strongest(pull: Sequence[float], values: Sequence[float]) -> tuple[int, float]:
    """The place with the largest product, and that product."""
    products = [part * value for part, value in zip(pull, values, strict=True)]
    place = max(range(len(products)), key=products.__getitem__)
    return place, products[place]
