"""A film on its page: the scene that an address asks for, and addresses that lead to it."""

from urllib.parse import parse_qs, urlsplit

from course.film import Film, Screening, read_film, show_film
from course.film.showing import clock
from tests.course.figures.networks import ANIMALS

FILM = read_film(
    """
title = "A film"
[[scene]]
title = "Given"
seconds = 5
caption = "Ratings."
preset = "llama"
t = 1
[[scene]]
title = "Sums"
seconds = 60
caption = "Six sums."
focus = "h1.3"
t = ["2.1", "2"]
[[scene]]
title = "Less neck"
seconds = 8
caption = "One weight."
w = "h1.3.4:0.5"
""",
    ANIMALS,
)


class Query(dict[str, list[str]]):
    def getlist(self, key: str, /) -> list[str]:
        return self.get(key, [])


def shown(address: str = "", film: Film = FILM) -> Screening:
    return show_film(film, ANIMALS, Query(parse_qs(urlsplit(address).query)))


def test_it_begins_at_its_first_scene() -> None:
    screening = shown("?tab=video")
    assert screening.current.title == "Given"
    assert (screening.before, screening.after and screening.after.title) == (None, "Sums")
    assert screening.figure.state == FILM.scenes[0].states[-1]
    assert (screening.seconds, screening.length) == (73, "1:13")


def test_every_scene_s_address_shows_its_last_state() -> None:
    for link, scene in zip(shown().scenes, FILM.scenes, strict=True):
        there = shown(link.href)
        assert there.figure.state == scene.states[-1]
        assert (there.current.number, there.is_touched) == (link.number, False)
        assert link.href.endswith("#film")


def test_chapters_say_when_they_begin() -> None:
    assert [link.at for link in shown().scenes] == ["0:00", "0:05", "1:05"]


def test_the_figure_s_own_links_stay_in_the_scene() -> None:
    screening = shown("?tab=video&scene=2")
    moved = shown(screening.figure.stops[6].href)
    assert moved.current.number == 2
    assert (moved.figure.state.step, moved.is_touched) == (7, True)
    assert shown(moved.figure.overview).figure.state.focus is None


def test_edited_weights_of_a_scene_can_be_reset_and_come_back_with_the_scene() -> None:
    scene = shown("?tab=video&scene=3&w=h1.3.4:0.5")
    assert len(scene.figure.state.edits) == 1
    reset = shown(scene.figure.unedited)
    assert (reset.figure.state.edits, reset.is_touched) == ((), True)
    assert not shown(reset.current.href).is_touched


def test_a_scene_that_is_not_there_is_the_first() -> None:
    for wanted in ("0", "4", "-1", "x", "²", ""):
        assert shown(f"?tab=video&scene={wanted}").current.number == 1


def test_a_figure_that_cannot_be_shown_says_so_and_keeps_the_scene() -> None:
    screening = shown("?tab=video&scene=2&t=99")
    assert screening.figure.notices == ("Steps go from 1 to 8; '99' is none of them.",)
    assert screening.figure.state.step == 2


def test_the_player_gets_every_state_and_where_each_scene_s_addresses_begin() -> None:
    scenes = shown().data["scenes"]
    assert [len(scene["states"]) for scene in scenes] == [1, 2, 1]
    assert scenes[2]["states"][0]["edits"] == [[1, 2, 3, 0.5]]
    assert scenes[2]["start"]["edits"] == []
    assert scenes[1]["start"]["focus"] == "h1.3"


def test_time_is_told_in_minutes_and_seconds() -> None:
    assert [clock(seconds) for seconds in (0, 9, 65, 600)] == ["0:00", "0:09", "1:05", "10:00"]
