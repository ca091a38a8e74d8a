"""/api/networks/: what the engine reads in a Keras text and which words it knows; nothing is run."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from ninja import Field, Router, Schema

import engine
from accounts.models import User
from course.api import DiagnosticOut, Malformed, Told
from engine.nn.summary import summary
from labs.allowance import allowance_of, why
from labs.builder import EditFault, builder_page, edited
from labs.examples import examples_of
from labs.models import SOURCE_LIMIT, Challenge
from labs.rubric import asked_of, judged
from labs.understanding import Understanding, understand
from labs.vocabulary import vocabulary
from labs.weights import MOST_NUMBERS, weight_tables

router = Router(tags=["networks"])


class CheckIn(Schema, strict=True):
    """A text to read. `challenge` names one whose criteria are judged as far as the text alone decides them;
    where its weights are set by hand, `weights` are those, as fields of its form.

    `fragments` asks for the pieces of the editor's page as well, `builder` for its form of layers too.
    """

    source: str = Field(max_length=SOURCE_LIMIT)
    challenge: str = Field("", max_length=80, pattern=r"^[-\w]*$")
    weights: dict[str, str] = Field(default_factory=dict, max_length=MOST_NUMBERS)
    fragments: bool = False
    builder: bool = False


class EditIn(Schema, strict=True):
    """One edit of a text's layers, as the builder's form names it: an action, and fields that go with it."""

    source: str = Field(max_length=SOURCE_LIMIT)
    action: str = Field(max_length=80)
    fields: dict[str, str] = Field(default_factory=dict, max_length=MOST_NUMBERS)


class EditOut(Schema):
    """The text afterwards; where the edit cannot be made it is as it was, and `fault` says why."""

    source: str
    fault: str


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
    examples: str
    weights: str
    builder: str
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


@router.post(
    "check",
    url_name="check_network",
    response={200: CheckOut, 400: Told, 422: Malformed, 429: Told},
    summary="Read a Keras text",
    description="Says what the text describes and where it cannot be read. Nothing of it is executed.",
)
def check_network(request: HttpRequest, body: CheckIn) -> dict[str, Any]:
    source = body.source.replace("\r\n", "\n")
    challenge = Challenge.objects.visible_to(request.user).filter(slug=body.challenge).first()
    asked = asked_of(challenge.criteria.all()) if challenge else ()
    understanding = understand(source, asked)
    reading, cost = understanding.reading, understanding.cost
    fragments = None
    if body.fragments:
        fragments = _fragments(understanding, challenge, asked, source, body, request.user)
    return {
        "is_readable": understanding.is_readable,
        "diagnostics": [diagnostic.to_dict() for diagnostic in reading.diagnostics],
        "notes": [note.to_dict() for note in reading.notes],
        "layers": [_layer(row) for row in reading.layers],
        "summary": summary(reading.spec) if reading.spec is not None else None,
        "cost": cost and {name: getattr(cost, name) for name in CostOut.model_fields},
        "fragments": fragments,
    }


@router.post(
    "edit",
    url_name="edit_network",
    response={200: EditOut, 400: Told, 422: Malformed, 429: Told},
    summary="Edit a network's text layer by layer",
    description="Changes only the lines of the layer that is edited. Nothing of the text is executed.",
)
def edit_network(request: HttpRequest, body: EditIn) -> dict[str, str]:
    source = body.source.replace("\r\n", "\n")
    try:
        return {"source": edited(source, body.action, body.fields), "fault": ""}
    except EditFault as fault:
        return {"source": source, "fault": str(fault)}


class ArgumentOut(Schema):
    """One argument: its default as Python text, empty where it must be given, and values to choose from."""

    name: str
    default: str
    doc: str
    values: list[str]


class WordOut(Schema):
    """Something that is called by its name; `family` says what kind of thing it is."""

    name: str
    family: str
    doc: str
    arguments: list[ArgumentOut]


@router.get(
    "vocabulary",
    url_name="vocabulary",
    response={200: list[WordOut], 429: Told},
    summary="The words of a Keras text",
    description="Layers and optimizers with their arguments, one line of documentation each: for completion.",
)
def list_vocabulary(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    response["Cache-Control"] = "public, max-age=3600"
    return vocabulary()


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


def _fragments(
    understanding: Understanding,
    challenge: Challenge | None,
    asked: Sequence[engine.Criterion],
    source: str,
    body: CheckIn,
    user: User | AnonymousUser,
) -> dict[str, str]:
    built = builder_page(source) if body.builder else {}
    shown = {"understanding": understanding, **built}
    spec = understanding.reading.spec
    tables = weight_tables(spec, body.weights) if challenge and challenge.takes_weights else None
    criteria = judged(asked, spec, tables.arrays if tables else None)
    beside = why(understanding, allowance_of(challenge, user, timezone.now())) if challenge else ""
    return {
        "findings": render_to_string("labs/_findings.html", shown),
        "live": render_to_string("labs/_live.html", shown),
        "criteria": render_to_string("labs/_criteria.html", {"criteria": criteria}) if challenge else "",
        "examples": render_to_string("labs/_examples.html", {"examples": examples_of(asked, spec)}),
        "weights": render_to_string("labs/_weights.html", {"tables": tables}) if tables else "",
        "builder": render_to_string("labs/_builder.html", built) if built else "",
        "why": beside,
        "spoken": understanding.spoken,
    }
