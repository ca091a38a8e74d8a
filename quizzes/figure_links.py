"""The address at which a lesson's figure shows a question's own numbers, at the neuron and step in question.

A layer that is not the lesson's is laid over the figure's first one: its inputs by name, all others 0, and
its weights and biases as edits. Where it does not fit, there is no address.
"""

from urllib.parse import urlencode

from course.figures import FigureError, NetworkDocument
from course.figures.edits import edits_text, normalized
from course.figures.numbers import plain
from course.figures.state import Edit
from course.models import Lesson
from quizzes.kinds import View
from quizzes.kinds.contract import JsonObject


def figure_url(lesson: Lesson | None, view: View) -> str:
    """Where the lesson's figure shows what a released view is about; empty where it cannot."""
    if lesson is None:
        return ""
    query = view.context.get("figure_query", "") or _query(lesson, view.context.get("figure_layer"))
    return f"{lesson.get_absolute_url()}?{query}#figure" if query else ""


def _query(lesson: Lesson, layer: JsonObject | None) -> str:
    if layer is None or lesson.network is None:
        return ""
    try:
        return layer_query(NetworkDocument.load(lesson.network.document), layer)
    except FigureError:
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
