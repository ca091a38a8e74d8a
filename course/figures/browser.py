"""What the browser needs to go on from the server's figure: frontend/network/ reads it from a JSON block."""

from typing import Any

from course.figures.document import NetworkDocument
from course.figures.scene import View
from course.figures.sheets import layouts
from course.figures.state import Address, FigureState, unit_id

DATA_VERSION = 1


def figure_data(view: View, state: FigureState, address: Address) -> dict[str, Any]:
    """What the browser needs to go on: weights, names, places, the state; nothing that is computed."""
    document = view.document
    return {
        "v": DATA_VERSION,
        "layers": [
            {"kernel": column.kernel, "bias": column.bias, "activation": column.activation}
            for column in view.seen.columns
        ],
        "names": document.layers,
        "features": document.features,
        "classes": document.classes,
        "presets": dict(document.presets),
        "subject": document.subject,
        "range": {"low": document.range.low, "high": document.range.high, "step": document.range.step},
        "scale": view.scale,
        "layouts": [layout.to_json() for layout in layouts(document)],
        "stops": [{"kind": stop.kind, "layer": stop.layer, "name": stop.name} for stop in view.known.stops],
        "state": _state_data(document, state),
        "start": _state_data(document, address.start),
    }


def _state_data(document: NetworkDocument, state: FigureState) -> dict[str, Any]:
    focus = unit_id(document, state.focus) if state.focus else None
    return {"x": state.x, "focus": focus, "step": state.step}
