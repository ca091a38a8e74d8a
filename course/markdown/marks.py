"""Marks in a text's HTML: where a prediction or a figure stands, for the page to fill in when it is shown."""

import re

PREDICTION, FIGURE = "predict", "figure"
# The sanitizer lets no other comment through, so no text can write a mark of its own.
MARK = re.compile(rf"<!--({PREDICTION}|{FIGURE}):([a-z0-9-]+)-->\n")


def mark(what: str, name: str) -> str:
    """What stands in the HTML where the prediction or figure of that name belongs."""
    return f"<!--{what}:{name}-->\n"
