"""Rejudges in the admin: the dry run with before and after, putting it in force, and undoing it. The list is
the log of who did what when.
"""

from collections.abc import Iterable
from typing import cast

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.models import User
from labs import rejudging, tasks
from labs.admin.submissions import ReadOnlyAdmin
from labs.models import Challenge, Rejudge, Trial

ON_A_PAGE = 100
MEANWHILE = "Nothing was changed: a submission was graded again since the dry run. Start a new dry run."


def may_judge(request: HttpRequest) -> bool:
    """Whether this person may have submissions graded again."""
    return cast(User, request.user).has_perm("labs.change_submission")


def start_rejudges(
    request: HttpRequest, challenges: Iterable[Challenge], *, never_lower: bool
) -> HttpResponse:
    """Begin a dry run for each challenge, and show it."""
    by, now = cast(User, request.user), timezone.now()
    started = [
        rejudging.start(one, by, never_lower=never_lower, now=now, enqueue=tasks.enqueue_rejudge)
        for one in challenges
    ]
    if len(started) == 1:
        return redirect("admin:labs_rejudge_change", started[0].pk)
    return redirect("admin:labs_rejudge_changelist")


class JudgesAdmin(ReadOnlyAdmin):
    """Rows that only those see who may judge; what can be done with them is done by actions and views."""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_judge(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_judge(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Rejudge)
class RejudgeAdmin(JudgesAdmin):
    list_display = (
        "challenge",
        "state",
        "progress",
        "never_lower",
        "started_at",
        "started_by",
        "committed_at",
        "committed_by",
        "undone_at",
        "undone_by",
    )
    list_select_related = ("challenge", "started_by", "committed_by", "undone_by")
    list_filter = ("state", "challenge")
    fields = ("challenge", "criteria", "never_lower", "state")
    change_form_template = "admin/labs/rejudge/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rejudge]:
        rejudges: QuerySet[Rejudge] = super().get_queryset(request)
        return rejudges.annotate(
            total=Count("trials"), tried=Count("trials", filter=~Q(trials__change=Trial.Change.UNTRIED))
        )

    @admin.display(description="tried")
    def progress(self, rejudge: Rejudge) -> str:
        return f"{rejudge.tried} of {rejudge.total}"  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view
        return [
            path("<int:pk>/commit/", see(self.commit_view), name="labs_rejudge_commit"),
            path("<int:pk>/undo/", see(self.undo_view), name="labs_rejudge_undo"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        known = object_id.isascii() and object_id.isdigit() and len(object_id) < 10 and may_judge(request)
        rejudge = self.get_queryset(request).filter(pk=object_id).first() if known else None
        return super().change_view(
            request, object_id, form_url, _shown(request, rejudge) if rejudge else None
        )

    def commit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if refusal := _refusal(request):
            return refusal
        rejudge = get_object_or_404(Rejudge, pk=pk)
        try:
            if rejudging.commit(rejudge, cast(User, request.user), timezone.now()):
                messages.success(request, "It is in force: learners see the results shown here.")
        except rejudging.ChangedMeanwhile:
            messages.error(request, MEANWHILE)
        return redirect("admin:labs_rejudge_change", pk)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if refusal := _refusal(request):
            return refusal
        rejudge = get_object_or_404(Rejudge, pk=pk)
        left = rejudging.undo(rejudge, cast(User, request.user), timezone.now())
        if left is not None:
            messages.success(request, "Undone: the results are again as they were.")
        if left:
            messages.warning(request, f"{left} left alone: graded again since.")
        return redirect("admin:labs_rejudge_change", pk)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return None if may_judge(request) else HttpResponse(status=403)


def _shown(request: HttpRequest, rejudge: Rejudge) -> dict[str, object]:
    """What the page of one rejudge lists."""
    trials = rejudge.trials.select_related("submission__learner").defer("report", "submission__report")
    found = dict(rejudge.trials.order_by().values_list("change").annotate(Count("pk")))
    page = request.GET.get("page", "1") if request.method == "GET" else "1"
    return {
        "rejudge": rejudge,
        "counts": [(label, found[value]) for value, label in Trial.Change.choices if value in found],
        "trials": Paginator(trials, ON_A_PAGE).get_page(page),
        "changing": sum(found.get(change, 0) for change in rejudging.WRITTEN),
    }
