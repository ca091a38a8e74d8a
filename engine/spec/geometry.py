"""Windows that slide over an axis: how many fit, and how much padding they need.

One place for it, read by the catalogue's shape rules and by the kernels in `engine.nn`: what the rule says an
output holds is what the arithmetic makes. Python integers only.
"""

from __future__ import annotations

from typing import Final

from engine.spec.structure import Shape


def reach(kernel: int, dilation: int = 1) -> int:
    """How many positions a window spans, gaps between its taps included."""
    return (kernel - 1) * dilation + 1


def output_size(
    size: int | None, kernel: int, stride: int = 1, dilation: int = 1, padding: str = "valid"
) -> int | None:
    """How many windows fit along an axis of that size; None stays None. 0 or less means that none fits."""
    if size is None:
        return None
    if padding in ("same", "causal"):
        return -(-size // stride)
    return (size - reach(kernel, dilation)) // stride + 1


def padding_of(size: int, kernel: int, stride: int, dilation: int, padding: str) -> tuple[int, int]:
    """How much to put before and after an axis; with 'same' the odd one comes after."""
    if padding == "causal":
        return reach(kernel, dilation) - 1, 0
    if padding == "valid":
        return 0, 0
    count = -(-size // stride)
    total = max((count - 1) * stride + reach(kernel, dilation) - size, 0)
    return total // 2, total - total // 2


def transposed_size(
    size: int | None, kernel: int, stride: int, dilation: int, padding: str, extra: int | None
) -> int | None:
    """How long an axis becomes when windows are laid out in place of read; `extra` is output_padding."""
    if size is None:
        return None
    span = reach(kernel, dilation)
    if padding == "valid":
        return (size - 1) * stride + span + (max(stride - span, 0) if extra is None else extra)
    return size * stride if extra is None else (size - 1) * stride + span % 2 + extra


def transposed_crops(
    kernel: int, stride: int, dilation: int, padding: str, extra: int | None
) -> tuple[int, int]:
    """How much to cut before and after the full result of laid-out windows; below 0, zeros to add."""
    span = reach(kernel, dilation)
    if padding == "valid":
        return 0, -(max(stride - span, 0) if extra is None else extra)
    total = stride + span - 2 if extra is None else span + span % 2 - 2 + extra
    left = min(total - total // 2, span - 1)
    return span - 1 - left, span - 1 - (total - left)


CHUNK: Final = 2**19
"""About how many numbers of windows are copied at a time: what a processor's cache holds."""


def rows_at_a_time(batch: int, numbers: int) -> int:
    """How many samples to treat together, so that their windows, `numbers` in all, stay in the cache."""
    return max(1, min(batch, CHUNK * batch // max(numbers, 1)))


def spatial(shape: Shape) -> Shape:
    """The axes between batch and channels."""
    return shape[1:-1]
