"""The list of challenges, and one challenge with its editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from labs.models import Challenge


@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    challenges = Challenge.objects.visible_to(request.user)
    return render(request, "labs/challenges.html", {"section": "challenges", "challenges": challenges})


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Challenge.objects.visible_to(request.user), slug=slug)
    return render(request, "labs/challenge.html", {"section": "challenges", "challenge": found})
