"""POST /api/playground/train: a piece of a run. The state travels with the request, so any server goes on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from course.api import Malformed, Told
from labs.playground.addresses import address, edited, hidden, read
from labs.playground.board import board, looks, moves, spoken
from labs.playground.comparison import compared, spoken_pair
from labs.playground.form import layers
from labs.playground.pairs import read_pair, write_pair
from labs.playground.travel import (
    MOST_PAIR_STATE,
    MOST_STATE,
    StateError,
    chunk_steps,
    opened,
    opened_pair,
    packed,
    packed_pair,
)

router = Router(tags=["playground"])

PIECES = ("readout", "notes", "charts", "confusion", "tables")
PICTURES = ("figure", "plane")
PAIR_PIECES = ("notes", "sides", "scrub", "charts", "tables")
MOST_STEPS = 100_000


class TrainIn(Schema, strict=True):
    """`settings` are the fields of a playground address; `state` is what the last answer gave, or nothing
    for the start. `steps` are batches to learn from; `until` is an epoch to reach. A call does as much of it
    as fits in about 10 ms. `edit` presses a + or - of the hidden layers (`layer+`, `2-`) and starts over.
    `tables` asks for the tables too.
    """

    settings: dict[str, str] = Field(max_length=60)
    state: str = Field("", max_length=MOST_STATE)
    steps: int = Field(0, ge=0, le=MOST_STEPS)
    until: int = Field(0, ge=0, le=10 * MOST_STEPS)
    tables: bool = True
    edit: str = Field("", max_length=8)


class Drawn(Schema):
    """What changes in the two pictures: the labels of both and the plane's `title`; the width of each line,
    below 0 for a negative weight; the names of `dead` units. `maps` has for each unit, and for the `plane`, a
    digit for each cell, row by row from the top, and the path where it is zero.
    """

    figure: str
    edges: list[float]
    dead: list[str]
    title: str
    plane: str
    maps: dict[str, tuple[str, str]]


class TrainOut(Schema):
    """`over` says why training ended: diverged, epoch, loss, right, or nothing. `query` is the address of the
    settings. `pieces` are HTML for the page; the pictures are among them where a run starts, and `drawn` has
    what changes in them where it goes on.
    """

    state: str
    epoch: int
    batch: int
    over: str
    train_loss: float | None
    test_loss: float | None
    right: float
    query: str
    spoken: str
    pieces: dict[str, str]
    drawn: Drawn | None


@router.post(
    "train",
    url_name="train",
    response={200: TrainOut, 400: Told, 422: Malformed | Told, 429: Told},
    summary="Train a small network for a moment",
    description="Stateless: weights, the optimizer's memory and the curves travel with the request, signed.",
)
def train(request: HttpRequest, body: TrainIn) -> dict[str, Any]:
    settings, faults = read(body.settings)
    if faults:
        raise HttpError(422, " ".join(faults))
    if body.edit:
        settings = edited(settings, body.edit)
    try:
        run = opened(settings, "" if body.edit else body.state)
    except StateError as fault:
        raise HttpError(422, str(fault)) from None
    run.train(min(chunk_steps(settings), body.steps or run.steps_until(body.until)))
    look = body.settings.get("look", "")
    is_new = not body.state or bool(body.edit)
    shown = board(run, look, has_tables=body.tables, is_drawn=is_new)
    moment = shown["moment"]
    pieces = _pieces((*PIECES, *PICTURES) if is_new else PIECES, shown, has_tables=body.tables)
    if is_new:
        pieces["layers"] = render_to_string("labs/playground/_layers.html", layers(settings))
        pieces["looks"] = render_to_string("labs/playground/_looks.html", looks(run, look))
    return {
        "state": packed(run),
        "epoch": run.epoch,
        "batch": shown["batch"],
        "over": run.is_over,
        "train_loss": _finite(moment.train),
        "test_loss": _finite(moment.test),
        "right": moment.right,
        "query": address(settings, "" if shown["plane"].is_output else look, hidden(body.settings)),
        "spoken": spoken(shown),
        "pieces": pieces,
        "drawn": None if is_new else moves(run, shown),
    }


class CompareIn(Schema, strict=True):
    """`settings` are the fields of an address of two runs. `step` takes one step of each; `until` is an epoch
    to reach, of which a call does as much as fits in about 10 ms; `shown` is the epoch to look at, the newest
    if it is left out.
    """

    settings: dict[str, str] = Field(max_length=80)
    state: str = Field("", max_length=MOST_PAIR_STATE)
    step: bool = False
    tables: bool = True
    until: int = Field(0, ge=0, le=10 * MOST_STEPS)
    shown: int = Field(10 * MOST_STEPS, ge=0, le=10 * MOST_STEPS)


class CompareOut(Schema):
    """`epoch` is how far both are, `shown` the epoch that is drawn, `epochs` those that can be drawn."""

    state: str
    epoch: int
    shown: int
    epochs: list[int]
    over: bool
    query: str
    spoken: str
    pieces: dict[str, str]


@router.post(
    "compare",
    url_name="compare",
    response={200: CompareOut, 400: Told, 422: Malformed | Told, 429: Told},
    summary="Train two small networks from one start for a moment",
    description="Stateless: both runs and a tape of their weights travel with the request, signed.",
)
def compare(request: HttpRequest, body: CompareIn) -> dict[str, Any]:
    setups, faults = read_pair(body.settings)
    if faults:
        raise HttpError(422, " ".join(faults))
    try:
        pair = opened_pair(setups, body.state)
    except StateError as fault:
        raise HttpError(422, str(fault)) from None
    if body.step:
        pair.step()
    pair.train(chunk_steps(setups[0]), body.until)
    shown = compared(pair, body.shown, has_tables=body.tables)
    return {
        "state": packed_pair(pair),
        "epoch": pair.epoch,
        "shown": shown["shown"],
        "epochs": shown["epochs"],
        "over": pair.is_over,
        "query": write_pair(setups),
        "spoken": spoken_pair(shown),
        "pieces": _pieces(PAIR_PIECES, shown, has_tables=body.tables),
    }


def _pieces(names: Sequence[str], shown: Mapping[str, Any], *, has_tables: bool) -> dict[str, str]:
    return {
        name: render_to_string(f"labs/playground/_{name}.html", dict(shown))
        for name in names
        if has_tables or name != "tables"
    }


def _finite(value: float) -> float | None:
    return value if value - value == 0 else None
