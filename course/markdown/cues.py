"""Figure cues: a link whose address is "focus:h1.3" or "figure:preset=cat&t=3" moves the lesson's figure.

Without a script the link opens the page with the figure in that state; with one, the figure listens to
`data-focus`, `data-preset`, `data-x` and `data-t`.
"""

from urllib.parse import parse_qsl, unquote, urlencode

from markdown_it.token import Token

from course.markdown.expressions import FactError, FactSource

KEYS = ("preset", "x", "focus", "t")


def is_cue(href: str) -> bool:
    return href.startswith(("focus:", "figure:"))


def make_cue(link: Token, facts: FactSource | None) -> None:
    """Turn a link token into a figure cue. Raises FactError when the figure has no such place."""
    settings = _settings(unquote(str(link.attrs["href"])))
    if facts is None:
        raise FactError("A figure cue needs a figure, and this text has no network. Choose a network first.")
    facts.check_cue(settings)
    link.attrs["href"] = f"?{urlencode(settings, safe=',')}#figure"
    link.attrs["class"] = "cue"
    for name, value in settings.items():
        link.attrs[f"data-{name}"] = value


def _settings(href: str) -> dict[str, str]:
    scheme, _, rest = href.partition(":")
    if scheme == "focus":
        unit, _, query = rest.partition("&")
        rest = f"focus={unit}&{query}"
    settings = dict(parse_qsl(rest, keep_blank_values=True))
    unknown = [name for name in settings if name not in KEYS]
    if unknown or not settings:
        named = repr(unknown[0]) if unknown else "nothing"
        raise FactError(f"The figure cue asks for {named}; it can set {', '.join(KEYS)}.")
    return settings
