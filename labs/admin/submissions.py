"""What learners made, in the admin: to look at, to search, and to have graded again."""

import json
from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from labs import long_runs, queueing, services, tasks
from labs.models import Draft, EarlierReport, Submission


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that people make on the site: to look at, not to write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return list(flatten_fieldsets(self.get_fieldsets(request)))


class ActForm(forms.Form):
    """Which submission an operator acts on, as it was seen."""

    pk = forms.UUIDField()
    fence = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class StopForm(forms.Form):
    """The long run that an operator stops."""

    run = forms.UUIDField()


class EarlierReportInline(admin.TabularInline[EarlierReport, Submission]):
    model = EarlierReport
    fields = readonly_fields = ("verdict", "points", "points_possible", "graded_at", "replaced_at")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = (
        "reference",
        "learner",
        "challenge",
        "status",
        "verdict",
        "score",
        "lost_leases",
        "created_at",
    )
    list_filter = ("status", "verdict", "challenge", "created_at")
    list_select_related = ("learner", "challenge")
    search_fields = ("id", "learner__username", "learner__email", "challenge__slug", "challenge__title")
    date_hierarchy = "created_at"
    fieldsets = (
        (None, {"fields": ("learner", "challenge", "status", "verdict", "score", "page")}),
        ("What was sent", {"fields": ("text", "asked", "seed", "content_hash")}),
        ("What came of it", {"fields": ("told", "broke")}),
        (
            "In the queue",
            {"fields": ("created_at", "queued_at", "graded_at", "lease_until", "lost_leases", "fence")},
        ),
    )
    inlines = (EarlierReportInline,)
    actions = ("grade_again",)
    change_list_template = "admin/labs/submission/change_list.html"

    @admin.display(description="submission", ordering="id")
    def reference(self, submission: Submission) -> str:
        return str(submission.pk)[:8]

    @admin.display(description="points", ordering="points")
    def score(self, submission: Submission) -> str:
        if submission.points is None or submission.points_possible is None:
            return ""
        return f"{submission.points:g} of {submission.points_possible:g}"

    @admin.display(description="page")
    def page(self, submission: Submission) -> SafeString:
        return format_html('<a href="{}">As the learner sees it</a>', submission.get_absolute_url())

    @admin.display(description="text")
    def text(self, submission: Submission) -> SafeString:
        return _verbatim(submission.source)

    @admin.display(description="criteria")
    def asked(self, submission: Submission) -> SafeString:
        return _verbatim(submission.criteria)

    @admin.display(description="report")
    def told(self, submission: Submission) -> SafeString:
        if submission.report is None:
            return SafeString("None yet.")
        return _verbatim(json.dumps(submission.report, indent=1, ensure_ascii=False))

    @admin.display(description="fault")
    def broke(self, submission: Submission) -> SafeString:
        return _verbatim(submission.fault) if submission.fault else SafeString("None.")

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view(self.queue_view)
        return [path("queue/", see, name="labs_submission_queue"), *super().get_urls()]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """The queue; POST acts on one submission, named with the fence that was seen, or stops a long run."""
        if not self.has_change_permission(request):
            return HttpResponse(status=403)
        now = timezone.now()
        if request.method == "POST":
            if "stop" in request.POST:
                self._stop(request)
            else:
                self._act(request, now)
            return redirect("admin:labs_submission_queue")
        context = {
            **self.admin_site.each_context(request),
            "title": "The queue",
            "queue": queueing.queue(now),
            "now": now,
        }
        return render(request, "admin/labs/submission/queue.html", context)

    def _act(self, request: HttpRequest, now: datetime) -> None:
        form = ActForm(request.POST)
        seen = Submission.objects.filter(**form.cleaned_data).first() if form.is_valid() else None
        if seen is None:
            done = False
        elif "give_up" in request.POST:
            done = queueing.give_up(seen)
        else:
            done = queueing.hand_out_anew(seen, now, tasks.enqueue)
        if done:
            messages.success(request, f"Done: {seen}.")
        else:
            messages.warning(request, "Nothing was done: it was handed out or graded meanwhile.")

    def _stop(self, request: HttpRequest) -> None:
        form = StopForm(request.POST)
        if form.is_valid() and long_runs.cancel(form.cleaned_data["run"]):
            messages.success(request, "Stopped: its learner keeps what it has learned so far.")
        else:
            messages.warning(request, "Nothing was done: that run had ended already.")

    @admin.action(description="Grade again, by the criteria each was sent under", permissions=["change"])
    def grade_again(self, request: HttpRequest, submissions: QuerySet[Submission]) -> None:
        now = timezone.now()
        queued = sum(services.regrade(submission, now, tasks.enqueue) for submission in submissions)
        unfinished = submissions.count() - queued
        self.message_user(request, f"{queued} handed to the workers.")
        if unfinished:
            told = f"{unfinished} left alone: being graded, or waiting for it."
            self.message_user(request, told, messages.WARNING)


def _verbatim(text: str) -> SafeString:
    return format_html("<pre>{}</pre>", text)


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    list_display = ("title", "learner", "updated_at")
    list_filter = ("updated_at",)
    list_select_related = ("learner",)
    search_fields = ("title", "learner__username")
    fields = ("title", "learner", "text", "created_at", "updated_at")

    @admin.display(description="text")
    def text(self, draft: Draft) -> SafeString:
        return _verbatim(draft.source)
