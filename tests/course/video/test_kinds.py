"""A file is what its first bytes say."""

import pytest

from course.video import content_type, poster_kind, video_kind
from tests.course.videos import PNG, WEBM


@pytest.mark.parametrize(
    ("head", "video", "poster"),
    [
        (WEBM[:64], "video/webm", None),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4", None),
        (b"\0\0\0\x18ftypqt  \0\0\0\0", None, None),
        (b"\0\0\0\x18ftypavif\0\0\0\0", None, None),
        (b"\x1a\x45\xdf\xa3\xa3B\x82\x88matroska", None, None),
        (PNG, None, "image/png"),
        (b"\xff\xd8\xff\xe0", None, "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", None, "image/webp"),
        (b"RIFF\0\0\0\0AVI LIST", None, None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None, None),
        (b"<!doctype html><script>", None, None),
        (b"", None, None),
    ],
)
def test_kinds(head: bytes, video: str | None, poster: str | None) -> None:
    found = video_kind(head), poster_kind(head)
    assert tuple(kind and kind.content_type for kind in found) == (video, poster)
    assert all(content_type(f"x.{kind.suffix}") == kind.content_type for kind in found if kind)
