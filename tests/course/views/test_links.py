"""No dead link: every address that the shipped course's pages lead to answers, and has the part it names."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.course.shipped import LESSONS

HOME = "/courses/neural-networks/"
TABS = ["text", "video", "quiz", "resources", "updates"]
PAGES = ["/", HOME, f"{HOME}glossary/", "/search/?q=neuron"]

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("course_content")]


class Site:
    """Pages by path, each asked for once; what stands in a figure's address is tried elsewhere."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.known: dict[str, str | None] = {}

    def page(self, path: str) -> str | None:
        """The HTML of a page, an empty text for a file, None where nothing is."""
        if path not in self.known:
            answer = self.client.get(path, follow=True)
            is_html = answer.headers.get("Content-Type", "").startswith("text/html")
            text = answer.content.decode() if is_html else ""
            self.known[path] = text if answer.status_code == 200 else None
        return self.known[path]

    def is_dead(self, href: str) -> bool:
        """Whether a link leads nowhere, or to a part that its page does not have."""
        _, _, path, query, fragment = urlsplit(href)
        tab = re.search(r"\btab=\w+", query)
        text = self.page(f"{path}?{tab[0]}" if tab else path)
        return text is None or bool(fragment and not re.search(rf'\bid="{re.escape(fragment)}"', text))


def test_every_link_leads_somewhere(client: Client) -> None:
    site = Site(client)
    paths = [*PAGES, *(f"{HOME}{slug}/?tab={tab}" for slug in LESSONS for tab in TABS)]
    dead = []
    for path in paths:
        text = client.get(path).content.decode()
        for href in {unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]+)"', text)}:
            whole = urljoin(path, href)
            if "://" in whole:
                continue
            is_gone = f'id="{href[1:]}"' not in text if href.startswith("#") else site.is_dead(whole)
            if is_gone:
                dead.append((path, href))
    assert dead == []
    assert len(site.known) > 20
