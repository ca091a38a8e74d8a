"""What quizzes remember: questions as their authors wrote them, attempts and the answers in them."""

from quizzes.models.accommodations import Accommodation
from quizzes.models.attempts import LEADING_HINT, Answer, AnswerQuerySet, Attempt, AttemptQuerySet
from quizzes.models.imports import QuestionImport
from quizzes.models.learning import Card, CardQuerySet, Review, ReviewQuerySet
from quizzes.models.questions import (
    MAX_PROMPT,
    Question,
    QuestionQuerySet,
    Quiz,
    QuizQuerySet,
    kind_choices,
)
from quizzes.models.regrading import LONGEST_REASON, Regrade, RegradeTrial
from quizzes.models.versions import QuestionVersion

__all__ = [
    "LEADING_HINT",
    "LONGEST_REASON",
    "MAX_PROMPT",
    "Accommodation",
    "Answer",
    "AnswerQuerySet",
    "Attempt",
    "AttemptQuerySet",
    "Card",
    "CardQuerySet",
    "Question",
    "QuestionImport",
    "QuestionQuerySet",
    "QuestionVersion",
    "Quiz",
    "QuizQuerySet",
    "Regrade",
    "RegradeTrial",
    "Review",
    "ReviewQuerySet",
    "kind_choices",
]
