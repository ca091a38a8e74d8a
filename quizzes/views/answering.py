"""What the buttons of the runner do, and the saves of its script.

Every button of the question's form sends what is typed too, so that nothing is lost by asking for a hint,
flagging or skipping.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from accounts import pending
from accounts.models import User
from quizzes import services
from quizzes.forms import hint_level, sender_of, tab_name, typed_fields
from quizzes.kinds import FormatError
from quizzes.models import Answer, Attempt
from quizzes.services import AnswerClosedError, ConflictError, OutOfTurnError, ran_out
from quizzes.views.runner import address_of, clock, find, item_page, standing_in

TOO_LATE = (
    "Your time was over, and this answer came after the 30 seconds of grace, so it was not taken. Everything "
    "saved before counts."
)
OUT_OF_TURN = (
    "This quiz asks one question after the other. The answer you sent belongs to a question that you left or "
    "have not reached, so it was not taken. What was saved before counts."
)


@require_POST
def answer(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Does what the pressed button says; a script that saves gets JSON."""
    is_page = request.accepts("text/html")
    if not isinstance(request.user, User):
        if not is_page:
            return JsonResponse({"signed_out": True}, status=401)
        # Signed out meanwhile: what was typed waits, and the runner fills it in again.
        pending.keep(request, f"answer:{pk}:{position}", request.POST)
        return pending.to_sign_in(address_of(pk, position))
    found = find(request.user, pk)
    answers = Answer.objects.for_learner(request.user).filter(attempt=found, position=position)
    latest = get_object_or_404(answers.order_by("-number")[:1])
    if is_page:
        return _answered(request, found, latest)
    return _autosaved(request, found, latest)


def _answered(request: HttpRequest, found: Attempt, latest: Answer) -> HttpResponse:
    here = address_of(found.pk, latest.position)
    if not found.is_open:
        return too_late(request, found, [(latest, request.POST)])
    try:
        return redirect(act(request.POST, latest, here, timezone.now()))
    except ConflictError:
        return redirect(f"{here}#conflict")
    except AnswerClosedError as error:
        return _refused(request, found, latest, error)
    except FormatError as error:
        standing = standing_in(found)
        item = standing.item(latest.position) or standing.items[0]
        return item_page(request, found, standing, item, problem=str(error))


def _refused(request: HttpRequest, found: Attempt, latest: Answer, error: AnswerClosedError) -> HttpResponse:
    """Where a response leads that was not taken, with a word when it came too late or out of turn."""
    if isinstance(error, OutOfTurnError):
        messages.warning(request, OUT_OF_TURN)
        return redirect(found)
    found = services.finish_if_over(found, timezone.now())
    if not found.is_open:
        return too_late(request, found, [(latest, request.POST)])
    return redirect(address_of(found.pk, latest.position))


def too_late(request: HttpRequest, found: Attempt, sent: Iterable[tuple[Answer, QueryDict]]) -> HttpResponse:
    """Where a form leads that came after the end; with a word, if it says anything new."""
    new = (any(fields["answer"]) and fields != latest.fields for latest, fields in _typed(sent))
    if ran_out(found) and any(new):
        messages.warning(request, TOO_LATE)
    return redirect(found)


def _typed(sent: Iterable[tuple[Answer, QueryDict]]) -> Iterator[tuple[Answer, dict[str, list[str]]]]:
    return ((latest, typed_fields(form)) for latest, form in sent)


def act(form: QueryDict, latest: Answer, here: str, now: datetime) -> str:
    """Do what the button of the form says; the address to go to."""
    other, sender = tab_name(form, "other"), sender_of(form)
    match form.get("action", "check"):
        case "again":
            services.try_again(latest, now)
        case "take":
            services.take(latest, other, now, sender=sender)
        case "let-go":
            services.let_go(latest, other, now)
        case "flag" | "unflag" as action:
            keep(form, latest, now)
            services.flag(latest, action == "flag", now)
            return here
        case "save":
            return f"{here}#conflict" if keep(form, latest, now).others else here
        case "hint":
            keep(form, latest, now)
            services.open_hint(latest, hint_level(form), now)
            return f"{here}#hints"
        case "skip" | "next":
            keep(form, latest, now)
            return _after(latest, now)
        case _:
            checked = services.check(latest, typed_fields(form), now, sender=sender)
            return _after(latest, now) if checked.is_open else f"{here}#feedback"
    return f"{here}#question"


def keep(form: QueryDict, latest: Answer, now: datetime) -> Answer:
    """Save what is typed, if the answer is open and this is something new."""
    fields = typed_fields(form)
    is_empty = not any(fields["answer"])
    if not latest.is_open or (is_empty and not latest.is_answered):
        return latest
    return services.save(latest, fields, now, sender=sender_of(form))


def _after(latest: Answer, now: datetime) -> str:
    """Where skipping leads, and saving in an exam: to the next question, without an answer unless in
    sequence; else to the end.
    """
    if latest.attempt.is_sequential:
        services.move_on(latest, now)
        return latest.attempt.get_absolute_url()
    following = standing_in(latest.attempt).next_unanswered(latest.position)
    if following is None or following.position == latest.position:
        return reverse("quizzes:finish", args=[latest.attempt_id])
    return address_of(latest.attempt_id, following.position)


def _autosaved(request: HttpRequest, found: Attempt, latest: Answer) -> JsonResponse:
    """`others` counts the texts of other tabs that wait beside this one until the learner picks."""
    fields, sender = typed_fields(request.POST), sender_of(request.POST)
    try:
        saved = services.save(latest, fields, timezone.now(), sender=sender)
    except AnswerClosedError:
        return JsonResponse({"closed": True}, status=409)
    at = date_format(timezone.localtime(saved.saved_at), "H:i")
    told = {"version": saved.version, "saved_at": at, "others": len(saved.others)}
    return JsonResponse(told | clock(found))
