"""The last gate: whatever the renderer wrote, only these elements and attributes reach a page."""

import nh3

MATHML = {
    "math", "mrow", "mi", "mo", "mn", "mtext", "ms", "mspace", "msub", "msup", "msubsup", "munder", "mover",
    "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
    "menclose",
}  # fmt: skip
HTML = {
    "a", "blockquote", "br", "button", "code", "del", "details", "div", "em", "h2", "h3", "h4", "header",
    "hr", "li", "ol", "p", "pre", "s", "section", "span", "strong", "summary", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href", "title", "data-focus", "data-preset", "data-x", "data-t", "aria-describedby"},
    "button": {"type", "data-copy", "hidden"},
    "div": {"tabindex", "role", "aria-label", "data-tabset"},
    "ol": {"start"},
    "pre": {"tabindex", "aria-label", "role"},
    "section": {"aria-labelledby"},
    "span": {"role", "tabindex", "aria-label"},
    "th": {"scope"},
    "math": {"display", "xmlns"},
    "mo": {"stretchy", "fence", "form", "separator", "minsize", "maxsize", "lspace", "rspace", "symmetric"},
    "mi": {"mathvariant"},
    "mtd": {"columnalign"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mspace": {"width", "linebreak"},
    "mfrac": {"linethickness"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mover": {"accent"},
    "munder": {"accentunder"},
}


def sanitize(html: str) -> str:
    """The HTML with everything removed that is not on the list. Links to elsewhere carry no referrer."""
    return nh3.clean(
        html,
        tags=MATHML | HTML,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
