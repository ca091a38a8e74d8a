"""The grade of a response, put on its answer. Nothing is stored here."""

from quizzes.kinds import Grade, Variant
from quizzes.models import Answer

GRADED_FIELDS = ("state", "fraction", "points", "feedback", "misconception", "misconception_title")


def grade_response(answer: Answer, variant: Variant) -> Grade:
    """What the response of an answer is worth by this variant. Raises FormatError when it cannot be read."""
    return answer.rules.grade(variant, answer.rules.parse(variant, answer.fields))


def put_grade(answer: Answer, grade: Grade) -> None:
    """Let the answer have this grade: GRADED_FIELDS of it change."""
    if grade.is_right:
        answer.state = Answer.State.RIGHT
    else:
        answer.state = Answer.State.PARTLY if grade.fraction > 0 else Answer.State.NOT_YET
    answer.fraction, answer.points = grade.fraction, grade.fraction * answer.points_possible
    answer.feedback = list(grade.feedback)
    answer.misconception, answer.misconception_title = grade.code, grade.title
