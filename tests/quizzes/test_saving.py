"""Answers given in several tabs: what counts, what is kept beside it, and how the learner picks."""

import pytest

from quizzes.models import Answer, Attempt
from quizzes.services import (
    AnswerClosedError,
    ConflictError,
    Sender,
    check,
    finish,
    let_go,
    save,
    take,
)
from quizzes.services.saving import MOST_KEPT
from tests.quizzes.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.data]
ONE, TWO = "1" * 8, "2" * 8


@pytest.fixture
def answer(attempt: Attempt) -> Answer:
    return attempt.answers.get(kind="numeric")


def put(answer: Answer, text: str, tab: str, version: int) -> Answer:
    return save(answer, {"answer": [text]}, NOW, sender=Sender(tab, version))


def told(answer: Answer) -> tuple[str, list[str]]:
    """The text that counts, and those beside it."""
    return answer.fields["answer"][0], [other["fields"]["answer"][0] for other in answer.others]


def test_one_page_counts_versions_and_has_nothing_beside(answer: Answer) -> None:
    assert put(answer, "1", ONE, 0).version == 1
    assert put(answer, "2", ONE, 1).version == 2
    assert told(answer) == ("2", [])


def test_the_newer_counts_and_the_other_is_kept(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    put(answer, "8", TWO, 0)
    assert told(answer) == ("8", ["7"])
    assert answer.others == [{"tab": ONE, "saved_at": NOW.isoformat(), "fields": {"answer": ["7"]}}]
    finish(answer.attempt, NOW)
    answer.refresh_from_db()
    assert answer.fields == {"answer": ["8"]}


def test_typing_on_in_a_tab_replaces_what_it_held(answer: Answer) -> None:
    put(answer, "1", ONE, 0)
    put(answer, "10", TWO, 0)
    put(answer, "12", ONE, 1)
    assert told(answer) == ("12", ["10"])
    put(answer, "108", TWO, 2)
    assert told(answer) == ("108", ["12"])


def test_a_page_that_saw_the_other_simply_goes_on(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    put(answer, "8", TWO, 1)
    assert told(answer) == ("8", [])


def test_a_page_whose_reply_was_lost_does_not_stand_against_itself(answer: Answer) -> None:
    put(answer, "1", ONE, 0)
    put(answer, "12", ONE, 0)
    assert told(answer) == ("12", [])


def test_the_same_text_from_two_tabs_is_no_conflict(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    put(answer, "7", TWO, 0)
    assert told(answer) == ("7", [])
    put(answer, "8", ONE, 0)
    put(answer, "7", ONE, 2)
    assert told(answer) == ("7", [])


def test_an_empty_field_is_nothing_to_keep(answer: Answer) -> None:
    put(answer, "", ONE, 0)
    put(answer, "8", TWO, 0)
    assert told(answer) == ("8", [])


def test_of_many_tabs_the_latest_stay(answer: Answer) -> None:
    for n in range(MOST_KEPT + 3):
        put(answer, str(n), f"{n:08x}", 0)
    text, others = told(answer)
    assert (text, others) == ("10", ["2", "3", "4", "5", "6", "7", "8", "9"])


def test_the_learner_takes_the_other_or_lets_it_go(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    put(answer, "8", TWO, 0)
    take(answer, ONE, NOW, sender=Sender("3" * 8, 2))
    assert told(answer) == ("7", [])
    put(answer, "9", TWO, 0)
    assert told(answer) == ("9", ["7"])
    let_go(answer, "3" * 8, NOW)
    assert told(answer) == ("9", [])
    assert take(answer, "unknown", NOW).version == answer.version


def test_taking_an_old_text_overwrites_nothing_that_came_since(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    put(answer, "8", TWO, 0)
    put(answer, "81", TWO, 2)
    take(answer, ONE, NOW, sender=Sender("3" * 8, 2))
    assert told(answer) == ("7", ["81"])


def test_a_check_against_an_unseen_text_is_not_graded_until_it_was_seen(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    with pytest.raises(ConflictError):
        check(answer, {"answer": ["108"]}, NOW, sender=Sender(TWO, 0))
    answer.refresh_from_db()
    assert (answer.is_open, told(answer)) == (True, ("108", ["7"]))
    assert check(answer, {"answer": ["108"]}, NOW, sender=Sender(TWO, 2)).state == Answer.State.NOT_YET


def test_a_closed_answer_takes_nothing_more(answer: Answer) -> None:
    put(answer, "7", ONE, 0)
    put(answer, "8", TWO, 0)
    finish(answer.attempt, NOW)
    for act in (
        lambda: put(answer, "9", TWO, 2),
        lambda: take(answer, ONE, NOW),
        lambda: let_go(answer, ONE, NOW),
    ):
        with pytest.raises(AnswerClosedError):
            act()
