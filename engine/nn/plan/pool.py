"""The plans of a model: made when a shape is first asked for, kept for the next time."""

from __future__ import annotations

from threading import Lock
from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.nn.network import Network
from engine.nn.plan.line import straight
from engine.nn.plan.predicting import Answer, compiled, in_chunks, is_worth_it
from engine.spec.line import chunk_size

KEPT: Final = 8
"""Plans are kept for this many shapes of input; the one made first goes first."""


class Plans:
    """Plans by the shape of x. Whoever answers takes a plan out and puts it back, so that its buffers belong
    to one thread at a time; two threads that ask at once have a plan each.
    """

    def __init__(self, network: Network, dtype: str) -> None:
        self._dtype = np.dtype(dtype)
        stations = straight(network)
        self._stations = stations if stations and is_worth_it(stations) else ()
        widths = [station.shape[0] for station in self._stations if len(station.shape) == 1]
        self._chunk = chunk_size(widths)
        self._free: dict[tuple[int, ...], list[Answer]] = {}
        self._making = Lock()

    def again(self, x: Array) -> Array | None:
        """The answer to x where a plan for its shape is at hand; None where it is not, or x is of another
        dtype. Asks nothing else of x, for a shape that has a plan was looked at before.
        """
        free = self._free.get(x.shape)
        if not free or x.dtype is not self._dtype:
            return None
        try:
            plan = free.pop()
        except IndexError:
            return None
        answer = plan(x)
        free.append(plan)
        return answer

    def answer(self, x: Array) -> Array | None:
        """The network's answer to x, of the shape and dtype that it takes; None where there is no plan."""
        if not self._stations or not len(x):
            return None
        with self._making:
            plan = in_chunks(self._made, len(x), self._chunk)
            while len(self._free) >= KEPT:
                del self._free[next(iter(self._free))]
            free = self._free.setdefault(x.shape, [])
        answer = plan(x)
        free.append(plan)
        return answer

    def _made(self, count: int) -> Answer:
        return compiled(self._stations, count, self._dtype)
