"""LaTeX mathematics to MathML that a browser shows without a script."""

from xml.etree import ElementTree

from latex2mathml.converter import convert

MAX_LATEX = 1_000


class MathError(ValueError):
    """LaTeX that cannot be shown; the message says what to do."""


def to_mathml(latex: str, *, is_block: bool) -> str:
    """A <math> element. A command that the converter does not know is an error, not text on the page."""
    if len(latex) > MAX_LATEX:
        raise MathError(f"The formula has {len(latex)} characters; at most {MAX_LATEX} fit. Split it.")
    try:
        mathml: str = convert(latex, display="block" if is_block else "inline")
        root = ElementTree.fromstring(mathml)  # noqa: S314 (the converter's own output)
    except Exception as error:  # a malformed formula makes the converter stumble over almost anything
        raise MathError(
            f"This is not LaTeX that can be shown: {latex!r}. Check braces and commands."
        ) from error
    unknown = [text for node in root.iter() if (text := node.text or "").startswith("\\") and len(text) > 1]
    if unknown:
        raise MathError(f"The command {unknown[0]} is not known here. Write the formula without it.")
    return mathml
