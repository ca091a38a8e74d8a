"""What happens to quizzes: questions are saved and rendered; attempts are started, answered and finished."""

from quizzes.services.allowance import Allowance, NoAttemptError, allowance_of
from quizzes.services.attempts import (
    ConflictError,
    NothingToAskError,
    check,
    finish,
    flag,
    start,
    try_again,
)
from quizzes.services.hints import hint_wait, open_hint
from quizzes.services.questions import approve_seeds, save_question, save_quiz
from quizzes.services.saving import AnswerClosedError, Sender, let_go, save, take
from quizzes.services.standing import Item, Standing, standing_of

__all__ = [
    "Allowance",
    "AnswerClosedError",
    "ConflictError",
    "Item",
    "NoAttemptError",
    "NothingToAskError",
    "Sender",
    "Standing",
    "allowance_of",
    "approve_seeds",
    "check",
    "finish",
    "flag",
    "hint_wait",
    "let_go",
    "open_hint",
    "save",
    "save_question",
    "save_quiz",
    "standing_of",
    "start",
    "take",
    "try_again",
]
