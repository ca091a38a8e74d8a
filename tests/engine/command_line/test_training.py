"""`train`: what it prints, what it writes, what it refuses."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import engine
from engine.__main__ import main
from engine.command_line.curves import svg
from engine.command_line.progress import Progress

XOR = "model = Sequential([Dense(8, activation='tanh', input_dim=2), Dense(1, activation='sigmoid')])\n"
LINE = """\
model = Sequential([Dense(1, input_dim=2)])
model.compile(optimizer='sgd', loss='mse')
model.fit(x, y, epochs=4, batch_size=2)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("xor.py").write_text(XOR)
    Path("line.py").write_text(LINE)
    Path("x.csv").write_text("1,0\n0,1\n1,1\n2,1\n")
    Path("y.csv").write_text("1\n2\n3\n4\n")
    return tmp_path


def test_a_network_learns_a_data_set_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["train", "xor.py", "--dataset", "xor", "--epochs", "40", "--out", "w.npz", "--svg", "c.svg"])
        == 0
    )
    out, err = capsys.readouterr()
    first, *written = out.splitlines()
    assert first.startswith("xor.py: 40 epochs of xor: ")
    assert float(first.split("val_accuracy ")[1].split(",")[0]) > 0.95
    assert written == ["w.npz is written.", "c.svg is written."]
    assert [line[:11] for line in err.splitlines()] == [f"epoch {n:2}/40" for n in range(4, 44, 4)]


def test_the_weights_are_those_of_the_trained_network(capsys: pytest.CaptureFixture[str]) -> None:
    main(["train", "xor.py", "--dataset", "xor", "--epochs", "40", "--out", "w.npz"])
    weights = engine.read_weights(Path("w.npz").read_bytes())
    assert [array.shape for array in weights] == [(2, 8), (8,), (8, 1), (1,)]
    capsys.readouterr()
    assert main(["predict", "xor.py", "--weights", "w.npz", "--x", "0.9,-0.9", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0][0] > 0.5
    assert main(["train", "xor.py", "--weights", "w.npz", "--dataset", "xor", "--epochs", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["history"]["loss"][0] < 0.5


def test_the_same_seed_trains_the_same_network(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for _ in range(2):
        main(["train", "xor.py", "--dataset", "xor", "--epochs", "3", "--seed", "5", "--json"])
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
    assert told[0]["dataset"] == "xor"
    assert len(told[0]["history"]["val_loss"]) == 3


def test_a_network_learns_from_files_as_its_text_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "line.py", "--x", "x.csv", "--y", "y.csv", "--json"]) == 0
    history = json.loads(capsys.readouterr().out)["history"]
    assert list(history) == ["loss"]
    assert len(history["loss"]) == 4
    assert history["loss"][-1] < history["loss"][0]


def test_class_numbers_from_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    text = "model = Sequential([Dense(3, activation='softmax', input_dim=2)])\n"
    Path("classes.py").write_text(
        text + "model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])\n"
    )
    Path("y.csv").write_text("0\n1\n2\n1\n")
    assert main(["train", "classes.py", "--x", "x.csv", "--y", "y.csv", "--epochs", "2", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["history"]) == {"accuracy", "loss"}


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--dataset", "xr"], "There is no data set named 'xr'; did you mean xor?\n"),
        (["--dataset", "xor", "--x", "x.csv"], "Give --dataset, or --x and --y, not both.\n"),
        (
            ["--x", "x.csv", "--y", "y.csv"],
            "The text does not say how to train. Write model.compile(optimizer='adam', loss='mse'), "
            "or choose a --dataset, which knows.\n",
        ),
        (
            ["--dataset", "digits"],
            "Samples of digits have the shape (12, 12, 1); the network takes (2,). "
            "Begin with Flatten(input_shape=(12, 12, 1)).\n",
        ),
        (["--dataset", "xor", "--out", "w.h5"], "--out takes a name that ends in .npz; it is 'w.h5'.\n"),
    ],
)
def test_refusals(capsys: pytest.CaptureFixture[str], arguments: list[str], wanted: str) -> None:
    assert main(["train", "xor.py", *arguments]) == 2
    assert capsys.readouterr().err == wanted


def test_refuses_samples_without_answers(capsys: pytest.CaptureFixture[str]) -> None:
    Path("y.csv").write_text("1\n2\n")
    assert main(["train", "line.py", "--x", "x.csv", "--y", "y.csv"]) == 2
    assert capsys.readouterr().err == "--x has 4 samples and --y has 2; each sample needs its answer.\n"
    assert main(["train", "line.py"]) == 2
    assert capsys.readouterr().err.startswith("Nothing to learn from: give --dataset, one of ")


def test_a_run_that_diverges_says_when_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    Path("line.py").write_text(
        LINE.replace("'sgd'", "SGD(learning_rate=1e6)").replace("epochs=4", "epochs=90")
    )
    assert main(["train", "line.py", "--x", "x.csv", "--y", "y.csv"]) == 2
    assert "Training diverged in epoch " in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_anew_on_a_terminal() -> None:
    stream = Terminal()
    progress = Progress(2, stream)
    progress.epoch(1, {"loss": 0.5, "accuracy": 0.25})
    progress.epoch(2, {"loss": 0.25, "accuracy": 0.5})
    assert stream.getvalue() == (
        "\repoch 1/2 [############............] loss 0.5000  accuracy 0.2500"
        "\repoch 2/2 [########################] loss 0.2500  accuracy 0.5000\n"
    )


def test_a_bar_that_stops_early_leaves_its_line() -> None:
    stream = Terminal()
    progress = Progress(9, stream)
    progress.epoch(1, {"loss": 0.5})
    progress.end()
    assert stream.getvalue().endswith("loss 0.5000\n")


def test_curves_are_drawn_from_their_highest_to_their_lowest() -> None:
    history = {"loss": [4.0, 2.0, 1.0], "val_loss": [3.0, 3.0, 2.0], "<b>": [1.0, 1.0, 1.0]}
    root = ElementTree.fromstring(svg(history, 'a "title" & more'))
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("viewBox") == "0 0 480 400"
    assert root.findtext(f"{name}title") == 'a "title" & more'
    assert root.findtext(f"{name}desc") == "loss from 4 to 1; val_loss from 3 to 2; <b> from 1 to 1"
    lines = root.findall(f".//{name}polyline")
    assert [line.get("points") for line in lines] == [
        "64.0,36.0 212.0,121.3 360.0,164.0",
        "64.0,78.7 212.0,78.7 360.0,121.3",
        "64.0,100.0 212.0,100.0 360.0,100.0",
    ]
    assert [line.get("stroke-dasharray") for line in lines] == [None, "5 3", None]
    assert "style=" not in ElementTree.tostring(root, encoding="unicode")


def test_arrays_are_written_as_they_are() -> None:
    main(["train", "line.py", "--x", "x.csv", "--y", "y.csv", "--out", "w.npz"])
    with np.load("w.npz", allow_pickle=False) as archive:
        assert [archive[name].dtype for name in archive.files] == [np.float32, np.float32]
