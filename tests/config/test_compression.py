"""Pages travel compressed, whatever stands in front of the site."""

import gzip

from django.test import Client


def test_a_page_is_compressed_for_who_can_read_it(course_content: None, client: Client) -> None:
    path = "/courses/neural-networks/layers/"
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    plain = client.get(path)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert len(packed.content) < len(plain.content) / 3
    assert b"Layers of a neural network" in gzip.decompress(packed.content)
