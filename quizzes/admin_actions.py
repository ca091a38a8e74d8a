"""What item analysis leads to: an answer that many gave is accepted, an unfair variant is asked no more."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from quizzes.models import Question
from quizzes.services import approve_seeds
from quizzes.services.questions import accept_answer

if TYPE_CHECKING:
    QuestionModelAdmin = admin.ModelAdmin[Question]
else:
    QuestionModelAdmin = object


class Actions(QuestionModelAdmin):
    """Goes before ModelAdmin: adds `…/accept/` and `…/exclude/` to a question."""

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view
        mine = [
            path("<int:pk>/accept/", see(require_POST(self.accept_view)), name="quizzes_question_accept"),
            path("<int:pk>/exclude/", see(require_POST(self.exclude_view)), name="quizzes_question_exclude"),
        ]
        return mine + list(super().get_urls())

    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept a text as right from now on, and lead to grading again what was answered before."""
        question, text = self._changed(request, pk), request.POST.get("text", "").strip()
        try:
            accept_answer(question, text)
        except ValidationError as error:
            messages.error(request, f"Nothing was changed. {' '.join(error.messages)}")
            return redirect("admin:quizzes_quiz_analysis", question.quiz_id)
        messages.success(
            request,
            f"“{text}” is right from version {question.version} on. Grade again what was finished before.",
        )
        query = urlencode({"question": question.pk, "reason": f"“{text}” is right too."})
        return redirect(f"{reverse('admin:quizzes_quiz_regrade', args=[question.quiz_id])}?{query}")

    def exclude_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a seed off the approved ones; attempts that were asked it keep it."""
        question, text = self._changed(request, pk), request.POST.get("seed", "")
        left = [seed for seed in question.approved_seeds if str(seed) != text]
        if len(left) == len(question.approved_seeds):
            messages.error(request, "Nothing was changed. This seed is not on the list.")
        elif not left:
            messages.error(
                request, "Nothing was changed. It is the last seed on the list: approve others first."
            )
        else:
            approve_seeds(question, left)
            count = "1 seed stays" if len(left) == 1 else f"{len(left)} seeds stay"
            messages.success(request, f"Seed {text} is asked no more; {count}.")
        return redirect("admin:quizzes_quiz_analysis", question.quiz_id)

    def _changed(self, request: HttpRequest, pk: int) -> Question:
        """Raises PermissionDenied for those who may not change it, Http404 where there is none."""
        question = get_object_or_404(Question.objects.select_related("quiz__lesson__course"), pk=pk)
        if not self.has_change_permission(request, question):
            raise PermissionDenied
        return question
