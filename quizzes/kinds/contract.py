"""What every kind of question promises.

A kind turns an author's data and a random stream into a Variant (plain data, stored with the attempt), reads
what a learner typed, grades it, and says which template shows it. It knows no Django and no clock. Inside a
variant, `shown` is the only part that may reach a browser before the answer is released.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

from quizzes.kinds.random import Pcg32

Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]
Fields: TypeAlias = Mapping[str, Sequence[str]]

ANSWER = "answer"


def typed(fields: Fields) -> str:
    """What stands in the one field of a question."""
    return next(iter(fields.get(ANSWER, ())), "")


class FormatError(ValueError):
    """The response cannot be read. It is not graded and costs nothing; the message says how to write it."""


class RejectedError(Exception):
    """This seed makes a variant that teaches badly; the next seed is tried."""


@dataclass(frozen=True)
class Known:
    """An answer that is recognized: a key (fraction 1) or a slip with its own feedback.

    `feedback` is a tuple of sentences or paragraphs; the first one carries the point.
    """

    value: Json
    fraction: float
    feedback: tuple[str, ...] = ()
    code: str = ""
    title: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the worked solution; `codes` name the slips that happen at this step."""

    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """One instance of a question with all its numbers: what is asked, and apart from it what is right.

    `answers` stand in the order in which they are tried: the key, other answers that are right, then slips,
    the more frequent before the rarer. `hints` lead on in levels: where to look, the rule with the variant's
    own numbers, and the next step done; drawn kinds give all three, written ones as many as their author did.
    """

    shown: JsonObject
    answers: tuple[Known, ...]
    tolerance: float = 0.0
    hints: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> Json:
        """The first answer that is fully right."""
        return next(known.value for known in self.answers if known.fraction == 1)

    def to_json(self) -> JsonObject:
        return asdict(self)

    @classmethod
    def from_json(cls, data: JsonObject) -> "Variant":
        return cls(
            shown=data["shown"],
            answers=tuple(
                Known(a["value"], a["fraction"], tuple(a["feedback"]), a["code"], a["title"])
                for a in data["answers"]
            ),
            tolerance=data["tolerance"],
            hints=tuple(data["hints"]),
            steps=tuple(Step(s["text"], tuple(s["codes"])) for s in data["steps"]),
        )


@dataclass(frozen=True)
class Grade:
    """What a response is worth (fraction 0..1), and the slip it shows when one is recognized."""

    fraction: float
    feedback: tuple[str, ...] = ()
    code: str = ""
    title: str = ""

    @property
    def is_right(self) -> bool:
        return self.fraction == 1


@dataclass(frozen=True)
class View:
    """How a page shows a variant: a template, plain data, and a second template for the worked part."""

    template: str
    context: JsonObject
    solution: str = ""


@dataclass(frozen=True)
class Fault:
    """Something an author has to mend: where in the data, and what."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@runtime_checkable
class CountsParts(Protocol):
    """What a kind can do besides when a response has parts that are right each by itself."""

    def grade_unfinished(self, variant: Variant, fields: Fields) -> Grade | None:
        """The grade of a response that parse refuses and that nobody can mend any more: its attempt is over.
        Parts that cannot be read are not right; None when no part is.
        """


class Kind(Protocol):
    """One kind of question. Kinds hold no state: one instance serves every question."""

    name: str
    label: str
    is_generated: bool  # each try draws new numbers, so a graded try may show its key at once
    sample: str  # data to begin with, as TOML; none where an author's data are fields of a form

    def validate(self, data: JsonObject) -> list[Fault]:
        """Everything an author has to mend in the question's data; empty when it can be asked."""

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        """A variant drawn from valid data. Raises RejectedError when this stream gives none worth asking."""

    def parse(self, variant: Variant, fields: Fields) -> Json:
        """The response as plain data. Raises FormatError when it cannot be read."""

    def grade(self, variant: Variant, response: Json) -> Grade:
        """Grades what parse returned; the first matching answer of the variant wins."""

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        """How to show it: open while grade is None; with the key only when is_revealed. A grade that is not
        right and has no feedback tells that none may be shown.
        """

    def words(self, variant: Variant, value: Json) -> str:
        """The value of one of the variant's answers as a person reads it."""
