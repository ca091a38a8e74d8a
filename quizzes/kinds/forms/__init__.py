"""How a response is given: read, graded, shown and put in words. A kind takes one form and draws for it."""

from quizzes.kinds.forms.cells import NUMBER, SHAPE, WHOLE, CellsForm, cells, choice, text
from quizzes.kinds.forms.choices import ManyForm, OneForm, option_id, option_set, options
from quizzes.kinds.forms.network import NetworkForm
from quizzes.kinds.forms.number import CountForm, NumberForm
from quizzes.kinds.forms.order import UNUSED, OrderForm, order_cells, places_of

__all__ = [
    "NUMBER",
    "SHAPE",
    "UNUSED",
    "WHOLE",
    "CellsForm",
    "CountForm",
    "ManyForm",
    "NetworkForm",
    "NumberForm",
    "OneForm",
    "OrderForm",
    "cells",
    "choice",
    "option_id",
    "option_set",
    "options",
    "order_cells",
    "places_of",
    "text",
]
