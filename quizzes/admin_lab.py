"""The variant lab on a question's page in the admin: look at seeds, vet 200 of them, approve a list."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from quizzes.lab import SIDE_BY_SIDE, VETTED_SEEDS, first_seed, specimens, vet_seeds
from quizzes.models import Question
from quizzes.preview import LAST_SEED
from quizzes.services import approve_seeds
from quizzes.vetting import Vetting

if TYPE_CHECKING:
    QuestionModelAdmin = admin.ModelAdmin[Question]
else:
    QuestionModelAdmin = object


class VariantLab(QuestionModelAdmin):
    """Goes before ModelAdmin: adds the page `…/variants/` to a question."""

    def get_urls(self) -> list[URLPattern]:
        lab = require_http_methods(["GET", "HEAD", "POST"])(self.lab_view)
        page = self.admin_site.admin_view(lab)
        mine = [path("<path:object_id>/variants/", page, name="quizzes_question_variants")]
        return mine + list(super().get_urls())

    def lab_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Twelve seeds side by side; posting vets seeds or changes which are approved."""
        questions = self.get_queryset(request).select_related("quiz__lesson__course")
        question = get_object_or_404(questions, pk=object_id if object_id.isdecimal() else None)
        may_change = self.has_change_permission(request, question)
        if not self.has_view_permission(request, question) or (request.method == "POST" and not may_change):
            return HttpResponse(status=403)
        faults = [str(fault) for fault in question.rules.validate(question.data)]
        vetting = None
        if request.method == "POST" and not faults:
            if request.POST.get("do") != "vet":
                return self._approve(request, question)
            vetting = vet_seeds(question)
        first = first_seed(request.GET.get("from", "1"))
        return render(
            request, "quizzes/variants.html", _context(question, first, faults, vetting, may_change)
        )

    def _approve(self, request: HttpRequest, question: Question) -> HttpResponse:
        """`vetted` approves what passes of 200 seeds, `none` lifts the list, else the ticked ones count."""
        match request.POST.get("do"):
            case "vetted":
                seeds = vet_seeds(question).passing
            case "none":
                seeds = []
            case _:
                seeds = _ticked(request, question)
        approve_seeds(question, seeds)
        told = f"Attempts ask out of {len(seeds)} approved seed{'' if len(seeds) == 1 else 's'} from now on."
        messages.success(request, told if seeds else "No list: every try draws numbers of its own.")
        address = reverse("admin:quizzes_question_variants", args=[question.pk])
        return HttpResponseRedirect(f"{address}?from={first_seed(request.GET.get('from', '1'))}")


def _ticked(request: HttpRequest, question: Question) -> list[int]:
    """The list as it was, with the seeds on the page as they are ticked now."""
    first = first_seed(request.GET.get("from", "1"))
    on_page = set(range(first, first + SIDE_BY_SIDE))
    sent = (text for text in request.POST.getlist("seed") if text.isascii() and len(text) < 6)
    ticked = {int(text) for text in sent if text.isdecimal()}
    return sorted((set(question.approved_seeds) - on_page) | (ticked & on_page))


def _context(
    question: Question, first: int, faults: list[str], vetting: Vetting | None, may_change: bool
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "question": question,
        "faults": faults,
        "first": first,
        "may_change": may_change,
        "vetted_seeds": VETTED_SEEDS,
    }
    if faults:
        return context
    following = first + SIDE_BY_SIDE
    return context | {
        "specimens": specimens(question, first),
        "last": following - 1,
        "earlier": max(1, first - SIDE_BY_SIDE) if first > 1 else None,
        "following": following if following <= LAST_SEED - SIDE_BY_SIDE + 1 else None,
        "vetting": vetting,
        "slowest_ms": 1000 * vetting.slowest.seconds if vetting and vetting.slowest else 0,
    }
