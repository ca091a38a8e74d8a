"""All questions of an attempt, sent with one form."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import pending
from accounts.models import User
from quizzes import services
from quizzes.forms import prefix_of, sender_of, typed_fields
from quizzes.kinds import FormatError
from quizzes.models import Answer, Attempt
from quizzes.services import AnswerClosedError, ConflictError
from quizzes.views.answering import act, keep, too_late
from quizzes.views.runner import all_page, find, kept_as, sent_to, standing_in


@require_POST
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keeps what is typed everywhere and does what the pressed button says, for all questions or for one."""
    if not isinstance(request.user, User):
        pending.keep(request, kept_as(pk), request.POST)
        return pending.to_sign_in(Attempt(pk=pk).get_absolute_url())
    found = find(request.user, pk)
    sent = sent_to(found, request.POST)
    if not found.is_open:
        return too_late(request, found, sent)
    now, action = timezone.now(), request.POST.get("action", "")
    problems: dict[int, str] = {}
    pressed = ""
    for latest, form in sent:
        try:
            pressed = _give(form, latest, action == "check", now) or pressed
        except FormatError as error:
            problems[latest.position] = str(error)
        except (AnswerClosedError, ConflictError):
            pass  # graded elsewhere, or answered in two tabs: the page shows it
    found = services.finish_if_over(found, now)
    if not found.is_open:
        return too_late(request, found, sent)
    if action == "finish":
        return redirect("quizzes:finish", pk)
    if problems:
        return all_page(request, found, standing_in(found), problems)
    return redirect(f"{found.get_absolute_url()}{pressed}")


def _give(form: QueryDict, latest: Answer, is_check: bool, now: datetime) -> str:
    """Keep one question's response, or check it with all others; the place of its button, if one was pressed.

    Raises FormatError, ConflictError and AnswerClosedError as checking and saving do.
    """
    if "action" in form:
        act(form, latest, "", now)
        is_hint = form["action"] == "hint"
        return f"#{prefix_of(latest.position)}hints" if is_hint else f"#item-{latest.position}"
    fields = typed_fields(form)
    if is_check and latest.is_open and any(fields["answer"]):
        services.check(latest, fields, now, sender=sender_of(form))
    elif fields != latest.fields:
        keep(form, latest, now)
    return ""
