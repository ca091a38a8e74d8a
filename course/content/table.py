"""One TOML table, read value by value: wrong types and misspelled names become sentences for its author."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any

from course.content.tree import ContentError


class Table:
    """Reads one table value by value, and remembers which were asked for so that `done` can name others."""

    def __init__(self, path: str, values: Mapping[str, Any], place: str = "") -> None:
        self.path, self._values, self._place = path, values, place
        self._asked: set[str] = set()

    def text(self, name: str, default: str | None = None, *, at_most: int = 2_000) -> str:
        value = self._get(name, default, str, "a text in quotes")
        if len(value) > at_most:
            raise self.error(f"`{name}` has {len(value)} characters; at most {at_most} fit.")
        return str(value)

    def choice(self, name: str, choices: list[str], default: str | None = None) -> str:
        value = self.text(name, default)
        if value not in choices and value != default:
            raise self.error(f"`{name}` is {value!r}; it can be {', '.join(map(repr, choices))}.")
        return value

    def integer(
        self, name: str, default: int | None = None, *, at_least: int = 0, at_most: int = 10_000
    ) -> int:
        value = self._get(name, default, int, "a whole number")
        if isinstance(value, bool) or not at_least <= value <= at_most:
            raise self.error(f"`{name}` must be a whole number from {at_least} to {at_most}.")
        return int(value)

    def truth(self, name: str, default: bool) -> bool:
        return bool(self._get(name, default, bool, "true or false"))

    def day(self, name: str) -> str:
        """A date, as the JSON text "2025-01-31"."""
        value: date = self._get(name, None, date, "a date such as 2025-01-31, without quotes")
        return value.isoformat()

    def day_or_none(self, name: str) -> str:
        """The same for a date that may be left out: then it is the empty text."""
        return self.day(name) if name in self._values else self.text(name, "")

    def moment_or_none(self, name: str) -> str:
        """A moment as the JSON text "2025-01-31T17:00:00+00:00", always in UTC; empty when it is left out."""
        if name not in self._values:
            return self.text(name, "")
        value: datetime = self._get(
            name,
            None,
            datetime,
            "a moment with its offset, such as 2025-01-31T18:00:00+01:00, without quotes",
        )
        if value.tzinfo is None:
            raise self.error(f"`{name}` needs an offset, such as {value.isoformat()}+01:00; Z means UTC.")
        return value.astimezone(UTC).isoformat()

    def texts(self, name: str, default: list[str] | None = None) -> list[str]:
        values: list[str] = self._get(name, default, list, "a list of texts")
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"`{name}` must be a list of texts in quotes.")
        return list(values)

    def tables(self, name: str) -> list["Table"]:
        """The tables written as [[name]], in order; none is an empty list."""
        values: list[Any] = self._get(name, [], list, f"tables, each under [[{name}]]")
        if not all(isinstance(value, Mapping) for value in values):
            raise self.error(f"`{name}` must be tables, each under [[{name}]].")
        return [Table(self.path, value, f"{name} {n}") for n, value in enumerate(values, start=1)]

    def table(self, name: str) -> "Table":
        """The table written as [name]; an absent one is empty."""
        return Table(self.path, self._get(name, {}, dict, f"a table under [{name}]"), name)

    def raw(self, name: str, default: Any = None) -> Any:
        """A value of any shape, for an app that checks it by rules of its own."""
        self._asked.add(name)
        return self._values.get(name, default)

    def done(self) -> None:
        """Call last: a name that nobody asked for is an error, with the nearest known name."""
        for name in self._values:
            if name not in self._asked:
                near = get_close_matches(name, self._asked, n=1)
                hint = (
                    f" Did you mean `{near[0]}`?"
                    if near
                    else f" Known names: {', '.join(sorted(self._asked))}."
                )
                raise self.error(f"There is no value named `{name}`.{hint}")

    def error(self, message: str) -> ContentError:
        return ContentError(self.path, f"In {self._place}: {message}" if self._place else message)

    def _get(self, name: str, default: Any, kind: type, wanted: str) -> Any:
        self._asked.add(name)
        value = self._values.get(name, default)
        if value is None:
            raise self.error(f"`{name}` is missing. Add {wanted}.")
        if not isinstance(value, kind):
            raise self.error(f"`{name}` must be {wanted}.")
        return value
