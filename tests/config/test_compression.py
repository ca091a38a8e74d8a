"""Pages travel compressed, whatever stands in front of the site."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.test import Client

from config.packing import PackingMiddleware, packed


def test_a_page_is_compressed_for_who_can_read_it(course_content: None, client: Client) -> None:
    path = "/courses/neural-networks/layers/"
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    plain = client.get(path)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert len(packed.content) < len(plain.content) / 3
    assert b"Layers of a neural network" in gzip.decompress(packed.content)


def answered(response: HttpResponse, accepts: str = "gzip, br") -> HttpResponse:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepts
    made = PackingMiddleware(lambda _: response)(request)
    assert isinstance(made, HttpResponse)
    return made


def test_what_is_packed_is_what_was_answered() -> None:
    content = b"0123456789" * 100
    for kind in ("text/html", "application/json; charset=utf-8"):
        response = answered(HttpResponse(content, content_type=kind, headers={"ETag": '"1"'}))
        assert gzip.decompress(response.content) == content
        assert response["Content-Length"] == str(len(response.content))
        assert (response["Vary"], response["ETag"]) == ("Accept-Encoding", 'W/"1"')


def test_small_answers_and_parts_and_what_is_packed_already_stay_as_they_are() -> None:
    assert answered(HttpResponse(b"a" * 199)).content == b"a" * 199
    for headers in ({"Accept-Ranges": "bytes"}, {"Content-Encoding": "br"}):
        assert answered(HttpResponse(b"a" * 999, headers=headers)).content == b"a" * 999


def test_nobody_is_sent_what_they_cannot_unpack() -> None:
    response = answered(HttpResponse(b"a" * 999), "identity")
    assert response.content == b"a" * 999
    assert response["Vary"] == "Accept-Encoding"


def test_the_length_of_an_answer_tells_nothing() -> None:
    assert len({len(packed(b"a" * 999, 1)) for _ in range(50)}) > 5
