"""A film on its page: the scene an address asks for, links to every other, and what the player goes on with.

`?tab=video&scene=3` is the third scene; the figure's own words may follow, when the reader has touched it.
"""

from dataclasses import dataclass, replace
from typing import Any

from course.figures.address import Address
from course.figures.browser import state_data
from course.figures.document import NetworkDocument
from course.figures.forward import run
from course.figures.network import Figure, figure_in
from course.figures.reading import read_state
from course.figures.state import FigureState, Query
from course.figures.steps import stops
from course.film.storyboard import Film, Scene

ANCHOR = "film"


@dataclass(frozen=True)
class SceneLink:
    """One scene as a chapter and as a part of the transcript. `at` is when it begins: 0:24."""

    number: int
    title: str
    caption: str
    told: str
    at: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Screening:
    """What course/_film.html shows. `data` is the JSON for the player, `figure` the figure beside it."""

    title: str
    seconds: int
    length: str
    scenes: tuple[SceneLink, ...]
    current: SceneLink
    before: SceneLink | None
    after: SceneLink | None
    is_touched: bool
    figure: Figure
    data: dict[str, Any]


def show_film(film: Film, document: NetworkDocument, query: Query) -> Screening:
    """The film at the scene that the query asks for, else at the first."""
    number = _scene_number(query, len(film.scenes))
    place = max(number, 1) - 1
    links = _links(film, document, place)
    end = film.scenes[place].states[-1]
    state, notices = end, list[str]()
    if number:
        state, notices = read_state(document, query, _plain(end), stops(run(document, end.x)))
    address = _address(document, end, place + 1)
    figure = figure_in(state, address, notices, is_editing=bool(query.getlist("edit")))
    return Screening(
        title=film.title,
        seconds=film.seconds,
        length=clock(film.seconds),
        scenes=links,
        current=links[place],
        before=links[place - 1] if place else None,
        after=links[place + 1] if place + 1 < len(links) else None,
        is_touched=state != end,
        figure=figure,
        data={"scenes": [_scene_data(scene, document) for scene in film.scenes]},
    )


def clock(seconds: int) -> str:
    """Minutes and seconds: 1:05."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def _scene_number(query: Query, count: int) -> int:
    """The scene that is asked for, counted from 1; 0 for none, or for one that is not there."""
    wanted = (query.getlist("scene") or [""])[-1]
    return int(wanted) if wanted in map(str, range(1, count + 1)) else 0


def _links(film: Film, document: NetworkDocument, place: int) -> tuple[SceneLink, ...]:
    found, begun = [], 0
    for number, scene in enumerate(film.scenes, start=1):
        end = scene.states[-1]
        href = _address(document, end, number, ANCHOR).to(end)
        link = SceneLink(
            number, scene.title, scene.caption, scene.told, clock(begun), href, number == place + 1
        )
        found.append(link)
        begun += scene.seconds
    return tuple(found)


def _address(document: NetworkDocument, end: FigureState, number: int, anchor: str = "figure") -> Address:
    """Addresses at a scene leave out what the scene itself says, but for edited weights and a pinned run."""
    return Address(document, _plain(end), (("tab", "video"), ("scene", str(number))), anchor)


def _plain(state: FigureState) -> FigureState:
    return replace(state, edits=(), pinned=None, guess=None)


def _scene_data(scene: Scene, document: NetworkDocument) -> dict[str, Any]:
    return {
        "title": scene.title,
        "seconds": scene.seconds,
        "caption": scene.caption,
        "start": state_data(document, _plain(scene.states[-1])),
        "states": [state_data(document, state) for state in scene.states],
    }
