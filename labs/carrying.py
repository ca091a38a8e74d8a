"""Networks that come in and go out as files: Keras text, Keras's JSON, and weights as NumPy arrays."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import engine
from labs.holding import as_npz, fits
from labs.models import SOURCE_LIMIT

IMPORT_LIMIT = 256 * 1024
"""Bytes of a file that may come in."""


class CarryFault(ValueError):  # noqa: N818 - it is told to the person as it is
    """A network that cannot go out so, or a file that holds none."""


@dataclass(frozen=True)
class Carried:
    """A file to take along."""

    name: str
    content_type: str
    content: bytes


def carry_out(kind: str, source: str, weights: list[Any] | None = None) -> Carried:
    """The file of this kind (a key of KINDS) made from a text and the weights that it has of its own. Raises
    CarryFault.
    """
    if kind == "keras":
        return Carried("network.py", "text/x-python; charset=utf-8", source.encode())
    try:
        return KINDS[kind](engine.parse(source), weights)
    except engine.SourceError as error:
        first = error.diagnostics[0]
        raise CarryFault(f"Line {first.line} has to be mended first. {first.message}") from error
    except engine.BudgetExceeded as error:
        raise CarryFault(str(error)) from error


def carry_in(content: bytes) -> str:
    """The text of a network in a file: Keras text as it is, JSON as tidy text. Raises CarryFault."""
    if len(content) > IMPORT_LIMIT:
        raise CarryFault(f"The file has {len(content):,} bytes; at most {IMPORT_LIMIT:,} are read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CarryFault("The file is no text. Send Keras text (.py) or Keras's JSON (.json).") from error
    if text.lstrip().startswith("{"):
        try:
            text = engine.write(engine.Spec.from_json(text))
        except engine.EngineError as error:
            raise CarryFault(f"This JSON describes no network that can be read. {error}") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode()) > SOURCE_LIMIT:
        raise CarryFault(f"The network's text is longer than {SOURCE_LIMIT:,} bytes.")
    if not text.strip():
        raise CarryFault("The file is empty.")
    return text


def _json(spec: engine.Spec, weights: list[Any] | None) -> Carried:
    text = json.dumps(json.loads(spec.to_json()), indent=1) + "\n"
    return Carried("network.json", "application/json", text.encode())


def _npz(spec: engine.Spec, weights: list[Any] | None) -> Carried:
    """Its own weights where they fit, else those that its initializers draw with seed 0; in Keras's order."""
    if weights is None or not fits(spec, weights):
        weights = engine.build(spec, seed=0, budget=engine.INTERACTIVE).get_weights()
    return Carried("weights.npz", "application/octet-stream", as_npz(weights))


KINDS: dict[str, Callable[[engine.Spec, list[Any] | None], Carried]] = {"json": _json, "npz": _npz}
