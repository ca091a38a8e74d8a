"""A video on its page: its length, its chapters, and its transcript, whose lines are links into the film.

Without a script `video.webm#t=12.5` opens the file at that moment; with one the player goes there.
"""

from dataclasses import dataclass

from course.video.captions import Cue, read_cues


@dataclass(frozen=True)
class Moment:
    """A line of the transcript, or a chapter. `at` is when it begins: 0:24; `start` and `end` in seconds."""

    at: str
    start: str
    end: str
    text: str
    href: str


@dataclass(frozen=True)
class ShownVideo:
    title: str
    source: str
    poster: str
    track: str
    length: str
    chapters: tuple[Moment, ...]
    lines: tuple[Moment, ...]


def show_video(
    *, title: str, source: str, poster: str, track: str, captions: str, chapters: str, seconds: int
) -> ShownVideo:
    """`source`, `poster` and `track` are addresses; without `seconds` the last caption tells the length."""
    lines = read_cues(captions) if captions else ()
    length = seconds or round(max((cue.end for cue in lines), default=0))
    return ShownVideo(
        title=title,
        source=source,
        poster=poster,
        track=track if lines else "",
        length=clock(length) if length else "",
        chapters=_moments(read_cues(chapters) if chapters else (), source),
        lines=_moments(lines, source),
    )


def clock(seconds: float) -> str:
    """Hours where there are any, minutes and seconds: 1:05 or 1:02:05. lines.js says it in the same way."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes = f"{hours}:{rest // 60:02d}" if hours else f"{rest // 60}"
    return f"{minutes}:{rest % 60:02d}"


def _moments(cues: tuple[Cue, ...], source: str) -> tuple[Moment, ...]:
    return tuple(
        Moment(
            clock(cue.start), _plain(cue.start), _plain(cue.end), cue.text, f"{source}#t={_plain(cue.start)}"
        )
        for cue in cues
    )


def _plain(seconds: float) -> str:
    """To the thousandth, as short as can be: 2.5."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")
