"""Errors are sentences, and a SourceError is never empty."""

import pytest

from engine.errors import CriteriaError, Diagnostic, Diverged, EngineError, ShapeError, SourceError, SpecError

ONE = Diagnostic("hole", "It is open.", "Close it.", 3, 7, 3, 9, name="x")


def test_a_diagnostic_reads_as_a_sentence():
    assert str(ONE) == "line 3, column 7: It is open. Close it."
    assert str(Diagnostic("a", "It is so.", "", 1, 1, 1, 1)) == "line 1, column 1: It is so."


def test_a_diagnostic_as_plain_values():
    assert ONE.to_dict() == {
        "code": "hole",
        "message": "It is open.",
        "hint": "Close it.",
        "line": 3,
        "column": 7,
        "end_line": 3,
        "end_column": 9,
        "name": "x",
        "fix": None,
        "snippet": "",
    }


def test_a_source_error_holds_its_diagnostics():
    assert SourceError([ONE]).diagnostics == (ONE,)
    assert str(SourceError([ONE, ONE])) == f"{ONE}\n{ONE}"
    with pytest.raises(ValueError, match="at least one diagnostic"):
        SourceError([])


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SpecError("It is wrong.", "Mend it."), "It is wrong. Mend it."),
        (ShapeError("It does not fit."), "It does not fit."),
        (Diverged(3, "The rate is too large."), "Training diverged in epoch 3: The rate is too large."),
        (CriteriaError("It is unknown.", 4, "Look it up."), "line 4: It is unknown. Look it up."),
    ],
)
def test_errors_are_sentences(error, told):
    assert isinstance(error, EngineError)
    assert str(error) == told
