"""The list of challenges, and one challenge with its editor: POST hands a network in."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

import engine
from accounts import pending
from accounts.models import User
from labs import services, tasks
from labs.allowance import NoAttemptError, allowance_of
from labs.builder import EditFault, builder_page, edited_form
from labs.comparing import best_of
from labs.forms import SourceField, SubmissionForm
from labs.models import Challenge, Submission, content_hash
from labs.rubric import asked_of
from labs.standing import earlier_submissions, standings
from labs.understanding import mended, understand
from labs.views.bench import challenge_page
from labs.weights import MOST_NUMBERS, as_given, given_weights, weight_tables

UNFINISHED = (
    f"{services.UNFINISHED_LIMIT} of your networks still wait to be graded. Your text is kept here: submit "
    "it when one of them is done."
)
CLOSED = (
    "This challenge has closed and takes no more networks. Your text is kept here: go on with it in the lab."
)
USED_UP = "No attempt is left: this challenge allows {}. Your text is kept here: go on with it in the lab."
UNSETTABLE = (
    "Here every weight is set by hand. Write a network that has weights to set, and at most "
    f"{MOST_NUMBERS} of them."
)


@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    shown = standings(Challenge.objects.visible_to(request.user), request.user)
    return render(request, "labs/challenges.html", {"section": "challenges", "standings": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    challenges = Challenge.objects.visible_to(request.user).select_related("lesson__course")
    found = get_object_or_404(challenges, slug=slug)
    if request.method == "POST":
        return _hand_in(request, found)
    kept = pending.take(request, _kind(found)) if request.user.is_authenticated else None
    return _page(request, found, kept or _first_text(request, found), is_first=kept is None)


def _hand_in(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return _page(request, challenge, request.POST, status=422)
    source, asked = form.cleaned_data["source"], asked_of(challenge.criteria.all())
    try:
        is_fresh = request.POST.get("seen") == content_hash(source)
        built = edited_form(request.POST.dict(), source, is_fresh=is_fresh)
    except EditFault as fault:
        return _page(request, challenge, request.POST, status=422, fault=str(fault))
    if "edit" in request.POST:
        return _page(request, challenge, _with_source(request.POST, built))
    source = built
    if "mend" in request.POST:
        mended_text = mended(source, request.POST["mend"], asked)
        return _page(request, challenge, _with_source(request.POST, mended_text))
    if "read" in request.POST:
        return _page(request, challenge, _with_source(request.POST, source))
    spec = understand(source, asked).reading.spec
    if spec is None:
        return _page(request, challenge, request.POST, status=422)
    weights, problem = _weights(request, challenge, spec)
    if problem:
        return _page(request, challenge, request.POST, status=422, problem=problem)
    if not isinstance(request.user, User):
        pending.keep(request, _kind(challenge), _with_source(request.POST, source))
        return pending.to_sign_in(challenge.get_absolute_url())
    try:
        submission = services.submit(
            request.user,
            challenge,
            source,
            token=form.cleaned_data["token"],
            now=timezone.now(),
            enqueue=tasks.enqueue,
            weights=weights,
        )
    except services.TooManyUnfinished:
        return _page(request, challenge, request.POST, status=429, problem=UNFINISHED)
    except NoAttemptError:
        problem = USED_UP.format(challenge.attempt_limit)
        return _page(request, challenge, request.POST, status=409, problem=problem)
    except services.ChallengeClosed:
        return _page(request, challenge, request.POST, status=409, problem=CLOSED)
    return redirect(submission)


def _weights(request: HttpRequest, challenge: Challenge, spec: engine.Spec) -> tuple[list[Any] | None, str]:
    """What was set by hand where the challenge asks for it, or what has to be mended first."""
    if not challenge.takes_weights:
        return None, ""
    tables = weight_tables(spec, given_weights(request.POST))
    if tables is None:
        return None, UNSETTABLE
    return tables.arrays, tables.fault


def _page(
    request: HttpRequest,
    challenge: Challenge,
    data: QueryDict,
    *,
    status: int = 200,
    problem: str = "",
    fault: str = "",
    is_first: bool = False,
) -> HttpResponse:
    source = SourceField().to_python(data.get("source", ""))
    form, allowance = SubmissionForm(data), allowance_of(challenge, request.user, timezone.now())
    earlier = earlier_submissions(challenge, request.user)
    context = {
        **challenge_page(challenge, challenge.criteria.all(), form, allowance, shows_lines=status == 422),
        "earlier": earlier,
        "best_result": best_of(one.submission for one in earlier),
        "problem": problem,
        **builder_page(source),
        "seen": content_hash(source),
        "edit_fault": fault,
        "is_first": is_first,
    }
    return render(request, "labs/challenge.html", context, status=status)


def _first_text(request: HttpRequest, challenge: Challenge) -> QueryDict:
    """The text of one's own submission named by ?from=, else the challenge's starter."""
    source, weights = challenge.starter, None
    own = Submission.objects.for_learner(request.user).filter(challenge=challenge)
    named = _uuid(request.GET.get("from", ""))
    if named and (again := own.filter(pk=named).first()):
        source, weights = again.source, again.weights
    data = _with_source(QueryDict(), source)
    data.update(as_given(weights))
    return data


def _with_source(data: QueryDict, source: str) -> QueryDict:
    """The form with this text in it; a new text gets a new token."""
    changed = data.copy()
    changed["source"], changed["token"] = source, str(uuid4())
    return changed


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _kind(challenge: Challenge) -> str:
    return f"challenge:{challenge.slug}"
