"""What a reader asks of a placed figure: the fields of its form, read from the address.

A field of the figure softmax-1 stands in the address as softmax-1.t=0.5; a figure sees it as {"t": "0.5"}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from course.figures.numbers import plain, short, typed


@dataclass(frozen=True)
class Slider:
    """A number as slider and number field: course/figures/_slider.html with field=…"""

    name: str  # in the address
    id: str
    label: str
    value: str
    low: str
    high: str
    step: str


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """One of a few words: course/figures/_choice.html (radio buttons) or _select.html with field=…"""

    name: str
    id: str
    label: str
    options: tuple[Option, ...]


@dataclass
class Wishes:
    """The query of one figure. What cannot be shown is replaced and told in `notices`, never a fault."""

    query: Mapping[str, str]
    figure: str
    notices: list[str] = field(default_factory=list)

    def number(self, key: str, label: str, default: float, low: float, high: float) -> float:
        """The number that the address asks for, from low to high."""
        text = self.query.get(key)
        if text is None:
            return default
        value = typed(text)
        if value is None or not low <= value <= high:
            self.notices.append(
                f"{label} takes a number from {short(low)} to {short(high)}; {text[:20]!r} is none. "
                f"{short(default)} is shown."
            )
            return default
        return value

    def whole(self, key: str, label: str, default: int, low: int, high: int) -> int:
        """The whole number that the address asks for, from low to high."""
        value = self.number(key, label, default, low, high)
        if value != int(value):
            self.notices.append(f"{label} takes whole numbers; {int(value)} is shown.")
        return int(value)

    def choice(self, key: str, label: str, default: str, among: Sequence[str]) -> str:
        """The word that the address asks for."""
        text = self.query.get(key, default)
        if text not in among:
            self.notices.append(f"{label} can be {', '.join(among)}; {default} is shown.")
            return default
        return text

    def is_on(self, key: str) -> bool:
        """Whether a checkbox is set."""
        return self.query.get(key) in ("1", "on")

    def slider(
        self, key: str, label: str, value: float, low: float, high: float, step: float = 0.1
    ) -> Slider:
        """The field that shows a number."""
        return Slider(
            f"{self.figure}.{key}",
            f"{self.figure}-{key}",
            label,
            plain(value),
            plain(low),
            plain(high),
            plain(step),
        )

    def options(self, key: str, label: str, value: str, among: Mapping[str, str]) -> Choice:
        """The field that shows a choice; `among` has a label for each value."""
        options = tuple(Option(one, text, one == value) for one, text in among.items())
        return Choice(f"{self.figure}.{key}", f"{self.figure}-{key}", label, options)
