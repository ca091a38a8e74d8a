"""What the lab opens with: a starter, or a network from elsewhere on the site."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from course.models import Lesson
from labs.builder import STARTERS
from labs.models import Challenge, Draft, Submission


def opened(request: HttpRequest) -> tuple[str, str]:
    """Title and text that the address asks for.

    `?starter=` a starter, `?lesson=course/lesson` a lesson's network, `?challenge=` a challenge's starter,
    `?submission=` one's own network as it was sent, `?shared=` a copy of a shared draft. Http404 for what one
    may not see.
    """
    asked = request.GET
    if "lesson" in asked:
        course, _, slug = asked["lesson"].partition("/")
        lessons = Lesson.objects.visible_to(request.user).select_related("network")
        lesson = get_object_or_404(lessons, course__slug=course, slug=slug, network__isnull=False)
        assert lesson.network is not None
        return lesson.title[:120], str(lesson.network.document["source"])
    if "challenge" in asked:
        challenge = get_object_or_404(Challenge.objects.visible_to(request.user), slug=asked["challenge"])
        return challenge.title, challenge.starter
    if "submission" in asked:
        own = Submission.objects.for_learner(request.user).select_related("challenge")
        submission = get_object_or_404(own, pk=_key(asked["submission"]))
        return submission.challenge.title, submission.source
    if "shared" in asked:
        draft = get_object_or_404(Draft, shared_as=_key(asked["shared"]))
        return draft.title, draft.source
    _, _, starter = STARTERS.get(asked.get("starter", ""), STARTERS["animals"])
    return "", starter


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
