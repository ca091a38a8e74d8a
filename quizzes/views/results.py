"""What came out: the score, and for every question the answer beside the key, with the way there."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from quizzes.pages import answer_view, marks, skill_scores
from quizzes.regrading import in_force
from quizzes.services import ran_out, standing_of
from quizzes.views.runner import allowance_for, find


@require_safe
@login_required
def results(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = find(request.user, pk)
    if found.is_open:
        return redirect(found)
    standing = standing_of(found.answers.select_related("question__skill"))
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "standing": standing,
        "marks": marks(standing),
        "reviews": [(item, answer_view(found, item.best)) for item in standing.items],
        "skills": skill_scores(standing),
        "ran_out": ran_out(found),
        "allowance": allowance_for(found, timezone.now()),
        "regraded": in_force(found, timezone.now()),
    }
    return render(request, "quizzes/results.html", context)
