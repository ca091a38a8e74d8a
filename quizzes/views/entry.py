"""The way into a quiz.

A visitor without an account may read it and answer its first fixed question; what they chose is kept while
they sign in, and then fills in the attempt it starts.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import pending
from accounts.models import User
from quizzes.forms import typed_fields
from quizzes.kinds import Variant
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import (
    AnswerClosedError,
    NoAttemptError,
    NothingToAskError,
    Sender,
    allowance_of,
    finish_overdue,
    save,
    start,
    time_allowed,
)
from quizzes.services.variants import variant_for

VISITOR = "visitor"


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    quizzes = Quiz.objects.visible_to(request.user).select_related("lesson__course")
    found = get_object_or_404(quizzes, slug=slug)
    kind = f"quiz:{found.slug}"
    if not isinstance(request.user, User):
        if request.method == "POST":
            pending.keep(request, kind, request.POST)
            return pending.to_sign_in(found.get_absolute_url())
        return _page(request, found, None if found.time_limit else _first_question(found))
    kept = pending.take(request, kind) if request.method == "GET" else None
    if request.method == "POST" or kept is not None:
        return _start(request, request.user, found, kept or request.POST)
    return _page(request, found, None)


def _start(request: HttpRequest, learner: User, found: Quiz, form: QueryDict) -> HttpResponse:
    try:
        attempt = start(learner, found, timezone.now())
    except (NoAttemptError, NothingToAskError):
        return _page(request, found, None, status=409)
    question = form.get("question", "")
    answer = attempt.answers.unreleased().filter(question__slug=question).first() if question else None
    if answer is None:
        return redirect(attempt)
    with suppress(AnswerClosedError):  # graded in another tab meanwhile: the page shows it
        save(answer, typed_fields(form), timezone.now(), sender=Sender("", 0))
    return redirect(f"{attempt.get_absolute_url()}?item={answer.position}")


def _first_question(found: Quiz) -> Question | None:
    """The first question that is the same for everybody, so that it can be answered before signing in."""
    return next((q for q in found.questions.asked() if not q.rules.is_generated), None)


def _page(request: HttpRequest, found: Quiz, question: Question | None, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"section": "courses", "quiz": found}
    context["questions"] = list(found.questions.asked().only("title", "points", "quiz"))
    if question is not None:
        context |= {"question": question, "view": question.rules.view(_variant(question), {}, None, False)}
    if isinstance(request.user, User):
        context |= _history(request.user, found)
    return render(request, "quizzes/quiz.html", context, status=status)


def _minutes(allowed: timedelta | None) -> float:
    return allowed / timedelta(minutes=1) if allowed else 0


def _variant(question: Question) -> Variant:
    return variant_for(question, VISITOR)


def _history(learner: User, found: Quiz) -> Mapping[str, object]:
    finish_overdue(timezone.now(), learner)
    attempts = list(Attempt.objects.for_learner(learner).filter(quiz=found).order_by("-started_at"))
    return {
        "allowance": allowance_of(found, attempts, timezone.now()),
        "minutes": _minutes(time_allowed(learner, found)),
        "open_attempt": next((attempt for attempt in attempts if attempt.is_open), None),
        "finished_attempts": [attempt for attempt in attempts if not attempt.is_open][:20],
    }
