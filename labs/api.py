"""POST /api/networks/check: what the engine reads in a Keras text, without running anything."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from ninja import Field, Router, Schema

import engine
from engine.nn.summary import summary
from labs.models import SOURCE_LIMIT, Challenge
from labs.rubric import judged
from labs.understanding import Understanding, understand

router = Router(tags=["networks"])


class CheckIn(Schema):
    """A text to read. `challenge` names one whose criteria are judged as far as the text alone decides them.

    `fragments` asks for the pieces of the editor's page as well.
    """

    source: str = Field(max_length=SOURCE_LIMIT)
    challenge: str = Field("", max_length=80)
    fragments: bool = False


class DiagnosticOut(Schema):
    """One remark about one place. Lines and columns count from 1, columns in code points, ends exclusive.

    `fix` is the text that mends it in that place, `name` the open name of a hole.
    """

    code: str
    message: str
    hint: str
    line: int
    column: int
    end_line: int
    end_column: int
    name: str | None
    fix: str | None
    snippet: str


class LayerOut(Schema):
    """One layer as far as it could be read; null is what is not known."""

    kind: str
    name: str
    line: int
    settings: str
    output_shape: list[int | None] | None
    parameters: int | None
    is_read: bool


class CostOut(Schema):
    """What predicting one sample takes; `bytes` in float32."""

    parameters: int
    output_shape: list[int | None]
    flops: int
    bytes: int


class FragmentsOut(Schema):
    """Pieces of the editor's page, as HTML and as sentences."""

    findings: str
    live: str
    criteria: str
    why: str
    spoken: str


class CheckOut(Schema):
    """`is_readable` says that the text is a network; then there are a summary and a cost."""

    is_readable: bool
    diagnostics: list[DiagnosticOut]
    notes: list[DiagnosticOut]
    layers: list[LayerOut]
    summary: str | None
    cost: CostOut | None
    fragments: FragmentsOut | None = None


class FaultOut(Schema):
    """What is wrong with the request itself, field by field."""

    detail: list[dict[str, Any]]


@router.post(
    "check",
    url_name="check_network",
    response={200: CheckOut, 422: FaultOut},
    summary="Read a Keras text",
    description="Says what the text describes and where it cannot be read. Nothing of it is executed.",
)
def check_network(request: HttpRequest, body: CheckIn) -> dict[str, Any]:
    source = body.source.replace("\r\n", "\n")
    understanding = understand(source)
    reading, cost = understanding.reading, understanding.cost
    return {
        "is_readable": understanding.is_readable,
        "diagnostics": [diagnostic.to_dict() for diagnostic in reading.diagnostics],
        "notes": [note.to_dict() for note in reading.notes],
        "layers": [_layer(row) for row in reading.layers],
        "summary": summary(reading.spec) if reading.spec is not None else None,
        "cost": cost and {name: getattr(cost, name) for name in CostOut.model_fields},
        "fragments": _fragments(request, body, understanding) if body.fragments else None,
    }


def _layer(row: engine.Row) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "name": row.name,
        "line": row.place.line,
        "settings": row.summary,
        "output_shape": row.output_shape,
        "parameters": row.parameters,
        "is_read": not row.gap,
    }


def _fragments(request: HttpRequest, body: CheckIn, understanding: Understanding) -> dict[str, str]:
    shown = {"understanding": understanding}
    challenge = Challenge.objects.visible_to(request.user).filter(slug=body.challenge).first()
    criteria = judged(challenge.criteria.all(), understanding.reading.spec) if challenge else []
    return {
        "findings": render_to_string("labs/_findings.html", shown),
        "live": render_to_string("labs/_live.html", shown),
        "criteria": render_to_string("labs/_criteria.html", {"criteria": criteria}) if challenge else "",
        "why": understanding.why if challenge else "",
        "spoken": understanding.spoken,
    }
