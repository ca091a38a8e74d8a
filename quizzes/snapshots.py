"""What a regrade may change of a finished attempt: taken as plain data, written back, told from another.

The pass of its lesson follows: an act is recorded when what counts of the learner's attempts now passes, and
taken back when it passed before and no longer does.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from course.models import Act
from course.services import forget_act
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services.grades import grade_of
from quizzes.services.grading import GRADED_FIELDS
from quizzes.services.results import note_result

ATTEMPT_FIELDS = ("points", "points_possible")
ANSWER_FIELDS = (
    "question_version", "points_possible", "explanation_html", "variant", "could_show", *GRADED_FIELDS,
)  # fmt: skip


def picture(attempt: Attempt, answers: Iterable[Answer]) -> dict[str, Any]:
    """The attempt and its answers, by primary key."""
    found = {
        "attempt": {name: getattr(attempt, name) for name in ATTEMPT_FIELDS},
        "answers": {str(one.pk): {name: getattr(one, name) for name in ANSWER_FIELDS} for one in answers},
    }
    plain: dict[str, Any] = json.loads(json.dumps(found))  # as it comes back from the database
    return plain


def mark_of(attempt: Attempt, answers: Iterable[Answer]) -> str:
    """A mark that is another one as soon as anything of the picture is."""
    return sha256(json.dumps(picture(attempt, answers), sort_keys=True).encode()).hexdigest()


def put_back(attempt: Attempt, answers: Iterable[Answer], values: Mapping[str, Any]) -> None:
    """Write a picture; answers that it does not hold stay as they are."""
    for name, value in values["attempt"].items():
        setattr(attempt, name, value)
    attempt.save(update_fields=ATTEMPT_FIELDS)
    for answer in answers:
        if held := values["answers"].get(str(answer.pk)):
            for name, value in held.items():
                setattr(answer, name, value)
            answer.save(update_fields=ANSWER_FIELDS)


def passes_lesson(attempt: Attempt) -> bool:
    """Whether its learner passes a quiz of its lesson, by the attempts that count there."""
    if attempt.lesson is None:
        return False
    finished = Attempt.objects.for_learner(attempt.learner).finished().filter(quiz__lesson=attempt.lesson)
    by_quiz: dict[Quiz, list[Attempt]] = {}
    for one in finished.select_related("quiz"):
        if one.quiz is not None:
            by_quiz.setdefault(one.quiz, []).append(one)
    return any(grade_of(quiz, attempts).is_passed for quiz, attempts in by_quiz.items())


def follow_pass(attempt: Attempt, was_passed: bool, now: datetime) -> dict[str, Any]:
    """Let the lesson's progress follow an attempt; returns what was done, for the way back."""
    lesson, quiz = attempt.lesson, attempt.quiz
    is_passed = passes_lesson(attempt)
    if lesson is None or quiz is None or is_passed == was_passed:
        return {}
    acts = Act.objects.for_learner(attempt.learner).filter(lesson=lesson, name=Act.Name.QUIZ_PASSED)
    act = acts.first()
    if is_passed:
        note_result(attempt.learner, quiz, now)
        return {"recorded": True} if act is None and acts.exists() else {}
    if act is None:
        return {}
    forget_act(attempt.learner, lesson, Act.Name.QUIZ_PASSED)
    return {"taken": act.pk, "done_at": act.done_at.isoformat()}


def give_back_pass(attempt: Attempt, progress: Mapping[str, Any]) -> None:
    """Undo what follow_pass did."""
    lesson = attempt.lesson
    if lesson is None:
        return
    if progress.get("recorded") and not passes_lesson(attempt):
        forget_act(attempt.learner, lesson, Act.Name.QUIZ_PASSED)
    if "taken" in progress:
        mine = {"learner": attempt.learner, "lesson": lesson, "name": Act.Name.QUIZ_PASSED}
        act, is_new = Act.objects.get_or_create(**mine, defaults={"pk": progress["taken"]})
        if is_new:
            Act.objects.filter(pk=act.pk).update(done_at=datetime.fromisoformat(progress["done_at"]))
