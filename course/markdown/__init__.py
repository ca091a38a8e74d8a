"""Markdown for authors, made into safe HTML once, when a text is saved. Knows no Django and no engine.

CommonMark with tables, and besides:

    ## Heading                       gets an address of its own; a lesson's text starts with level 2
    $z = x w + b$  or  $$ ... $$     LaTeX mathematics, made into MathML
    $z = x W + b // z = W^T x + b$   the same in row and in column vectors; the reader's setting shows one
    ```python One neuron             code with colors and a title
    ::: callout  ...  :::            two sentences to remember
    ::: worked A title  ...  :::     a worked example
    ::: practice A task  ...  :::    something to do, its solution folded away; "recall" asks from memory
    ::: predict A question  ...  ::: options, one marked [x], and what is shown once the reader committed
    :::: tabs  ::: tab A name  ...   the same thing in several ways, one at a time where a script runs
    [bias](term:bias)                a term of the glossary, its meaning on hover and on focus
    [neuron h1.3](focus:h1.3)        a figure cue: the phrase moves the lesson's figure
    [a cat](figure:preset=cat&t=3)   the same for an input or a step
    ```softmax  ...  ```             a figure, of any kind that the caller knows
    {{ llama.h1.3.z }}               a number that the engine computes, see course.facts

Raw HTML is text. What cannot be rendered is a MarkdownError with the line of each problem.
"""

from course.markdown.marks import FIGURE, MARK, PREDICTION
from course.markdown.placements import FigureSource, Placement
from course.markdown.predictions import Prediction
from course.markdown.problems import MarkdownError, Problem
from course.markdown.recalls import recalls, without_meanings
from course.markdown.render import MAX_CHARACTERS, Rendered, render

__all__ = [
    "FIGURE",
    "MARK",
    "MAX_CHARACTERS",
    "PREDICTION",
    "FigureSource",
    "MarkdownError",
    "Placement",
    "Prediction",
    "Problem",
    "Rendered",
    "recalls",
    "render",
    "without_meanings",
]
