"""{% fragment "name.html" vectors=vectors %}: a fragment made of the page's `figure` and of the values in the
tag alone: no person, no request. It is rendered once for each figure that the process keeps
(course/figures/network.py), because most of a lesson's page is its figure, and most readers see the same one.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from course.figures import Figure

register = template.Library()


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, name: str, **values: str) -> SafeString:
    """The fragment's HTML."""
    figure: Figure = context["figure"]
    key = (name, *sorted(values.items()))
    made = figure.fragments.get(key)
    if made is None:
        made = figure.fragments[key] = render_to_string(name, {"figure": figure, **values})
    return mark_safe(made)  # noqa: S308 - a template made it
