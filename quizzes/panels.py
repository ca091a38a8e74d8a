"""What quizzes contribute to pages of the course: a lesson's Quiz tab, and open quizzes on the dashboard."""

from django.utils import timezone

from accounts.models import User
from course.models import Lesson
from course.panels import Panel, Visitor
from quizzes.models import Attempt, Quiz
from quizzes.services import finish_if_over, finish_overdue, standing_of


def lesson_panels(lesson: Lesson, user: Visitor) -> list[Panel]:
    """One panel for each quiz of the lesson that the visitor may see."""
    quizzes = Quiz.objects.visible_to(user).filter(lesson=lesson).prefetch_related("questions")
    return [_lesson_panel(quiz, user) for quiz in quizzes]


def _lesson_panel(quiz: Quiz, user: Visitor) -> Panel:
    count = sum(question.is_asked for question in quiz.questions.all())
    context: dict[str, object] = {"quiz": quiz, "question_count": count}
    badge = ""
    is_done: bool | None = None
    if isinstance(user, User):
        mine = Attempt.objects.for_learner(user).filter(quiz=quiz)
        latest = mine.order_by("-started_at").prefetch_related("answers").first()
        if latest is not None:
            latest = finish_if_over(latest, timezone.now())
        is_done = any(attempt.is_passed for attempt in mine.finished().select_related("quiz"))
        context |= {"attempt": latest, "is_done": is_done}
        if latest is not None:
            standing = standing_of(latest.answers.all())
            context["standing"] = standing
            badge = f"{standing.right} of {len(standing.items)}"
    return Panel("quiz", "Quiz", "quizzes/_lesson_panel.html", context, badge, is_done)


def dashboard_panels(user: User) -> list[Panel]:
    """Attempts that wait to be finished, and the latest results."""
    finish_overdue(timezone.now(), user)
    mine = Attempt.objects.for_learner(user).of_quizzes()
    attempts = mine.select_related("quiz").order_by("-started_at")
    waiting, finished = list(attempts.open()[:5]), list(attempts.finished()[:3])
    if not waiting and not finished:
        return []
    context = {"open_attempts": waiting, "finished_attempts": finished}
    return [Panel("quizzes", "Quizzes", "quizzes/_dashboard_panel.html", context)]
