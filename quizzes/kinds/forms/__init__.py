"""How a response is given: read, graded, shown and put in words. A kind takes one form and draws for it."""

from quizzes.kinds.forms.cells import NUMBER, SHAPE, WHOLE, CellsForm, cells, choice, text
from quizzes.kinds.forms.choices import ManyForm, OneForm, option_id, option_set, options
from quizzes.kinds.forms.number import CountForm, NumberForm

__all__ = [
    "NUMBER",
    "SHAPE",
    "WHOLE",
    "CellsForm",
    "CountForm",
    "ManyForm",
    "NumberForm",
    "OneForm",
    "cells",
    "choice",
    "option_id",
    "option_set",
    "options",
    "text",
]
