"""Long runs of the playground: handed to the workers, followed, stopped, and gone on with."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from labs import long_runs, tasks
from labs.models import LongRun
from labs.playground.addresses import address, hidden, read, read_query
from labs.playground.board import board
from labs.playground.travel import MOST_STATE, StateError, opened

TOO_MANY = "Two of your runs are still training. Stop one, or wait for it, then train this one."
IS_OVER = "This run has ended: change when it stops, or start over."
"""No epoch can follow."""


@require_POST
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    settings, _ = read(request.GET.dict())
    query = address(settings, "", hidden(request.GET.dict()))
    back = redirect(f"{reverse('labs:playground')}?{query}")
    try:
        run = opened(settings, request.POST.get("state", "")[: MOST_STATE + 1])
        if run.is_over:
            messages.warning(request, IS_OVER)
            return back
        epochs = _epochs(request.POST.get("epochs", ""))
        long_run = long_runs.start(
            request.user, run, query, epochs, now=timezone.now(), enqueue=tasks.enqueue_long_run
        )
    except StateError as fault:
        messages.warning(request, str(fault))
        return back
    except long_runs.TooManyLongRuns:
        messages.warning(request, TOO_MANY)
        return back
    return redirect(long_run)


@require_safe
@login_required
def long_run(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(LongRun.objects.for_learner(request.user), pk=pk)
    shown = {"long_run": found, "section": "lab", **_results(found)}
    return render(request, "labs/playground/long_run.html", shown)


@require_POST
@login_required
def cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(LongRun.objects.for_learner(request.user), pk=pk)
    long_runs.cancel(found.pk)
    return redirect(found)


def _results(found: LongRun) -> dict[str, object]:
    """How it stands, as the playground shows it; nothing when the state cannot be read any more."""
    try:
        run = opened(read_query(found.query)[0], found.state)
    except StateError:
        return {}
    return board(run)


def _epochs(text: str) -> int:
    """How many epochs are asked for; 1,000 where that is not said."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1000
