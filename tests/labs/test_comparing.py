"""A result beside others: the first layer that differs from the reference, one's own best, two compared."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

import engine
from accounts.models import User
from labs import services
from labs.changes import changed_weights
from labs.comparing import Pair, best_of, compare, figures_of
from labs.divergence import partings
from labs.measures import mean_told
from labs.models import Challenge, Criterion, Solution, Submission
from tests.conftest import SignIn
from tests.labs.conftest import NOW

pytestmark = pytest.mark.django_db

GATE = """\
from keras.models import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(units=2, input_shape=(2,), activation='relu'),
    Dense(units=1, activation='sigmoid'),
])
"""
RIGHT = [[[1, 1], [1, 1]], [0, -1], [[6], [-12]], [-3]]
SAME_HIDDEN = [[[1, 1], [1, 1]], [0, 0], [[3], [3]], [-3]]
FOUR = GATE.replace("units=2", "units=4").replace("sigmoid", "linear")


@pytest.fixture
def xor(db: None) -> Challenge:
    made = Challenge.objects.create(
        slug="xor", title="XOR", summary="By hand.", takes_weights=True, is_published=True
    )
    Criterion.objects.create(challenge=made, kind="truth_table", settings='gate = "xor"\nmargin = 0.2')
    Criterion.objects.create(challenge=made, kind="parameters", settings="at_most = 9", order=1)
    Solution.objects.create(challenge=made, title="A way", source=GATE, weights=RIGHT)
    return made


def graded(learner: User, challenge: Challenge, weights: Any, source: str = GATE) -> Submission:
    now = NOW + timedelta(minutes=Submission.objects.count())
    one = services.submit(
        learner, challenge, source, token=uuid4(), now=now, enqueue=lambda one: None, weights=weights
    )
    services.claim(one.pk, 0, NOW)
    report = engine.evaluate(source, engine.criteria(one.criteria), one.seed, weights=weights)
    services.finish(one.pk, 0, report.to_dict(), NOW)
    return Submission.objects.get(pk=one.pk)


# --- the first layer that differs


def test_the_first_layer_that_differs_is_named_without_what_the_reference_gives(
    learner: User, learner_client: Client, xor: Challenge
) -> None:
    submission = graded(learner, xor, SAME_HIDDEN)
    [parting] = partings(submission, submission.report["rows"]).values()  # type: ignore[index]
    told = (
        "For the input 1, 1 the first layer to answer otherwise than the reference does is "
        "dense, layer 1 of 2."
    )
    assert parting.sentence == told
    assert [line.cells for line in parting.table.lines] == [("Your network", "2, 2")]
    page = learner_client.get(submission.get_absolute_url()).content.decode()
    assert told in page
    assert "The reference</td>" not in page


def test_what_the_reference_gives_is_shown_where_its_author_shows_it(learner: User, xor: Challenge) -> None:
    xor.shows_reference = True
    xor.save()
    submission = graded(learner, xor, SAME_HIDDEN)
    [parting] = partings(submission, submission.report["rows"]).values()  # type: ignore[index]
    assert [line.cells for line in parting.table.lines] == [
        ("Your network", "2, 2"),
        ("The reference", "2, 1"),
    ]


def test_a_reference_of_the_criterion_comes_first(learner: User, xor: Challenge) -> None:
    wide = [[[1, 1, -1, 2], [-1, -1, 1, -2]], [0, 0, 0, 0], [[1], [1], [2], [1]], [0.5]]
    Criterion.objects.filter(kind="truth_table").delete()
    settings = f"reference = '''{FOUR}'''\nreference_weights = {wide}"
    Criterion.objects.create(challenge=xor, kind="equivalent", settings=settings)
    submission = graded(learner, xor, RIGHT)
    [parting] = partings(submission, submission.report["rows"]).values()  # type: ignore[index]
    assert parting.sentence.endswith("is dense_1, layer 2 of 2.")


def test_nothing_is_said_where_all_holds_or_nothing_was_set_or_nothing_fits(
    learner: User, xor: Challenge
) -> None:
    right = graded(learner, xor, RIGHT)
    assert partings(right, right.report["rows"]) == {}  # type: ignore[index]
    Solution.objects.update(weights=[[[1]]])  # an author's slip: it does not fit its own text
    wrong = graded(learner, xor, SAME_HIDDEN)
    assert partings(wrong, wrong.report["rows"]) == {}  # type: ignore[index]
    Solution.objects.all().delete()
    assert partings(wrong, wrong.report["rows"]) == {}  # type: ignore[index]
    wrong.weights = None
    assert partings(wrong, wrong.report["rows"]) == {}  # type: ignore[index]


# --- two side by side


def test_two_submissions_are_compared(learner: User, xor: Challenge) -> None:
    first, second = graded(learner, xor, SAME_HIDDEN), graded(learner, xor, RIGHT)
    found = compare(first, second)
    assert found.figures == (
        Pair("Points", "1.75 of 2", "2 of 2", "0.25 more"),
        Pair("Parameters", "9", "9"),
        Pair("Operations of one pass", "18", "18"),
    )
    assert [(one.title, one.one.is_met, one.other.is_met) for one in found.criteria] == [  # type: ignore[union-attr]
        ("Computes XOR of 2 inputs", False, True),
        ("At most 9 parameters", True, True),
    ]
    assert [(one.weight, one.before, one.after) for one in found.weights] == [
        ("dense bias [2]", "0", "-1"),
        ("dense_1 kernel [1, 1]", "3", "6"),
        ("dense_1 kernel [2, 1]", "3", "-12"),
    ]
    assert found.text.is_none


def test_arrays_of_other_shapes_are_told_as_such() -> None:
    found = changed_weights(GATE, RIGHT, GATE.replace("units=2", "units=3"), [[[0] * 3] * 2, [0] * 3])
    assert [(one.weight, one.before, one.after) for one in found.shown] == [
        ("dense kernel", "2×2 numbers", "2×3 numbers"),
        ("dense bias", "2 numbers", "3 numbers"),
        ("dense_1 kernel", "2×1 numbers", "none"),
        ("dense_1 bias", "1 number", "none"),
    ]


def test_the_best_has_passed_and_has_most_points(learner: User, xor: Challenge) -> None:
    worse, better = graded(learner, xor, SAME_HIDDEN), graded(learner, xor, RIGHT)
    assert best_of([worse, better]) == better
    assert best_of([]) is None
    assert best_of([Submission(status="queued")]) is None


def trained(values: list[float | None], value: str) -> dict[str, Any]:
    evidence = {"values": values, "epochs": 30}
    return {"kind": "accuracy", "title": "Right", "verdict": "met", "points": 3, "earned": 3,
            "reason": "Yes.", "try": "", "value": value, "limit": "needed 95%",
            "evidence": evidence}  # fmt: skip


def test_the_mean_of_several_trainings_is_called_so_wherever_it_stands(
    learner: User, learner_client: Client, xor: Challenge
) -> None:
    rows = [trained([0.95, 0.96, 0.9796], "95%")]
    one, other = graded(learner, xor, RIGHT), graded(learner, xor, SAME_HIDDEN)
    for each in (one, other):
        each.report = {"rows": rows, "diagnostics": []}
        each.save()
    found = compare(one, other)
    assert Pair("Accuracy, mean of 3 trainings", "96.3%", "96.3%") in found.figures
    assert found.criteria[0].one.mean == "mean of 3 trainings: 96.3%"  # type: ignore[union-attr]
    told = "95% (mean of 3 trainings: 96.3%), 3 of 3"
    page = learner_client.get(f"/submissions/{one.pk}/compare/{other.pk}/").content.decode()
    assert page.count(told) == 2
    result = learner_client.get(one.get_absolute_url()).content.decode()
    assert '<b>95%</b><span>needed 95%</span><span class="worth">mean of 3 trainings: 96.3%</span>' in result
    assert "Accuracy, mean of 3 trainings" in result


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (0.99, 0.4, "59 percentage points less"),
        (0.95, 0.96, "1 percentage point more"),
        (0.95, 0.955, "0.5 percentage points more"),
        (0.95, 0.95, ""),
    ],
)
def test_shares_differ_by_percentage_points(
    learner: User, xor: Challenge, one: float, other: float, told: str
) -> None:
    first, second = graded(learner, xor, RIGHT), graded(learner, xor, SAME_HIDDEN)
    first.report = {"rows": [trained([one], f"{one:.0%}")]}
    second.report = {"rows": [trained([other], f"{other:.0%}")]}
    [change] = [pair.change for pair in figures_of(first, second) if pair.name == "Accuracy"]
    assert change == told


def test_one_training_is_its_own_mean() -> None:
    assert mean_told(trained([0.97], "97%")) == ""
    assert mean_told(trained([0.25, 0.5, None], "0.25")) == "mean of 2 trainings: 0.375"
    assert mean_told({"kind": "layers"}) == ""


# --- the pages


def test_a_result_stands_beside_ones_best_and_links_to_comparisons(
    learner: User, learner_client: Client, xor: Challenge
) -> None:
    best, now = graded(learner, xor, RIGHT), graded(learner, xor, SAME_HIDDEN)
    page = learner_client.get(now.get_absolute_url()).content.decode()
    address = f"/submissions/{best.pk}/compare/{now.pk}/"
    assert f'<a href="{address}">Compare text and criteria with Submission 1</a>' in page
    assert f"engine {engine.VERSION}, seed 0" in page
    assert "Fingerprint of text and weights" in page
    page = learner_client.get(address).content.decode()
    assert "<h1>Submission 1 and Submission 2</h1>" in page
    assert "dense_1 kernel [1, 1]" in page


def test_other_peoples_submissions_are_not_compared(
    learner: User, other_learner: User, client_for: SignIn, xor: Challenge
) -> None:
    own, theirs = graded(learner, xor, RIGHT), graded(other_learner, xor, RIGHT)
    client = client_for(learner)
    for one, other in ((own, theirs), (theirs, own), (theirs, theirs)):
        assert client.get(f"/submissions/{one.pk}/compare/{other.pk}/").status_code == 404
    assert client.get(f"/submissions/{own.pk}/compare/{own.pk}/").status_code == 200
    assert client.post(f"/submissions/{own.pk}/compare/{own.pk}/").status_code == 405


def test_what_waits_or_belongs_elsewhere_is_not_compared(
    learner: User, learner_client: Client, xor: Challenge, challenge: Challenge
) -> None:
    own = graded(learner, xor, RIGHT)
    elsewhere = graded(learner, challenge, None)
    waiting = services.submit(learner, xor, GATE, token=uuid4(), now=NOW, enqueue=lambda one: None)
    for other in (elsewhere, waiting):
        assert learner_client.get(f"/submissions/{own.pk}/compare/{other.pk}/").status_code == 404
