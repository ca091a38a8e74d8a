"""What a browser sends as a response: small, printable texts by field name."""

import re
import secrets
import unicodedata

from django.http import QueryDict

from quizzes.certainty import CERTAINTY, certainty_in
from quizzes.kinds.contract import ANSWER
from quizzes.services import Sender

MOST_VALUES = 60  # the cells of a table come one by one
LONGEST = 8_001  # a network as text, and one character more: then its kind says that it is too long
TAB = re.compile("[0-9a-f]{8}")
OF_QUESTION = re.compile(r"p([1-9][0-9]{0,4})-([a-z]{1,20})")


def prefix_of(position: int) -> str:
    """What stands before the names of a question's fields on a page with all of them."""
    return f"p{position}-"


def parts(form: QueryDict) -> dict[int, QueryDict]:
    """The form of each question by position, out of the form of a page with all: names lose their prefix, and
    the page's own name goes with each.
    """
    found: dict[int, QueryDict] = {}
    for name, values in form.lists():
        match = OF_QUESTION.fullmatch(name)
        if match is not None:
            part = found.setdefault(int(match[1]), QueryDict(mutable=True))
            part.setlist(match[2], values)
    for part in found.values():
        part["tab"] = form.get("tab", "")
    return found


def typed_fields(form: QueryDict) -> dict[str, list[str]]:
    """The response fields of a posted form as typed, and how sure the learner is; control characters but for
    new lines and tabs are dropped, the rest cut to size.
    """
    typed = {ANSWER: [_clean(text) for text in form.getlist(ANSWER)[:MOST_VALUES]]}
    chosen = form.get(CERTAINTY, "")
    if certainty_in({CERTAINTY: [chosen]}):
        typed[CERTAINTY] = [chosen]
    return typed


def sender_of(form: QueryDict) -> Sender | None:
    """The page that a form was sent from; None when it does not say which answer it knows."""
    version = form.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return None
    return Sender(tab_name(form, "tab"), int(version))


def tab_name(form: QueryDict, field: str) -> str:
    """The name of a page as `new_tab` gave it; empty when it is none."""
    name = form.get(field, "")
    return name if TAB.fullmatch(name) else ""


def hint_level(form: QueryDict) -> int:
    """The level of the hint asked for; 0 when it is none."""
    level = form.get("hint", "")
    return int(level) if level.isascii() and level.isdigit() and len(level) < 3 else 0


def new_tab() -> str:
    """A name for a page that is about to be shown."""
    return secrets.token_hex(4)


def _clean(text: str) -> str:
    printable = "".join(
        c
        for c in text.replace("\r\n", "\n")[:LONGEST]
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}
    )
    return printable.strip()
