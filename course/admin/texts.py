"""Courses, chapters, lessons, networks and skills, for the people who write them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from accounts.history import HistoryAdmin
from accounts.json_field import JSONField
from course import services
from course.admin.forms import LessonForm, NetworkForm, SkillForm, TermFormSet
from course.admin.videos import OrderForm, VideoInline
from course.models import (
    Chapter,
    ContentRecord,
    Course,
    CourseNetwork,
    Lesson,
    Resource,
    Revision,
    Skill,
    Term,
)
from course.views.lesson import preview_context

if TYPE_CHECKING:
    ChapterInlineBase = admin.TabularInline[Chapter, Course]
    SkillInlineBase = admin.TabularInline[Skill, Course]
    TermInlineBase = admin.TabularInline[Term, Course]
    OrderInlineBase = admin.TabularInline[Lesson, Chapter]
    RevisionInlineBase = admin.TabularInline[Revision, Lesson]
    ResourceInlineBase = admin.StackedInline[Resource, Lesson]
    CourseModelAdmin = admin.ModelAdmin[Course]
    ChapterModelAdmin = admin.ModelAdmin[Chapter]
    SkillModelAdmin = admin.ModelAdmin[Skill]
    NetworkModelAdmin = admin.ModelAdmin[CourseNetwork]
else:
    ChapterInlineBase = SkillInlineBase = OrderInlineBase = TermInlineBase = admin.TabularInline
    RevisionInlineBase, ResourceInlineBase = admin.TabularInline, admin.StackedInline
    CourseModelAdmin = ChapterModelAdmin = SkillModelAdmin = NetworkModelAdmin = admin.ModelAdmin


class ChapterInline(ChapterInlineBase):
    model = Chapter
    extra = 0
    show_change_link = True


class SkillInline(SkillInlineBase):
    model = Skill
    fields = ("slug", "title", "position")
    show_change_link = True
    extra = 0


class TermInline(TermInlineBase):
    model = Term
    formset = TermFormSet
    extra = 0


class OrderInline(OrderInlineBase):
    """The order of a chapter's lessons; each is edited on its own page."""

    model = Lesson
    form = OrderForm
    fields = ("position", "title", "is_published")
    readonly_fields = ("title",)
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Chapter | None = None) -> bool:
        return False


class RevisionInline(RevisionInlineBase):
    model = Revision
    extra = 0


class ResourceInline(ResourceInlineBase):
    model = Resource
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Course)
class CourseAdmin(CourseModelAdmin):
    list_display = ("title", "slug", "level", "lesson_count", "position", "is_published", "successor")
    list_filter = ("is_published", "level")
    list_select_related = ("successor",)
    search_fields = ("title", "slug", "outcome", "about")
    autocomplete_fields = ("successor", "needs")
    inlines = (ChapterInline, SkillInline, TermInline)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Texts show what the glossary says."""
        super().save_related(request, form, formsets, change)
        services.render_lessons()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Course]:
        return super().get_queryset(request).annotate(lessons_written=Count("lessons"))

    @admin.display(description="lessons", ordering="lessons_written")
    def lesson_count(self, course: Course) -> int:
        return int(getattr(course, "lessons_written", 0))


@admin.register(Chapter)
class ChapterAdmin(ChapterModelAdmin):
    list_display = ("title", "course", "position")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("title", "slug")
    inlines = (OrderInline,)


@admin.register(Skill)
class SkillAdmin(SkillModelAdmin):
    form = SkillForm
    list_display = ("title", "slug", "course")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("title", "slug")
    filter_horizontal = ("needs",)


@admin.register(CourseNetwork)
class CourseNetworkAdmin(NetworkModelAdmin):
    form = NetworkForm
    formfield_overrides = {models.JSONField: {"form_class": JSONField}}
    list_display = ("slug", "course", "lesson_count")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("slug", "course__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CourseNetwork]:
        return super().get_queryset(request).annotate(lessons_shown=Count("lessons"))

    def save_model(self, request: HttpRequest, obj: CourseNetwork, form: Any, change: bool) -> None:
        services.save_network(obj)

    @admin.display(description="lessons", ordering="lessons_shown")
    def lesson_count(self, network: CourseNetwork) -> int:
        return int(getattr(network, "lessons_shown", 0))


@admin.register(Lesson)
class LessonAdmin(HistoryAdmin):
    form = LessonForm
    formfield_overrides = {models.JSONField: {"form_class": JSONField}}
    change_form_template = "admin/course/lesson/change_form.html"
    list_display = (
        "title",
        "course",
        "chapter",
        "position",
        "minutes",
        "is_published",
        "has_offer",
        "updated_at",
    )
    list_filter = ("is_published", "course", "chapter", "skills")
    list_select_related = ("course", "chapter")
    search_fields = ("title", "slug", "summary", "text")
    filter_horizontal = ("skills",)
    readonly_fields = ("updated_at", "file_state")
    inlines = (VideoInline, RevisionInline, ResourceInline)
    history_list_display = ("history_change_reason",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary", "text")}),
        ("Place", {"fields": ("course", "chapter", "position", "is_published", "file_state", "updated_at")}),
        ("Figure", {"fields": ("network", "preset", "focus", "figure_hides")}),
        ("Film", {"fields": ("film",)}),
        ("For learners", {"fields": ("minutes", "skills", "acts")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lesson]:
        key = Concat(OuterRef("course__slug"), Value("/"), OuterRef("slug"), output_field=models.CharField())
        offers = ContentRecord.objects.filter(kind="course.lesson", key=key, offered__isnull=False)
        lessons: QuerySet[Lesson] = super().get_queryset(request)
        return lessons.annotate(offer=Exists(offers))

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view(self.preview_view)
        mine = [path("preview/", see, name="course_lesson_preview")]
        return mine + list(super().get_urls())

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The page as the form in the request would make it; nothing is stored."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            return HttpResponse(status=403)
        known = request.POST.get("lesson_id", "")
        lesson = self.get_object(request, known) if known else Lesson()
        if lesson is None:
            raise Http404
        form = LessonForm(request.POST, instance=lesson)
        if not form.is_valid():
            return render(request, "course/preview_faults.html", {"form": form}, status=422)
        return render(request, "course/lesson.html", preview_context(form.instance, request))

    def save_model(self, request: HttpRequest, obj: Lesson, form: Any, change: bool) -> None:
        services.save_lesson(obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A file that was replaced goes when the new one is safe."""
        super().save_related(request, form, formsets, change)
        transaction.on_commit(services.sweep_media)

    @admin.display(description="file differs", boolean=True, ordering="offer")
    def has_offer(self, lesson: Lesson) -> bool:
        return bool(getattr(lesson, "offer", False))

    @admin.display(description="content files")
    def file_state(self, lesson: Lesson) -> str:
        if lesson.pk is None:
            return "Made here; the next dump writes its files."
        key = f"{lesson.course.slug}/{lesson.slug}"
        record = ContentRecord.objects.filter(kind="course.lesson", key=key).first()
        if record is None or record.offered is None:
            return "Nothing to settle."
        address = reverse("admin:course_contentrecord_change", args=[record.pk])
        return format_html('The file says something else. <a href="{}">See the difference</a>', address)
