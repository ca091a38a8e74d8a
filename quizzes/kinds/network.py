"""A network to be written as Keras text, graded by the engine's criteria.

starter = "model = Sequential([\\n])"    # what stands in the field at first
example = "…"                            # a network that meets every criterion, shown with the key
hints = ["…"]
[[criteria]]                             # as in a challenge, but without those that train
kind = "output_shape"
want = [4]
"""

import engine
from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, JsonObject, Known, Variant
from quizzes.kinds.forms.network import NetworkForm, criteria_text, judged
from quizzes.kinds.random import Pcg32


class Network(NetworkForm):
    name = "network"
    label = "Network as Keras text"
    is_generated = False
    sample = """\
starter = "model = Sequential([\\n])"     # what stands in the field at first
hints = ["The last layer has a neuron for each class."]
example = '''
model = Sequential([
    Input(shape=(8,)),
    Dense(4, activation='softmax'),
])
'''
[[criteria]]     # as in a challenge, but none that trains
kind = "input_shape"
want = [8]
[[criteria]]
kind = "output_shape"
want = [4]
"""

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        sheet.text("starter", is_needed=False)
        example = sheet.text("example")
        if sheet.has("hints"):
            sheet.texts("hints", 1, 12)
        criteria = sheet.tables("criteria", 1, 12)
        sheet.done()
        if not sheet.faults:
            _check(sheet, criteria, example)
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return Variant(
            shown={"starter": data.get("starter", "")},
            answers=(Known({"criteria": data["criteria"], "example": data["example"]}, 1.0),),
            hints=tuple(data.get("hints", [])),
        )


def _check(sheet: Sheet, criteria: list[JsonObject], example: str) -> None:
    for place, one in enumerate(criteria):
        if "dataset" in one:
            sheet.fault(f"criteria[{place}]", "A quiz trains no network. Ask this in a challenge.")
            return
    try:
        engine.criteria(criteria_text(criteria))
    except engine.CriteriaError as error:
        sheet.fault("criteria", str(error))
        return
    reading = engine.read(example)
    if reading.spec is None:
        sheet.fault("example", "This text does not read as a network.")
        return
    unmet = [row for row in judged(criteria, example).rows if row.verdict != "met"]
    if unmet:
        sheet.fault("example", f"It does not meet its own criteria. {unmet[0].title}: {unmet[0].reason}")
