"""The runner: one question at a time, saved as it is answered, checked when the learner wants it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import pending
from accounts.http import SignedInRequest
from accounts.models import User
from quizzes import services
from quizzes.forms import new_tab, sender_of, tab_name, typed_fields
from quizzes.kinds import FormatError
from quizzes.models import Answer, Attempt
from quizzes.pages import answer_view, marks
from quizzes.services import AnswerClosedError, ConflictError, Item, Standing, standing_of


@require_safe
@login_required
def attempt(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = _find(request.user, pk)
    standing = _standing(found)
    position = request.GET.get("item", "")
    item = _current(standing, position)
    kept = pending.take(request, f"answer:{pk}:{item.position}")
    if kept is not None and found.is_open and item.latest.is_open:
        services.save(item.latest, typed_fields(kept), timezone.now(), sender=sender_of(kept))
    if not found.is_open:
        return redirect(found)
    return _page(request, found, standing, item)


@require_POST
def answer(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Save, check, try again, or pick between two tabs, as the pressed button says; a script that saves gets
    JSON."""
    is_page = request.accepts("text/html")
    if not isinstance(request.user, User):
        if not is_page:
            return JsonResponse({"signed_out": True}, status=401)
        # Signed out meanwhile: what was typed waits, and the runner fills it in again.
        pending.keep(request, f"answer:{pk}:{position}", request.POST)
        return pending.to_sign_in(_address(pk, position))
    found = _find(request.user, pk)
    answers = Answer.objects.for_learner(request.user).filter(attempt=found, position=position)
    latest = get_object_or_404(answers.order_by("-number")[:1])
    if is_page:
        return _answered(request, found, latest)
    return _autosaved(request, latest)


def _answered(request: HttpRequest, found: Attempt, latest: Answer) -> HttpResponse:
    fields, now = typed_fields(request.POST), timezone.now()
    action = request.POST.get("action", "check")
    sender = sender_of(request.POST)
    here = _address(found.pk, latest.position)
    try:
        if action == "again":
            services.try_again(latest)
            return redirect(f"{here}#question")
        if action == "take":
            services.take(latest, tab_name(request.POST, "other"), now, sender=sender)
            return redirect(f"{here}#question")
        if action == "let-go":
            services.let_go(latest, tab_name(request.POST, "other"))
            return redirect(f"{here}#question")
        if action == "save":
            saved = services.save(latest, fields, now, sender=sender)
            return redirect(f"{here}#conflict" if saved.others else here)
        services.check(latest, fields, now, sender=sender)
    except ConflictError:
        return redirect(f"{here}#conflict")
    except AnswerClosedError:
        return redirect(found if not found.is_open else here)
    except FormatError as error:
        standing = _standing(found)
        item = _current(standing, str(latest.position))
        return _page(request, found, standing, item, problem=str(error))
    return redirect(f"{here}#feedback")


def _autosaved(request: HttpRequest, latest: Answer) -> JsonResponse:
    """`others` counts the texts of other tabs that wait beside this one until the learner picks."""
    fields, sender = typed_fields(request.POST), sender_of(request.POST)
    try:
        saved = services.save(latest, fields, timezone.now(), sender=sender)
    except AnswerClosedError:
        return JsonResponse({"closed": True}, status=409)
    at = date_format(timezone.localtime(saved.saved_at), "H:i")
    return JsonResponse({"version": saved.version, "saved_at": at, "others": len(saved.others)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Before: what is not answered yet. After: the results."""
    found = _find(request.user, pk)
    if request.method == "POST":
        return redirect(services.finish(found, timezone.now()))
    if not found.is_open:
        return redirect(found)
    standing = _standing(found)
    context = {"section": "courses", "attempt": found, "quiz": found.quiz, "standing": standing}
    return render(request, "quizzes/finish.html", context | {"unanswered": standing.unanswered})


def _find(learner: User, pk: UUID) -> Attempt:
    attempts = Attempt.objects.for_learner(learner).select_related("quiz__lesson__course", "learner")
    return get_object_or_404(attempts, pk=pk)


def _standing(found: Attempt) -> Standing:
    return standing_of(found.answers.all())


def _current(standing: Standing, position: str) -> Item:
    """The item asked for, else the first that is open, else the first."""
    if position.isascii() and position.isdigit() and len(position) < 6:
        asked = standing.item(int(position))
        if asked is not None:
            return asked
    return next((item for item in standing.items if item.latest.is_open), standing.items[0])


def _address(pk: UUID, position: int) -> str:
    return f"{Attempt(pk=pk).get_absolute_url()}?item={position}"


def _page(
    request: HttpRequest, found: Attempt, standing: Standing, item: Item, problem: str = ""
) -> HttpResponse:
    """The page of one item; `problem` says why the response cannot be read."""
    places = [one.position for one in standing.items]
    at = places.index(item.position)
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "standing": standing,
        "marks": marks(standing, item.position),
        "item": item,
        "shown": answer_view(found, item.latest),
        "problem": problem,
        "tab": new_tab(),
        "count": len(places),
        "previous": places[at - 1] if at else None,
        "next": places[at + 1] if at + 1 < len(places) else None,
    }
    return render(request, "quizzes/attempt.html", context)
