"""One weight or bias of a document as a text names it, "out.3.weight.h2.3" or "h1.2.bias", and in words."""

from dataclasses import dataclass

from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.state import Focus, find_unit, unit_id


@dataclass(frozen=True)
class Line:
    """A weight into a unit of a layer (1 is the first dense one); source None is the unit's bias."""

    layer: int
    unit: int
    source: int | None

    def name(self, document: NetworkDocument) -> str:
        """As a text and an address write it."""
        unit = unit_id(document, Focus(self.layer, self.unit))
        if self.source is None:
            return f"{unit}.bias"
        if self.layer == 1:
            return f"{unit}.weight.{document.features[self.source]}"
        return f"{unit}.weight.{unit_id(document, Focus(self.layer - 1, self.source))}"

    def words(self, document: NetworkDocument) -> str:
        """As a sentence says it: "the weight from h2.3 to llama"."""
        unit = unit_words(document, Focus(self.layer, self.unit))
        if self.source is None:
            return f"the bias of {unit}"
        return f"the weight from {unit_words(document, Focus(self.layer - 1, self.source))} to {unit}"


def unit_words(document: NetworkDocument, focus: Focus) -> str:
    """A unit by the name that readers know: a feature, a class, else h1.3."""
    if focus.layer == 0:
        return document.features[focus.unit]
    if focus.layer == len(document.biases):
        return document.classes[focus.unit]
    return unit_id(document, focus)


def find_line(document: NetworkDocument, name: str) -> Line:
    """The weight or bias of that name. Raises FigureError, which shows how they are named."""
    unit_name, _, source_name = name.partition(".weight.")
    unit = find_unit(document, unit_name.removesuffix(".bias"))
    if unit is not None and unit.layer > 0:
        if not source_name and unit_name.endswith(".bias"):
            return Line(unit.layer, unit.unit, None)
        source = _source(document, source_name)
        if source is not None and source.layer == unit.layer - 1:
            return Line(unit.layer, unit.unit, source.unit)
    raise FigureError(
        f"The network has no weight {name!r}. A weight is named like out.1.weight.h1.2 or "
        f"h1.2.weight.{document.features[0]}, from a unit of the layer before, a bias like h1.2.bias."
    )


def _source(document: NetworkDocument, name: str) -> Focus | None:
    if name in document.features:
        return Focus(0, document.features.index(name))
    return find_unit(document, name)
