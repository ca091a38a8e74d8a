"""LaTeX mathematics to MathML that a browser shows without a script.

A formula with vectors can be written in two forms, rows first: `x W + b // W^T x + b`. Both reach the page;
the reader's setting shows one of them (see static/css/prose.css).
"""

from xml.etree import ElementTree

from latex2mathml.converter import convert

MAX_LATEX = 1_000
FORMS = ("in-rows", "in-columns")


class MathError(ValueError):
    """LaTeX that cannot be shown; the message says what to do."""


def to_mathml(latex: str, *, is_block: bool) -> str:
    """A <math> element, or one for each form. What the converter does not know is an error, not text."""
    forms = latex.split("//")
    if len(forms) == 1:
        return _convert(latex, is_block)
    if len(forms) > len(FORMS) or not all(form.strip() for form in forms):
        raise MathError(
            f"{latex!r} does not give two forms. "
            "Write the one with row vectors, then //, then the one with columns."
        )
    marked = zip(FORMS, forms, strict=True)
    return "".join(
        _convert(form.strip(), is_block).replace("<math ", f'<math class="{name}" ', 1)
        for name, form in marked
    )


def _convert(latex: str, is_block: bool) -> str:
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
