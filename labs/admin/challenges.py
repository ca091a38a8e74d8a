"""Challenges in the admin: the task, what a network must meet, and a preview before anything is stored."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.forms import inlineformset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.history import HistoryAdmin
from accounts.json_field import JSONField
from course.models import ContentRecord
from labs import services, tasks
from labs.admin.forms import ChallengeForm, CriteriaFormSet, CriterionForm, SolutionForm
from labs.admin.kinds import guide
from labs.admin.rejudges import may_judge, start_rejudges
from labs.allowance import Allowance
from labs.authoring import save_challenge, task_html
from labs.files import KIND
from labs.forms import SubmissionForm
from labs.models import Challenge, Criterion, Solution
from labs.solutions import fingerprint, is_checked
from labs.views.bench import challenge_page

HELD = (
    "Its solutions are being checked first. The challenge is published as soon as each of them does what it "
    "should; what came of it stands with each solution."
)


UNPROVEN = (
    "Nothing shows yet that this challenge can be passed. Add a solution that passes: it is tried before "
    "learners meet the next change."
)


class CriterionInline(admin.TabularInline[Criterion, Challenge]):
    model = Criterion
    form = CriterionForm
    formset = CriteriaFormSet  # type: ignore[assignment]
    extra = 1


class SolutionInline(admin.StackedInline[Solution, Challenge]):
    model = Solution
    form = SolutionForm
    formfield_overrides = {models.JSONField: {"form_class": JSONField}}
    extra = 0
    fields = ("order", "title", "misses", "source", "weights", "state")
    readonly_fields = ("state",)

    @admin.display(description="last check")
    def state(self, solution: Solution) -> str:
        if solution.pk is None or not solution.checked:
            return "Not checked yet."
        if solution.checked != fingerprint(solution.challenge, solution):
            return "Changed since it was checked."
        told = "It does what it should." if solution.is_as_meant else "It does not do what it should."
        return f"{told} {solution.finding}"


@admin.register(Challenge)
class ChallengeAdmin(HistoryAdmin):
    form = ChallengeForm
    inlines = (CriterionInline, SolutionInline)
    actions = ("check_solutions", "try_again", "try_again_never_lower")
    list_display = (
        "title",
        "slug",
        "lesson",
        "criteria_count",
        "points",
        "submission_count",
        "closes_at",
        "attempt_limit",
        "is_published",
        "has_offer",
    )
    list_filter = ("is_published", "lesson__course")
    list_select_related = ("lesson__course",)
    search_fields = ("title", "slug", "summary", "task")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("kinds", "file_state")
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Challenge]:
        challenges: QuerySet[Challenge] = super().get_queryset(request)
        offers = ContentRecord.objects.filter(kind=KIND, key=OuterRef("slug"), offered__isnull=False)
        mine = Criterion.objects.filter(challenge=OuterRef("pk")).order_by().values("challenge")
        worth = mine.annotate(all=Sum("points"))
        return challenges.annotate(
            criteria_total=Count("criteria", distinct=True),
            submission_total=Count("submissions", distinct=True),
            points_total=Subquery(worth.values("all")),
            offer=Exists(offers),
        )

    def save_model(self, request: HttpRequest, obj: Challenge, form: ChallengeForm, change: bool) -> None:
        save_challenge(obj)

    def save_related(self, request: HttpRequest, form: ChallengeForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        challenge = form.instance
        if challenge.is_published and not is_checked(challenge):
            services.hold_until_checked(challenge, tasks.enqueue_check)
            messages.info(request, HELD)
        if challenge.is_published and not challenge.solutions.filter(misses="").exists():
            messages.warning(request, UNPROVEN)

    @admin.action(description="Check the author's solutions")
    def check_solutions(self, request: HttpRequest, queryset: QuerySet[Challenge]) -> None:
        for challenge in queryset:
            tasks.enqueue_check(challenge)
        messages.info(request, "The solutions are being checked. Each says below what came of it.")

    @admin.action(description="Grade all submissions again: dry run", permissions=["judge"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Challenge]) -> HttpResponse:
        return start_rejudges(request, queryset, never_lower=False)

    @admin.action(description="Grade all submissions again, never lower: dry run", permissions=["judge"])
    def try_again_never_lower(self, request: HttpRequest, queryset: QuerySet[Challenge]) -> HttpResponse:
        return start_rejudges(request, queryset, never_lower=True)

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return may_judge(request)

    @admin.display(description="criteria", ordering="criteria_total")
    def criteria_count(self, challenge: Challenge) -> int:
        return int(challenge.criteria_total)  # type: ignore[attr-defined]

    @admin.display(description="points", ordering="points_total")
    def points(self, challenge: Challenge) -> str:
        return f"{challenge.points_total or 0:g}"  # type: ignore[attr-defined]

    @admin.display(description="submissions", ordering="submission_total")
    def submission_count(self, challenge: Challenge) -> int:
        return int(challenge.submission_total)  # type: ignore[attr-defined]

    @admin.display(description="file differs", boolean=True, ordering="offer")
    def has_offer(self, challenge: Challenge) -> bool:
        return bool(challenge.offer)  # type: ignore[attr-defined]

    @admin.display(description="content files")
    def file_state(self, challenge: Challenge) -> str:
        record = ContentRecord.objects.filter(kind=KIND, key=challenge.slug, offered__isnull=False).first()
        if record is None:
            return "Nothing to settle." if challenge.pk else "Made here; the next dump writes its files."
        address = reverse("admin:course_contentrecord_change", args=[record.pk])
        return format_html('The file says something else. <a href="{}">See the difference</a>', address)

    @admin.display(description="kinds of criteria")
    def kinds(self, challenge: Challenge) -> SafeString:
        return guide()

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", see, name="labs_challenge_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The challenge's page as the form in the request would make it; nothing is stored."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            return HttpResponse(status=403)
        challenge = self.get_object(request, request.POST.get("challenge_id", "")) or Challenge()
        form = ChallengeForm(request.POST, instance=challenge)
        formset = inlineformset_factory(Challenge, Criterion, form=CriterionForm, formset=CriteriaFormSet)
        criteria = cast(CriteriaFormSet, formset(request.POST, instance=challenge, prefix="criteria"))
        if not (form.is_valid() and criteria.is_valid()):
            faults = {"form": form, "criteria": criteria}
            return render(request, "labs/preview_faults.html", faults, status=422)
        challenge.task_html = task_html(challenge.task)
        first = SubmissionForm({"source": challenge.starter})
        shown = challenge_page(challenge, criteria.written(), first, Allowance(challenge.attempt_limit))
        return render(request, "labs/challenge.html", {**shown, "is_preview": True})
