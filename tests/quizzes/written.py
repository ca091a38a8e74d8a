"""One question of every written kind, with a response that is right."""

from typing import Any

from quizzes.kinds.forms import option_id

GOOD = (
    "from keras import Input, Sequential\nfrom keras.layers import Dense\n"
    "model = Sequential([\n    Input(shape=(8,)),\n    Dense(4, activation='softmax'),\n])\n"
)
WRITTEN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "single_choice": (
        {"options": [{"text": "6", "is_right": True}, {"text": "7", "feedback": "One too many."}]},
        [option_id("6")],
    ),
    "multiple_choice": (
        {"options": [{"text": "6", "is_right": True}, {"text": "7", "feedback": "One too many."}]},
        [option_id("6")],
    ),
    "numeric": ({"answer": 48, "hints": ["One weight for each pair."]}, ["48"]),
    "short_text": ({"answers": ["softmax"]}, ["Softmax"]),
    "matching": (
        {"pairs": [{"left": "relu", "right": "z"}, {"left": "linear", "right": "z"}], "others": ["|z|"]},
        ["z", "z"],
    ),
    "ordering": ({"steps": ["multiply", "add"], "intruders": ["learn"]}, []),
    "blanks": (
        {
            "text": "model.add({1}(6, activation={2}))\n",
            "is_code": True,
            "blanks": [{"answers": ["Dense"]}, {"answers": ["'relu'"], "options": ["'relu'", "'mse'"]}],
        },
        ["Dense", "'relu'"],
    ),
    "matrix": (
        {
            "rows": ["x1", "x2"],
            "columns": ["h1", "h2"],
            "values": [[1, 2], [3, 4]],
            "filled": [[True, False]] * 2,
        },
        ["2", "4"],
    ),
    "mark": (
        {"layers": [["legs", "fur"], ["h1", "h2", "h3"]], "titles": ["inputs", "hidden"], "marked": ["h2"]},
        [option_id("h2")],
    ),
    "network": ({"criteria": [{"kind": "output_shape", "want": [4]}], "example": GOOD}, [GOOD]),
}
