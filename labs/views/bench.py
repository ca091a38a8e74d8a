"""What every page with an editor shows: the text, what is the matter with it, and what was understood."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import mark_safe

import engine
from labs.allowance import Allowance, why
from labs.examples import examples_of
from labs.forms import SubmissionForm
from labs.listing import listing
from labs.models import Challenge, Criterion
from labs.rubric import asked_of, judged
from labs.understanding import understand
from labs.weights import given_weights, weight_tables

LEAST_ROWS = 12
MOST_ROWS = 30


def challenge_page(
    challenge: Challenge,
    criteria: Iterable[Criterion],
    form: SubmissionForm,
    allowance: Allowance,
    *,
    shows_lines: bool = False,
) -> dict[str, Any]:
    """Context of labs/challenge.html, but for what the visitor did there. The challenge may be unsaved."""
    asked = asked_of(criteria)
    action = challenge.get_absolute_url() if challenge.slug else ""
    shown = bench(form, action=action, shows_lines=shows_lines, asked=asked)
    spec = shown["understanding"].reading.spec
    tables = weight_tables(spec, given_weights(form.data)) if challenge.takes_weights else None
    return {
        **shown,
        "section": "challenges",
        "challenge": challenge,
        "allowance": allowance,
        "why": why(shown["understanding"], allowance),
        "task": mark_safe(challenge.task_html),  # noqa: S308 - sanitized when it was rendered
        "tables": tables,
        "examples": examples_of(asked, spec),
        "criteria": judged(asked, spec, tables.arrays if tables else None),
    }


def read_only(source: str) -> dict[str, Any]:
    """Context of a page that shows a text and what it says, with nothing to change."""
    understanding = understand(source)
    return {"understanding": understanding, "lines": listing(source, understanding.findings)}


def bench(
    form: forms.Form,
    *,
    action: str,
    shows_lines: bool = False,
    asked: Sequence[engine.Criterion] = (),
) -> dict[str, Any]:
    """Context of labs/_editor.html and labs/_live.html for a bound form with a `source`.

    `shows_lines`: the text stands above the editor as numbered lines with its findings marked, for readers
    without JavaScript.
    """
    source = str(form["source"].value() or "").replace("\r\n", "\n")
    understanding = understand(source, asked)
    return {
        "form": form,
        "action": action,
        "check_url": reverse("api:check_network"),
        "edit_url": reverse("api:edit_network"),
        "rows": min(max(source.count("\n") + 2, LEAST_ROWS), MOST_ROWS),
        "understanding": understanding,
        "lines": listing(source, understanding.findings) if shows_lines else [],
        "shows_lines": shows_lines and bool(understanding.findings),
    }
