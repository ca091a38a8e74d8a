"""Quizzes in the admin: questions in order, edited as TOML, previewed as a learner; attempts to look at."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from accounts.history import HistoryAdmin
from accounts.read_only import ReadOnly
from quizzes.admin_actions import Actions
from quizzes.admin_adding import Adding, chosen_kind
from quizzes.admin_analysis import ItemAnalysis
from quizzes.admin_forms import AccommodationForm, QuestionForm, QuizForm
from quizzes.admin_imports import Importing
from quizzes.admin_interchange import Interchange
from quizzes.admin_lab import VariantLab
from quizzes.admin_memory import CardAdmin, ReviewAdmin
from quizzes.admin_regrades import Regrading
from quizzes.admin_versions import Versions
from quizzes.models import Accommodation, Answer, Attempt, Card, Question, Quiz, Review
from quizzes.parameter_forms import PREFIX, has_parameter_form, parameter_form
from quizzes.preview import preview
from quizzes.services import save_accommodation, save_question, save_quiz

if TYPE_CHECKING:
    QuizModelAdmin = admin.ModelAdmin[Quiz]
    QuestionInlineBase = admin.TabularInline[Question, Quiz]
    AttemptModelAdmin = admin.ModelAdmin[Attempt]
    AccommodationModelAdmin = admin.ModelAdmin[Accommodation]
    AnswerInlineBase = admin.TabularInline[Answer, Attempt]
else:
    QuizModelAdmin = AttemptModelAdmin = AccommodationModelAdmin = admin.ModelAdmin
    QuestionInlineBase = AnswerInlineBase = admin.TabularInline


class QuestionInline(QuestionInlineBase):
    """The order of a quiz's questions; each is edited on its own page."""

    model = Question
    fields = ("position", "title", "kind", "points", "is_asked")
    readonly_fields = ("title", "kind")
    show_change_link = True
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Quiz | None = None) -> bool:
        return False


@admin.register(Quiz)
class QuizAdmin(ItemAnalysis, Interchange, Importing, Regrading, QuizModelAdmin):
    form = QuizForm
    list_display = (
        "title",
        "slug",
        "lesson",
        "question_count",
        "attempt_count",
        "opens_at",
        "closes_at",
        "is_published",
    )
    list_filter = ("is_published", "lesson__course")
    search_fields = ("title", "slug", "intro", "questions__title")
    inlines = (QuestionInline,)
    readonly_fields = ("adding_link", "analysis_link", "files_link", "regrade_link")
    fieldsets = (
        (None, {"fields": ("title", "slug", "lesson", "intro", "is_published")}),
        ("When it is open", {"fields": ("opens_at", "closes_at", "password")}),
        ("Attempts", {"fields": ("time_limit", "attempt_limit", "attempt_delay", "counts", "pass_percent")}),
        ("What help costs", {"fields": ("penalty_percent", "hint_penalty_percent", "allows_hints")}),
        ("Layout", {"fields": ("layout", "is_sequential")}),
        ("How sure learners are", {"fields": ("certainty",)}),
        (
            "What learners see of the result, and when",
            {"fields": ("scores_release", "feedback_release", "keys_release")},
        ),
        ("Pages of this quiz", {"fields": ("adding_link", "analysis_link", "files_link", "regrade_link")}),
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Quiz | None = None) -> Any:
        return {"slug": ("title",)} if obj is None else {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quiz]:
        counts = {
            "questions_asked": Count("questions", filter=Q(questions__is_asked=True), distinct=True),
            "attempts_made": Count("attempts", distinct=True),
        }
        return super().get_queryset(request).select_related("lesson").annotate(**counts)

    def save_model(self, request: HttpRequest, obj: Quiz, form: Any, change: bool) -> None:
        save_quiz(obj)

    @admin.display(description="questions")
    def adding_link(self, quiz: Quiz) -> str:
        if quiz.pk is None:
            return "Save the quiz first."
        address = f"{reverse('admin:quizzes_question_add')}?quiz={quiz.pk}"
        return format_html('<a href="{}">Add a question</a>', address)

    @admin.display(description="item analysis")
    def analysis_link(self, quiz: Quiz) -> str:
        return _page_link(quiz, "analysis", "How well its questions measure")

    @admin.display(description="files")
    def files_link(self, quiz: Quiz) -> str:
        return _page_link(quiz, "files", "Its questions as GIFT, Moodle XML or Aiken")

    @admin.display(description="grade again")
    def regrade_link(self, quiz: Quiz) -> str:
        return _page_link(quiz, "regrade", "Its finished attempts, after a key changed")

    @admin.display(description="questions", ordering="questions_asked")
    def question_count(self, quiz: Quiz) -> int:
        return int(getattr(quiz, "questions_asked", 0))

    @admin.display(description="attempts", ordering="attempts_made")
    def attempt_count(self, quiz: Quiz) -> int:
        return int(getattr(quiz, "attempts_made", 0))


