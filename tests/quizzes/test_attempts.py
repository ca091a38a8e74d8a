"""A learner's way through a quiz: what is stored, what is graded, and that twice is the same as once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from course.models import Act, Lesson
from quizzes.kinds import FormatError
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import (
    AnswerClosedError,
    NothingToAskError,
    check,
    finish,
    save,
    save_question,
    standing_of,
    start,
    try_again,
)
from tests.quizzes.conftest import NOW, MakeQuestion, right_fields

LATER = NOW + timedelta(minutes=5)
pytestmark = [pytest.mark.django_db, pytest.mark.data]


def answer_to(attempt: Attempt, kind: str) -> Answer:
    return attempt.answers.in_order().filter(kind=kind).last() or pytest.fail(kind)


def test_starting_deals_every_question_and_starting_again_continues(
    attempt: Attempt, quiz: Quiz, learner: User
) -> None:
    assert [a.kind for a in attempt.answers.all()] == [
        "single_choice", "multiple_choice", "numeric", "short_text",
    ]  # fmt: skip
    assert start(learner, quiz, LATER) == attempt


def test_the_database_itself_refuses_a_second_open_attempt(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(learner=attempt.learner, quiz=attempt.quiz, started_at=NOW)


def test_a_quiz_without_questions_cannot_be_started(quiz: Quiz, learner: User) -> None:
    with pytest.raises(NothingToAskError):
        start(learner, quiz, NOW)
    assert not Attempt.objects.exists()


def test_a_question_that_gives_no_variant_is_left_out(
    make_question: MakeQuestion, quiz: Quiz, learner: User, caplog: pytest.LogCaptureFixture
) -> None:
    make_question("short_text", {"answers": ["yes"]})
    narrow = {"features": ["a", "b", "c"], "units": 2, "kernel": [[0, 0]] * 3, "bias": [0, 0]}
    make_question("weighted_sum", narrow, slug="narrow")
    attempt = start(learner, quiz, NOW)
    assert [answer.kind for answer in attempt.answers.all()] == ["short_text"]
    assert caplog.messages == ["Question narrow of quiz small was left out."]


def test_variants_differ_between_learners_and_stay_for_one(
    make_question: MakeQuestion, quiz: Quiz, learner: User, other_learner: User
) -> None:
    options = [{"text": str(n), "is_right": n == 0, "feedback": "f"} for n in range(8)]
    make_question("single_choice", {"options": options})
    one, other = (start(user, quiz, NOW).answers.get() for user in (learner, other_learner))
    assert one.variant["shown"] != other.variant["shown"]
    assert sorted(o["id"] for o in one.variant["shown"]["options"]) == sorted(
        o["id"] for o in other.variant["shown"]["options"]
    )


def test_an_edit_of_the_question_changes_no_attempt(attempt: Attempt, questions: list[Question]) -> None:
    question = questions[2]
    question.data = {"answer": 7}
    question.prompt = "Something else."
    save_question(question)
    assert question.version == 2
    answer = answer_to(attempt, "numeric")
    assert (answer.question_version, answer.prompt_html) == (1, "<p>Prompt <strong>3</strong>.</p>\n")
    assert check(answer, {"answer": ["124.25"]}, NOW).state == Answer.State.RIGHT


def test_checking_grades_once(attempt: Attempt) -> None:
    answer = check(answer_to(attempt, "numeric"), {"answer": ["108"]}, NOW)
    assert (answer.state, answer.points) == (Answer.State.NOT_YET, 0)
    assert (answer.feedback, answer.misconception_title) == (
        ["CANARY 108 counts the weights."],
        "CANARY Biases left out",
    )
    again = check(Answer.objects.get(pk=answer.pk), {"answer": ["124.25"]}, LATER)
    assert (again.state, again.fields, again.graded_at) == (Answer.State.NOT_YET, {"answer": ["108"]}, NOW)
    with pytest.raises(AnswerClosedError):
        save(answer, {"answer": ["124.25"]}, LATER)


def test_what_cannot_be_read_is_kept_and_costs_nothing(attempt: Attempt) -> None:
    answer = answer_to(attempt, "numeric")
    with pytest.raises(FormatError):
        check(answer, {"answer": ["1_0"]}, NOW)
    answer.refresh_from_db()
    assert (answer.state, answer.fields) == (Answer.State.OPEN, {"answer": ["1_0"]})


def test_partial_credit_is_stored(attempt: Attempt) -> None:
    answer = answer_to(attempt, "multiple_choice")
    first = right_fields(answer)["answer"][:1]
    graded = check(answer, {"answer": first}, NOW)
    assert (graded.state, graded.points) == (Answer.State.PARTLY, 1.0)
    assert graded.grade is not None
    assert graded.grade.fraction == 0.5


def test_a_new_try_is_a_new_row_and_the_best_counts(attempt: Attempt) -> None:
    answer = answer_to(attempt, "numeric")
    with pytest.raises(AnswerClosedError):
        try_again(answer, NOW)
    check(answer, right_fields(answer), NOW)
    fresh = try_again(answer, NOW)
    assert try_again(answer, NOW) == fresh
    assert (fresh.number, fresh.is_open, fresh.fields) == (2, True, {})
    check(fresh, {"answer": ["108"]}, NOW)
    item = standing_of(attempt.answers.all()).item(answer.position)
    assert item is not None
    assert (item.latest, item.best, item.is_right_at_first) == (fresh, answer, True)


def test_finishing_grades_what_was_saved(attempt: Attempt) -> None:
    for kind in ("single_choice", "short_text"):
        answer = answer_to(attempt, kind)
        save(answer, right_fields(answer), NOW)
    save(answer_to(attempt, "numeric"), {"answer": ["abc"]}, NOW)
    finished = finish(attempt, LATER)
    states = {answer.kind: answer.state for answer in finished.answers.all()}
    assert states == {
        "single_choice": "right",
        "multiple_choice": "unanswered",
        "numeric": "unanswered",
        "short_text": "right",
    }
    assert (finished.status, finished.finished_at) == ("finished", LATER)
    assert (finished.points, finished.points_possible, finished.is_passed) == (2, 5, False)


def test_what_cannot_be_read_at_the_end_says_why(attempt: Attempt) -> None:
    save(answer_to(attempt, "numeric"), {"answer": ["1,000"]}, NOW)
    finish(attempt, LATER)
    answer = answer_to(attempt, "numeric")
    assert (answer.state, answer.points) == (Answer.State.UNANSWERED, 0)
    assert answer.feedback == [
        "This could not be read. “1,000” may mean 1000 or 1.000. Write the one that you mean."
    ]
    assert answer_to(attempt, "multiple_choice").feedback == []


def test_a_table_that_time_cut_short_earns_what_is_in_it(
    learner: User, quiz: Quiz, make_question: MakeQuestion
) -> None:
    table = {"rows": ["x1"], "columns": ["h1", "h2"], "values": [[1, 2]]}
    make_question("matrix", table, points=5)
    attempt = start(learner, quiz, NOW)
    save(attempt.answers.get(), {"answer": ["1", ""]}, NOW)
    assert finish(attempt, LATER).points == 2
    answer = attempt.answers.get()
    assert (answer.state, answer.fraction) == (Answer.State.PARTLY, 0.4)
    assert answer.feedback == ["1 of 2 is not right yet, or could not be read.", "The others count."]


def test_finishing_twice_changes_nothing_and_answers_stay_out(attempt: Attempt) -> None:
    answer = answer_to(attempt, "short_text")
    finish(attempt, NOW)
    with pytest.raises(AnswerClosedError):
        save(answer, right_fields(answer), LATER)
    assert check(answer, right_fields(answer), LATER).state == Answer.State.UNANSWERED
    with pytest.raises(AnswerClosedError):
        try_again(answer, NOW)
    assert finish(Attempt.objects.get(pk=attempt.pk), LATER).finished_at == NOW


def test_a_new_attempt_may_follow_a_finished_one(attempt: Attempt, learner: User, quiz: Quiz) -> None:
    finish(attempt, NOW)
    assert start(learner, quiz, LATER) != attempt


def test_passing_is_recorded_in_the_lesson(
    course_content: None, learner: User, quiz: Quiz, make_question: MakeQuestion
) -> None:
    quiz.lesson = Lesson.objects.get(slug="layers")
    quiz.save()
    make_question("short_text", {"answers": ["yes"]})
    mine = Act.objects.for_learner(learner)
    for typed, count in (("no", 0), ("yes", 1), ("yes", 1)):
        attempt = start(learner, quiz, NOW)
        save(attempt.answers.get(), {"answer": [typed]}, NOW)
        finish(attempt, NOW)
        assert mine.count() == count
    assert mine.get().name == Act.Name.QUIZ_PASSED


def test_a_question_with_faulty_data_is_refused(make_question: MakeQuestion) -> None:
    with pytest.raises(ValidationError) as caught:
        make_question("numeric", {"answr": 3})
    assert caught.value.message_dict == {
        "data": [
            "answer: This must be a number, such as 124 or 0.5.",
            "answer: Write the number that is right.",
            "answr: This name has no meaning here. Did you mean “answer”?",
        ]
    }
