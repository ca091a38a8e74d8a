"""Marks on a figure of a network: which neurons are meant? The figure is a form, so it works by keyboard too.

layers = [["legs", "fur"], ["h1.1", "h1.2", "h1.3"], ["cat", "dog"]]   # names, a layer after another
titles = ["inputs", "hidden layer", "classes"]
marked = ["h1.2"]                                                       # all that are meant
hints = ["…"]
[[slips]]
marked = ["h1.1", "h1.2", "h1.3"]
title = "…"
feedback = "…"
"""

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, Fields, Grade, JsonObject, Known, Variant, View
from quizzes.kinds.forms import ManyForm, option_set, options
from quizzes.kinds.random import Pcg32


class Mark(ManyForm):
    name = "mark"
    label = "Mark on a figure"
    is_generated = False
    sample = """\
layers = [["legs", "fur"], ["h1", "h2", "h3"], ["cat", "dog"]]
titles = ["inputs", "hidden layer", "classes"]
marked = ["h1", "h2", "h3"]     # all that are meant
hints = ["They stand neither at the beginning nor at the end."]
[[slips]]
marked = ["h1", "h2", "h3", "cat", "dog"]
title = "The output layer counted"
feedback = "What the classes say is seen from outside: that layer is not hidden."
"""
    rule = "Mark every neuron that is meant."

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        layers = data.get("layers")
        names: list[str] = []
        if sheet.has("layers") and _is_layers(layers):
            names = [name for layer in data["layers"] for name in layer]
        else:
            sheet.fault("layers", "This must be a list of 2 to 6 lists of 1 to 10 names.")
        if len(set(names)) < len(names):
            sheet.fault("layers", "Two neurons have the same name. Change one of them.")
        titles = sheet.texts("titles", 2, 6)
        if names and titles and len(titles) != len(data["layers"]):
            sheet.fault("titles", f"There are {len(data['layers'])} layers: give each a title.")
        sets = [_marked(sheet, names)]
        for one in sheet.sheets("slips", 0, 12):
            marked = _marked(one, names)
            if marked in sets:
                one.fault("marked", "This set equals another answer. Change it or drop it.")
            sets.append(marked)
            one.text("title")
            one.text("feedback")
            one.text("code", is_needed=False)
            one.done()
        if sheet.has("hints"):
            sheet.texts("hints", 1, 12)
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        slips = (
            Known(option_set(one["marked"]), 0.0, (one["feedback"],), one.get("code", ""), one["title"])
            for one in data.get("slips", [])
        )
        return Variant(
            shown={
                "options": options([name for layer in data["layers"] for name in layer]),
                "sizes": [len(layer) for layer in data["layers"]],
                "titles": data["titles"],
            },
            answers=(Known(option_set(data["marked"]), 1.0), *slips),
            hints=tuple(data.get("hints", [])),
        )

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        context = super().view(variant, fields, grade, is_revealed).context
        rest = iter(context["options"])
        layers = [
            {"title": title, "neurons": [next(rest) for _ in range(size)]}
            for title, size in zip(variant.shown["titles"], variant.shown["sizes"], strict=True)
        ]
        return View("quizzes/kinds/mark.html", context | {"layers": layers})


def _is_layers(layers: object) -> bool:
    return (
        isinstance(layers, list)
        and 2 <= len(layers) <= 6
        and all(
            isinstance(layer, list)
            and 1 <= len(layer) <= 10
            and all(isinstance(n, str) and n.strip() for n in layer)
            for layer in layers
        )
    )


def _marked(sheet: Sheet, names: list[str]) -> set[str]:
    marked = sheet.texts("marked", 1, 60)
    strange = [name for name in marked if name not in names]
    if strange:
        sheet.fault("marked", f"There is no neuron {strange[0]}.")
    return set(marked)
