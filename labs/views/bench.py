"""What every page with an editor shows: the text, what is the matter with it, and what was understood."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import mark_safe

from labs.forms import SubmissionForm
from labs.listing import listing
from labs.models import Challenge, Criterion
from labs.rubric import judged
from labs.understanding import understand

LEAST_ROWS = 12
MOST_ROWS = 30


def challenge_page(
    challenge: Challenge, criteria: Iterable[Criterion], form: SubmissionForm, *, shows_lines: bool = False
) -> dict[str, Any]:
    """Context of labs/challenge.html, but for what is known of the visitor. The challenge may be unsaved."""
    return {
        **bench(form, action=challenge.get_absolute_url() if challenge.slug else "", shows_lines=shows_lines),
        "section": "challenges",
        "challenge": challenge,
        "task": mark_safe(challenge.task_html),  # noqa: S308 - sanitized when it was rendered
        "criteria": judged(criteria, None),
    }


def bench(form: forms.Form, *, action: str, shows_lines: bool = False) -> dict[str, Any]:
    """Context of labs/_editor.html and labs/_live.html for a bound form with a `source`.

    `shows_lines`: the text stands above the editor as numbered lines with its findings marked, for readers
    without JavaScript.
    """
    source = str(form["source"].value() or "").replace("\r\n", "\n")
    understanding = understand(source)
    return {
        "form": form,
        "action": action,
        "check_url": reverse("api:check_network"),
        "rows": min(max(source.count("\n") + 2, LEAST_ROWS), MOST_ROWS),
        "understanding": understanding,
        "lines": listing(source, understanding.findings) if shows_lines else [],
        "shows_lines": shows_lines and bool(understanding.findings),
    }
