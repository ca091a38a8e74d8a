"""What quizzes contribute to pages of the course: a lesson's Quiz tab, and open quizzes on the dashboard."""

from django.utils import timezone

from accounts.models import User
from course.models import Lesson
from course.panels import Panel, Visitor
from quizzes.models import Attempt, Quiz
from quizzes.services import allowance_of, finish_if_over, finish_overdue, grade_of, released, standing_of


def lesson_panels(lesson: Lesson, user: Visitor) -> list[Panel]:
    """One panel for each quiz of the lesson that the visitor may see."""
    quizzes = Quiz.objects.visible_to(user).filter(lesson=lesson).prefetch_related("questions")
    return [_lesson_panel(quiz, user) for quiz in quizzes]


def _lesson_panel(quiz: Quiz, user: Visitor) -> Panel:
    now = timezone.now()
    count = sum(question.is_asked for question in quiz.questions.all())
    context: dict[str, object] = {"quiz": quiz, "question_count": count}
    context["allowance"] = allowance_of(quiz, [], now)
    if not isinstance(user, User):
        return Panel("quiz", "Quiz", "quizzes/_lesson_panel.html", context)
    mine = Attempt.objects.for_learner(user).filter(quiz=quiz).select_related("quiz")
    latest = mine.order_by("-started_at").prefetch_related("answers").first()
    if latest is None:
        return Panel("quiz", "Quiz", "quizzes/_lesson_panel.html", context | {"is_done": False}, "", False)
    latest = finish_if_over(latest, now)
    attempts = list(mine)
    out, grade = released(latest, now), grade_of(quiz, attempts)
    is_done = grade.is_passed and any(released(one, now).scores for one in attempts if not one.is_open)
    standing = standing_of(latest.answers.all())
    done = standing.right if out.scores else standing.answered
    context |= {
        "attempt": latest,
        "allowance": allowance_of(quiz, attempts, now),
        "is_done": is_done,
        "released": out,
        "standing": standing,
        "grade": grade if grade.attempts > 1 and out.scores else None,
    }
    badge = f"{done} of {len(standing.items)}"
    return Panel("quiz", "Quiz", "quizzes/_lesson_panel.html", context, badge, is_done)


def dashboard_panels(user: User) -> list[Panel]:
    """Attempts that wait to be finished, and the latest results."""
    finish_overdue(timezone.now(), user)
    mine = Attempt.objects.for_learner(user).of_quizzes()
    attempts = mine.select_related("quiz").order_by("-started_at")
    waiting = list(attempts.open()[:5])
    finished = [(one, released(one, timezone.now()).scores) for one in attempts.finished()[:3]]
    if not waiting and not finished:
        return []
    context = {"open_attempts": waiting, "finished_attempts": finished}
    return [Panel("quizzes", "Quizzes", "quizzes/_dashboard_panel.html", context)]
