"""What came out: the score, and for every question the answer beside the key, with the way there."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from quizzes.models import Attempt, Question
from quizzes.pages import answer_view, marks, skill_scores, waiting_for
from quizzes.regrading import in_force
from quizzes.services import (
    QuizGrade,
    Standing,
    changes_by,
    grade_of,
    note_result,
    ran_out,
    released,
    standing_of,
)
from quizzes.sureness_pages import sureness_of
from quizzes.views.runner import allowance_for, find


@require_safe
@login_required
def results(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = find(request.user, pk)
    if found.is_open:
        return redirect(found)
    now = timezone.now()
    out = released(found, now)
    standing = standing_of(found.answers.select_related("question__skill"))
    reviews = [
        (item, answer_view(found, item.best if out.scores else item.latest, now)) for item in standing.items
    ]
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "standing": standing,
        "released": out,
        "waiting": waiting_for(found, now),
        "marks": marks(standing, out.scores),
        "reviews": reviews,
        "slips": [(item.position, shown.title) for item, shown in reviews if shown.title],
        "more": more_like(found, standing, now),
        "ran_out": ran_out(found),
        "allowance": allowance_for(found, now),
    }
    if out.scores:
        context |= {
            "skills": skill_scores(standing, changes_by(found, now)),
            "sureness": sureness_of(found, standing),
            "grade": _grade(found),
            "regraded": in_force(found, now),
        }
        if found.quiz is not None:
            note_result(found.learner, found.quiz, now)
    page = "quizzes/results.html" if found.quiz is not None else "quizzes/practice_results.html"
    return render(request, page, context)


def _grade(found: Attempt) -> QuizGrade | None:
    """What counts of all attempts at the quiz; None where that is this one."""
    if found.quiz is None:
        return None
    mine = Attempt.objects.for_learner(found.learner).finished().filter(quiz=found.quiz)
    grade = grade_of(found.quiz, mine)
    return grade if grade.attempts > 1 else None


def more_like(found: Attempt, standing: Standing, now: datetime) -> set[int]:
    """The positions of questions of which new ones like them can be drawn for the learner."""
    questions = [item.latest.question for item in standing.items]
    open_ = Question.objects.for_practice_of(found.learner, now)
    itself = set(open_.filter(pk__in=[one.pk for one in questions]).values_list("pk", flat=True))
    skills = set(open_.filter(skill__in=[one.skill_id for one in questions]).values_list("skill", flat=True))
    return {
        item.position
        for item, one in zip(standing.items, questions, strict=True)
        if one.pk in itself or one.skill_id in skills
    }
