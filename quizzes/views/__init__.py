"""Pages of quizzes: the way in, the runner, the results."""

from quizzes.views.answering import answer
from quizzes.views.entry import quiz
from quizzes.views.results import results
from quizzes.views.reviews import practice, reviews
from quizzes.views.runner import attempt, finish
from quizzes.views.whole import answers

__all__ = ["answer", "answers", "attempt", "finish", "practice", "quiz", "results", "reviews"]
