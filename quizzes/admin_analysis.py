"""Item analysis on a quiz's page in the admin: to read, and to take along as CSV."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from quizzes.analysis import FEWEST
from quizzes.analysis_pages import bars, chart_height, dots, rows, to_csv
from quizzes.item_analysis import Item, analyse
from quizzes.models import Quiz

if TYPE_CHECKING:
    QuizModelAdmin = admin.ModelAdmin[Quiz]
else:
    QuizModelAdmin = object


class ItemAnalysis(QuizModelAdmin):
    """Goes before ModelAdmin: adds the page `…/analysis/` and its file to a quiz."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.analysis_view))
        file = self.admin_site.admin_view(require_safe(self.analysis_file))
        mine = [
            path("<path:object_id>/analysis/", page, name="quizzes_quiz_analysis"),
            path("<path:object_id>/analysis.csv", file, name="quizzes_quiz_analysis_file"),
        ]
        return mine + list(super().get_urls())

    def analysis_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the tries say about the questions; `?attempts=all` counts later attempts too."""
        quiz, items = self._analysed(request, object_id)
        parts = [
            {"item": item, "bars": bars(item), "height": chart_height(item)}
            for item in items
            if item.slips or item.variants
        ]
        context = {
            "quiz": quiz,
            "every": _every(request),
            "rows": rows(items),
            "dots": dots(items),
            "parts": parts,
            "may_change": request.user.has_perm("quizzes.change_question"),
            "fewest": FEWEST,
            "most": max((item.statistics.n for item in items), default=0),
        }
        return render(request, "quizzes/analysis.html", context)

    def analysis_file(self, request: HttpRequest, object_id: str) -> HttpResponse:
        quiz, items = self._analysed(request, object_id)
        response = HttpResponse(to_csv(items), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{quiz.slug}-analysis.csv"'
        return response

    def _analysed(self, request: HttpRequest, object_id: str) -> tuple[Quiz, list[Item]]:
        """Raises PermissionDenied for those who may not look at answers, Http404 where there is no quiz."""
        if not request.user.has_perms(["quizzes.view_quiz", "quizzes.view_answer"]):
            raise PermissionDenied
        quiz = get_object_or_404(Quiz, pk=object_id if object_id.isdecimal() else None)
        return quiz, analyse(quiz, every=_every(request))


def _every(request: HttpRequest) -> bool:
    return request.GET.get("attempts") == "all"
