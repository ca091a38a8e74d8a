"""A whole pass: an error is counted once, what follows from it is right for the learner's own numbers."""

from math import exp

import pytest

from quizzes.kinds.generated.forward_pass import ForwardPass
from tests.quizzes.kinds.generated.cases import drawn, grade
from tests.quizzes.kinds.generated.oracles import number, relu, softmax, sums, tables, weights


def test_what_follows_from_an_error_counts() -> None:
    kind, variants = drawn("forward_pass")
    assert isinstance(kind, ForwardPass)
    for variant in variants[:20]:
        z1, z2 = variant.key[0] + 0.75, variant.key[1]
        *second, bias = weights(tables(variant.shown)[1])
        a = [relu(z1), relu(z2)]
        logits = sums(a, second, bias)
        p = softmax(logits)
        response = [z1, z2, *a, *logits, *p, "cat" if p[0] > p[1] else "dog"]
        marks = kind.marks(variant, response)
        assert marks[0] == "other"
        assert set(marks[1:]) <= {"right", "follows"}
        found = kind.grade(variant, response)
        if not found.code:
            assert found.fraction == pytest.approx(0.8 * 8 / 9)
            if "follows" in marks:
                assert found.feedback[0] == (
                    "It goes wrong first at z of h1.1. What follows from your number there is counted as "
                    "right."
                )


def test_an_error_that_nothing_follows_from_is_one_cell() -> None:
    kind, variants = drawn("pass-last")
    assert isinstance(kind, ForwardPass)
    variant = variants[0]
    assert len(variant.key) == 3
    turned = "dog" if variant.key[-1] == "cat" else "cat"
    found = grade(kind, variant, [*variant.key[:2], turned])
    assert found.fraction == pytest.approx(0.8 * 2 / 3)


def test_what_is_given_stands_in_the_table() -> None:
    for case, filled in (("forward_pass", 0), ("pass-outputs", 1), ("pass-logits", 2), ("pass-last", 3)):
        rows = drawn(case)[1][0].shown["cells"]["rows"]
        assert ["text" in row["cells"][0] for row in rows] == [place < filled for place in range(5)]


def test_exponentials_rounded_to_two_decimals_are_near_enough() -> None:
    """A learner who rounds exp(z) before dividing is accepted; one who is off by 0.05 is not."""
    for case in ("softmax", "softmax-four"):
        kind, variants = drawn(case)
        right = off = 0
        for variant in variants:
            logits = [number(value) for _, value in variant.shown["given"][0]["rows"]]
            powers = [round(exp(z), 2) for z in logits]
            shares = [round(power / sum(powers), 2) for power in powers]
            right += grade(kind, variant, shares).is_right
            off += grade(kind, variant, [share + 0.05 for share in shares]).is_right
        assert right >= 0.995 * len(variants)
        assert off <= 0.01 * len(variants)
