"""What a browser sends as a response: small, printable texts by field name."""

import unicodedata

from django.http import QueryDict

from quizzes.kinds.contract import ANSWER

MOST_VALUES = 60  # the cells of a table come one by one
LONGEST = 8_000  # a network as text


def typed_fields(form: QueryDict) -> dict[str, list[str]]:
    """The response fields of a posted form as typed; control characters but for new lines and tabs are
    dropped, the rest cut to size.
    """
    return {ANSWER: [_clean(text) for text in form.getlist(ANSWER)[:MOST_VALUES]]}


def seen_version(form: QueryDict) -> int | None:
    """The version of the answer that the sender last saw; None when it does not say."""
    text = form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _clean(text: str) -> str:
    printable = "".join(
        c
        for c in text[:LONGEST].replace("\r\n", "\n")
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}
    )
    return printable.strip()
