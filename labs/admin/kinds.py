"""What an author may ask for, beside the form: kinds of criteria with their settings, and the data sets."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

import engine
from engine.evaluation.kinds import KINDS, Kind
from engine.spec.arguments import Argument


def guide() -> SafeString:
    """A folded list of kinds, each with what its settings take, and one of data sets."""
    kinds = format_html_join("", "{}", ((_kind(kind),) for kind in KINDS.values()))
    sets = format_html_join(
        "", "<li><code>{}</code>: {}</li>", ((one.name, one.doc) for one in engine.DATASETS.values())
    )
    return format_html(
        "{}<p>Every kind also takes <code>title</code>: what learners read.</p>"
        "<details><summary>Data sets, for <code>dataset</code></summary><ul>{}</ul></details>",
        kinds,
        sets,
    )


def _kind(kind: Kind) -> SafeString:
    settings = format_html_join("", "<li>{}</li>", ((_setting(one),) for one in kind.arguments))
    return format_html(
        "<details><summary><code>{}</code>: {}</summary><ul>{}</ul></details>", kind.name, kind.doc, settings
    )


def _setting(argument: Argument) -> SafeString:
    return format_html(
        "<code>{}</code>{}: {}. {}",
        argument.name,
        ", needed" if argument.is_required else "",
        argument.type.describe(),
        argument.doc,
    )
