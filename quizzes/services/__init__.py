"""What happens to quizzes: questions are saved and rendered; attempts are started, answered and finished."""

from quizzes.services.attempts import (
    AnswerClosedError,
    ConflictError,
    NothingToAskError,
    check,
    finish,
    save,
    start,
    try_again,
)
from quizzes.services.questions import save_question, save_quiz
from quizzes.services.standing import Item, Standing, standing_of

__all__ = [
    "AnswerClosedError",
    "ConflictError",
    "Item",
    "NothingToAskError",
    "Standing",
    "check",
    "finish",
    "save",
    "save_question",
    "save_quiz",
    "standing_of",
    "start",
    "try_again",
]
