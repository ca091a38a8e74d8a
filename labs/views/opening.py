"""What the lab opens with: a starter, or a network from elsewhere on the site."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from course.models import Lesson
from labs.builder import STARTERS
from labs.forms import SourceField
from labs.models import Challenge, Draft, Submission

SLUG = re.compile(r"[-\w]{1,80}")


@dataclass(frozen=True)
class Opened:
    """A title, a text, and the `origin` that names where its weights are."""

    title: str
    source: str
    origin: str = ""


def opened(request: HttpRequest) -> Opened:
    """The network that the address asks for.

    `?starter=` a starter, `?lesson=course/lesson` a lesson's network, `?challenge=` a challenge's starter,
    `?submission=` one's own network as it was sent, `?shared=` a copy of a shared draft, `?source=` the text
    itself. Http404 for what one may not see.
    """
    asked = request.GET
    if "lesson" in asked:
        course, _, slug = asked["lesson"].partition("/")
        lessons = Lesson.objects.visible_to(request.user).select_related("network")
        named = {"course__slug": _slug(course), "slug": _slug(slug)}
        lesson = get_object_or_404(lessons, **named, network__isnull=False)
        assert lesson.network is not None
        origin = f"lesson:{course}/{slug}"
        return Opened(lesson.title[:120], str(lesson.network.document["source"]), origin)
    if "challenge" in asked:
        challenge = get_object_or_404(
            Challenge.objects.visible_to(request.user), slug=_slug(asked["challenge"])
        )
        return Opened(challenge.title, challenge.starter)
    if "submission" in asked:
        own = Submission.objects.for_learner(request.user).select_related("challenge")
        submission = get_object_or_404(own, pk=_key(asked["submission"]))
        return Opened(submission.challenge.title, submission.source, f"submission:{submission.pk}")
    if "shared" in asked:
        draft = get_object_or_404(Draft, shared_as=_key(asked["shared"]))
        return Opened(draft.title, draft.source, f"shared:{draft.shared_as}")
    if "source" in asked:
        return Opened("", SourceField().to_python(asked["source"]))
    _, _, starter = STARTERS.get(asked.get("starter", ""), STARTERS["animals"])
    return Opened("", starter)


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise Http404
    return text


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
