"""One submission: waiting, being graded, or graded with a reason for every point."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labs.models import Submission


@require_safe
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    return render(request, "labs/submission.html", {"section": "challenges", "submission": found})
