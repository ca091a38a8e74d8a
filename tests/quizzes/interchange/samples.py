"""Questions with all that GIFT and Moodle XML carry both, and with characters that mean something there."""

from quizzes.interchange import Question
from quizzes.interchange.answers import GENERAL, SLIP_TITLE

MARKS = r"a = b ~ #1 {c} 50% x:y \n \\ // -> `code` <b> & ]]> “ü”"
CODE = "Read\n\n```python\nx = {1: '~'}\n    y = 2\n```\n\nand $\\nabla x$.\n\n// What follows?"
SAMPLES = (
    Question(
        "Single",
        "A **weighted** sum?",
        "single_choice",
        {"options": [{"text": "yes", "is_right": True}, {"text": "no", "feedback": "It is."}]},
    ),
    Question(
        f"Marks: {MARKS}"[:110],
        CODE,
        "single_choice",
        {
            "options": [
                {"text": MARKS, "is_right": True, "feedback": MARKS},
                {"text": "%50%", "feedback": GENERAL},
                {"text": "[html] [0]", "feedback": "[plain] x"},
                {"text": "two\nlines", "feedback": "No."},
            ]
        },
        MARKS,
    ),
    Question(
        "Multiple",
        "Which?",
        "multiple_choice",
        {
            "options": [
                {"text": "weights", "is_right": True},
                {"text": "biases", "is_right": True, "feedback": "Yes."},
                {"text": "kernels", "is_right": True},
                {"text": "inputs", "feedback": "Data."},
            ]
        },
        "A layer *learns* them.",
    ),
    Question(
        "One of several",
        "Which?",
        "multiple_choice",
        {"options": [{"text": "=1", "is_right": True}, {"text": "->", "feedback": "No."}]},
    ),
    Question(
        "Truth",
        "A layer learns?",
        "single_choice",
        {
            "options": [
                {"text": "True", "is_right": True, "feedback": "Its weights."},
                {"text": "False", "feedback": GENERAL},
            ],
            "shuffle": False,
        },
    ),
    Question(
        "Untruth",
        "A layer *sleeps*?",
        "single_choice",
        {
            "options": [{"text": "True", "feedback": "#: It does not."}, {"text": "False", "is_right": True}],
            "shuffle": False,
        },
    ),
    Question(
        "Text",
        "The last activation?",
        "short_text",
        {
            "answers": ["softmax", "soft*max", "a = b"],
            "slips": [
                {"text": "relu", "title": "Hidden", "feedback": "That one: hidden."},
                {"text": "tanh", "title": SLIP_TITLE, "feedback": "An older one."},
            ],
        },
    ),
    Question(
        "Number",
        "How many?",
        "numeric",
        {
            "answer": 124.5,
            "tolerance": 0.01,
            "slips": [{"value": -104, "title": "Biases", "feedback": "Count them: all."}],
        },
        "8 · 6 + 6",
    ),
    Question("Small number", "How much?", "numeric", {"answer": 1e-07, "tolerance": 0}),
    Question(
        "Pairs",
        "Match.",
        "matching",
        {
            "pairs": [{"left": "relu = 1", "right": "a -> b"}, {"left": "[html]", "right": "# z"}],
            "others": ["tanh z"],
        },
    ),
)
