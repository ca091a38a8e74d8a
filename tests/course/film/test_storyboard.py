"""Storyboards: what a scene says, what it takes over from the one before, and every fault with its line."""

from dataclasses import replace

import pytest

from course.figures.state import Edit, Focus
from course.film import Film, FilmError, read_film
from tests.course.figures.networks import ANIMALS, LLAMA

HEAD = 'title = "A film"\n'


def scene(*lines: str, seconds: int = 6) -> str:
    return "\n".join(("[[scene]]", 'title = "One"', f"seconds = {seconds}", 'caption = "Words."', *lines, ""))


def film(*scenes: str) -> Film:
    return read_film(HEAD + "".join(scenes), ANIMALS)


def faults(text: str) -> list[str]:
    with pytest.raises(FilmError) as found:
        read_film(text, ANIMALS)
    return [str(problem) for problem in found.value.problems]


def test_a_scene_sets_the_figure_in_the_words_of_its_address() -> None:
    [only] = film(scene('preset = "llama"', 'focus = "h1.3"', 't = "2.3.4"', 'by = "operation"')).scenes
    [state] = only.states
    assert (state.x, state.focus, state.step, state.within) == (LLAMA, Focus(1, 2), 2, (3, 4))
    assert state.grain == "operation"


def test_without_a_word_the_whole_network_is_shown_all_the_way_through() -> None:
    [state] = film(scene()).scenes[0].states
    assert (state.x, state.focus, state.step) == (ANIMALS.first_x, None, 8)


def test_what_a_scene_does_not_say_stays_as_it_was() -> None:
    first, second, third = film(
        scene('preset = "llama"', 'focus = "h1.3"', "t = 3"), scene("t = 4"), scene('focus = "none"')
    ).scenes
    assert second.states[0] == replace(first.states[0], step=4)
    assert third.states[0] == replace(second.states[0], focus=None)


def test_an_empty_text_takes_a_setting_back() -> None:
    edited, mended = film(scene('w = "h1.3.4:0.5"', 'vs = "dog"'), scene('w = ""', 'vs = ""')).scenes
    assert edited.states[0].edits == (Edit(1, 2, 3, 0.5),)
    assert edited.states[0].pinned is not None
    assert (mended.states[0].edits, mended.states[0].pinned) == ((), None)


def test_typed_inputs_and_presets_take_turns() -> None:
    zeros = 'x = "0,0,0,0,0,0,0,0"'
    scenes = film(scene('preset = "llama"'), scene(zeros), scene('preset = "llama"')).scenes
    assert [one.states[0].x for one in scenes] == [LLAMA, (0.0,) * 8, LLAMA]


def test_a_list_is_shown_one_value_after_another() -> None:
    [only] = film(scene('preset = ["cat", "llama"]', "t = [1, 8]", 'focus = "h1.3"')).scenes
    assert [(ANIMALS.preset_of(state.x), state.step) for state in only.states] == [("cat", 1), ("llama", 8)]
    assert {state.focus for state in only.states} == {Focus(1, 2)}


def test_numbers_in_a_caption_come_from_the_engine() -> None:
    text = HEAD + scene().replace("Words.", "z is {{ llama.h1.4.z }}, {{ llama.llama.p }}.")
    assert read_film(text, ANIMALS).scenes[0].caption == "z is −7, 88.4%."


def test_what_the_figure_shows_is_told_and_nothing_twice() -> None:
    [only] = film(scene('preset = "dog"', 'focus = "h1.2"', 't = ["2.2.2", "2.2.3", "2", "3"]')).scenes
    assert only.told == (
        "Neuron h1.2 looks at a dog. 1 of 3 products added; so far that is 1.00. "
        "2 of 3 products added; so far that is 2.50. 3 products arrive and add up to z = 4.50. "
        "What relu makes of it is the next step. It is positive, so relu(z) = 4.50."
    )


def test_an_edited_weight_is_told() -> None:
    [only] = film(scene('preset = "llama"', 'w = "h1.3.4:0"')).scenes
    assert only.told.startswith("A llama, all the way through. 1 number of the network edited. ")


def test_its_length_is_that_of_its_scenes() -> None:
    assert film(scene(seconds=6), scene(seconds=9)).seconds == 15


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title 'x'\n", 'Line 1: This is not TOML: Unexpected character: "\'".'),
        ('title = "None"\n', "Line 1: A film has 1 to 40 scenes, each under [[scene]]."),
        (scene(), "Line 1: `title` is missing. Add a text in quotes."),
        (
            HEAD + 'titel = "x"\n' + scene(),
            "Line 2: There is no value named `titel`. Did you mean `title`?",
        ),
        (
            HEAD + scene("focsu = 'h1.3'"),
            "Line 6: In scene 1: There is no value named `focsu`. Did you mean `focus`?",
        ),
        (
            HEAD + scene(seconds=1),
            "Line 4: In scene 1: `seconds` must be a whole number from 2 to 60.",
        ),
        (
            HEAD + scene("t = 2.3"),
            "Line 6: In scene 1: `t` must be a text in quotes, a whole number, or a list of these.",
        ),
        (
            HEAD + scene("t = []"),
            "Line 6: In scene 1: `t` is an empty list. Write what the figure shows, or leave it out.",
        ),
        (
            HEAD + scene("t = [1, 2, 3]", 'preset = ["cat", "dog"]'),
            "Line 7: In scene 1: `preset` lists 2 values beside a list of 3. Make them equal.",
        ),
        (
            HEAD + scene("t = [1, 2, 3, 4, 5]", seconds=2),
            "Line 4: In scene 1: `seconds` is 2: too short to follow 5 states of the figure.",
        ),
        (
            HEAD + scene('preset = "owl"'),
            "Line 2: In scene 1: The figure cannot show this. There is no animal called 'owl' here; choose "
            "one of cat, dog, llama, lizard.",
        ),
        (
            HEAD + scene().replace("Words.", "{{ llama.h9.1.z }}"),
            "Line 5: In scene 1: `caption`: There is no neuron 'h9.1' in the network; they are named like "
            "h1.3 or out.2.",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_every_faulty_scene_is_told_at_once() -> None:
    found = faults(HEAD + scene("t = 99") + scene() + scene('focus = "h9.9"'))
    assert [one.partition(":")[0] for one in found] == ["Line 2", "Line 11"]
