"""Labs in the admin: challenges with their criteria to write, submissions to look at and to grade again."""

import json

from django.contrib import admin, messages
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from simple_history.admin import SimpleHistoryAdmin

from labs import services, tasks
from labs.admin_forms import ChallengeForm, CriteriaFormSet, CriterionForm
from labs.authoring import save_challenge
from labs.models import Challenge, Criterion, Draft, EarlierReport, Submission


class CriterionInline(admin.TabularInline[Criterion, Challenge]):
    model = Criterion
    form = CriterionForm
    formset = CriteriaFormSet  # type: ignore[assignment]
    extra = 1


@admin.register(Challenge)
class ChallengeAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    form = ChallengeForm
    inlines = (CriterionInline,)
    list_display = ("title", "slug", "lesson", "criteria_count", "points", "submission_count", "is_published")
    list_filter = ("is_published", "lesson__course")
    list_select_related = ("lesson__course",)
    search_fields = ("title", "slug", "summary", "task")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("preview",)
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Challenge]:
        challenges: QuerySet[Challenge] = super().get_queryset(request)
        return challenges.annotate(
            criteria_total=Count("criteria", distinct=True),
            submission_total=Count("submissions", distinct=True),
        )

    def save_model(self, request: HttpRequest, obj: Challenge, form: ChallengeForm, change: bool) -> None:
        save_challenge(obj)

    @admin.display(description="criteria", ordering="criteria_total")
    def criteria_count(self, challenge: Challenge) -> int:
        return int(challenge.criteria_total)  # type: ignore[attr-defined]

    @admin.display(description="points")
    def points(self, challenge: Challenge) -> str:
        return f"{challenge.criteria.aggregate(all=Sum('points'))['all'] or 0:g}"

    @admin.display(description="submissions", ordering="submission_total")
    def submission_count(self, challenge: Challenge) -> int:
        return int(challenge.submission_total)  # type: ignore[attr-defined]

    @admin.display(description="the task, as saved")
    def preview(self, challenge: Challenge) -> SafeString:
        if not challenge.pk:
            return SafeString("Save it to see it as learners will.")
        html = mark_safe(challenge.task_html)  # noqa: S308 - sanitized when it was saved
        link = format_html('<p><a href="{}">Open its page</a></p>', challenge.get_absolute_url())
        return format_html("{}{}", html, link)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that people make on the site: to look at, not to write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return [field.name for field in self.opts.fields] + list(self.readonly_fields)


class EarlierReportInline(admin.TabularInline[EarlierReport, Submission]):
    model = EarlierReport
    fields = readonly_fields = ("verdict", "points", "points_possible", "graded_at", "replaced_at")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ("id", "learner", "challenge", "status", "verdict", "score", "lost_leases", "created_at")
    list_filter = ("status", "verdict", "challenge", "created_at")
    list_select_related = ("learner", "challenge")
    search_fields = ("id", "learner__username", "learner__email", "challenge__slug", "challenge__title")
    date_hierarchy = "created_at"
    exclude = ("report",)
    readonly_fields = ("pretty_report",)
    inlines = (EarlierReportInline,)
    actions = ("grade_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        submissions: QuerySet[Submission] = super().get_queryset(request)
        return submissions

    @admin.display(description="points", ordering="points")
    def score(self, submission: Submission) -> str:
        if submission.points is None or submission.points_possible is None:
            return ""
        return f"{submission.points:g} of {submission.points_possible:g}"

    @admin.display(description="report")
    def pretty_report(self, submission: Submission) -> SafeString:
        if submission.report is None:
            return SafeString("None yet.")
        return format_html("<pre>{}</pre>", json.dumps(submission.report, indent=2, ensure_ascii=False))

    @admin.action(description="Grade again, by the criteria each was sent under", permissions=["change"])
    def grade_again(self, request: HttpRequest, submissions: QuerySet[Submission]) -> None:
        now = timezone.now()
        queued = sum(services.regrade(submission, now, tasks.enqueue) for submission in submissions)
        unfinished = submissions.count() - queued
        self.message_user(request, f"{queued} handed to the workers.")
        if unfinished:
            told = f"{unfinished} left alone: being graded, or waiting for it."
            self.message_user(request, told, messages.WARNING)


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    list_display = ("title", "learner", "updated_at")
    list_filter = ("updated_at",)
    list_select_related = ("learner",)
    search_fields = ("title", "learner__username")
