"""Reviews that are due, and more of one question for practice."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from quizzes import services
from quizzes.models import Answer
from quizzes.reviewing import DAYS_AHEAD, log_of, queue_of
from quizzes.services import NothingToAskError
from quizzes.views.runner import find


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reviews(request: SignedInRequest) -> HttpResponse:
    """What is due and what was predicted; POST begins, or goes on."""
    now = timezone.now()
    status = 200
    if request.method == "POST":
        try:
            return redirect(services.review(request.user, now))
        except NothingToAskError:
            status = 409
    queue = queue_of(request.user, now)
    context = {
        "section": "dashboard",
        "queue": queue,
        "coming": queue.coming[:DAYS_AHEAD],
        "log": log_of(request.user),
    }
    return render(request, "quizzes/reviews.html", context, status=status)


@require_POST
@login_required
def practice(request: SignedInRequest, pk: UUID, position: int) -> HttpResponse:
    """Three more like this question of a finished attempt; if there are none left, back to its results."""
    found = find(request.user, pk)
    if found.is_open:
        return redirect(found)
    answers = Answer.objects.for_learner(request.user).filter(attempt=found, position=position)
    asked = get_object_or_404(answers.select_related("question")[:1])
    try:
        return redirect(services.practice_set(request.user, asked.question, timezone.now()))
    except NothingToAskError:
        return redirect(found)
