"""A quiz's questions as files of other programs, from its page in the admin, with what each format lacks."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from quizzes.exporting import MOST_VARIANTS, USUAL_VARIANTS, plain_questions
from quizzes.interchange import FORMATS, Note, Question, Written
from quizzes.models import Quiz

if TYPE_CHECKING:
    QuizModelAdmin = admin.ModelAdmin[Quiz]
else:
    QuizModelAdmin = object


class Interchange(QuizModelAdmin):
    """Goes before ModelAdmin: adds the page `…/files/` and a file for each format to a quiz."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.files_view))
        file = self.admin_site.admin_view(require_safe(self.file_view))
        mine = [
            path("<path:object_id>/files/", page, name="quizzes_quiz_files"),
            path("<path:object_id>/files/<slug:name>/", file, name="quizzes_quiz_file"),
        ]
        return mine + list(super().get_urls())

    def files_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What each format carries; `?variants=` says how often drawn questions are frozen."""
        quiz, questions, notes = self._asked(request, object_id)
        formats = [{"format": form, "written": form.write(questions)} for form in FORMATS.values()]
        context = {
            "quiz": quiz,
            "count": len(questions),
            "formats": formats,
            "left_out": notes,
            "variants": _variants(request),
            "most": MOST_VARIANTS,
        }
        return render(request, "quizzes/files.html", context)

    def file_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        quiz, questions, _ = self._asked(request, object_id)
        if name not in FORMATS:
            raise Http404("There is no such format.")
        form = FORMATS[name]
        written: Written = form.write(questions)
        response = HttpResponse(written.text, content_type=form.content_type)
        response["Content-Disposition"] = f'attachment; filename="{quiz.slug}{form.suffix}"'
        return response

    def _asked(self, request: HttpRequest, object_id: str) -> tuple[Quiz, list[Question], list[Note]]:
        """Raises PermissionDenied for those who may not see keys, Http404 where there is no quiz."""
        if not request.user.has_perms(["quizzes.view_quiz", "quizzes.view_question"]):
            raise PermissionDenied
        is_key = object_id.isdecimal() and len(object_id) < 10
        quiz = get_object_or_404(Quiz, pk=object_id if is_key else None)
        return quiz, *plain_questions(quiz, _variants(request))


def _variants(request: HttpRequest) -> int:
    text = request.GET.get("variants", "")
    known = text.isascii() and text.isdecimal() and len(text) < 4
    return min(int(text), MOST_VARIANTS) if known else USUAL_VARIANTS
