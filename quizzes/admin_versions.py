"""The versions of a question on its page in the admin: each as it was asked, and what it changed."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from quizzes.models import Question
from quizzes.services.questions import as_version, is_used
from quizzes.versions import changes, parts, uses

if TYPE_CHECKING:
    QuestionModelAdmin = admin.ModelAdmin[Question]
else:
    QuestionModelAdmin = object


class Versions(QuestionModelAdmin):
    """Goes before ModelAdmin: adds the page `…/versions/` to a question, and says where it is used."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.versions_view))
        mine = [path("<path:object_id>/versions/", page, name="quizzes_question_versions")]
        return mine + list(super().get_urls())

    def versions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every version, the latest first."""
        question = self._seen(request, object_id)
        kept = list(question.versions.order_by("-number"))
        asked = {use.number: use.attempts for use in uses(question)}
        older = [*kept[1:], None]
        rows = [
            {
                "version": one,
                "parts": parts(one).items(),
                "changes": changes(before, one) if before else [],
                "attempts": asked.get(one.number, 0),
            }
            for one, before in zip(kept, older, strict=True)
        ]
        return render(request, "quizzes/versions.html", {"question": question, "rows": rows})

    def _seen(self, request: HttpRequest, object_id: str) -> Question:
        """The question, as it was if the address names a version. Raises PermissionDenied or Http404."""
        questions = self.get_queryset(request).select_related("quiz__lesson__course")
        question = get_object_or_404(questions, pk=object_id if object_id.isdecimal() else None)
        if not self.has_view_permission(request, question):
            raise PermissionDenied
        number = request.GET.get("version", "")
        if not number:
            return question
        known = number.isascii() and number.isdecimal() and len(number) < 9
        kept = get_object_or_404(question.versions, number=number if known else None)
        return as_version(question, kept)

    @admin.display(description="used in")
    def used_in(self, question: Question) -> str:
        if question.pk is None or not (found := uses(question)):
            return "No attempt yet."
        address = reverse("admin:quizzes_answer_changelist")
        numbers = format_html_join(
            ", ",
            '<a href="{}?question__id__exact={}&amp;question_version={}">version {}</a>: {}',
            ((address, question.pk, use.number, use.number, use.attempts) for use in found),
        )
        count = sum(use.attempts for use in found)
        kept = "They keep what was asked then."
        if is_used(question):
            kept += f" What you change from here on begins version {question.version + 1}."
        return format_html("{} attempt{}. {}. {}", count, "" if count == 1 else "s", numbers, kept)

    @admin.display(description="versions")
    def versions_link(self, question: Question) -> Any:
        if question.pk is None:
            return "Save the question first."
        address = reverse("admin:quizzes_question_versions", args=[question.pk])
        return format_html('<a href="{}">Every version, and what it changed</a>', address)
