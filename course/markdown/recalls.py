"""Recall questions taken out of a rendered text, so that a later lesson can ask them again."""

import re

import nh3

from course.markdown.blocks import KICKERS
from course.markdown.sanitize import ATTRIBUTES, HTML, MATHML

MEANING = re.compile(r'<span class="meaning".*?</span>', re.DOTALL)
BLOCK = re.compile(r'<details class="recall">.*?</div></details>', re.DOTALL)
BOUND = {"id", "aria-describedby", "aria-labelledby", "href", "data-copy"}
"""Attributes that belong to the page a question comes from: names, and links into it or its figure."""


def without_meanings(html: str) -> str:
    """The text's own words: the meanings of its glossary terms are not part of it."""
    return MEANING.sub("", html)


def recalls(html: str) -> list[str]:
    """Each recall question with its answer, folded, as safe HTML that can stand on any page."""
    attributes = {name: allowed - BOUND for name, allowed in ATTRIBUTES.items() if name != "a"}
    kicker = f'<span class="kicker">{KICKERS["recall"]}</span>'
    return [
        nh3.clean(block, tags=MATHML | HTML - {"a", "button"}, attributes=attributes, link_rel=None)
        for block in BLOCK.findall(without_meanings(html))
        if kicker in block
    ]
