"""The grade of a response, put on its answer, and what it is worth. Nothing is stored here."""

from quizzes.kinds import FormatError, Grade, Variant
from quizzes.kinds.contract import CountsParts
from quizzes.models import Answer, Quiz

GRADED_FIELDS = ("state", "fraction", "points", "feedback", "misconception", "misconception_title")


def grade_response(answer: Answer, variant: Variant, *, is_over: bool = False) -> Grade:
    """What the response of an answer is worth by this variant; when its attempt `is_over`, with what can be
    read of it. Raises FormatError when it cannot be read.
    """
    rules = answer.rules
    try:
        response = rules.parse(variant, answer.fields)
    except FormatError:
        parts = rules.grade_unfinished(variant, answer.fields) if isinstance(rules, CountsParts) else None
        if parts is None or not is_over:
            raise
        return parts
    return rules.grade(variant, response)


def put_grade(answer: Answer, grade: Grade) -> None:
    """Let the answer have this grade: GRADED_FIELDS of it change."""
    if grade.is_right:
        answer.state = Answer.State.RIGHT
    else:
        answer.state = Answer.State.PARTLY if grade.fraction > 0 else Answer.State.NOT_YET
    answer.fraction = grade.fraction
    answer.points = grade.fraction * answer.points_possible * share_left(answer, answer.attempt.quiz)
    answer.feedback = list(grade.feedback)
    answer.misconception, answer.misconception_title = grade.code, grade.title


def share_left(answer: Answer, quiz: Quiz | None) -> float:
    """The share of its points that a try can still earn, 0..1, after the tries before it and its hints."""
    return share_of_try(quiz, answer.number, answer.hints_shown)


def share_of_try(quiz: Quiz | None, number: int, hints_shown: int = 0) -> float:
    """The share of its points that such a try can earn, 0..1; without a quiz tries cost nothing."""
    if quiz is None:
        return 1.0
    cost = quiz.penalty_percent * (number - 1) + quiz.hint_penalty_percent * hints_shown
    return max(0, 100 - cost) / 100
