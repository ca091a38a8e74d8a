"""`convert`: text to JSON and back."""

import json
from pathlib import Path

import pytest

import engine
from engine.__main__ import main

TEXT = """\
from keras import Sequential
from keras.layers import Dense, Input

model = Sequential(
    [
        Input(shape=(2,)),
        Dense(3, activation="relu"),
    ]
)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("net.py").write_text("model = Sequential()\nmodel.add(Dense(3, 'relu', input_dim=2))\n")


def test_text_to_json_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "net.py", "--out", "net.json"]) == 0
    assert capsys.readouterr().out == "net.json is written.\n"
    assert json.loads(Path("net.json").read_text())["class_name"] == "Sequential"
    assert engine.Spec.from_json(Path("net.json").read_text()) == engine.parse(TEXT)
    assert main(["convert", "net.json"]) == 0
    assert capsys.readouterr().out == TEXT


def test_a_text_is_tidied(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "net.py", "--to", "text"]) == 0
    assert capsys.readouterr().out == TEXT


def test_a_text_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("net.json").write_text("{}")
    assert main(["convert", "net.json"]) == 2
    assert capsys.readouterr().err == "Class_name must be a short JSON string.\n"
