"""What the browser needs to go on from the server's figure: frontend/network/ reads it from a JSON block."""

from typing import Any

from course.figures.address import Address
from course.figures.document import NetworkDocument
from course.figures.edits import LIMIT
from course.figures.scene import View
from course.figures.sheets import layouts
from course.figures.state import Edits, FigureState, unit_id

DATA_VERSION = 1


def figure_data(view: View, state: FigureState, address: Address) -> dict[str, Any]:
    """What the browser needs to go on: weights, names, places, the state; nothing that is computed."""
    document = address.document
    dense = zip(document.kernels, document.biases, view.seen.columns, strict=True)
    return {
        "v": DATA_VERSION,
        "layers": [
            {"kernel": kernel, "bias": bias, "activation": column.activation}
            for kernel, bias, column in dense
        ],
        "names": document.layers,
        "features": document.features,
        "classes": document.classes,
        "presets": dict(document.presets),
        "subject": document.subject,
        "range": {"low": document.range.low, "high": document.range.high, "step": document.range.step},
        "limit": LIMIT,
        "scale": view.scale,
        "layouts": [layout.to_json() for layout in layouts(document)],
        "stops": [{"kind": stop.kind, "layer": stop.layer, "name": stop.name} for stop in view.known.stops],
        "state": state_data(document, state),
        "start": state_data(document, address.start),
    }


def state_data(document: NetworkDocument, state: FigureState) -> dict[str, Any]:
    """A state as the browser keeps it; frontend/network/address.js reads it with stateFrom."""
    focus = unit_id(document, state.focus) if state.focus else None
    pinned = state.pinned and {"x": state.pinned.x, "edits": _rows(state.pinned.edits)}
    return {
        "x": state.x,
        "focus": focus,
        "step": state.step,
        "within": state.within,
        "grain": state.grain,
        "edits": _rows(state.edits),
        "pinned": pinned,
        "guess": state.guess and {"choice": state.guess.choice, "sure": state.guess.sure},
    }


def _rows(edits: Edits) -> list[list[float | None]]:
    return [[edit.layer, edit.unit, edit.source, edit.value] for edit in edits]
