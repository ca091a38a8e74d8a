"""Figures: a network's arithmetic as pictures, tables and sentences, computed by the engine, free of Django.

NetworkDocument.load(json) reads a lesson's network. Each of these makes what one template shows:
lesson_figure(document, request.GET, start)  course/figures/_network.html with figure=…
network_figure(document, x, step, focus)     the same, without an address
hero_figure(document, request.GET)           course/figures/_hero.html with hero=…
waterfall(terms, bias, z, mark)              course/figures/_waterfall.html with sum=…
diagram(layers)                              course/figures/_diagram.html with diagram=…
stack(sizes)                                 course/figures/_stack.html with stack=…
"""

from course.figures.carried import Carried, carried
from course.figures.diagram import Diagram, DiagramLayer, Stack, diagram, stack
from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.network import Figure, network_figure
from course.figures.pages import Hero, asks_for_class, hero_figure, lesson_figure, start_state
from course.figures.state import FigureState, Focus
from course.figures.waterfall import Term, Waterfall, waterfall

__all__ = [
    "Carried",
    "Diagram",
    "DiagramLayer",
    "Figure",
    "FigureError",
    "FigureState",
    "Focus",
    "Hero",
    "NetworkDocument",
    "Stack",
    "Term",
    "Waterfall",
    "asks_for_class",
    "carried",
    "diagram",
    "hero_figure",
    "lesson_figure",
    "network_figure",
    "stack",
    "start_state",
    "waterfall",
]
