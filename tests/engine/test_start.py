"""A start pays for what it uses: a first answer loads the rooms of reading and answering, and no others."""

import subprocess
import sys

import pytest

READ = (
    "import engine; spec = engine.parse('model = Sequential([Input((8,)), Dense(4, activation=\"relu\")])')"
)
ANSWER = f"{READ}; engine.build(spec).predict([[1.0] * 8])"
NOTHING = "import engine"

CLOSED = {
    NOTHING: ("numpy", "engine.spec", "engine.language", "engine.nn", "ast"),
    READ: ("numpy", "engine.nn", "engine.language.writer", "engine.spec.keras_json", "json", "difflib"),
    ANSWER: (
        "engine.command_line",
        "engine.datasets",
        "engine.evaluation",
        "engine.explain",
        "engine.language.writer",
        "engine.nn.layers.attention",
        "engine.nn.layers.convolution",
        "engine.nn.layers.recurrent",
        "engine.nn.losses",
        "engine.nn.metrics",
        "engine.nn.optimizers",
        "engine.nn.plan.training",
        "engine.nn.training.trainer",
        "engine.nn.weight_files",
        "engine.spec.keras_json",
        "json",
        "tomllib",
    ),
}


@pytest.mark.parametrize("code", CLOSED, ids=("import", "parse", "predict"))
def test_a_start_leaves_the_other_rooms_closed(code):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    opened = set(done.stdout.split())
    assert "engine" in opened
    assert opened.isdisjoint(CLOSED[code]), opened & set(CLOSED[code])


def test_a_package_says_what_it_does_not_have():
    import engine

    with pytest.raises(AttributeError, match=r"^module 'engine' has no attribute 'guess'$"):
        _ = engine.guess


def test_all_names_of_the_face_are_there():
    import engine

    assert all(getattr(engine, name) is not None for name in engine.__all__)
