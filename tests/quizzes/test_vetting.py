"""What vetting says of seeds: warnings told from sound variants, retries, collisions, time that runs out."""

from collections.abc import Callable
from hashlib import sha256
from itertools import count

import pytest

from quizzes.kinds import KINDS, JsonObject, Known, Variant
from quizzes.kinds.contract import RejectedError
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.random import Pcg32
from quizzes.kinds.variants import Seed
from quizzes.vetting import vet, warnings

RIGHT = Known(2.0, 1.0)


def seed_of(seed: int) -> Seed:
    return lambda k: sha256(f"{seed}|{k}".encode()).digest()


def ticking() -> Callable[[], float]:
    """A clock on which a second passes at every look."""
    ticks = count()
    return lambda: float(next(ticks))


def slip(value: float, title: str = "A slip") -> Known:
    return Known(value, 0.0, ("Say why.",), "XX", title)


def variant(*slips: Known, key: object = 2.0, **shown: object) -> Variant:
    return Variant(shown, (Known(key, 1.0), *slips), 0.01, ("one", "two", "three"))


def test_a_sound_variant_has_no_warning() -> None:
    assert warnings(KINDS["weighted_sum"], variant(slip(3.0), slip(4.0, "Another"))) == []


@pytest.mark.parametrize(
    ("asked", "warning"),
    [
        (variant(slip(2.03), slip(4.0, "B")), "“A slip” lies within four tolerances of another answer."),
        (variant(slip(3.0), slip(3.01, "B")), "“B” lies within four tolerances of another answer."),
        (variant(slip(3.0)), "Fewer than 2 slips can be told apart."),
        (variant(slip(3.0), Known(5.0, 0.0, (), "XX", "Mute")), "A slip has no feedback."),
        (
            variant(
                slip(3.0), slip(4.0, "B"),
                x=[1, 2], kernel=[[-1.0, 0.5], [-0.5, -1.0]], bias=[0.0, 0.5], activation="relu",
            ),
            "Every neuron of the layer is off.",
        ),
        (
            variant(slip([1, 0], "A"), slip([0, 1], "B"), key=[0, 0]),  # type: ignore[arg-type]
            "Every neuron of the layer is off.",
        ),
        (
            variant(slip([0.1, 0.9], "A"), slip([0.9, 0.1], "B"), key=[0.51, 0.49]),  # type: ignore[arg-type]
            "The first two probabilities are nearly the same.",
        ),
    ],
)  # fmt: skip
def test_what_an_author_should_look_at(asked: Variant, warning: str) -> None:
    assert warnings(KINDS["weighted_sum"], asked) == [warning]


def test_too_few_hints() -> None:
    asked = Variant({}, (RIGHT, slip(3.0), slip(4.0, "B")), 0.01, ("one",))
    assert warnings(KINDS["weighted_sum"], asked) == ["Fewer than 3 hints."]
    assert warnings(KINDS["numeric"], asked) == []


class Stubborn(Numeric):
    """Rejects every other stream, and seed 3 always."""

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        seed, k = data["streams"][rng.next()]
        if seed == 3 or k % 2 == 0:
            raise RejectedError
        return Variant({"asked": seed % 2}, (RIGHT,), 0.01)


def test_a_vetting_adds_up() -> None:
    streams = {
        Pcg32.from_bytes(seed_of(seed)(k)).next(): (seed, k) for seed in range(1, 6) for k in range(200)
    }
    found = vet(Stubborn(), {"streams": streams}, range(1, 6), seed_of, ticking(), 100)
    assert (found.passed, found.retries, found.most_tries) == (4, 4 + 199, 200)
    assert found.collisions == 2
    assert found.passing == [1, 2]
    message = "None of 200 seeds gives a variant of kind numeric. Widen its ranges."
    assert found.warnings == [(message, [3])]
    assert found.slowest is not None
    assert found.slowest.seconds == 1


def test_a_vetting_stops_when_time_runs_out() -> None:
    found = vet(KINDS["sgd_step"], {}, range(1, 200), seed_of, ticking(), 9.5)
    assert 1 < len(found.seeds) < 6


@pytest.mark.parametrize(
    "name", ["weighted_sum", "softmax", "forward_pass", "dead_units", "gate", "repair_network"]
)
def test_drawn_kinds_pass(name: str) -> None:
    data = {"features": ["legs", "fur", "neck"]} if name == "weighted_sum" else {}
    found = vet(KINDS[name], data, range(1, 13), seed_of, lambda: 0.0, 1)
    assert {warning for warning, _ in found.warnings} <= {
        "Every neuron of the layer is off.", "The first two probabilities are nearly the same.",
    }  # fmt: skip
