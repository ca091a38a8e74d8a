"""{% panel p %}: the fragment of a contributed panel, with its context on top of the page's own."""

from django import template
from django.template.loader import get_template

from course.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: template.RequestContext, panel: Panel) -> str:
    """Render a panel's template where the tag stands."""
    values: dict[str, object] = {str(name): value for name, value in context.flatten().items()}
    values |= {**panel.context, "panel": panel}
    return get_template(panel.template).render(values, context.request)
