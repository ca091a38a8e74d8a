"""What a compiled plan allocates, step by step as `engine.nn.plan` makes it: a line of layers, to predict
with and to train.

Buffers last as long as the plan. A step reads what the step before has written: `rows`, as the layers have
them, or `columns`, feature by feature with a row of ones; turning one into the other takes a buffer.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from math import prod

from engine.records import record
from engine.spec.catalogue.activations import space_of
from engine.spec.catalogue.kinds import NUMBER, Work, held
from engine.spec.line import COPIED, IDLE, IN_PLACE, can_recur, has_step, name_of, pools
from engine.spec.sliding import Sliding, sliding
from engine.spec.structure import Layer, Shape

Sizes = tuple[int, ...]


@record
class Stop:
    """A layer on the line: the shape of the batch that leaves it, bytes of its weights, and its cost when it
    is called as it is.
    """

    layer: Layer
    shape: Sizes
    weights: int
    work: Work


class Form(Enum):
    """What the next step finds."""

    BATCH = "the batch as it was given"
    ROWS = "a buffer as the layers have it"
    COLUMNS = "a buffer of columns"


class Allocation:
    """Bytes counted so far: buffers that `last`, what layers keep until the way back, the most that a step
    lays `aside` beside it, and the most that stood while weights were moved together.
    """

    def __init__(self, shape: Sizes, trains: bool) -> None:
        self.shape, self.trains = shape, trains
        self.form, self.has_gradient = Form.BATCH, False
        self.last = self.kept = self.aside = self.moving = 0

    @property
    def beside(self) -> int:
        """The fullest moment, beside the buffers."""
        return max(self.kept + self.aside, self.moving - self.last)

    def take_rows(self) -> None:
        """What comes is turned into rows, with a gradient where columns had one."""
        if self.form is Form.ROWS:
            return
        self.last += held(self.shape) * (2 if self.trains and self.form is Form.COLUMNS else 1)
        self.form = Form.ROWS

    def take_columns(self) -> None:
        """What comes is turned into columns."""
        if self.form is Form.COLUMNS:
            return
        if self.trains:
            self.take_rows()
        self.last += columns(self.shape) + (held(self.shape) if self.has_gradient else 0)
        self.form = Form.COLUMNS

    def move(self, weights: int) -> None:
        """Kernel and bias are copied into one block, and their old places let go."""
        self.moving = max(self.moving, self.last + weights)

    def become(self, form: Form, shape: Sizes) -> None:
        """The next step reads this, and knows its gradient in training."""
        self.form, self.shape, self.has_gradient = form, shape, self.trains


def columns(shape: Sizes) -> int:
    """Bytes of a buffer of columns, ones included."""
    return NUMBER * (shape[-1] + 1) * prod(shape[:-1])


@record
class Teaching:
    """The loss that a plan trains by: the arrays of the outputs' size that it takes, and its name where it is
    taken together with the last activation.
    """

    arrays: float
    fused: str


def line_bytes(stops: Sequence[Stop], shape: Sizes, teaching: Teaching | None = None) -> tuple[int, int]:
    """What a plan for batches of this shape holds, and the most beside that while it runs; without weights,
    answers and samples. With `teaching` it trains.
    """
    found = Allocation(shape, teaching is not None)
    rest = [stop for stop in stops if stop.layer.kind not in (("InputLayer",) if teaching else IDLE)]
    while rest:
        fused = teaching.fused if teaching and len(rest) == 1 else ""
        rest = rest[_add(found, rest, fused) :]
    if teaching is not None:
        _measure(found, stops[-1], teaching)
    elif not (stops[-1].layer.config.get("activation") == "softmax" and found.form is Form.COLUMNS):
        found.take_rows()
    return found.last, found.beside


def _add(found: Allocation, stops: Sequence[Stop], loss: str) -> int:
    """The first layer, or the first two where they are run as one; returns how many."""
    stop = stops[0]
    layer = stop.layer
    if layer.kind in ("Conv1D", "Conv2D"):
        after = stops[1].layer if len(stops) > 1 and pools(layer, stops[1].layer) else None
        geometry = sliding(layer, found.shape, after)
        backs_up = geometry is not None and found.trains and found.has_gradient and geometry.strides != (1, 1)
        if geometry is not None and not backs_up:
            _convolution(found, stop, geometry, stops[0 if after is None else 1].shape)
            return 1 if after is None else 2
    if layer.kind == "Flatten":
        if len(found.shape) != 2:
            found.take_rows()
            found.shape = (found.shape[0], prod(found.shape[1:]))
    elif can_recur(layer) and not found.trains:
        _recurrence(found, stop)
    elif layer.kind == "Dense" and has_step(layer) and (not found.trains or name_of(layer) or loss):
        _dense(found, stop, loss)
    else:
        _plain(found, stop)
    return 1


def _plain(found: Allocation, stop: Stop) -> None:
    """A layer called as it is: its answer is copied into a buffer. Training keeps what it keeps."""
    found.take_rows()
    made = held(stop.shape)
    fresh = 0 if stop.work.passes_on else made
    found.last += 2 * made if found.trains else made
    found.kept += stop.work.kept if found.trains else 0
    found.aside = max(found.aside, fresh + stop.work.scratch, stop.work.back if found.trains else 0)
    found.become(Form.ROWS, stop.shape)


def _dense(found: Allocation, stop: Stop, loss: str) -> None:
    is_wide = not found.trains and found.form is not Form.COLUMNS and prod(found.shape) > COPIED
    is_fed = found.trains and found.form is Form.BATCH and len(found.shape) == 2
    made = held(stop.shape)
    found.last += columns(stop.shape)
    if not is_wide and not is_fed:
        found.take_columns()
    if not is_wide and stop.layer.config.flag("use_bias"):
        found.move(stop.weights)
    found.last += made if found.trains else 0
    _activation(found, stop.layer, made, leaves=loss in ("BinaryCrossentropy",), there=bool(loss))
    found.become(Form.COLUMNS, stop.shape)


def _activation(
    found: Allocation,
    layer: Layer,
    size: int,
    leaves: bool = False,
    there: bool = False,
    part: int | None = None,
) -> None:
    """An activation on sums of this size, `part` of them at a time, its way back included in training;
    `leaves` tells that the loss does it all, `there` that it does the way back.
    """
    value = layer.config["activation"]
    name, space = name_of(layer), space_of(value)
    if leaves or name == "linear":
        return
    if name is None:
        found.last += size
    elif name in IN_PLACE:
        if found.trains and not there:
            found.last += size if name != "relu" else size // 4
    elif not found.trains:
        found.aside = max(found.aside, int((1 + space.aside) * (size if part is None else part)))
    else:
        found.aside = max(found.aside, int((2 + space.aside) * size), int((1 + space.back) * size))
        found.kept += int((space.kept + space.sums + space.outputs) * size)


def _convolution(found: Allocation, stop: Stop, geometry: Sliding, shape: Sizes) -> None:
    """Images with their padding, sums and maxima; windows of some images at a time."""
    batch, has_bias = shape[0], stop.layer.config.flag("use_bias")
    is_padded = any(map(any, geometry.pads))
    if found.trains or not is_padded or found.form is not Form.BATCH:
        found.take_rows()
    if is_padded:
        found.last += NUMBER * batch * prod(geometry.wide)
    made = held(shape)
    found.last += 2 * made if found.trains else made
    step = geometry.chunk(batch)
    with_input = found.trains and found.has_gradient
    for images in {step, batch % step} - {0}:
        found.last += NUMBER * images * geometry.positions * (geometry.taps + has_bias)
        if geometry.phases > 1 and not found.trains:
            found.last += NUMBER * images * geometry.positions * geometry.filters
        if with_input:
            found.last += NUMBER * images * _way_back(geometry)
    if found.trains:
        found.last += stop.weights
        if geometry.phases > 1:
            found.last += NUMBER * batch * geometry.positions * geometry.filters + 3 * made // 2
    elif has_bias:
        found.move(stop.weights)
    _activation(found, stop.layer, made, part=made * step // batch)
    found.become(Form.ROWS, shape)


def _way_back(geometry: Sliding) -> int:
    """Numbers for one image: the gradient on its padded field, and the windows of it."""
    reach = [(size - 1) * rate for size, rate in zip(geometry.size, geometry.dilation, strict=True)]
    field = prod(count + 2 * more for count, more in zip(geometry.places, reach, strict=True))
    height, width, _ = geometry.image
    return geometry.filters * (field + height * width * prod(geometry.size))


def _recurrence(found: Allocation, stop: Stop) -> None:
    """A slab for each step, and what its gates are worked out in."""
    layer = stop.layer
    batch, steps, features = found.shape
    units = layer.config.whole("units")
    wide = features + units + 1
    if found.form is not Form.BATCH:
        found.take_rows()
    found.last += NUMBER * (steps + 1) * wide * batch
    if layer.kind == "SimpleRNN":
        size = NUMBER * units * batch
        _activation(found, layer, size)
    else:
        found.last += NUMBER * (4 * units * wide + (8 if layer.kind == "LSTM" else 4) * units * batch)
    if layer.kind != "GRU":
        found.move(stop.weights)
    if layer.config["return_sequences"] is True:
        found.last += held(stop.shape)
        found.become(Form.ROWS, stop.shape)
    else:
        found.become(Form.COLUMNS, stop.shape)


def _measure(found: Allocation, last: Stop, teaching: Teaching) -> None:
    """The outputs as the loss wants them, and what it lays aside."""
    made = held(last.shape)
    if teaching.fused:
        found.take_columns()
        found.last += 2 * made
    else:
        found.take_rows()
        found.aside = max(found.aside, int(teaching.arrays * made))


def as_sizes(shape: Shape, batch: int) -> Sizes:
    """A shape whose open batch dimension is that of a batch, and whose other open ones are 1."""
    first, *rest = shape
    return (batch if first is None else first, *(1 if size is None else size for size in rest))
