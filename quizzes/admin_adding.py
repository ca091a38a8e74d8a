"""A new question in the admin: its kind is chosen first, and then its form has what the kind needs.

A kind that draws its numbers brings a field for each parameter, a written one a sample to write over.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quizzes.kinds import KINDS
from quizzes.models import Question

if TYPE_CHECKING:
    QuestionModelAdmin = admin.ModelAdmin[Question]
else:
    QuestionModelAdmin = object


def chosen_kind(request: HttpRequest) -> str:
    """The kind that the address of the form names; empty without one."""
    name = request.GET.get("kind", "")
    return name if name in KINDS else ""


class Adding(QuestionModelAdmin):
    """Goes before ModelAdmin: asks for the kind before it shows the form of a new question."""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        is_asked = request.method == "GET" and not chosen_kind(request) and self.has_add_permission(request)
        if not is_asked:
            return super().add_view(request, form_url, extra_context)
        kinds = KINDS.values()
        context = {
            "quiz": request.GET.get("quiz", ""),
            "written": [kind for kind in kinds if not kind.is_generated],
            "drawn": [kind for kind in kinds if kind.is_generated],
        }
        return render(request, "quizzes/kinds.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address names, a sample of the kind, and the place after the quiz's last question."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if kind := chosen_kind(request):
            initial["data"] = KINDS[kind].sample
        quiz = initial.get("quiz", "")
        if quiz.isascii() and quiz.isdigit() and len(quiz) < 10:
            last = Question.objects.filter(quiz=quiz).order_by("position").last()
            initial["position"] = last.position + 1 if last else 0
        return initial

    def get_prepopulated_fields(self, request: HttpRequest, obj: Question | None = None) -> Any:
        return {"slug": ("title",)} if obj is None else {}
