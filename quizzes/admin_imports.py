"""Bringing questions from files of other programs: upload, report, choice, and the way back.

What an author brings only they see. Everything is plain forms.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from course.markdown import render as render_markdown
from quizzes import importing
from quizzes.admin_forms import TakeForm, UploadForm
from quizzes.interchange import FORMATS, FileError, Item
from quizzes.kinds import KINDS, NoVariantError, View, make_variant
from quizzes.models import QuestionImport, Quiz

if TYPE_CHECKING:
    QuizModelAdmin = admin.ModelAdmin[Quiz]
else:
    QuizModelAdmin = object

MOST_PREVIEWS = 60
"""Questions that a report shows as asked; in a longer one each is asked for by a link."""


@dataclass(frozen=True)
class Report:
    """One question of a file on the page, as a learner would see it."""

    number: int
    item: Item
    kind: str
    prompt_html: str
    view: View | None


class Importing(QuizModelAdmin):
    """Goes before ModelAdmin: adds the pages `import/…` to quizzes."""

    def get_urls(self) -> list[URLPattern]:
        see, either = self.admin_site.admin_view, require_http_methods(["GET", "HEAD", "POST"])
        mine = [
            path("import/", see(either(self.upload_view)), name="quizzes_quiz_import"),
            path("import/<int:pk>/", see(either(self.report_view)), name="quizzes_quiz_report"),
            path("import/<int:pk>/undo/", see(require_POST(self.undo_view)), name="quizzes_quiz_import_undo"),
            path(
                "import/<int:pk>/discard/",
                see(require_POST(self.discard_view)),
                name="quizzes_quiz_import_discard",
            ),
        ]
        return mine + list(super().get_urls())

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; what is waiting and what was taken stands below."""
        author = _author(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                draft = importing.receive(
                    author, upload.name, upload.read(), form.cleaned_data["format"], timezone.now()
                )
                return redirect("admin:quizzes_quiz_report", draft.pk)
            except FileError as error:
                form.add_error("file", str(error))
        mine = QuestionImport.objects.for_author(author).select_related("quiz").defer("text")[:20]
        status = 422 if form.errors else 200
        return render(request, "quizzes/import.html", {"form": form, "imports": mine}, status=status)

    def report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the file holds; posting takes the ticked questions."""
        draft = _mine(request, pk)
        form = TakeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            if form.cleaned_data["quiz"] is None and not request.user.has_perm("quizzes.add_quiz"):
                raise PermissionDenied
            ticked = {int(text) for text in request.POST.getlist("take") if _is_number(text)}
            try:
                quiz = importing.take(draft, ticked, form.cleaned_data["quiz"], form.cleaned_data["title"],
                                      timezone.now())  # fmt: skip
                count = len(draft.questions)
                messages.success(
                    request, f"{count} question{'' if count == 1 else 's'} taken into “{quiz.title}”."
                )
                return redirect("admin:quizzes_quiz_report", pk)
            except importing.NotTakenError as error:
                form.add_error(None, str(error))
        context = _report(request, draft) | {"form": form}
        return render(request, "quizzes/import_report.html", context, status=422 if form.errors else 200)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            importing.undo(_mine(request, pk), timezone.now())
            messages.success(request, "Undone: the questions are gone again.")
        except importing.NotTakenError as error:
            messages.error(request, f"Nothing was changed. {error}")
        return redirect("admin:quizzes_quiz_report", pk)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        importing.discard(_mine(request, pk))
        return redirect("admin:quizzes_quiz_import")


def _author(request: HttpRequest) -> User:
    """Raises PermissionDenied for those who may not write questions."""
    if not request.user.has_perm("quizzes.add_question"):
        raise PermissionDenied
    return cast(User, request.user)


def _mine(request: HttpRequest, pk: int) -> QuestionImport:
    """Raises PermissionDenied, or Http404 for what another author brought."""
    return get_object_or_404(QuestionImport.objects.for_author(_author(request)), pk=pk)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def _report(request: HttpRequest, draft: QuestionImport) -> dict[str, Any]:
    found = importing.items(draft)
    asked = request.GET.get("show", "")
    shown = (
        range(1, len(found) + 1) if len(found) <= MOST_PREVIEWS else [int(asked) if _is_number(asked) else 0]
    )
    ticked = set(request.POST.getlist("take")) if request.method == "POST" else None
    reports = [_one(number, item, number in shown) for number, item in enumerate(found, 1)]
    return {
        "draft": draft,
        "format": FORMATS[draft.format].label,
        "reports": reports,
        "ticked": [one.number for one in reports if ticked is None or str(one.number) in ticked],
        "usable": sum(item.question is not None for item in found),
        "refused": sum(item.question is None for item in found),
        "warned": sum(bool(item.question and item.problems) for item in found),
        "can_undo": draft.taken_at is not None
        and draft.state == QuestionImport.State.TAKEN
        and timezone.now() - draft.taken_at <= importing.UNDONE_WITHIN,
    }


def _one(number: int, item: Item, is_shown: bool) -> Report:
    question = item.question
    if question is None:
        return Report(number, item, "", "", None)
    rules = KINDS[question.kind]
    view = None
    if is_shown:
        try:
            variant = make_variant(rules, question.data, lambda k: bytes([k % 256]) * 16)
            view = rules.view(variant, {}, None, False)
        except NoVariantError:  # a written question always gives one
            view = None
    return Report(number, item, rules.label, render_markdown(question.prompt).html if view else "", view)
