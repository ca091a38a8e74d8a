"""The curves of a training as SVG: a panel for the loss and for every metric, epochs from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as Xml

WIDTH: Final = 480
HEIGHT: Final = 200
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 36, 36
COLORS: Final = ("#1b5e9e", "#b4540a")
"""Of the training's curve, and of the validation's."""


def svg(history: Mapping[str, Sequence[float]], title: str) -> str:
    """The curves of a history, keyed as Keras keys them: `val_loss` is drawn beside `loss`."""
    names = [name for name in history if not name.startswith("val_")]
    root = Xml.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT * len(names)}",
        role="img",
    )
    root.set("font-family", "sans-serif")
    root.set("font-size", "12")
    Xml.SubElement(root, "title").text = title
    Xml.SubElement(root, "desc").text = "; ".join(
        f"{name} from {values[0]:.4g} to {values[-1]:.4g}" for name, values in history.items()
    )
    Xml.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    for number, name in enumerate(names):
        curves = {key: history[key] for key in (name, f"val_{name}") if key in history}
        _panel(root, number * HEIGHT, name, curves)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode") + "\n"


def _panel(root: Xml.Element, top: float, name: str, curves: Mapping[str, Sequence[float]]) -> None:
    panel = Xml.SubElement(root, "g", transform=f"translate(0 {top})")
    values = [value for curve in curves.values() for value in curve]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 0.5, high + 0.5
    epochs = len(next(iter(curves.values())))
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    _text(panel, LEFT, TOP - 14, name, weight="bold")
    axis = f"M{LEFT} {TOP}V{bottom}H{right}"
    Xml.SubElement(panel, "path", {"d": axis, "fill": "none", "stroke": "#595959"})
    for value, height in ((high, TOP), (low, bottom)):
        _text(panel, LEFT - 6, height + 4, f"{value:.4g}", anchor="end")
    _text(panel, LEFT, bottom + 18, "1", anchor="middle")
    _text(panel, right, bottom + 18, str(epochs), anchor="middle")
    _text(panel, (LEFT + right) / 2, bottom + 18, "epoch", anchor="middle")
    for (key, curve), color in zip(curves.items(), COLORS, strict=False):
        points = [
            (
                LEFT + (right - LEFT) * index / max(epochs - 1, 1),
                bottom - (bottom - TOP) * (value - low) / (high - low),
            )
            for index, value in enumerate(curve)
        ]
        _curve(panel, points, color, is_dashed=key.startswith("val_"))
    _labels(panel, curves, low, high, right + 8)


def _curve(panel: Xml.Element, points: Sequence[tuple[float, float]], color: str, is_dashed: bool) -> None:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = {"points": told, "fill": "none", "stroke": color, "stroke-width": "2"}
    Xml.SubElement(panel, "polyline", line | ({"stroke-dasharray": "5 3"} if is_dashed else {}))


def _labels(
    panel: Xml.Element, curves: Mapping[str, Sequence[float]], low: float, high: float, left: float
) -> None:
    """The name of each curve beside its end; two that end together are told one above the other."""
    ends = [HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (c[-1] - low) / (high - low) for c in curves.values()]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < 14:
        middle, sign = (ends[0] + ends[1]) / 2, 1 if ends[0] >= ends[1] else -1
        ends = [middle + 7 * sign, middle - 7 * sign]
    for key, height, color in zip(curves, ends, COLORS, strict=False):
        _text(panel, left, height + 4, "validation" if key.startswith("val_") else "training", color=color)


def _text(
    panel: Xml.Element,
    x: float,
    y: float,
    told: str,
    anchor: str = "start",
    weight: str = "normal",
    color: str = "#1f1f1f",
) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "fill": color, "font-weight": weight}
    Xml.SubElement(panel, "text", place).text = told
