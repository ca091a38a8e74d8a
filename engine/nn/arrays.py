"""The words of the arithmetic: an array, and a step back.

Every piece of the network is a function that returns its result *and* the way back: `a, backward = tanh(z)`.
`backward` takes the gradient of the loss with respect to the result and returns it with respect to the input.
The way back stands next to the way there, remembers what it needs by itself, and costs nothing until it is
called; chaining the ways back in reverse order is backpropagation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
"""An array of numbers, batch dimension first."""

Arrays: TypeAlias = tuple[Array, ...]

Backward: TypeAlias = Callable[[Array], Array]
"""Gradient with respect to the result -> gradient with respect to the input."""

BackwardMany: TypeAlias = Callable[[Arrays], Arrays]
"""The same for several results and several inputs."""

Random: TypeAlias = np.random.Generator
