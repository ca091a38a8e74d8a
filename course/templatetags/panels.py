"""{% panel p %}: the fragment of a contributed panel, with its context on top of the page's own.

{% card p %} is the same where one that fails must not take the page with it.
"""

import logging

from django import template
from django.template.loader import get_template

from course.panels import LOST, Panel

register = template.Library()
logger = logging.getLogger(__name__)


@register.simple_tag(takes_context=True)
def panel(context: template.RequestContext, panel: Panel) -> str:
    """Render a panel's template where the tag stands."""
    values: dict[str, object] = {str(name): value for name, value in context.flatten().items()}
    values |= {**panel.context, "panel": panel}
    return get_template(panel.template).render(values, context.request)


@register.simple_tag(takes_context=True)
def card(context: template.RequestContext, item: Panel) -> str:
    """Render a panel's template where the tag stands, or say that it could not be shown."""
    try:
        return panel(context, item)
    except Exception:
        logger.exception("The card %s of the dashboard could not be shown.", item.tab)
        return get_template(LOST).render({}, context.request)
