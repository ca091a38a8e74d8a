"""{% fragment "name.html" vectors=vectors %}: a fragment made of the page's `figure` and of the values in the
tag alone: no person, no request. It is rendered once for each figure that the process keeps
(course/figures/network.py), because most of a lesson's page is its figure, and most readers see the same one.
{% placed_figure placed %} is the same for a figure in the text, which is kept by course/placed.py.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from course.figures import Figure
from course.placed import Placed

register = template.Library()


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, name: str, **values: str) -> SafeString:
    """The fragment's HTML."""
    figure: Figure = context["figure"]
    return _kept(figure.fragments, name, {"figure": figure, **values}, tuple(sorted(values.items())))


@register.simple_tag
def placed_figure(placed: Placed) -> SafeString:
    """The HTML of a figure that stands in a text."""
    return _kept(placed.fragments, placed.kind.template, {"placed": placed, "shown": placed.shown})


def _kept(
    fragments: dict[object, str], name: str, shown: dict[str, object], values: tuple[object, ...] = ()
) -> SafeString:
    key = (name, *values)
    made = fragments.get(key)
    if made is None:
        made = fragments[key] = render_to_string(name, shown)
    return mark_safe(made)  # noqa: S308 - a template made it
