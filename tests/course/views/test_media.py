"""Videos on the lesson's page, and their files: in parts, under their own type, to those who may see them."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from course.models import Course, Lesson, Video
from tests.course.videos import PNG, WEBM, give_video, make_lesson

pytestmark = pytest.mark.django_db
LESSON = "/courses/made/seen/"
TAB = f"{LESSON}?tab=video"
CAPTIONS_AT = f"{LESSON}captions.vtt"


@pytest.fixture
def video(db: None) -> Video:
    return give_video(make_lesson())


def content(response: object) -> bytes:
    return b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined, call-overload, no-any-return]


def test_the_page_has_player_chapters_and_the_whole_transcript(client: Client, video: Video) -> None:
    page = client.get(TAB).content.decode()
    assert '<a href="?tab=video" aria-current="page">Video</a>' in page
    assert f'<video src="{video.file.url}" controls playsinline preload="none"' in page
    assert f'<track kind="captions" srclang="en" label="English" src="{CAPTIONS_AT}">' in page
    assert f'<a href="{video.file.url}#t=2.5"><span class="at">0:02</span>' in page
    assert "Every neuron weighs &amp; adds." in page
    assert "What it does" in page
    assert "<span>0:04</span>" in page


def test_what_authors_write_is_escaped(client: Client, video: Video) -> None:
    Video.objects.update(
        title="<b>", captions="WEBVTT\n\n00:00.000 --> 00:01.000\n&lt;script&gt;alert(1)&lt;/script&gt;\n"
    )
    assert "<script>alert" not in client.get(TAB).content.decode()
    assert client.get(CAPTIONS_AT).content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n&lt;script&gt;alert(1)&lt;/script&gt;\n"
    )


def test_film_and_video_stand_below_each_other(course_content: None, client: Client) -> None:
    give_video(Lesson.objects.get(slug="layers"))
    page = client.get("/courses/neural-networks/layers/?tab=video").content.decode()
    assert 0 < page.index("data-film") < page.index("data-video")
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert sorted(set(ids)) == sorted(ids)


def test_a_lesson_with_neither_has_no_tab(client: Client) -> None:
    make_lesson()
    assert 'href="?tab=video"' not in client.get(LESSON).content.decode()


def test_a_file_comes_whole_or_in_parts_and_never_packed(client: Client, video: Video) -> None:
    whole = client.get(video.file.url, headers={"accept-encoding": "gzip"})
    assert (whole.status_code, content(whole)) == (200, WEBM)
    assert whole["Content-Type"] == "video/webm"
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "media-src 'self'" in whole["Content-Security-Policy"]
    assert "Content-Encoding" not in whole
    part = client.get(video.file.url, headers={"range": "bytes=10-19", "accept-encoding": "gzip"})
    assert (part.status_code, content(part)) == (206, WEBM[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(WEBM)}"
    assert part["Content-Length"] == "10"
    assert part["Content-Type"] == "video/webm"
    assert content(client.get(video.file.url, headers={"range": "bytes=-7"})) == WEBM[-7:]


def test_a_long_part_is_sent_in_pieces(client: Client) -> None:
    video = give_video(make_lesson(), WEBM + bytes(5 << 20))
    size = len(WEBM) + (5 << 20)
    part = client.get(video.file.url, headers={"range": "bytes=100-"})
    assert part["Content-Range"] == f"bytes 100-{100 + (2 << 20) - 1}/{size}"
    assert len(part.content) == 2 << 20


def test_what_lies_outside_is_refused(client: Client, video: Video) -> None:
    response = client.get(video.file.url, headers={"range": f"bytes={len(WEBM)}-"})
    assert (response.status_code, response.content) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(WEBM)}"


def test_what_a_browser_has_is_not_sent_again(client: Client, video: Video) -> None:
    etag = client.head(video.file.url)["ETag"]
    assert client.get(video.file.url, headers={"if-none-match": etag}).status_code == 304
    part = {"range": "bytes=0-9"}
    assert client.get(video.file.url, headers={**part, "if-range": etag}).status_code == 206
    assert client.get(video.file.url, headers={**part, "if-range": '"another"'}).status_code == 200


def test_its_head_alone(client: Client, video: Video) -> None:
    response = client.head(video.file.url)
    assert (response.status_code, response["Content-Length"]) == (200, str(len(WEBM)))


def test_a_poster_is_a_picture(client: Client, video: Video) -> None:
    video.poster.save("poster.gif", ContentFile(PNG))
    response = client.get(video.poster.url)
    assert (response["Content-Type"], content(response)) == ("image/png", PNG)
    assert f'poster="{video.poster.url}"' in client.get(TAB).content.decode()


@pytest.mark.parametrize("hidden", ["course", "lesson", "captions"])
def test_what_is_not_published_is_its_authors_alone(
    client: Client, learner_client: Client, author_client: Client, video: Video, hidden: str
) -> None:
    if hidden == "course":
        Course.objects.update(is_published=False)
    elif hidden == "lesson":
        Lesson.objects.update(is_published=False)
    else:
        Video.objects.update(captions="")
    for visitor in (client, learner_client):
        assert visitor.get(video.file.url).status_code == 404
        assert visitor.get(CAPTIONS_AT).status_code == 404
        assert video.file.url not in visitor.get(TAB).content.decode()
    assert author_client.get(video.file.url).status_code == 200
    assert video.file.url in author_client.get(TAB).content.decode()
    assert author_client.get(CAPTIONS_AT).status_code == (404 if hidden == "captions" else 200)


def test_only_what_a_video_names_is_sent(client: Client, video: Video, settings: object) -> None:
    root = Path(settings.MEDIA_ROOT)  # type: ignore[attr-defined]
    (root / "secret.webm").write_bytes(WEBM)
    for name in ("secret.webm", "..%2f..%2fmanage.py", "%00", "x"):
        assert client.get(f"/media/{name}").status_code == 404
    (root / video.file.name).unlink()
    assert client.get(video.file.url).status_code == 404


def test_they_are_read_alone(client: Client, video: Video) -> None:
    assert client.post(video.file.url).status_code == 405
    assert client.post(CAPTIONS_AT).status_code == 405


def test_a_video_of_this_site_s_own_server(client: Client) -> None:
    captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"
    Video.objects.create(lesson=make_lesson(), title="Ours", address="/films/one.mp4", captions=captions)
    page = client.get(TAB).content.decode()
    assert '<video src="/films/one.mp4" controls' in page
    assert "<span>0:01</span>" in page, "as long as its captions"
