"""The way into a quiz.

A visitor without an account may read it and answer its first fixed question; what they chose is kept while
they sign in, and then fills in the attempt it starts.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    PasswordError,
    Sender,
    allowance_of,
    finish_overdue,
    grade_of,
    note_result,
    released,
    save,
    start,
    time_allowed,
)
from quizzes.services.variants import variant_for

VISITOR = "visitor"
MISSING = "This quiz starts with a password. Your instructor tells it to you."
WRONG = "This is not the password of this quiz. Look at it once more; capitals do not matter."


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    quizzes = Quiz.objects.visible_to(request.user).select_related("lesson__course")
    found = get_object_or_404(quizzes, slug=slug)
    kind = f"quiz:{found.slug}"
    if not isinstance(request.user, User):
        if request.method == "POST":
            pending.keep(request, kind, request.POST)
            return pending.to_sign_in(found.get_absolute_url())
        return _page(request, found, _first_question(found, timezone.now()))
    kept = pending.take(request, kind) if request.method == "GET" else None
    if request.method == "POST" or kept is not None:
        return _start(request, request.user, found, kept or request.POST)
    return _page(request, found, None)


def _start(request: HttpRequest, learner: User, found: Quiz, form: QueryDict) -> HttpResponse:
    try:
        attempt = start(learner, found, timezone.now(), password=form.get("password", ""))
    except (NoAttemptError, NothingToAskError):
        return _page(request, found, None, status=409)
    except PasswordError as error:
        return _page(request, found, None, status=403, problem=MISSING if error.is_missing else WRONG)
    question = form.get("question", "").replace("\0", "")
    answer = attempt.answers.unreleased().filter(question__slug=question).first() if question else None
    if answer is None:
        return redirect(attempt)
    with suppress(AnswerClosedError):  # graded in another tab meanwhile: the page shows it
        save(answer, typed_fields(form), timezone.now(), sender=Sender("", 0))
    return redirect(f"{attempt.get_absolute_url()}?item={answer.position}")


def _first_question(found: Quiz, now: datetime) -> Question | None:
    """The first question that is the same for everybody, so that it can be answered before signing in. None
    of a quiz that not everybody may start, or that is graded.
    """
    is_for_all = not (found.time_limit or found.password or found.is_exam)
    if not is_for_all or not allowance_of(found, [], now).can_start:
        return None
    return next((q for q in found.questions.asked() if not q.rules.is_generated), None)


def _page(
    request: HttpRequest, found: Quiz, question: Question | None, status: int = 200, problem: str = ""
) -> HttpResponse:
    context: dict[str, object] = {"section": "courses", "quiz": found, "problem": problem}
    context["questions"] = list(found.questions.asked().only("title", "points", "quiz"))
    if question is not None:
        context |= {"question": question, "view": question.rules.view(_variant(question), {}, None, False)}
    if isinstance(request.user, User):
        context |= _history(request.user, found)
    else:
        context["allowance"] = allowance_of(found, [], timezone.now())
    context["tells_questions"] = _tells_questions(found, context)
    return render(request, "quizzes/quiz.html", context, status=status)


def _tells_questions(found: Quiz, context: Mapping[str, object]) -> bool:
    """Whether the page may list what is asked: not where questions come one by one, or not to everybody."""
    has_begun = bool(context.get("open_attempt") or context.get("finished_attempts"))
    return not found.is_sequential and (has_begun or not found.password)


def _minutes(allowed: timedelta | None) -> float:
    return allowed / timedelta(minutes=1) if allowed else 0


def _variant(question: Question) -> Variant:
    return variant_for(question, VISITOR)


@dataclass(frozen=True)
class Finished:
    """A finished attempt, and whether its score may be told."""

    attempt: Attempt
    has_score: bool


def _history(learner: User, found: Quiz) -> Mapping[str, object]:
    now = timezone.now()
    finish_overdue(now, learner)
    note_result(learner, found, now)
    mine = Attempt.objects.for_learner(learner).filter(quiz=found).select_related("quiz")
    attempts = list(mine.order_by("-started_at"))
    finished = [Finished(one, released(one, now).scores) for one in attempts if not one.is_open]
    return {
        "allowance": allowance_of(found, attempts, now),
        "minutes": _minutes(time_allowed(learner, found)),
        "open_attempt": next((attempt for attempt in attempts if attempt.is_open), None),
        "finished_attempts": finished[:20],
        "grade": grade_of(found, attempts) if finished and finished[0].has_score else None,
    }
