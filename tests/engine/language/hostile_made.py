"""Hostile texts by the thousand: every text is made from a seed, by one of a few generators."""

import random
from collections.abc import Callable

from tests.engine.language import hostile, hostile_networks
from tests.engine.language.public import texts

CORPUS = [*hostile.CORPUS, *hostile_networks.CORPUS]
PUBLIC = [public.text for public in texts()]

PIECES = [
    *("model", " = ", "Sequential", "(", ")", "[", "]", "{", "}", "Dense", "Flatten", "Input", "Model", ","),
    *(
        "Dropout",
        ":",
        "\n",
        "\n    ",
        "    ",
        "for x in ",
        "range",
        "if ",
        "else",
        "def f",
        "return ",
        "lambda ",
    ),
    *(
        "1",
        "0",
        "-",
        "*",
        "**",
        "//",
        "2.5",
        "1e9",
        "'relu'",
        "f'{",
        "}'",
        "'",
        '"',
        "#",
        "\\",
        ".add",
        ".fit",
    ),
    *(
        ".compile",
        "units=",
        "input_shape=",
        "(8,)",
        "None",
        "True",
        "import ",
        "from keras ",
        "import *",
        "x",
    ),
    *("class A", "@", "not ", "+=", "é", "\u202e", "\0", "while ", "try", "except", "with ", "*args", "**k"),
    *("...", "->", ":=", "%", "~", "\t", "\r", "layers"),
]

LESSON = """\
from keras.models import Sequential
from keras.layers import Dense, Activation

layers = [
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=4, activation='softmax')
]
model = Sequential(layers)
model.compile(optimizer='adam', loss='mse', metrics=['accuracy'])
"""

OPENING = (
    "(",
    "[",
    "{",
    "f(",
    "[x for x in ",
    "lambda: ",
    "not ",
    "-",
    "1 if 1 else ",
    "a.b(",
    "f'{",
    "if a:\n ",
)
ODD = "\0\x07\x1b\u00a0\u200b\u2028\u202e\ufeff\U0001f600é٣π"


def heap(source: random.Random) -> str:
    """Words of networks in no order."""
    return "".join(source.choices(PIECES, k=source.randrange(1, 400)))


def nested(source: random.Random) -> str:
    """One or two things inside themselves, at any depth."""
    words = source.choices(OPENING, k=source.randrange(1, 3))
    return "x = " + "".join(source.choices(words, k=source.randrange(1, 3_000)))


def damaged(source: random.Random) -> str:
    """A public text with a few places cut out, doubled, or written over."""
    text = source.choice(PUBLIC)
    for _ in range(source.randrange(1, 6)):
        start = source.randrange(len(text))
        end = min(len(text), start + source.randrange(60))
        text = text[:start] + source.choice(("", text[start:end] * 2, source.choice(PIECES))) + text[end:]
    return text


def shuffled(source: random.Random) -> str:
    """The lines of a public text, or of two, in another order."""
    lines = source.choice(PUBLIC).splitlines() + source.choice(PUBLIC).splitlines()
    return "\n".join(source.sample(lines, source.randrange(1, len(lines))))


def numbered(source: random.Random) -> str:
    """A network whose numbers are anything but sizes."""
    numbers = ("0", "-1", "2**62", "10**30", "1e308", "1e999", "0x7fffffff", "True", "None", "3.5", "1 // 0")
    text = LESSON
    for digit in ("6", "8", "4"):
        text = text.replace(digit, source.choice(numbers), source.randrange(3))
    return text


def looped(source: random.Random) -> str:
    """Loops in loops that grow something."""
    grown = source.choice(("x = x + x", "x += [x]", "x = (x, x)", "x = x * 2", "m.add(Dense(2))", "x = f(x)"))
    start = source.choice(("1", "[1]", "(1,)", "'a'", "{}"))
    head = f"x = {start}\nm = Sequential([Input((2,))])\ndef f(y):\n    return [y, y]\n"
    depth = source.randrange(1, 6)
    loops = "".join(
        "    " * level + f"for i{level} in range({source.randrange(600)}):\n" for level in range(depth)
    )
    return head + loops + "    " * depth + grown + "\nmodel = Sequential([m, Dense(x)])"


def odd(source: random.Random) -> str:
    """Characters that cannot be seen, in the middle of a network."""
    start = source.randrange(len(LESSON))
    return LESSON[:start] + "".join(source.choices(ODD, k=source.randrange(1, 4))) + LESSON[start:]


GENERATORS: tuple[Callable[[random.Random], str], ...] = (
    heap,
    nested,
    damaged,
    shuffled,
    numbered,
    looped,
    odd,
)


def made(source: random.Random) -> str:
    """A text by a generator that the seed chooses."""
    return source.choice(GENERATORS)(source)
