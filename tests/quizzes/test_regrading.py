"""Grading attempts again: a dry run nobody sees, then exactly what it showed, and the way back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from course.models import Act, Course, Lesson
from quizzes import item_analysis, regrading, tasks
from quizzes.kinds.choice import option_id
from quizzes.models import Answer, Attempt, Question, Quiz, Regrade, RegradeTrial
from quizzes.services import approve_seeds, check, finish, save_question, start, try_again
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = [pytest.mark.django_db, pytest.mark.data]

LATER = NOW + timedelta(hours=1)
TABLES = (
    "quizzes_attempt", "quizzes_answer", "quizzes_question", "quizzes_questionversion", "quizzes_card",
    "quizzes_review", "course_act",
)  # fmt: skip


class Queue(list[tuple[int, int]]):
    def __call__(self, regrade: Regrade) -> None:
        self.append((regrade.pk, regrade.fence))


@pytest.fixture
def queue() -> Queue:
    return Queue()


def everything() -> list[object]:
    """Every row of every table that holds what learners did, as the database gives it."""
    found: list[object] = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            found.append([tuple(map(str, row)) for row in cursor.fetchall()])
    return found


@pytest.fixture
def lesson(quiz: Quiz) -> Lesson:
    course = Course.objects.create(slug="course", title="Course")
    row = Lesson.objects.create(
        course=course, chapter=course.chapters.create(slug="one", title="One"), slug="lesson", title="Lesson"
    )
    quiz.lesson, quiz.pass_percent = row, 60
    quiz.save()
    return row


@pytest.fixture
def number(make_question: MakeQuestion) -> Question:
    return make_question("numeric", {"answer": 124}, title="How many")


@pytest.fixture
def word(make_question: MakeQuestion) -> Question:
    return make_question("short_text", {"answers": ["softmax"]}, title="Which word")


def made(person: User, quiz: Quiz, **said: str) -> Attempt:
    """A finished attempt; `said` by kind, what is not said is left unanswered."""
    attempt = start(person, quiz, NOW)
    for answer in attempt.answers.all():
        if answer.kind in said:
            check(answer, {"answer": [said[answer.kind]]}, NOW)
    return finish(attempt, NOW)


@pytest.fixture
def good(learner: User, quiz: Quiz, number: Question, word: Question) -> Attempt:
    return made(learner, quiz, numeric="124", short_text="softmax")


@pytest.fixture
def other(other_learner: User, quiz: Quiz, number: Question, word: Question) -> Attempt:
    return made(other_learner, quiz, numeric="120", short_text="the soft max")


def change(question: Question, **fields: Any) -> Question:
    row = Question.objects.get(pk=question.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    save_question(row)
    return row


def dry_run(
    quiz: Quiz,
    by: User,
    queue: Queue,
    question: Question | None = None,
    rule: str = Regrade.Rule.KEY,
    *,
    never_lower: bool = False,
) -> Regrade:
    return regrading.start(
        quiz, question, rule, "The key was wrong.", by, never_lower=never_lower, now=NOW, enqueue=queue
    )


def results(*attempts: Attempt) -> list[tuple[float, int]]:
    for one in attempts:
        one.refresh_from_db()
    return [(one.points, one.points_possible) for one in attempts]


def shown(regrade: Regrade) -> dict[Attempt, tuple[float, float, str]]:
    return {
        one.attempt: (one.before["attempt"]["points"], one.after["attempt"]["points"], one.change)
        for one in regrade.trials.all()
    }


# --- dry run, commit, undo ----------------------------------------------------------------------------------


def test_a_dry_run_shows_before_and_after_and_changes_nothing(
    good: Attempt, other: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    change(number, data={"answer": 120})
    before = everything()
    regrade = dry_run(quiz, author, queue, number)
    assert regrade.state == Regrade.State.READY
    assert shown(regrade) == {good: (2, 1, "lowered"), other: (0, 1, "raised")}
    assert everything() == before
    assert queue == []


def test_a_commit_changes_exactly_what_was_shown_and_undo_restores_every_byte(
    good: Attempt, other: Attempt, lesson: Lesson, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    Act.objects.create(learner=good.learner, lesson=lesson, name=Act.Name.QUIZ_PASSED)
    change(number, data={"answer": 120}, explanation="Four times *thirty*.")
    before = everything()
    regrade = dry_run(quiz, author, queue)
    assert regrading.commit(regrade, author, LATER)
    assert not regrading.commit(regrade, author, LATER)
    assert results(good, other) == [(1, 2), (1, 2)]
    for trial in regrade.trials.all():
        held = trial.after["answers"]
        assert {str(pk) for pk in trial.attempt.answers.values_list("pk", flat=True)} >= set(held)
        for answer in trial.attempt.answers.filter(pk__in=held):
            assert {name: getattr(answer, name) for name in held[str(answer.pk)]} == held[str(answer.pk)]
    answer = other.answers.get(kind="numeric")
    assert (answer.state, answer.asked.key, answer.question_version) == ("right", 120, 2)
    assert answer.explanation_html == "<p>Four times <em>thirty</em>.</p>\n"
    assert not Act.objects.filter(name=Act.Name.QUIZ_PASSED).exists()
    regrade.refresh_from_db()
    assert (regrade.state, regrade.committed_by, regrade.committed_at) == ("in force", author, LATER)

    assert regrading.undo(regrade, author, LATER) == 0
    assert regrading.undo(regrade, author, LATER) is None
    assert everything() == before
    regrade.refresh_from_db()
    assert (regrade.state, regrade.undone_by, regrade.undone_at) == ("undone", author, LATER)


def test_a_new_pass_completes_the_lesson_and_undo_takes_it_back(
    other: Attempt, lesson: Lesson, quiz: Quiz, number: Question, word: Question, author: User, queue: Queue
) -> None:
    change(number, data={"answer": 120})
    change(word, data={"answers": ["softmax", "the soft max"]})
    before = everything()
    regrade = dry_run(quiz, author, queue)
    assert regrading.commit(regrade, author, LATER)
    assert results(other) == [(2, 2)]
    assert Act.objects.get().learner == other.learner
    regrading.undo(regrade, author, LATER)
    assert everything() == before


def test_a_pass_of_another_attempt_keeps_the_lesson(
    good: Attempt, lesson: Lesson, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    Act.objects.create(learner=good.learner, lesson=lesson, name=Act.Name.QUIZ_PASSED)
    change(number, data={"answer": 120})
    again = made(good.learner, quiz, numeric="120", short_text="softmax")
    regrading.commit(dry_run(quiz, author, queue), author, LATER)
    assert results(good, again) == [(1, 2), (2, 2)]
    assert Act.objects.filter(learner=good.learner).exists()


def test_never_lower_keeps_what_would_fall(
    good: Attempt, other: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    change(number, data={"answer": 120})
    regrade = dry_run(quiz, author, queue, number, never_lower=True)
    regrading.commit(regrade, author, LATER)
    assert results(good, other) == [(2, 2), (1, 2)]
    assert regrade.trials.get(attempt=good).change == RegradeTrial.Change.KEPT
    assert good.answers.get(kind="numeric").asked.key == 124


def test_what_stays_the_same_is_not_written(good: Attempt, quiz: Quiz, author: User, queue: Queue) -> None:
    regrade = dry_run(quiz, author, queue)
    assert regrade.trials.get().change == RegradeTrial.Change.SAME
    before = everything()
    assert regrading.commit(regrade, author, LATER)
    assert everything() == before


# --- what an author changes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "points", "possible"),
    [
        ({"data": {"answer": 122, "tolerance": 3}}, 1, 2),
        ({"points": 5, "data": {"answer": 120}}, 5, 6),
        ({"data": {"answer": 124, "slips": [{"value": 120, "title": "T", "feedback": "F."}]}}, 0, 2),
    ],
    ids=["tolerance", "points", "feedback"],
)
def test_tolerance_points_and_feedback(
    other: Attempt,
    quiz: Quiz,
    number: Question,
    author: User,
    queue: Queue,
    fields: dict[str, Any],
    points: float,
    possible: int,
) -> None:
    change(number, **fields)
    regrading.commit(dry_run(quiz, author, queue, number), author, LATER)
    assert results(other) == [(points, possible)]
    if "slips" in fields["data"]:
        answer = other.answers.get(kind="numeric")
        assert (answer.feedback, answer.misconception_title) == (["F."], "T")


def test_the_key_of_a_choice(make_question: MakeQuestion, quiz: Quiz, learner: User, author: User) -> None:
    def data(right: str) -> dict[str, Any]:
        return {"options": [{"text": t, "is_right": t == right, "feedback": t} for t in ("5", "6", "7")]}

    question = make_question("single_choice", data("5"))
    attempt = made(learner, quiz, single_choice=option_id("7"))
    asked = attempt.answers.get().variant["shown"]
    change(question, data=data("7"))
    regrading.commit(dry_run(quiz, author, Queue()), author, LATER)
    assert results(attempt) == [(1, 1)]
    assert attempt.answers.get().variant["shown"] == asked


def test_what_was_asked_and_is_no_more_stays_and_is_told(
    make_question: MakeQuestion, quiz: Quiz, learner: User, author: User, queue: Queue
) -> None:
    options = [{"text": "5", "is_right": True}, {"text": "6", "feedback": "No."}]
    question = make_question("single_choice", {"options": options})
    attempt = made(learner, quiz, single_choice=option_id("6"))
    options[1]["text"] = "7"
    change(question, data={"options": options})
    regrade = dry_run(quiz, author, queue)
    trial = regrade.trials.get()
    assert trial.change == RegradeTrial.Change.SAME
    assert trial.impossible == [
        "1. Title 1: what stood on the page then is no longer what the question asks."
    ]
    regrading.commit(regrade, author, LATER)
    assert results(attempt) == [(0, 1)]


def test_another_kind_and_a_faulty_question_are_told(
    good: Attempt, quiz: Quiz, number: Question, word: Question, author: User, queue: Queue
) -> None:
    change(number, kind="short_text", data={"answers": ["124"]})
    Question.objects.filter(pk=word.pk).update(data={})
    assert dry_run(quiz, author, queue).trials.get().impossible == [
        "1. How many: the question is of another kind now.",
        "2. Which word: the question as it is now cannot be asked.",
    ]


@pytest.fixture
def drawn(make_question: MakeQuestion) -> Question:
    return make_question("parameter_count", {})


@pytest.mark.parametrize("seeds", [[], [2, 3, 5]])
def test_the_key_of_a_drawn_question_is_computed_anew(
    drawn: Question, quiz: Quiz, learner: User, author: User, queue: Queue, seeds: list[int]
) -> None:
    approve_seeds(drawn, seeds)
    attempt = start(learner, quiz, NOW)
    answer = attempt.answers.get()
    key = answer.asked.key
    answer.variant["answers"][0]["value"] = 7  # as if the kind had computed another key then
    answer.save()
    check(answer, {"answer": [str(key)]}, NOW)
    finish(attempt, NOW)
    change(drawn, points=3)
    regrade = dry_run(quiz, author, queue)
    assert regrade.trials.get().impossible == []
    regrading.commit(regrade, author, LATER)
    assert results(attempt) == [(3, 3)]


def test_numbers_that_cannot_be_drawn_again_stay(
    drawn: Question, quiz: Quiz, learner: User, author: User, queue: Queue, settings: Any
) -> None:
    made(learner, quiz, parameter_count="1")
    settings.SECRET_KEY = "another one"
    assert dry_run(quiz, author, queue).trials.get().impossible == [
        "1. Title 1: its numbers cannot be drawn again, so its key cannot be computed anew."
    ]


def test_a_question_asked_amiss_gives_everybody_its_points(
    good: Attempt, other: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    unanswered = made(User.objects.create_user("third"), quiz, short_text="softmax")
    before = everything()
    regrade = dry_run(quiz, author, queue, number, Regrade.Rule.GIVEN)
    regrading.commit(regrade, author, LATER)
    assert results(good, other, unanswered) == [(2, 2), (1, 2), (2, 2)]
    states = [one.answers.get(kind="numeric").state for one in (good, other, unanswered)]
    assert states == ["right", "given", "given"]
    assert item_analysis.analyse(quiz)[0].statistics.n == 1
    regrading.undo(regrade, author, LATER)
    assert everything() == before


def test_a_question_that_does_not_count_leaves_the_total(
    good: Attempt, other: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    regrading.commit(dry_run(quiz, author, queue, number, Regrade.Rule.VOID), author, LATER)
    assert results(good, other) == [(1, 1), (0, 1)]
    assert {one.state for one in Answer.objects.filter(question=number)} == {"void"}
    assert item_analysis.analyse(quiz)[0].statistics.n == 0
    # By its key again, it counts as before.
    regrading.commit(dry_run(quiz, author, queue, number), author, LATER)
    assert results(good, other) == [(2, 2), (0, 2)]


def test_the_best_of_several_tries_counts(
    quiz: Quiz, number: Question, learner: User, author: User, queue: Queue
) -> None:
    attempt = start(learner, quiz, NOW)
    first = check(attempt.answers.get(), {"answer": ["120"]}, NOW)
    check(try_again(first, NOW), {"answer": ["121"]}, NOW)
    finish(attempt, NOW)
    change(number, data={"answer": 120})
    regrading.commit(dry_run(quiz, author, queue), author, LATER)
    assert results(attempt) == [(1, 1)]


# --- what moved meanwhile -----------------------------------------------------------------------------------


def refusal(regrade: Regrade, author: User) -> str:
    before = everything()
    with pytest.raises(regrading.ChangedMeanwhile) as refused:
        regrading.commit(regrade, author, LATER)
    regrade.refresh_from_db()
    assert regrade.state == Regrade.State.READY
    assert everything() == before
    return str(refused.value)


def test_nothing_is_put_in_force_when_the_question_moved(
    good: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    change(number, data={"answer": 120})
    regrade = dry_run(quiz, author, queue)
    change(number, data={"answer": 121})
    assert refusal(regrade, author) == "The question “How many” was changed since the dry run."


def test_nothing_is_put_in_force_when_an_attempt_moved(
    good: Attempt, other: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    change(number, data={"answer": 120})
    first, second = dry_run(quiz, author, queue), dry_run(quiz, author, queue)
    regrading.commit(first, author, LATER)
    assert refusal(second, author) == "An attempt was graded again since the dry run."


def test_undo_leaves_alone_what_was_graded_again_since(
    good: Attempt, other: Attempt, quiz: Quiz, number: Question, author: User, queue: Queue
) -> None:
    change(number, data={"answer": 120})
    first = dry_run(quiz, author, queue)
    regrading.commit(first, author, LATER)
    Attempt.objects.filter(pk=other.pk).update(points=7)
    assert regrading.undo(first, author, LATER) == 1
    assert results(good, other) == [(2, 2), (7, 2)]


def test_open_attempts_and_later_ones_are_counted_and_left_alone(
    good: Attempt, quiz: Quiz, number: Question, other_learner: User, author: User, queue: Queue
) -> None:
    attempt = start(other_learner, quiz, NOW)
    change(number, data={"answer": 120})
    regrade = dry_run(quiz, author, queue)
    assert regrading.outside(regrade) == (1, 0)
    check(attempt.answers.get(kind="numeric"), {"answer": ["120"]}, NOW)
    finish(attempt, NOW)
    assert regrading.outside(regrade) == (0, 1)
    regrading.commit(regrade, author, LATER)
    assert results(good, attempt) == [(1, 2), (0, 2)]


# --- long dry runs ------------------------------------------------------------------------------------------


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regrading, "AT_ONCE", 1)
    monkeypatch.setattr(regrading, "BATCH", 1)


def test_a_long_dry_run_goes_in_batches_and_survives_its_worker(
    small_batches: None, good: Attempt, other: Attempt, quiz: Quiz, author: User, queue: Queue
) -> None:
    regrade = dry_run(quiz, author, queue)
    assert (regrade.state, queue) == (Regrade.State.TRYING, [(regrade.pk, 0)])
    regrading.hand_out_anew(regrade, NOW, queue)
    assert regrade.fence == 1
    regrading.go_on(*queue[0], NOW, queue)  # the worker that was thought gone
    assert regrade.trials.filter(change="").count() == 2
    tasks.regrade_on.call(*queue[1])
    assert regrade.trials.filter(change="").count() == 1
    tasks.regrade_on.call(regrade.pk, 2)
    regrade.refresh_from_db()
    assert regrade.state == Regrade.State.READY
    regrading.hand_out_anew(regrade, NOW, queue)
    assert len(queue) == 2


def test_the_sweep_goes_on_with_a_dry_run_whose_worker_was_killed(
    small_batches: None, good: Attempt, other: Attempt, quiz: Quiz, author: User, queue: Queue
) -> None:
    regrade = dry_run(quiz, author, queue)
    soon, late = (NOW + regrading.PATIENCE - timedelta(seconds=1), NOW + regrading.PATIENCE)
    assert regrading.sweep(soon, queue) == 0
    assert regrading.sweep(late, queue) == 1
    assert regrading.sweep(late, queue) == 0
    assert queue == [(regrade.pk, 0), (regrade.pk, 1)]
    regrading.go_on(*queue[1], late, queue)
    assert regrading.sweep(late, queue) == 0
    regrading.go_on(*queue[2], late, queue)
    regrade.refresh_from_db()
    assert regrade.state == Regrade.State.READY
    assert tasks.sweep_regrades(LATER) == 0


def test_a_batch_that_breaks_off_leaves_the_dry_run_as_it_was(
    small_batches: None, good: Attempt, other: Attempt, quiz: Quiz, author: User, queue: Queue
) -> None:
    regrade = dry_run(quiz, author, queue)

    def killed(_: Regrade) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        regrading.go_on(*queue[0], NOW, killed)
    again = Regrade.objects.get(pk=regrade.pk)
    assert (again.fence, again.trials.filter(change="").count()) == (0, 2)
    assert regrading.sweep(LATER, queue) == 1


def test_only_what_was_asked_in_finished_attempts_is_tried(
    good: Attempt, quiz: Quiz, make_question: MakeQuestion, author: User, queue: Queue
) -> None:
    later = make_question("numeric", {"answer": 5})
    assert dry_run(quiz, author, queue, later).trials.count() == 0
