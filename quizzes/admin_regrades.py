"""Regrades in the admin: the form that begins a dry run, before and after, putting it in force, undoing it.

The list is the log of who did what when, and why.
"""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.read_only import ReadOnly
from quizzes import regrading, tasks
from quizzes.admin_forms import RegradeForm
from quizzes.models import Quiz, Regrade, RegradeTrial
from quizzes.regrade_pages import rows, to_csv

if TYPE_CHECKING:
    QuizModelAdmin = admin.ModelAdmin[Quiz]
    RegradeModelAdmin = admin.ModelAdmin[Regrade]
else:
    QuizModelAdmin = object
    RegradeModelAdmin = admin.ModelAdmin

ON_A_PAGE = 100


class Regrading(QuizModelAdmin):
    """Goes before ModelAdmin: adds the page `…/regrade/`, where a dry run begins, to a quiz."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.regrade_view))
        mine = [path("<path:object_id>/regrade/", page, name="quizzes_quiz_regrade")]
        return mine + list(super().get_urls())

    def regrade_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose what to grade again, by which rule and why; `?question=` and `?reason=` fill the form."""
        if not request.user.has_perm("quizzes.add_regrade"):
            raise PermissionDenied
        quiz = get_object_or_404(Quiz, pk=object_id if object_id.isdecimal() else None)
        asked = {name: request.GET[name] for name in ("question", "reason") if name in request.GET}
        form = RegradeForm(quiz, request.POST if request.method == "POST" else None, initial=asked)
        if form.is_valid():
            regrade = regrading.start(
                quiz,
                form.cleaned_data["question"],
                form.cleaned_data["rule"],
                form.cleaned_data["reason"],
                cast(User, request.user),
                never_lower=form.cleaned_data["never_lower"],
                now=timezone.now(),
                enqueue=tasks.enqueue_regrade,
            )
            return redirect("admin:quizzes_regrade_change", regrade.pk)
        return render(request, "quizzes/regrade_form.html", {"quiz": quiz, "form": form})


@admin.register(Regrade)
class RegradeAdmin(ReadOnly, RegradeModelAdmin):
    list_display = (
        "__str__",
        "rule",
        "reason",
        "state",
        "never_lower",
        "started_at",
        "started_by",
        "committed_at",
        "committed_by",
        "undone_at",
        "undone_by",
    )
    list_select_related = ("quiz", "question", "started_by", "committed_by", "undone_by")
    list_filter = ("state", "rule", "quiz")
    search_fields = ("reason", "quiz__title", "question__title")
    date_hierarchy = "started_at"

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view
        return [
            path("<int:pk>/file/", see(require_safe(self.file_view)), name="quizzes_regrade_file"),
            path("<int:pk>/go-on/", see(require_POST(self.go_on_view)), name="quizzes_regrade_go_on"),
            path("<int:pk>/commit/", see(require_POST(self.commit_view)), name="quizzes_regrade_commit"),
            path("<int:pk>/undo/", see(require_POST(self.undo_view)), name="quizzes_regrade_undo"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        """One regrade: what every attempt had and would have, or has."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        known = object_id.isascii() and object_id.isdecimal()
        return render(
            request, "quizzes/regrade.html", _shown(request, _seen(request, object_id if known else None))
        )

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        regrade = _seen(request, pk)
        response = HttpResponse(to_csv(regrade), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{regrade.quiz.slug}-regrade-{pk}.csv"'
        return response

    def go_on_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        regrading.hand_out_anew(_changed(request, pk), timezone.now(), tasks.enqueue_regrade)
        return redirect("admin:quizzes_regrade_change", pk)

    def commit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            if regrading.commit(_changed(request, pk), cast(User, request.user), timezone.now()):
                messages.success(request, "It is in force: learners see the results shown here, and why.")
        except regrading.ChangedMeanwhile as moved:
            messages.error(request, f"Nothing was changed. {moved} Start a new dry run.")
        return redirect("admin:quizzes_regrade_change", pk)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        left = regrading.undo(_changed(request, pk), cast(User, request.user), timezone.now())
        if left is not None:
            messages.success(request, "Undone: the results are again as they were.")
        if left:
            messages.warning(request, f"{left} left alone: graded again since.")
        return redirect("admin:quizzes_regrade_change", pk)


def _seen(request: HttpRequest, pk: Any) -> Regrade:
    """Raises PermissionDenied for those who may not look at answers, Http404 where there is no regrade."""
    if not request.user.has_perms(["quizzes.view_regrade", "quizzes.view_answer"]):
        raise PermissionDenied
    return get_object_or_404(Regrade.objects.select_related("quiz", "question"), pk=pk)


def _changed(request: HttpRequest, pk: int) -> Regrade:
    """Raises as _seen does, for those who may not grade again."""
    if not request.user.has_perm("quizzes.change_regrade"):
        raise PermissionDenied
    return _seen(request, pk)


def _shown(request: HttpRequest, regrade: Regrade) -> dict[str, object]:
    """What the page of one regrade lists; `?show=changes` leaves out what stays as it is."""
    trials: QuerySet[RegradeTrial] = regrade.trials.select_related("attempt__learner")
    found = dict(regrade.trials.order_by().values_list("change").annotate(Count("pk")))
    only_changes = request.GET.get("show") == "changes"
    if only_changes:
        trials = trials.filter(Q(change__in=regrading.WRITTEN) | ~Q(impossible=[]))
    page = Paginator(trials, ON_A_PAGE).get_page(request.GET.get("page", "1"))
    still_open, since = regrading.outside(regrade)
    is_ready = regrade.state == Regrade.State.READY
    cards, cards_left = regrading.cards_that_follow(regrade) if is_ready else (len(regrade.memories), 0)
    return {
        "regrade": regrade,
        "total": sum(found.values()),
        "tried": sum(count for change, count in found.items() if change),
        "counts": [(label, found[value]) for value, label in RegradeTrial.Change.choices if value in found],
        "page": page,
        "rows": rows(page.object_list),
        "only_changes": only_changes,
        "changing": sum(found.get(change, 0) for change in regrading.WRITTEN),
        "impossible": regrade.trials.exclude(impossible=[]).count(),
        "still_open": still_open,
        "since": since,
        "cards": cards,
        "cards_left": cards_left,
        "may_change": request.user.has_perm("quizzes.change_regrade"),
    }
