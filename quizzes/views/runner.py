"""The runner: one question at a time or all on a page, and before the end what is still open."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import pending
from accounts.http import SignedInRequest
from accounts.models import User
from quizzes import services
from quizzes.certainty import LEVELS, certainty_in
from quizzes.forms import new_tab, parts, prefix_of, sender_of, typed_fields
from quizzes.models import Answer, Attempt
from quizzes.pages import answer_view, loose_ends, marks, waiting_for
from quizzes.services import Allowance, Item, Standing, allowance_of, hint_wait, released, standing_of

SOON = 86_400  # seconds; before that the close of a quiz is no countdown


@require_safe
@login_required
def attempt(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = find(request.user, pk)
    if not request.accepts("text/html"):
        return JsonResponse({"is_open": found.is_open} | clock(found))
    standing = standing_in(found)
    if found.is_open and found.shows_all and "item" not in request.GET:
        return _all(request, found)
    item = current(found, standing, request.GET.get("item", ""))
    if item is None:
        return redirect("quizzes:finish", pk)
    kept = pending.take(request, f"answer:{pk}:{item.position}")
    if kept is not None and found.is_open and item.latest.is_open:
        services.save(item.latest, typed_fields(kept), timezone.now(), sender=sender_of(kept))
    if not found.is_open:
        return redirect(found)
    return item_page(request, found, standing, item)


def _all(request: HttpRequest, found: Attempt) -> HttpResponse:
    kept = pending.take(request, kept_as(found.pk))
    for latest, form in sent_to(found, kept) if kept is not None else ():
        if latest.is_open:
            services.save(latest, typed_fields(form), timezone.now(), sender=sender_of(form))
    return all_page(request, found, standing_in(found))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Before: what is not answered yet, or flagged. After: the results."""
    found = find(request.user, pk)
    if request.method == "POST":
        return redirect(services.finish(found, timezone.now()))
    if not found.is_open:
        return redirect(found)
    standing = standing_in(found)
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "allowance": allowance_for(found, timezone.now()),
        "unanswered": len(standing.unanswered),
        "loose_ends": [] if found.is_sequential else loose_ends(standing),
        "waiting": waiting_for(found, timezone.now()) if found.is_exam else [],
        "has_more": current(found, standing, "") is not None,
        "timer": timer(found),
    }
    return render(request, "quizzes/finish.html", context)


def find(learner: User, pk: UUID) -> Attempt:
    """The learner's attempt; finished, if its time is over and nobody looked since."""
    attempts = Attempt.objects.for_learner(learner).select_related(
        "quiz__lesson__course", "practice_of__quiz__lesson__course", "learner"
    )
    found = get_object_or_404(attempts, pk=pk)
    return services.finish_if_over(found, timezone.now())


def clock(found: Attempt) -> dict[str, float]:
    """What a page's timer goes by: `seconds_left` of an attempt whose time is limited."""
    left = services.seconds_left(found, timezone.now())
    return {} if left is None else {"seconds_left": round(left, 1)}


def timer(found: Attempt) -> dict[str, object]:
    """What `quizzes/_timer.html` shows: nothing without an end, or while it is the quiz's and days away."""
    left = clock(found)
    if not left or (found.deadline is None and left["seconds_left"] > SOON):
        return {}
    return {**left, "ends": services.deadline_of(found)}


def allowance_for(found: Attempt, now: datetime) -> Allowance | None:
    """What the quiz of an attempt allows its learner; None for a set that belongs to no quiz."""
    if found.quiz is None:
        return None
    mine = Attempt.objects.for_learner(found.learner).filter(quiz=found.quiz)
    return allowance_of(found.quiz, mine, now)


def standing_in(found: Attempt) -> Standing:
    return standing_of(found.answers.all())


def kept_as(pk: UUID) -> str:
    """The name under which the form of all questions waits while its learner signs in again."""
    return f"answers:{pk}"


def sent_to(found: Attempt, form: QueryDict) -> list[tuple[Answer, QueryDict]]:
    """The latest try at each question that the form of all speaks of, with its part of the form."""
    latest = {item.position: item.latest for item in standing_in(found).items}
    return [(latest[place], part) for place, part in sorted(parts(form).items()) if place in latest]


def current(found: Attempt, standing: Standing, position: str) -> Item | None:
    """The item asked for, else the first that is open, else the first. In sequence, the one whose turn it is;
    None when all are behind.
    """
    if found.is_open and found.is_sequential:
        return next((item for item in standing.items if item.position >= found.place), None)
    if position.isascii() and position.isdigit() and len(position) < 6:
        asked = standing.item(int(position))
        if asked is not None:
            return asked
    return next((item for item in standing.items if item.latest.is_open), standing.items[0])


def address_of(pk: UUID, position: int) -> str:
    return f"{Attempt(pk=pk).get_absolute_url()}?item={position}"


def item_page(
    request: HttpRequest, found: Attempt, standing: Standing, item: Item, problem: str = ""
) -> HttpResponse:
    """The page of one item; `problem` says why the response cannot be read."""
    places = [one.position for one in standing.items]
    at = places.index(item.position)
    is_in_turn, now = found.is_sequential, timezone.now()
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "standing": standing,
        "marks": marks(standing, released(found, now).scores, item.position, is_in_turn=is_in_turn),
        **entry_of(found, item, problem),
        "tab": new_tab(),
        "levels": LEVELS if found.asks_certainty else (),
        "count": len(places),
        "is_whole": found.shows_all,
        "is_in_turn": is_in_turn,
        "previous": places[at - 1] if at and not is_in_turn else None,
        "loose_ends": loose_ends(standing),
        "next": places[at + 1] if at + 1 < len(places) and not is_in_turn else None,
        "timer": timer(found),
    }
    return render(request, "quizzes/attempt.html", context)


def entry_of(found: Attempt, item: Item, problem: str = "") -> dict[str, object]:
    """What a page shows of one question."""
    now = timezone.now()
    return {
        "item": item,
        "shown": answer_view(found, item.latest, now),
        "hint_wait": hint_wait(item.latest, now),
        "problem": problem,
        "sure": certainty_in(item.latest.fields),
    }


def all_page(
    request: HttpRequest, found: Attempt, standing: Standing, problems: Mapping[int, str] | None = None
) -> HttpResponse:
    """The page of all items; `problems` say by position why a response cannot be read."""
    said = problems or {}
    entries = [
        {
            **entry_of(found, item, said.get(item.position, "")),
            "prefix": prefix_of(item.position),
            "uid": f"p{item.position}",
        }
        for item in standing.items
    ]
    context = {
        "section": "courses",
        "attempt": found,
        "quiz": found.quiz,
        "standing": standing,
        "marks": marks(standing, released(found, timezone.now()).scores),
        "entries": entries,
        "problems": [entry for entry in entries if entry["problem"]],
        "tab": new_tab(),
        "levels": LEVELS if found.asks_certainty else (),
        "count": len(entries),
        "timer": timer(found),
    }
    return render(request, "quizzes/attempt_all.html", context)
