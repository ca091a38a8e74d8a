"""What came out: the score, and for every question the answer beside the key, with the way there."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from quizzes.models import Attempt
from quizzes.pages import answer_view, marks, skill_scores
from quizzes.regrading import in_force
from quizzes.services import allowance_of, standing_of


@require_safe
@login_required
def results(request: SignedInRequest, pk: UUID) -> HttpResponse:
    attempts = Attempt.objects.for_learner(request.user).select_related("quiz__lesson__course")
    found = get_object_or_404(attempts, pk=pk)
    if found.is_open:
        return redirect(found)
    mine = Attempt.objects.for_learner(request.user).filter(quiz=found.quiz)
    standing = standing_of(found.answers.select_related("question__skill"))
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "standing": standing,
        "marks": marks(standing),
        "reviews": [(item, answer_view(found, item.best)) for item in standing.items],
        "skills": skill_scores(standing),
        "regraded": in_force(found),
        "allowance": allowance_of(found.quiz, mine, timezone.now()),
    }
    return render(request, "quizzes/results.html", context)
