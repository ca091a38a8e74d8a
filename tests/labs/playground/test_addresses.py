"""Settings in addresses: the original's, ours, and hostile ones."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from engine.playground import Settings
from labs.playground.addresses import address, edited, hidden, read, write

ORIGINAL = (
    "activation=relu&regularization=L2&batchSize=20&dataset=xor&regDataset=reg-plane&learningRate=0.1"
    "&regularizationRate=0.01&noise=15&networkShape=5,3&seed=0.60812&showTestData=false&discretize=true"
    "&percTrainData=70&x=true&y=false&xTimesY=true&xSquared=false&ySquared=false&cosX=false&sinX=true&cosY=false"
    "&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false"
)


OWN_POINTS = "AAAAAAAB.BAAABBAA"


def fields(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def test_an_address_of_the_original_opens() -> None:
    settings, faults = read(fields(ORIGINAL))

    assert faults == ()
    assert settings == Settings(
        dataset="xor",
        noise=15,
        share=70,
        seed="0.60812",
        features=("x", "xTimesY", "sinX"),
        hidden=(5, 3),
        activation="relu",
        learning_rate=0.1,
        batch_size=20,
        regularization="L2",
        regularization_rate=0.01,
    )


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("problem=regression&dataset=xor&regDataset=reg-gauss", "reg-gauss"),
        ("problem=regression&dataset=xor", "reg-plane"),
        ("problem=classification&dataset=xor&regDataset=reg-gauss", "xor"),
        ("dataset=reg-gauss", "reg-gauss"),
    ],
)
def test_the_problem_decides_which_data_set_is_meant(query: str, dataset: str) -> None:
    assert read(fields(query))[0].dataset == dataset


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(hidden=(), features=("sinY",), seed="a b&c=1", dataset="reg-gauss", noise=50),
        Settings(
            hidden=(8,) * 6,
            starts_at_zero=True,
            stop_epoch=9,
            stop_loss=0.01,
            optimizer="adam",
            loss="logistic",
        ),
        Settings(dataset="own", own=OWN_POINTS, names=("a, b", "c&d", "1", "<b>"), stop_right=90),
        Settings(dataset="circle", own=OWN_POINTS),
    ],
)
def test_what_is_written_reads_the_same(settings: Settings) -> None:
    assert read(fields(write(settings))) == (settings, ())


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("noise", "51", "noise must be a whole number from 0 to 50; it is '51'."),
        ("noise", "nan", "noise must be a whole number from 0 to 50; it is 'nan'."),
        ("percTrainData", "100", "percTrainData must be a whole number from 10 to 90; it is '100'."),
        ("learningRate", "inf", "learningRate must be a number from 1e-06 to 10; it is 'inf'."),
        ("batchSize", "0", "batchSize must be a whole number from 1 to 100; it is '0'."),
        ("batchSize", "1.5", "batchSize must be a whole number from 1 to 100; it is '1.5'."),
        ("networkShape", "9", "networkShape must be at most 6 numbers from 1 to 8, such as 4,2; it is '9'."),
        (
            "networkShape",
            "1,1,1,1,1,1,1",
            "networkShape must be at most 6 numbers from 1 to 8, such as 4,2; it is '1,1,1,1,1,1,1'.",
        ),
        ("activation", "step", "activation must be one of tanh, relu, sigmoid, linear; it is 'step'."),
        ("seed", "x" * 33, f"seed must be a text of at most 32 characters; it is '{'x' * 33}'."),
        ("seed", "a\x00", "seed must be a text of at most 32 characters; it is 'a\\x00'."),
        ("stopEpoch", "-1", "stopEpoch must be a whole number from 0 to 100000; it is '-1'."),
        ("stopRight", "101", "stopRight must be a whole number from 0 to 100; it is '101'."),
        ("own", "AAAA.AAAA", "own must be points of two classes, at least 2 of each; it is 'AAAA.AAAA'."),
        (
            "own",
            "x" * 5000,
            "own must be at most 300 points of four characters, a dot between the classes; "
            f"it is '{'x' * 40}'.",
        ),
        (
            "ownNames",
            "a|b",
            "ownNames must be four names of at most 40 characters, with | between them; it is 'a|b'.",
        ),
        ("dataset", "own", "This address has no points of your own; it shows the circle."),
    ],
)
def test_what_does_not_fit_is_left_out_and_told(name: str, value: str, fault: str) -> None:
    assert read({name: value}) == (Settings(), (fault,))


def test_an_address_of_the_original_leaves_out_parts_of_the_page() -> None:
    query = "noise_hide=true&playButton_hide=true&seed_hide=false&hideText=true&other_hide=true"
    hide = hidden(fields(query))

    assert hide == ("hideText", "noise_hide", "playButton_hide")
    assert hidden(fields(address(Settings(), "", hide))) == hide


def test_a_network_needs_an_input() -> None:
    told = "A network needs at least one input; it sees x and y."
    assert read({"x": "false", "y": "false"}) == (Settings(), (told,))


def test_the_logistic_loss_is_for_classes() -> None:
    settings, faults = read({"loss": "logistic", "dataset": "reg-plane"})

    assert settings.loss == "squared"
    assert faults == ("The logistic loss needs two classes; the squared error is used.",)


@pytest.mark.parametrize(
    ("hidden", "edit", "after"),
    [
        ((4, 2), "layer+", (4, 2, 2)),
        ((4, 2), "layer-", (4,)),
        ((4, 2), "1+", (5, 2)),
        ((4, 2), "2-", (4, 1)),
        ((8,), "1+", (8,)),
        ((1,), "1-", (1,)),
        ((2,) * 6, "layer+", (2,) * 6),
        ((), "layer-", ()),
        ((4,), "2+", (4,)),
        ((4,), "0+", (4,)),
        ((4,), "", (4,)),
        ((4,), "\N{SUPERSCRIPT TWO}+", (4,)),
        ((4,), "1*", (4,)),
    ],
)
def test_layers_grow_and_shrink_within_bounds(
    hidden: tuple[int, ...], edit: str, after: tuple[int, ...]
) -> None:
    assert edited(replace(Settings(), hidden=hidden), edit).hidden == after
