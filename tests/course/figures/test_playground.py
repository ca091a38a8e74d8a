"""The small network that learns in a text: the playground's engine, drawn."""

import pytest

from course.figures import FigureError
from course.figures.playground import MOST_EPOCHS, SIDE, learn, read, sentence, show
from engine.playground import Moment, Settings, start

BLOCK = 'title = "T"\ndata = "gauss"\nhidden = [3]\nrate = 0.1\nepochs = 2\n'


def test_the_settings_of_a_block() -> None:
    settings = read(BLOCK, None)
    assert (settings.data, settings.hidden, settings.rate, settings.epochs) == ("gauss", (3,), 0.1, 2)
    assert read("", None).hidden == (4, 2)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('data = "moon"', "data"),
        ("hidden = [4, 2.5]", "hidden is a list of whole numbers from 1 to 8."),
        ("hidden = [1, 2, 3, 4]", "hidden"),
        ("hidden = [0]", "hidden is a list of whole numbers from 1 to 8."),
        ("rate = 7", "rate"),
        ("epochs = 41", "epochs"),
        ("colour = 1", "colour"),
    ],
)
def test_what_is_wrong_in_a_block_is_told(line: str, told: str) -> None:
    with pytest.raises(FigureError) as fault:
        read(line, None)
    assert told in str(fault.value)


def test_every_number_is_that_of_the_playground_s_own_run() -> None:
    view = show(read(BLOCK, None), {"n": "5"}, "playground-1")
    run = start(Settings(dataset="gauss", hidden=(3,), learning_rate=0.1))
    run.train(run.steps_until(5))
    assert [row[0] for row in view.rows] == ["0", "1", "2", "3", "4", "5"]
    assert view.rows[-1][2] == f"{run.moments[-1].test:.3f}"
    missed = sum(dot.is_missed for dot in view.dots)
    held = slice(run.points.train, run.points.train + len(view.dots))
    said = run.outputs(run.points.at[held])[-1][:, 0]
    assert missed == int(((said >= 0) != (run.points.labels[held] >= 0)).sum())
    assert view.sentence.startswith("After 5 epochs, 100% of the points it has not seen")


def test_the_two_areas_cover_the_plane() -> None:
    learned = learn(Settings(), 0)
    cells = sum(
        float(strip.partition("h")[2].partition("v")[0])
        for _, d in learned.areas
        for strip in d.split("M")[1:]
    )
    assert cells * (SIDE / 30) == pytest.approx(SIDE * SIDE)


def test_the_reader_chooses_and_strange_wishes_are_told() -> None:
    settings = read(BLOCK, None)
    view = show(settings, {"data": "xor", "rate": "0.5", "go": "40"}, "p")
    assert view.query == "dataset=xor&networkShape=3&activation=tanh&learningRate=0.5"
    assert (view.one_more, view.ten_more) == (MOST_EPOCHS, MOST_EPOCHS)
    strange = show(settings, {"data": "moon", "rate": "abc", "n": "1000"}, "p")
    assert len(strange.notices) == 3


def test_a_loss_that_grows_is_told() -> None:
    first, now = Moment(0, 0.5, 0.5, 0.5), Moment(3, 9.0, 9.0, 0.5)
    assert sentence(now, first, 3) == "After 3 epochs the loss has grown: the learning rate is too large."
    assert "not seen" in sentence(first, first, 0)
