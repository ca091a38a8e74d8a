"""The engine on the command line, as people call it."""

import io
import json
import sys
from pathlib import Path

import pytest

from engine.__main__ import main
from tests.engine.language.test_reader import LESSON

WEIGHTS = Path(__file__).parent / "data" / "animals.json"
LLAMA = "2,2,0,2,2,0,0,2"


@pytest.fixture
def net(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("net.py").write_text(LESSON)
    Path("bad.py").write_text(LESSON.replace("units=6, input", "unit=6, input"))
    return "net.py"


def test_check_says_that_a_text_can_be_read(net, capsys):
    assert main(["check", net]) == 0
    assert capsys.readouterr() == ("net.py: 3 layers, 124 parameters.\n", "")


def test_check_puts_a_caret_under_the_place(net, capsys):
    assert main(["check", "bad.py"]) == 2
    assert capsys.readouterr() == (
        "",
        "bad.py:5:11: Dense has no argument 'unit'; did you mean 'units'?\n"
        "        Dense(unit=6, input_shape=(8,), activation='relu'),\n"
        "              ^^^^\n"
        "    units: the number of neurons in the layer, which is the number of outputs. "
        "It takes units, activation, use_bias, kernel_initializer, bias_initializer and 7 more.\n",
    )


def test_check_as_json(net, capsys):
    assert main(["check", "--json", "bad.py"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert told["diagnostics"][0]["fix"] == "units"
    assert main(["check", "--json", net]) == 0
    assert json.loads(capsys.readouterr().out)["cost"]["parameters"] == 124


def test_notes_go_to_the_standard_error(net, capsys):
    Path("noted.py").write_text(LESSON + "plot(model)\n")
    assert main(["check", "noted.py"]) == 0
    assert capsys.readouterr().err == (
        "noted.py:11:1: This line is passed over: it does not define the network.\n"
    )


def test_a_value_fills_a_hole(net, capsys):
    Path("open.py").write_text("model = Sequential([Dense(classes, input_shape=x.shape[1:])])")
    assert main(["summary", "open.py", "--value", "classes=3", "--value", "x.shape=[null, 4]", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["parameters"] == 15


def test_summary(net, capsys):
    assert main(["summary", net]) == 0
    out = capsys.readouterr().out
    assert "dense (Dense)             (None, 6)             54" in out
    assert "Total parameters: 124" in out


def test_predict_by_hand_made_weights(net, capsys):
    assert main(["predict", net, "--weights", str(WEIGHTS), "--x", LLAMA]) == 0
    assert capsys.readouterr().out == ".016200 .072603 .884488 .026709\n"


def test_predict_rows_of_a_file(net, capsys):
    Path("x.csv").write_text("2,2,0,2,2,0,0,2\n2,2,2,0,0,0,0,0\n")
    assert main(["predict", net, "--weights", str(WEIGHTS), "--x", "x.csv", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [max(range(4), key=row.__getitem__) for row in rows] == [2, 0]


def test_trace(net, capsys):
    assert main(["trace", net, "--weights", str(WEIGHTS), "--x", LLAMA]) == 0
    assert "dense_2 (Dense)\n  z -2.5 -1 1.5 -2\n" in capsys.readouterr().out
    assert main(["trace", net, "--weights", str(WEIGHTS), "--x", LLAMA, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["v"] == 1


def test_kerass_json_is_a_network_too(net, capsys):
    import engine

    Path("net.json").write_text(engine.parse(LESSON).to_json())
    assert main(["check", "net.json"]) == 0
    assert capsys.readouterr().out == "net.json: 3 layers, 124 parameters.\n"


def test_the_standard_input(net, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LESSON.encode())))
    assert main(["check", "-"]) == 0
    assert capsys.readouterr().out == "-: 3 layers, 124 parameters.\n"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["check", "nowhere.py"], "nowhere.py: No such file or directory.\n"),
        (
            ["predict", "net.py", "--x", "1,2"],
            "--x gives 2 numbers for a sample; the network takes samples of shape (8,).\n",
        ),
        (
            ["predict", "net.py", "--x", "one"],
            "--x cannot be read: could not convert string to float: 'one'. "
            "Give numbers such as 2,2,0,2,2,0,0,2.\n",
        ),
        (
            ["check", "net.py", "--value", "x"],
            "--value takes NAME=VALUE, such as num_classes=10; it is 'x'.\n",
        ),
    ],
)
def test_refusals(net, capsys, arguments, wanted):
    assert main(arguments) == 2
    assert capsys.readouterr().err == wanted
