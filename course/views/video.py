"""Sends what belongs to a video: its file and poster whole or in parts, its captions."""

import re
from collections.abc import Iterator

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from course.models import Lesson, Video
from course.panels import Visitor
from course.storage import MediaStorage
from course.video import (
    ByteRange,
    ShownVideo,
    UnsatisfiableError,
    byte_range,
    content_type,
    read_cues,
    show_video,
    write_cues,
)

NAME = re.compile(
    r"[0-9a-f]{40}\.[a-z0-9]{2,5}"
)  # as course.storage names files; a database refuses some others
LONGEST_PART = 2 << 20
"""Bytes of one partial answer: a player asks for the next when it wants them, and no thread waits for it."""


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded file, to those who may see a lesson that uses it."""
    if not NAME.fullmatch(name):
        raise Http404
    if not Video.objects.visible_to(request.user).filter(Q(file=name) | Q(poster=name)).exists():
        raise Http404
    storage, etag = MediaStorage(), f'"{name}"'
    if not storage.exists(name):
        raise Http404
    headers = {
        "Accept-Ranges": "bytes",
        # Its name is made from what is in it; yet only those who may see the lesson may see it.
        "Cache-Control": "private, max-age=31536000, immutable",
        "ETag": etag,
    }
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    size, kind = storage.size(name), content_type(name)
    try:
        part = _part(request, etag, size)
    except UnsatisfiableError:
        return HttpResponse(
            status=416, headers={"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}"}
        )
    if part is not None:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
        return HttpResponse(_read(storage, name, part), content_type=kind, status=206, headers=headers)
    headers["Content-Length"] = str(size)
    if request.method == "HEAD":
        return HttpResponse(content_type=kind, headers=headers)
    return StreamingHttpResponse(_chunks(storage, name), content_type=kind, headers=headers)


@require_safe
def captions(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The captions, written anew from what was read of them."""
    videos = Video.objects.visible_to(request.user).exclude(captions="")
    found = get_object_or_404(videos, lesson__course__slug=course, lesson__slug=lesson)
    headers = {"Cache-Control": "private, no-cache"}
    cues = write_cues(read_cues(found.captions))
    return HttpResponse(cues, content_type="text/vtt; charset=utf-8", headers=headers)


def shown_video(user: Visitor, lesson: Lesson) -> ShownVideo | None:
    """What the Video tab shows of the lesson's video, when there is one to see."""
    video = Video.objects.visible_to(user).filter(lesson=lesson).first()
    if video is None:
        return None
    return show_video(
        title=video.title,
        source=video.source,
        poster=video.poster.url if video.poster else "",
        track=reverse("course:captions", args=[lesson.course.slug, lesson.slug]),
        captions=video.captions,
        chapters=video.chapters,
        seconds=video.seconds,
    )


def _part(request: HttpRequest, etag: str, size: int) -> ByteRange | None:
    """What is asked for; the whole file where the asker holds part of another one."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return byte_range(request.headers.get("Range", ""), size, LONGEST_PART)


def _chunks(storage: MediaStorage, name: str) -> Iterator[bytes]:
    with storage.open(name) as file:
        while chunk := file.read(1 << 16):
            yield chunk


def _read(storage: MediaStorage, name: str, part: ByteRange) -> bytes:
    with storage.open(name) as file:
        file.seek(part.first)
        return bytes(file.read(part.length))
