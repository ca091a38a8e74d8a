"""The free editor: write any network, keep it as a draft."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from labs.models import Draft


@require_http_methods(["GET", "HEAD", "POST"])
def lab(request: HttpRequest) -> HttpResponse:
    return render(request, "labs/lab.html", {"section": "lab"})


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    return render(request, "labs/lab.html", {"section": "lab", "draft": found})
