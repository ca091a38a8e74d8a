"""The state of one reading: the text, names given from outside, fuel, what was built and what was passed
over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from engine.errors import Diagnostic, SourceError
from engine.language.rows import Assembly
from engine.language.source import Place, Source
from engine.language.values import (
    Class,
    DictObject,
    Function,
    Instance,
    LayerObject,
    ListObject,
    Model,
    Mutable,
    Thing,
    Unknown,
)
from engine.spec.catalogue.items import snake_case
from engine.spec.structure import Shape
from engine.spec.wording import cut

MOST_STEPS: Final = 16_000
MOST_STEPS_A_STATEMENT: Final = 4_000
MOST_STEPS_IN_BRIEF: Final = 1_000
MOST_CALLS_DEEP: Final = 12
MOST_LAYERS: Final = 600
"""How many layers a text may build; a network may have fewer."""

LARGEST: Final = 2**63 - 1


class OutOfFuel(Exception):  # noqa: N818 - not an error: the statement is then passed over like any unknown one
    """A statement takes more steps than a network needs."""


@dataclass(slots=True, eq=False)
class Names:
    """Keras's automatic names: `dense`, `dense_1`, ... counted per class over the whole text."""

    counts: dict[str, int] = field(default_factory=dict)

    def peek(self, kind: str) -> str:
        """The automatic name that a class would get next."""
        base = snake_case(kind)
        number = self.counts.get(base, 0)
        return f"{base}_{number}" if number else base

    def next(self, kind: str) -> str:
        """The next automatic name for a class."""
        name, base = self.peek(kind), snake_case(kind)
        self.counts[base] = self.counts.get(base, 0) + 1
        return name


@dataclass(slots=True, eq=False)
class Region:
    """Statements that may or may not happen. What was there before (`birth`) and changes in it is spoiled."""

    birth: int
    reason: Diagnostic
    returns: bool = False


@dataclass(slots=True, eq=False)
class Machine:
    """What the parts of the reader share."""

    source: Source
    given: Mapping[str, Thing]
    names: Names = field(default_factory=Names)
    notes: dict[tuple[str, Place], Diagnostic] = field(default_factory=dict)
    skipped: list[tuple[Place, Thing]] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    layers: list[LayerObject] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    used: Model | None = None
    regions: list[Region] = field(default_factory=list)
    steps: int = 0
    limit: int = 0
    deep: int = 0
    nesting: int = 0
    assemble: Callable[[Model, Shape | None], Assembly] = lambda model, shape: Assembly()

    def step(self) -> None:
        """Burns one unit of fuel."""
        self.steps += 1
        if self.steps > self.limit:
            raise OutOfFuel

    def built(self, layer: LayerObject) -> None:
        """Keeps a layer that the text builds, in order."""
        if len(self.layers) >= MOST_LAYERS:
            raise SourceError(
                [
                    self.diagnostic(
                        "too-large",
                        f"The text builds more than {MOST_LAYERS} layers.",
                        "Build a smaller network.",
                        layer.callee,
                    )
                ]
            )
        self.layers.append(layer)

    def refuel(self, share: int = MOST_STEPS_A_STATEMENT) -> None:
        """Grants a statement of the text its share of what is left."""
        self.limit = max(min(self.steps + share, MOST_STEPS), self.steps + 10)

    def diagnostic(
        self,
        code: str,
        message: str,
        hint: str,
        place: Place,
        name: str | None = None,
        fix: str | None = None,
    ) -> Diagnostic:
        """A diagnostic about a place of this text."""
        return self.source.diagnostic(code, message, hint, place, name=name, fix=fix)

    def unknown(self, code: str, message: str, hint: str, place: Place, path: str | None = None) -> Unknown:
        """A value the reader cannot have, with the refusal of a network that needs it."""
        return Unknown(self.diagnostic(code, message, hint, place), path)

    def unknown_fix(self, code: str, message: str, place: Place, fix: str | None) -> Unknown:
        """An Unknown whose refusal may come with its right spelling."""
        return Unknown(
            self.diagnostic(
                code, message, f"Write {fix}." if fix else "Look it up in the list of layers.", place, fix=fix
            )
        )

    def note(self, code: str, message: str, hint: str, place: Place, fix: str | None = None) -> None:
        """Something worth knowing that is no mistake; told once for each place."""
        self.notes.setdefault((code, place), self.diagnostic(code, message, hint, place, fix=fix))

    def hole(self, path: str, place: Place) -> Diagnostic:
        """The diagnostic for a constant that the text leaves open."""
        name = hole_name(path)
        return self.diagnostic(
            "hole",
            f"The text does not say what {cut(name, 60)} is.",
            "Write a number in its place, or give it a value.",
            place,
            name=name,
        )

    @contextmanager
    def uncertain(self, reason: Diagnostic) -> Iterator[Region]:
        """Statements run in here may or may not happen when the text runs for real."""
        region = Region(ListObject([]).birth, reason)
        self.regions.append(region)
        try:
            yield region
        finally:
            self.regions.pop()

    def change(self, thing: Mutable) -> None:
        """Tells that an object is about to change; in an uncertain region that spoils older objects."""
        for region in self.regions:
            if thing.birth < region.birth:
                self.spoil(thing, region.reason)

    def spoil(self, thing: object, reason: Diagnostic) -> None:
        """Something unknown happened to an object; the first such reason is kept."""
        waiting: list[object] = [thing]
        while waiting:
            part = waiting.pop()
            if isinstance(part, tuple):
                waiting.extend(part)
            if not isinstance(part, Mutable) or part.spoiled is not None:
                continue
            part.spoiled = reason
            match part:
                case ListObject():
                    waiting.extend(part.items)
                case DictObject():
                    waiting.extend(part.items.values())
                case Instance():
                    waiting.extend(part.attributes.values())


def hole_name(path: str) -> str:
    """The name to ask for: of `x_train.shape[1:]` the whole `x_train.shape`."""
    before, found, _ = path.partition(".shape")
    return before + found if found else path
