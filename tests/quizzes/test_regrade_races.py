"""Regrades at the same moment as each other and as a learner, each race with a control that has to fail."""

import threading
from collections.abc import Callable

import pytest

from accounts.models import User
from quizzes import regrading
from quizzes.models import Attempt, Question, Quiz, Regrade
from quizzes.services import check, finish, save_question, standing_of, start
from quizzes.snapshots import mark_of, put_back
from tests.quizzes.conftest import NOW, MakeQuestion
from tests.quizzes.test_races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]


@pytest.fixture
def pair(make_question: MakeQuestion) -> list[Question]:
    return [make_question("numeric", {"answer": n}) for n in (1, 2)]


@pytest.fixture
def taken(pair: list[Question], quiz: Quiz, learner: User) -> Attempt:
    """Both answers are 5, and both keys are 5 by now."""
    attempt = start(learner, quiz, NOW)
    for answer in attempt.answers.all():
        check(answer, {"answer": ["5"]}, NOW)
    finish(attempt, NOW)
    for question in pair:
        question.data = {"answer": 5}
        save_question(question)
    return attempt


def dry_run(quiz: Quiz, question: Question | None = None) -> Regrade:
    return regrading.start(
        quiz,
        question,
        Regrade.Rule.KEY,
        "Why.",
        User.objects.all()[0],
        never_lower=False,
        now=NOW,
        enqueue=lambda _: None,
    )


def commits(*regrades: Regrade) -> list[Callable[[], object]]:
    return [lambda one=one: regrading.commit(one, User.objects.all()[0], NOW) for one in regrades]  # type: ignore[misc]


def adds_up(attempt: Attempt) -> bool:
    """Whether the total of an attempt is that of its answers."""
    attempt.refresh_from_db()
    return attempt.points == standing_of(attempt.answers.all()).points


def test_committing_at_once_commits_once(quiz: Quiz, taken: Attempt) -> None:
    results = together(*commits(*[dry_run(quiz)] * 4))
    assert sorted(map(str, results)) == ["False", "False", "False", "True"]
    assert adds_up(taken)


def test_of_two_regrades_at_once_the_second_refuses(quiz: Quiz, pair: list[Question], taken: Attempt) -> None:
    results = together(*commits(*(dry_run(quiz, question) for question in pair)))
    assert sum(result is True for result in results) == 1, results
    assert sum(isinstance(result, regrading.ChangedMeanwhile) for result in results) == 1, results
    assert adds_up(taken)
    assert taken.points == 1


def test_control_unguarded_commits_leave_a_total_that_is_nobodys(
    quiz: Quiz, pair: list[Question], taken: Attempt
) -> None:
    regrades = [dry_run(quiz, question) for question in pair]
    checked = threading.Barrier(2)

    def commit_unguarded(regrade: Regrade) -> None:
        trial = regrade.trials.get()
        attempt, answers = Attempt.objects.get(), list(taken.answers.all())
        assert mark_of(attempt, answers) == trial.before_mark
        checked.wait()
        put_back(attempt, answers, trial.after)

    results = together(*[lambda one=one: commit_unguarded(one) for one in regrades])
    assert results == [None, None]
    assert not adds_up(taken)


def test_a_learner_who_finishes_meanwhile_keeps_what_was_asked(
    quiz: Quiz, taken: Attempt, other_learner: User
) -> None:
    attempt = start(other_learner, quiz, NOW)
    for answer in attempt.answers.all():
        check(answer, {"answer": ["5"]}, NOW)
    regrade = dry_run(quiz)
    results = together(lambda: finish(attempt, NOW), *commits(regrade))
    assert results[1] is True, results
    assert adds_up(taken)
    assert adds_up(attempt)
    assert regrading.outside(regrade) == (0, 1)
