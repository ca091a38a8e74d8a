"""What a layer asks of its weights in vain is told where it is asked, and so is what a call cannot return."""

import pytest

import engine

ROWS = "OrthogonalRegularizer compares the rows of a matrix"


def told(layer: str, shape: str = "(8,)") -> tuple[str, str]:
    """The one diagnostic of a layer behind an input, and the text that it marks."""
    text = f"model = Sequential([Input({shape}), {layer}])"
    with pytest.raises(engine.SourceError) as caught:
        engine.parse(text)
    (found,) = caught.value.diagnostics
    return f"{found.message} {found.hint}", text[found.column - 1 : found.end_column - 1]


@pytest.mark.parametrize(
    ("layer", "shape", "message", "marked"),
    [
        (
            "Dense(4, bias_initializer='orthogonal')",
            "(8,)",
            "Dense: bias_initializer Orthogonal makes a matrix; bias has the shape (4,). "
            "Use 'zeros', or another initializer.",
            "'orthogonal'",
        ),
        (
            "Conv2D(4, 3, kernel_initializer=Identity())",
            "(8, 8, 3)",
            "Conv2D: kernel_initializer Identity makes a matrix; kernel has the shape (3, 3, 3, 4). "
            "Use 'zeros', or another initializer.",
            "Identity()",
        ),
        (
            "DepthwiseConv2D(3, depthwise_initializer='identity')",
            "(8, 8, 3)",
            "DepthwiseConv2D: depthwise_initializer Identity makes a matrix; "
            "kernel has the shape (3, 3, 3, 1). Use 'zeros', or another initializer.",
            "'identity'",
        ),
        (
            "LSTM(3, recurrent_constraint=MaxNorm(2, axis=2))",
            "(5, 8)",
            "LSTM: recurrent_constraint MaxNorm adds up along axis 2; "
            "recurrent_kernel has the shape (3, 12). Use axis=0.",
            "MaxNorm(2, axis=2)",
        ),
        (
            "Dense(4, bias_regularizer='orthogonal_regularizer')",
            "(8,)",
            f"Dense: bias_regularizer {ROWS}; bias has the shape (4,). Use 'l2', or another regularizer.",
            "'orthogonal_regularizer'",
        ),
        (
            "Dense(4, activity_regularizer=OrthogonalRegularizer())",
            "(5, 8)",
            f"Dense: activity_regularizer {ROWS}; the output has the shape (None, 5, 4). Use 'l2'.",
            "OrthogonalRegularizer()",
        ),
        (
            "PReLU(shared_axes=[1, 3])",
            "(5, 8)",
            'PReLU "p_re_lu" (layer 1) needs an input that has the axes it shares; it receives (batch, 5, 8) '
            'from "input_layer". Count them from 1; the batch is axis 0.',
            "PReLU",
        ),
    ],
)
def test_what_a_layer_asks_in_vain(layer: str, shape: str, message: str, marked: str) -> None:
    assert told(layer, shape) == (message, marked)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("Dense(4, kernel_initializer='identity', kernel_regularizer=OrthogonalRegularizer())", "(8,)"),
        ("Dense(4, activity_regularizer=OrthogonalRegularizer())", "(8,)"),
        ("Conv2D(4, 3, kernel_initializer='orthogonal', kernel_constraint=UnitNorm([0, 1, 2]))", "(8, 8, 3)"),
        ("LSTM(3, recurrent_initializer='identity', recurrent_constraint=UnitNorm(-1))", "(5, 8)"),
        ("PReLU(shared_axes=[1, 2])", "(5, 8)"),
    ],
)
def test_what_can_be_had_is_read_and_built(layer: str, shape: str) -> None:
    engine.build(engine.parse(f"model = Sequential([Input({shape}), {layer}])"))


def test_it_is_told_in_functional_models_and_in_keras_json() -> None:
    text = "x = Input((8,))\ny = Dense(4, bias_initializer=Identity())(x)\nmodel = Model(x, y)"
    with pytest.raises(engine.SourceError) as caught:
        engine.parse(text)
    assert str(caught.value) == (
        "line 2, column 31: Dense: bias_initializer Identity makes a matrix; bias has the shape (4,). "
        "Use 'zeros', or another initializer."
    )
    fine = engine.parse(text.replace("bias_", "kernel_").replace("Input((8,))", "Input((8, 8, 1))")).to_json()
    swapped = fine.replace('"kernel_initializer"', '"other"').replace(
        '"bias_initializer"', '"kernel_initializer"'
    )
    swapped = swapped.replace('"other"', '"bias_initializer"')
    with pytest.raises(engine.SpecError) as refused:
        engine.Spec.from_json(swapped)
    assert str(refused.value).startswith("Dense: bias_initializer Identity makes a matrix")
    assert engine.Spec.from_json(fine)


SCORES = """
x = Input((5, 4))
{target} = {layer}(x{second}, return_attention_scores={wanted})
model = Model(x, y)
"""


@pytest.mark.parametrize("target", ["y", "y, scores"])
def test_attention_scores_are_refused_by_name(target: str) -> None:
    text = SCORES.format(target=target, layer="MultiHeadAttention(2, 3)", second=", x", wanted=True)
    with pytest.raises(engine.SourceError) as caught:
        engine.parse(text)
    assert caught.value.diagnostics[0].message == (
        "MultiHeadAttention gives its output only, not the scores behind it."
    )
    assert caught.value.diagnostics[0].hint == (
        "Leave return_attention_scores out; python -m engine trace shows them."
    )
    assert caught.value.diagnostics[0].line == 3


def test_scores_that_are_not_wanted_are_fine() -> None:
    text = SCORES.format(target="y", layer="MultiHeadAttention(2, 3)", second=", x", wanted=False)
    assert engine.parse(text) == engine.parse(text.replace(", return_attention_scores=False", ""))


def test_a_model_at_every_step_is_refused_by_name() -> None:
    text = """
inner = Sequential([Input((4,)), Dense(3)])
model = Sequential([Input((5, 4)), TimeDistributed(inner)])
"""
    with pytest.raises(engine.SourceError) as caught:
        engine.parse(text)
    assert str(caught.value) == (
        "line 3, column 52: TimeDistributed: layer must be a layer such as Dense(32); "
        "it is a Sequential layer. layer: the layer to apply; for a whole model, wrap its layers one by one."
    )
