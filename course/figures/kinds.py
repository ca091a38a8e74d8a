"""The kinds of figure that a text can place, in one table: name, how its block is read, how it is shown.

A kind is one module here, one template templates/course/figures/_<kind>.html that extends _placed.html, and,
when it moves, one script frontend/<kind>/index.js that makes <lw-<kind>> live. See docs/adr/0007.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from course.figures import (
    activation,
    architecture,
    backprop,
    convolution,
    descent,
    loss,
    lstm,
    normalization,
    playground,
    pooling,
    recurrent,
    softmax,
)
from course.figures.document import NetworkDocument

Settings = TypeVar("Settings")


class Shown(Protocol):
    """What every figure's view has; its template may know more."""

    @property
    def title(self) -> str: ...

    @property
    def sentence(self) -> str:
        """What is to be seen, in one sentence; said aloud when it changes."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What the address asked for and cannot be shown."""
        ...

    @property
    def data(self) -> dict[str, Any] | None:
        """What the script needs to go on; None for a figure that does not move."""
        ...


@dataclass(frozen=True)
class Kind(Generic[Settings]):
    """read: the author's block, and the lesson's network if it has one, to hashable settings; FigureError.
    show: settings, the reader's query and the figure's name to the view. script: whether it has one.
    """

    name: str
    read: Callable[[str, NetworkDocument | None], Settings]
    show: Callable[[Settings, Mapping[str, str], str], Shown]
    has_script: bool = True
    stem: str = ""  # of its template, where another thing has its name

    @property
    def template(self) -> str:
        return f"course/figures/_{self.stem or self.name}.html"

    @property
    def script(self) -> str | None:
        """The bundle's name under the static files."""
        return f"js/{self.name}.js" if self.has_script else None


_ALL: tuple[Kind[Any], ...] = (
    Kind("network", architecture.read, architecture.show, has_script=False, stem="architecture"),
    Kind("activation", activation.read, activation.show),
    Kind("softmax", softmax.read, softmax.show),
    Kind("loss", loss.read, loss.show),
    Kind("descent", descent.read, descent.show),
    Kind("backprop", backprop.read, backprop.show),
    Kind("playground", playground.read, playground.show, has_script=False),
    Kind("convolution", convolution.read, convolution.show),
    Kind("pooling", pooling.read, pooling.show),
    Kind("recurrent", recurrent.read, recurrent.show),
    Kind("lstm", lstm.read, lstm.show),
    Kind("normalization", normalization.read, normalization.show),
)
KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in _ALL}
