"""Packs answers for browsers that unpack them, no harder than pays: the last bytes cost most of the time."""

import gzip
import secrets
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

PAGE_LEVEL: Final = 3
"""A page that is packed hardest is a seventh smaller and takes three times as long."""
DATA_LEVEL: Final = 1
"""Half of what is asked for several times a second are random digits, which do not pack."""
SMALLEST: Final = 200  # bytes; below, packing does not pay
MOST_NAME: Final = 100


class PackingMiddleware(GZipMiddleware):
    """As Django's, with levels of our own. Files that can be asked for in parts are left alone: their parts
    are counted in plain bytes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Accept-Ranges"):
            return response
        if not isinstance(response, HttpResponse):
            return super().process_response(request, response)
        if len(response.content) < SMALLEST or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        is_data = response.headers.get("Content-Type", "").startswith("application/json")
        response.content = packed(response.content, DATA_LEVEL if is_data else PAGE_LEVEL)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "gzip"
        if response.headers.get("ETag", "").startswith('"'):
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response


def packed(content: bytes, level: int) -> bytes:
    """The content as gzip. A file name of random length hides how long it is: who can make somebody else ask
    for a page could otherwise guess secrets in it from the lengths of answers (the attack is called BREACH).
    """
    data = gzip.compress(content, level, mtime=0)
    name = b"a" * secrets.randbelow(MOST_NAME) + b"\0"
    return b"".join([data[:3], bytes([gzip.FNAME]), data[4:10], name, data[10:]])
