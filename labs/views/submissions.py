"""One submission: waiting, being graded, or graded with a reason for every point."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

import engine
from labs import services
from labs.allowance import allowance_of
from labs.comparing import best_of, compare, figures_of
from labs.listing import listing
from labs.models import Status, Submission
from labs.results import result_of
from labs.standing import earlier_submissions, regradings
from labs.understanding import understand
from labs.weights import as_given, weight_tables

TOO_LATE = "It was not taken back: its grading has begun, or is done."


@require_safe
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    submissions = Submission.objects.visible_to(request.user)
    found = get_object_or_404(submissions.select_related("challenge__lesson__course", "learner"), pk=pk)
    understanding = understand(found.source, engine.criteria(found.criteria))
    tables = weight_tables(understanding.reading.spec, as_given(found.weights)) if found.weights else None
    others = earlier_submissions(found.challenge, found.learner)
    best = best_of(other.submission for other in others if other.submission.pk != found.pk)
    best = submissions.filter(pk=best.pk).first() if best and found.status == Status.GRADED else None
    names = {other.submission.pk: other.name for other in others}
    is_own = found.learner == request.user
    context = {
        "section": "challenges",
        "submission": found,
        "result": result_of(found),
        "understanding": understanding,
        "tables": tables,
        "lines": listing(found.source, understanding.findings),
        "ahead": _ahead_of(found),
        "name": names.get(found.pk, "Submission"),
        "best": best,
        "best_name": names.get(best.pk) if best else "",
        "figures": figures_of(best, found) if best else (),
        "others": [other for other in others if other.submission.pk != found.pk],
        "regradings": regradings(found),
        "is_own": is_own,
        "allowance": allowance_of(found.challenge, found.learner, timezone.now()) if is_own else None,
        "best_result": best_of(other.submission for other in others),
    }
    return render(request, "labs/submission.html", context)


@require_safe
def comparison(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """From one graded submission to another that its learner sent for the same challenge."""
    graded = Submission.objects.visible_to(request.user).filter(status=Status.GRADED)
    one = get_object_or_404(graded.select_related("challenge", "learner"), pk=pk)
    own = graded.filter(learner=one.learner, challenge=one.challenge)
    second = get_object_or_404(own, pk=other)
    names = {each.submission.pk: each.name for each in earlier_submissions(one.challenge, one.learner)}
    context = {
        "section": "challenges",
        "challenge": one.challenge,
        "one": one,
        "other": second,
        "names": (names[one.pk], names[second.pk]),
        "comparison": compare(one, second),
    }
    return render(request, "labs/comparison.html", context)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Submission.objects.for_learner(request.user), pk=pk)
    if not services.cancel(found.pk) and found.status != Status.CANCELED:
        messages.warning(request, TOO_LATE)
    return redirect(found)


def _ahead_of(submission: Submission) -> int:
    """How many wait that were queued before it."""
    if submission.status != Status.QUEUED:
        return 0
    waiting = Submission.objects.filter(status=Status.QUEUED, queued_at__lt=submission.queued_at)
    return waiting.count()
