"""Sums in a text: the grammar, the engine's functions, and what is told of a sum that cannot be read."""

import json
import math
from pathlib import Path

import pytest

from course.arithmetic import calculate, is_calculation
from course.facts import Facts
from course.figures import NetworkDocument
from course.markdown.expressions import FactError

ANIMALS = Path(__file__).parents[2] / "content" / "neural-networks" / "networks" / "animals.json"
VALUES = {"a.h1.2": 4.0, "ear-length": -0.5, "x2": 3.0}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(NetworkDocument.load(json.loads(ANIMALS.read_text())))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 / 2 / 2", 2),
        ("5 - 2 - 1", 2),
        ("-3 + 1", -2),
        ("- (a.h1.2 - x2)", -1),
        ("ear-length * 2", -1),
        ("a.h1.2 - ear-length", 4.5),
        ("relu(-2) + relu(2)", 2),
        ("exp(0)", 1),
        ("ln(exp(2))", 2),
        ("tanh(0.5)", math.tanh(0.5)),
        ("sigmoid(-1)", 1 / (1 + math.e)),
        ("softmax(1, 0, 0)", math.e / (math.e + 2)),
        ("softmax(a.h1.2 - 4, 0)", 0.5),
        ("dense(8, 6, 6, 4)", 124),
        ("dense(784, 128, 10) - dense(784, 128)", 1290),
    ],
)
def test_values(text: str, value: float) -> None:
    assert is_calculation(text)
    assert calculate(text, VALUES.__getitem__) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("name", ["llama.h1.3.z", "h1.3.weight.ear-length", "source", "parameters"])
def test_a_name_is_no_sum(name: str) -> None:
    assert not is_calculation(name)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("1 +", "The sum '1 +' is not understood at its end."),
        ("(1", "The sum '(1' is not understood at its end."),
        ("1 ) 2", "The sum '1 ) 2' is not understood at ')'."),
        ("2 * * 3", "The sum '2 * * 3' is not understood at '*'."),
        ("1 / 0", "'1 / 0' divides by zero."),
        ("ln(0)", "ln takes a number above zero."),
        ("exp(700) * exp(700)", "'exp(700) * exp(700)' is not a finite number."),
        ("1 + $", "This sum cannot be read: '1 + $'. Use numbers, names, + - * / and parentheses."),
        ("dense(8)", "dense takes the number of inputs and the units of each layer: dense(8, 6, 4)."),
        ("dense(8, 0.5)", "dense takes the number of inputs and the units of each layer: dense(8, 6, 4)."),
        ("llama.llama.p + 1", "'llama.llama.p' is words, and a sum needs numbers."),
        (
            "cosh(1)",
            "There is no function 'cosh'. Functions: dense, elu, exp, linear, ln, relu, selu, sigmoid,"
            " softmax, softplus, softsign, tanh.",
        ),
    ],
)
def test_what_cannot_be_computed_is_told(facts: Facts, expression: str, message: str) -> None:
    with pytest.raises(FactError) as caught:
        facts.text(expression, is_prose=True)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("tanh(llama.h1.4.z) | 3", "−1.000"),
        ("sigmoid(llama.h1.1.z) | 3", "0.378"),
        ("llama.h1.3.z - llama.h1.4.z", "11"),
        ("llama.llama.z + 1 | +", "+2.5"),
        ("softmax(2, 0) | %", "88.1%"),
        ("llama.llama.a | %", "88.4%"),
    ],
)
def test_in_a_text(facts: Facts, expression: str, text: str) -> None:
    assert facts.text(expression, is_prose=True) == text


def test_a_sum_of_endless_depth_is_refused() -> None:
    with pytest.raises(FactError, match="This sum cannot be read"):
        calculate("(" * 100 + "1" + ")" * 100, VALUES.__getitem__)
