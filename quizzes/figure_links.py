"""The address at which a lesson's figure shows a question's own numbers, at the neuron and step in question.

A layer that is not the lesson's is laid over the figure's first one: its inputs by name, all others 0, and
its weights and biases as edits. A function or a softmax is shown by the figure of that kind that stands in
the lesson's text. Where it does not fit, there is no address.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from course.figures import FigureError, NetworkDocument
from course.figures.edits import edits_text, normalized
from course.figures.kinds import KINDS
from course.figures.numbers import plain
from course.figures.state import Edit
from course.models import Lesson
from quizzes.kinds import View
from quizzes.kinds.contract import JsonObject


def figure_url(lesson: Lesson | None, view: View) -> str:
    """Where the lesson's figure shows what a released view is about; empty where it cannot."""
    if lesson is None:
        return ""
    query = view.context.get("figure_query") or ""
    place = f"?{query}#figure" if query else ""
    try:
        document = NetworkDocument.load(lesson.network.document) if lesson.network else None
        if (layer := view.context.get("figure_layer")) and document is not None:
            query = layer_query(document, layer)
            place = f"?{query}#figure" if query else ""
        elif wanted := view.context.get("figure_placed"):
            place = placed_query(lesson.figures, document, wanted)
    except FigureError:
        return ""
    return lesson.get_absolute_url() + place if place else ""


def placed_query(
    stored: Iterable[Mapping[str, Any]], document: NetworkDocument | None, wanted: JsonObject
) -> str:
    """The query and the place of the first figure in a text that shows what is wanted; empty without one.

    `wanted`: its {"kind", "fields"}, and for a softmax how many "classes". Raises FigureError.
    """
    for one in stored:
        if one["kind"] != wanted["kind"]:
            continue
        kind, fields = KINDS[one["kind"]], {name: str(value) for name, value in wanted["fields"].items()}
        view = kind.show(kind.read(one["body"], document), fields, one["name"])
        names = (view.data or {}).get("names", ())
        if not view.notices and len(names) == wanted.get("classes", 0):
            name = one["name"]
            query = urlencode({f"{name}.{key}": value for key, value in fields.items()})
            return f"?{query}#{name}"
    return ""


def layer_query(document: NetworkDocument, layer: JsonObject) -> str:
    """The query that lays a layer over the first of a network; empty where it does not fit."""
    features, range_ = document.features, document.range
    fits = set(layer["features"]) <= set(features) and len(layer["bias"]) <= document.sizes[1]
    if not fits or not all(range_.low <= value <= range_.high for value in layer["x"]):
        return ""
    at = [features.index(name) for name in layer["features"]]
    x = [0.0] * len(features)
    edits = [Edit(1, unit, None, value) for unit, value in enumerate(layer["bias"])]
    for place, value, weights in zip(at, layer["x"], layer["kernel"], strict=True):
        x[place] = value
        edits += [Edit(1, unit, place, weight) for unit, weight in enumerate(weights)]
    query = {
        "x": ",".join(map(plain, x)),
        "w": edits_text(document, normalized(document, edits)),
        "focus": layer["unit"],
        "t": layer["step"],
    }
    return urlencode({name: value for name, value in query.items() if value != ""}, safe=",:")
