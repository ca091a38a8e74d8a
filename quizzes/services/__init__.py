"""What happens to quizzes: questions are saved and rendered; attempts are started, answered and finished."""

from quizzes.services.accommodations import save_accommodation, time_allowed
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
from quizzes.services.deadlines import GRACE, deadline_of, is_over, ran_out, seconds_left
from quizzes.services.grades import QuizGrade, grade_of
from quizzes.services.grading import share_left, share_of_try
from quizzes.services.hints import hint_wait, open_hint
from quizzes.services.memory import recall, remember_released
from quizzes.services.overdue import finish_if_over, finish_overdue
from quizzes.services.passwords import PasswordError
from quizzes.services.practice import practice_question, practice_set, review
from quizzes.services.questions import approve_seeds, save_question, save_quiz
from quizzes.services.releases import Released, has_closed, released
from quizzes.services.results import note_released, note_result
from quizzes.services.saving import (
    AnswerClosedError,
    OutOfTurnError,
    Sender,
    TimeOverError,
    let_go,
    save,
    take,
)
from quizzes.services.sequence import move_on
from quizzes.services.skills import (
    Change,
    SkillStanding,
    calibration_of,
    changes_by,
    misconceptions_of,
    skills_of,
)
from quizzes.services.standing import Item, Standing, standing_of

__all__ = [
    "GRACE",
    "Allowance",
    "AnswerClosedError",
    "Change",
    "ConflictError",
    "Item",
    "NoAttemptError",
    "NothingToAskError",
    "OutOfTurnError",
    "PasswordError",
    "QuizGrade",
    "Released",
    "Sender",
    "SkillStanding",
    "Standing",
    "TimeOverError",
    "allowance_of",
    "approve_seeds",
    "calibration_of",
    "changes_by",
    "check",
    "deadline_of",
    "finish",
    "finish_if_over",
    "finish_overdue",
    "flag",
    "grade_of",
    "has_closed",
    "hint_wait",
    "is_over",
    "let_go",
    "misconceptions_of",
    "move_on",
    "note_released",
    "note_result",
    "open_hint",
    "practice_question",
    "practice_set",
    "ran_out",
    "recall",
    "released",
    "remember_released",
    "review",
    "save",
    "save_accommodation",
    "save_question",
    "save_quiz",
    "seconds_left",
    "share_left",
    "share_of_try",
    "skills_of",
    "standing_of",
    "start",
    "take",
    "time_allowed",
    "try_again",
]
