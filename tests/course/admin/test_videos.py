"""Authors give a lesson a video: what is no video, too large or without captions is refused and says why."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import model_to_dict
from django.test import Client
from pytest_django import Settings

from course.models import Lesson, Video
from tests.course.videos import CAPTIONS, CHAPTERS, PNG, WEBM, give_video, make_lesson

UNCAPTIONED = (
    "A published lesson&#x27;s video needs captions, for those who cannot hear it. Give them as WebVTT, "
    "or leave the lesson unpublished until you have them."
)


def form_of(lesson: Lesson, video: Video | None = None, **changes: object) -> dict[str, object]:
    values = model_to_dict(lesson, exclude=["id", "skills", "acts", "figure_hides"])
    values |= {"acts": "[]", "figure_hides": "[]", "is_published": "on"}
    for inline in ("video", "revisions", "resources"):
        values |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    values |= {"video-TOTAL_FORMS": 1, "video-INITIAL_FORMS": 1 if video else 0, "video-0-lesson": lesson.pk}
    values |= {"video-0-title": "Filmed", "video-0-seconds": 4, "video-0-captions": CAPTIONS}
    if video:
        values |= {"video-0-id": video.pk}
    return {name: "" if value is None else value for name, value in (values | changes).items()}


def upload(content: bytes, name: str = "film.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="video/webm")


def send(client: Client, form: dict[str, object]) -> str:
    """The page with its refusals; empty when the lesson was saved."""
    response = client.post(f"/admin/course/lesson/{Lesson.objects.get().pk}/change/", form)
    return "" if response.status_code == 302 else response.content.decode()


def test_a_video_is_uploaded_shown_replaced_and_taken_away(author_client: Client, client: Client) -> None:
    lesson = make_lesson()
    form = form_of(lesson)
    files = {
        "video-0-file": upload(WEBM),
        "video-0-poster": upload(PNG, "poster.png"),
        "video-0-captions": "",
        "video-0-captions_file": upload(b"\xef\xbb\xbf" + CAPTIONS.replace("\n", "\r\n").encode(), "c.vtt"),
        "video-0-chapters_file": upload(CHAPTERS.encode(), "k.vtt"),
    }
    assert send(author_client, form | files) == ""
    video = Video.objects.get()
    assert (video.captions, video.chapters) == (CAPTIONS.strip(), CHAPTERS.strip())
    assert video.poster.name.endswith(".png")
    page = client.get("/courses/made/seen/?tab=video").content.decode()
    assert video.file.url in page
    assert video.file.url in author_client.get(f"/admin/course/lesson/{lesson.pk}/change/").content.decode()

    before = video.file.name
    kept = form_of(lesson, video, **{"video-0-file": upload(WEBM + b"more")})
    assert send(author_client, kept) == ""
    video.refresh_from_db()
    assert video.file.name != before
    assert send(author_client, form_of(lesson, video, **{"video-0-DELETE": "on"})) == ""
    assert not Video.objects.exists()


def test_what_is_refused_says_why(author_client: Client, settings: Settings) -> None:
    settings.VIDEO_MAX_MB = 1
    lesson = make_lesson()
    hostile = CAPTIONS.replace("Then", "<script>")
    for changes, told in (
        ({}, "Give either a file or an address on this site."),
        (
            {"video-0-file": upload(b"<html>", "film.webm")},
            "This is neither an MP4 nor a WebM file. Convert the video to one of them.",
        ),
        ({"video-0-file": upload(PNG)}, "This is neither an MP4 nor a WebM file."),
        (
            {"video-0-file": upload(WEBM + bytes(1_000_001))},
            "The video has more than 1 MB. Make it smaller.",
        ),
        (
            {"video-0-file": upload(WEBM), "video-0-poster": upload(b"<svg/>", "p.png")},
            "This is no PNG, JPEG or WebP picture. Convert it to one of them.",
        ),
        ({"video-0-file": upload(WEBM), "video-0-captions": ""}, UNCAPTIONED),
        (
            {"video-0-file": upload(WEBM), "video-0-captions": hostile},
            "Line 10: &lt;script&gt; is no mark of captions. Write &amp;lt; for the sign itself.",
        ),
        (
            {"video-0-file": upload(WEBM), "video-0-chapters": "One"},
            "Line 1: Captions begin with the word WEBVTT on a line of its own.",
        ),
        (
            {"video-0-file": upload(WEBM), "video-0-captions_file": upload(b"WEBVTT\n\xff")},
            "Byte 8 of the file is not UTF-8. Save it as UTF-8.",
        ),
        (
            {"video-0-address": "https://example.org/film.mp4"},
            "Write a path on this site, such as /films/layers.webm. Videos of other sites are not shown.",
        ),
        ({"video-0-address": "//example.org/film.mp4"}, "Write a path on this site"),
        ({"video-0-address": "/../film.mp4"}, "Write a path on this site"),
    ):
        assert told in send(author_client, form_of(lesson, **changes)), told  # type: ignore[arg-type]
    assert not Video.objects.exists()


def test_without_captions_a_lesson_stays_unpublished(author_client: Client) -> None:
    lesson = make_lesson(is_published=False)
    hidden = form_of(lesson, **{"video-0-file": upload(WEBM), "video-0-captions": ""})
    del hidden["is_published"]
    assert send(author_client, hidden) == ""
    video = Video.objects.get()
    assert UNCAPTIONED in send(author_client, form_of(lesson, video, **{"video-0-captions": ""}))
    order = {
        "title": "One", "slug": "one", "course": lesson.course_id, "position": 0,
        "lessons-TOTAL_FORMS": 1, "lessons-INITIAL_FORMS": 1, "lessons-0-id": lesson.pk,
        "lessons-0-chapter": lesson.chapter_id, "lessons-0-position": 0, "lessons-0-is_published": "on",
    }  # fmt: skip
    listed = author_client.post(f"/admin/course/chapter/{lesson.chapter_id}/change/", order)
    assert UNCAPTIONED in listed.content.decode()
    assert send(author_client, form_of(lesson, video)) == ""
    assert Lesson.objects.get().is_published


def test_a_stored_file_that_is_missing_does_not_stop_an_edit(author_client: Client) -> None:
    lesson = make_lesson()
    video = give_video(lesson, WEBM + b"soon gone")
    video.file.storage.delete(video.file.name)
    assert send(author_client, form_of(lesson, video, **{"video-0-title": "Renamed"})) == ""
    assert Video.objects.get().title == "Renamed"
