"""A storyboard: one table for each scene, with its caption and what the figure shows meanwhile.

    title = "One neuron looks at a llama"

    [[scene]]
    title = "Eight ratings"                what the chapter is called
    seconds = 8
    caption = "… {{ llama.h1.3.z }} …"     the engine computes what stands in braces
    preset = "llama"                       the figure, in the words of its address
    t = ["2.3.1", "2.3.4", "2.3"]          a list is shown one value after another

The figure's words: preset, x, focus, t, by, w, vs, vw. A scene says what changes; everything else stays as it
was, and an empty text takes a setting back.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from course.content.table import Table
from course.content.toml import read_toml
from course.content.tree import ContentError
from course.facts import Facts
from course.figures import words
from course.figures.document import NetworkDocument
from course.figures.forward import run
from course.figures.network import view_of
from course.figures.pages import start_state
from course.figures.reading import read_state
from course.figures.state import FigureState
from course.figures.steps import stops
from course.markdown.expressions import FactError, fill
from course.markdown.problems import Problem

SETTINGS = ("preset", "x", "focus", "t", "by", "w", "vs", "vw")
MOST_SCENES = 40
MOST_SECONDS = 60
MOST_LETTERS = 240
SHORTEST = 0.5  # seconds for one state of the figure; nobody follows what goes quicker
NO_FIGURE = "A film plays the lesson's figure, and this lesson has none. Choose a network for it first."

SCENE_LINE = re.compile(r"\s*\[\[\s*scene\s*\]\]")
VALUE_LINE = re.compile(r"\s*([a-z]+)\s*=")
SENTENCES = re.compile(r"(?<=\.) ")
NAMED = re.compile(r"`(\w+)`")


class FilmError(ValueError):
    """A storyboard that cannot be played, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Scene:
    """One scene: the states share its seconds evenly. `told` says what the figure shows, for readers."""

    title: str
    seconds: int
    caption: str
    states: tuple[FigureState, ...]
    told: str


@dataclass(frozen=True)
class Film:
    title: str
    scenes: tuple[Scene, ...]

    @property
    def seconds(self) -> int:
        return sum(scene.seconds for scene in self.scenes)


class _Settings(dict[str, str]):
    """What a state is read from: the figure's words, asked for as of an address."""

    def getlist(self, key: str, /) -> list[str]:
        return [self[key]] if key in self else []


@lru_cache(maxsize=64)
def read_film(text: str, document: NetworkDocument) -> Film:
    """The film that a storyboard tells about a network. Raises FilmError with every problem and its line."""
    try:
        table = Table("", read_toml("", text))
    except ContentError as error:
        raise FilmError([Problem(error.line or 1, error.message)]) from error
    reader = _Reader(text, document)
    film = reader.film(table)
    if reader.problems:
        raise FilmError(reader.problems)
    return film


class _Reader:
    """Reads scene after scene and goes on after a problem, so that an author sees all of them at once."""

    def __init__(self, text: str, document: NetworkDocument) -> None:
        self.document, self.facts = document, Facts(document)
        self.problems: list[Problem] = []
        self._lines = list(_lines(text))
        self._settings = _Settings()

    def film(self, table: Table) -> Film:
        title, scenes = "", []
        try:
            title = table.text("title", at_most=80)
            found = table.tables("scene")
            table.done()
            if not 1 <= len(found) <= MOST_SCENES:
                raise table.error(f"A film has 1 to {MOST_SCENES} scenes, each under [[scene]].")
        except ContentError as error:
            self._note(error, 0)
            return Film(title, ())
        for number, scene in enumerate(found, start=1):
            before = self._settings
            try:
                scenes.append(self._scene(scene))
            except ContentError as error:
                self._settings = before  # so that no later scene is blamed for it
                self._note(error, number)
        return Film(title, tuple(scenes))

    def _scene(self, table: Table) -> Scene:
        title = table.text("title", at_most=60)
        seconds = table.integer("seconds", at_least=2, at_most=MOST_SECONDS)
        caption = table.text("caption", at_most=MOST_LETTERS)
        changes = {name: _values(table, name) for name in SETTINGS if table.raw(name) is not None}
        table.done()
        try:
            said = fill(caption, self.facts, is_prose=True)
        except FactError as error:
            raise table.error(f"`caption`: {error}") from error
        states = tuple(self._state(table, change) for change in _one_by_one(table, changes, seconds))
        return Scene(title, seconds, said, states, _told(self.document, states))

    def _state(self, table: Table, change: Mapping[str, str]) -> FigureState:
        after = {**self._settings, **change}
        if change.get("preset"):
            after.pop("x", None)
        elif change.get("x"):
            after.pop("preset", None)
        self._settings = _Settings({name: value for name, value in after.items() if value})
        start = start_state(self.document, {})
        all_stops = stops(run(self.document, start.x))
        state, notices = read_state(self.document, self._settings, start, all_stops)
        if notices:
            raise table.error(f"The figure cannot show this. {notices[0]}")
        return state

    def _note(self, error: ContentError, number: int) -> None:
        lines = self._lines[number] if number < len(self._lines) else self._lines[0]
        named = NAMED.search(error.message)
        line = lines.get(named[1], lines[""]) if named else lines[""]
        self.problems.append(Problem(line, error.message))


def _values(table: Table, name: str) -> list[str]:
    raw = table.raw(name)
    values = raw if isinstance(raw, list) else [raw]
    for value in values:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise table.error(f"`{name}` must be a text in quotes, a whole number, or a list of these.")
    if not values:
        raise table.error(f"`{name}` is an empty list. Write what the figure shows, or leave it out.")
    return [str(value) for value in values]


def _one_by_one(table: Table, changes: Mapping[str, list[str]], seconds: int) -> Iterator[dict[str, str]]:
    """The settings of each state of a scene: what is no list holds for all of them."""
    count = max(map(len, changes.values()), default=1)
    for name, values in changes.items():
        if len(values) not in (1, count):
            raise table.error(
                f"`{name}` lists {len(values)} values beside a list of {count}. Make them equal."
            )
    if seconds / count < SHORTEST:
        raise table.error(f"`seconds` is {seconds}: too short to follow {count} states of the figure.")
    for place in range(count):
        yield {name: values[place % len(values)] for name, values in changes.items()}


def _told(document: NetworkDocument, states: tuple[FigureState, ...]) -> str:
    """What the figure shows, in its own sentences; what it says again is said once."""
    said: list[str] = []
    for state in states:
        view = view_of(document, state)
        focus = state.focus
        told = words.plain(words.sum_sentence(view, focus)) if focus else words.step_sentence(view)
        edited = words.edited_sentence(len(state.edits))
        new = (f"{words.headline(view)}.", *filter(None, [edited]), *SENTENCES.split(told))
        said += [sentence for sentence in new if sentence not in said]
    return " ".join(said)


def _lines(text: str) -> Iterator[dict[str, int]]:
    """For the film's head, then for every scene: the line it begins at, under "", and those of its values."""
    lines = {"": 1}
    for number, line in enumerate(text.splitlines(), start=1):
        if SCENE_LINE.match(line):
            yield lines
            lines = {"": number}
        elif match := VALUE_LINE.match(line):
            lines.setdefault(match[1], number)
    yield lines