@admin.register(Question)
class QuestionAdmin(Adding, VariantLab, Versions, Actions, HistoryAdmin):
    form = QuestionForm
    list_display = (
        "title",
        "quiz",
        "position",
        "kind",
        "points",
        "skill",
        "is_asked",
        "version",
        "updated_at",
    )
    list_filter = ("quiz", "kind", "is_asked", "skill")
    list_select_related = ("quiz", "skill")
    search_fields = ("title", "slug", "prompt")
    readonly_fields = ("version", "preview_link", "lab_link", "used_in", "versions_link")
    history_list_display = ("version",)

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view(self.preview_view)
        mine = [path("<path:object_id>/preview/", see, name="quizzes_question_preview")]
        return mine + list(super().get_urls())

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The question as a learner with this seed would get it; nothing is stored."""
        question = self._seen(request, object_id)
        context = {
            "question": question,
            "old_version": request.GET.get("version"),
            **preview(question, request.GET),
        }
        return render(request, "quizzes/preview.html", context)

    def get_form(
        self, request: HttpRequest, obj: Question | None = None, change: bool = False, **options: Any
    ) -> Any:
        """A kind that draws its numbers has a field for each of its parameters, unless TOML is asked for."""
        if (typed := _typed(request, obj)) is not None:
            options["form"] = parameter_form(typed)
        return super().get_form(request, obj, change, **options)

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """The typed fields in a part of their own."""
        names = list(self.get_fields(request, obj))
        if _typed(request, obj) is None:
            return [(None, {"fields": names})]
        typed = [name for name in names if str(name).startswith(PREFIX)]
        plain = [name for name in names if name not in typed]
        place = plain.index("prompt") + 1
        told, change = "What is left empty takes its default.", "Write it as TOML"
        if not typed:
            told, change = "This kind draws everything.", "Choose another kind"
        if obj is not None:
            told = format_html('{} <a href="{}">{}</a>', told, "?as=toml", change)
        return [
            (None, {"fields": plain[:place]}),
            ("What is drawn", {"fields": typed, "description": told}),
            ("Worth and use", {"fields": plain[place:]}),
        ]

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        had_list, before = bool(obj.approved_seeds), obj.version
        save_question(obj)
        if change and obj.version > before:
            messages.info(
                request, f"Version {obj.version} begins. Attempts keep the version they were asked."
            )
        if had_list and not obj.approved_seeds:
            messages.warning(request, "The list of approved seeds was for what was asked before: vet again.")

    @admin.display(description="preview")
    def preview_link(self, question: Question) -> str:
        return _page_link(question, "preview", "Answer it as a learner would, with any seed")

    @admin.display(description="variants")
    def lab_link(self, question: Question) -> str:
        approved = len(question.approved_seeds)
        told = f"{approved} seeds approved" if approved else "no list: new numbers for every try"
        return _page_link(question, "variants", "Twelve seeds side by side", f" ({told})")


def _typed(request: HttpRequest, obj: Question | None) -> Question | None:
    """The question, or one of the kind chosen for a new one, if it is edited in typed fields."""
    question = obj or Question(kind=chosen_kind(request), data={})
    return question if request.GET.get("as") != "toml" and has_parameter_form(question) else None


class AnswerInline(AnswerInlineBase):
    model = Answer
    fields = (
        "position",
        "number",
        "title",
        "state",
        "points",
        "points_possible",
        "misconception",
        "hints_shown",
        "certainty",
        "saved_at",
    )
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Attempt | None = None) -> bool:
        return False


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, AttemptModelAdmin):
    list_display = (
        "learner",
        "title",
        "purpose",
        "status",
        "points",
        "points_possible",
        "started_at",
        "finished_at",
    )
    list_filter = ("status", "purpose", "quiz", "started_at")
    list_select_related = ("learner", "quiz", "practice_of")
    search_fields = ("learner__username", "learner__first_name", "quiz__title", "id")
    date_hierarchy = "started_at"
    inlines = (AnswerInline,)


@admin.register(Answer)
class AnswerAdmin(ReadOnly, AttemptModelAdmin):
    list_display = ("title", "attempt", "number", "kind", "state", "points", "misconception", "graded_at")
    list_filter = ("state", "kind", "misconception", "attempt__quiz")
    list_select_related = ("attempt__learner", "attempt__quiz")
    search_fields = ("title", "attempt__learner__username", "misconception_title")


@admin.register(Accommodation)
class AccommodationAdmin(AccommodationModelAdmin):
    """Learners who have more time. Saving one lets attempts that are running run longer at once."""

    form = AccommodationForm
    list_display = ("learner", "quiz", "time_factor", "extra_minutes")
    list_filter = ("quiz",)
    list_select_related = ("learner", "quiz")
    search_fields = ("learner__username", "quiz__title")

    def save_model(self, request: HttpRequest, obj: Accommodation, form: Any, change: bool) -> None:
        extended = save_accommodation(obj)
        if extended:
            messages.info(request, f"Attempts under way that now end later: {extended}.")


admin.site.register(Card, CardAdmin)
admin.site.register(Review, ReviewAdmin)


def _page_link(row: Quiz | Question, page: str, words: str, after: str = "") -> str:
    """The way to a page of its own that a stored row has in the admin."""
    noun = row._meta.model_name
    if row.pk is None:
        return f"Save the {noun} first."
    address = reverse(f"admin:quizzes_{noun}_{page}", args=[row.pk])
    return format_html('<a href="{}">{}</a>{}', address, words, after)
