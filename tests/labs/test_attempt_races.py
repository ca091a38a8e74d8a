"""Tabs that hand in at the same moment never pass a limit of attempts; a control without the guard does."""

import threading
from uuid import uuid4

import pytest

from accounts.models import User
from labs import services
from labs.allowance import NoAttemptError, allowance_of
from labs.models import Challenge, Submission, content_hash
from labs.rubric import criteria_toml
from tests.labs.conftest import GOOD, NOW
from tests.quizzes.test_races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]

TABS = 4


def text(tab: int) -> str:
    return f"# tab {tab}\n{GOOD}"


@pytest.fixture
def limited(challenge: Challenge) -> Challenge:
    challenge.attempt_limit = 2
    challenge.save()
    return challenge


def test_tabs_at_once_never_pass_the_limit(learner: User, limited: Challenge) -> None:
    def hand_in(tab: int) -> Submission:
        return services.submit(learner, limited, text(tab), token=uuid4(), now=NOW, enqueue=lambda _: None)

    results = together(*[lambda tab=tab: hand_in(tab) for tab in range(TABS)])
    assert sorted(type(one).__name__ for one in results) == [
        *["NoAttemptError"] * (TABS - 2), *["Submission"] * 2,
    ], results  # fmt: skip
    assert Submission.objects.count() == 2


def test_the_same_network_in_many_tabs_is_one_attempt(learner: User, limited: Challenge) -> None:
    def hand_in() -> Submission:
        return services.submit(learner, limited, GOOD, token=uuid4(), now=NOW, enqueue=lambda _: None)

    results = together(*[hand_in] * TABS)
    assert len({one.pk for one in results if isinstance(one, Submission)}) == 1, results
    assert Submission.objects.count() == 1
    assert allowance_of(limited, learner, NOW).left == 1


def test_the_last_attempt_goes_to_one_tab_of_many(learner: User, limited: Challenge) -> None:
    services.submit(learner, limited, GOOD, token=uuid4(), now=NOW, enqueue=lambda _: None)

    def hand_in(tab: int) -> Submission:
        return services.submit(learner, limited, text(tab), token=uuid4(), now=NOW, enqueue=lambda _: None)

    results = together(*[lambda tab=tab: hand_in(tab) for tab in range(TABS)])
    assert sum(isinstance(one, Submission) for one in results) == 1, results
    assert sum(isinstance(one, NoAttemptError) for one in results) == TABS - 1, results


def test_control_an_unguarded_limit_is_passed(learner: User, limited: Challenge) -> None:
    checked = threading.Barrier(TABS)
    criteria = criteria_toml(limited.criteria.all())

    def hand_in_unguarded(tab: int) -> None:
        assert allowance_of(limited, learner, NOW).can_submit
        checked.wait()
        source = text(tab)
        Submission.objects.create(
            learner=learner,
            challenge=limited,
            source=source,
            content_hash=content_hash(source),
            criteria=criteria,
        )

    together(*[lambda tab=tab: hand_in_unguarded(tab) for tab in range(TABS)])
    assert Submission.objects.count() == TABS
