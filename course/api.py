"""POST /api/networks/trace: one sample on its way through a network, every number kept."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from course.figures.tracing import MAX_SEED, TraceRefused, trace_network

MAX_SOURCE = 32 * 1024
MAX_BODY = 384 * 1024

router = Router(tags=["networks"])


class TraceIn(Schema, strict=True):
    """Either `source` or `config`; either `weights` or a `seed` to draw them from; one sample `x`."""

    source: str | None = Field(None, max_length=MAX_SOURCE, description="Keras text.")
    config: dict[str, Any] | None = Field(None, description="Keras's own JSON config of a model.")
    weights: dict[str, list[Any]] | list[Any] | None = Field(
        None, description='{"W": [kernel, ...], "b": [bias, ...]}, or arrays in Keras\'s order.'
    )
    seed: int = Field(0, ge=0, le=MAX_SEED, description="Draws the weights when none are given.")
    x: list[Any] = Field(description="One sample: as many numbers as the network takes.")


class TracedLayer(Schema):
    """One layer. Keys that do not apply are absent; a number that overflowed is null."""

    name: str
    kind: str
    inputs: list[int]
    shape: list[int]
    activation: str | None = None
    kernel: list[Any] | None = None
    bias: list[Any] | None = None
    z: list[Any] | None = None
    a: list[Any]


class TraceOut(Schema):
    """The trace, version 1; docs/architecture.md tells who else reads it."""

    v: int
    layers: list[TracedLayer]


class DiagnosticOut(Schema):
    """One remark about one place of the text. Lines and columns count from 1, columns in code points, ends
    exclusive. `fix` is the text that mends it in that place, `name` the open name of a hole.
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


class Refusal(Schema):
    """Why nothing was traced, and where in the text the reason lies."""

    message: str
    diagnostics: list[DiagnosticOut]


class Told(Schema):
    """Why a request was not looked at: its body is no JSON, or too many came from one place."""

    detail: str


class Malformed(Schema):
    """A body whose values have the wrong form: where, and what was expected."""

    detail: list[dict[str, Any]]


@router.post(
    "trace",
    url_name="trace_network",
    response={200: TraceOut, 400: Refusal | Told, 413: Refusal, 422: Malformed, 429: Told},
    exclude_unset=True,
)
def trace(request: HttpRequest, body: TraceIn) -> Status[Any]:
    if len(request.body) > MAX_BODY:
        return Status(
            413, {"message": f"The request is larger than {MAX_BODY // 1024} KiB.", "diagnostics": []}
        )
    try:
        return Status(200, trace_network(**body.dict()))
    except TraceRefused as refused:
        told = [diagnostic.to_dict() for diagnostic in refused.diagnostics]
        return Status(400, {"message": str(refused), "diagnostics": told})
