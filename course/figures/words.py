"""What the figure says: its headline, one sentence per step, the sum in words, the name of every unit.

Written for the eye and for the screen reader alike; frontend/network/words.js says the same, held by a test.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from course.figures.numbers import NIL, fixed, percent, short
from course.figures.scene import View
from course.figures.state import Focus, unit_id
from course.figures.sums import terms_of
from course.figures.waterfall import Term


@dataclass(frozen=True)
class Phrase:
    """A piece of a sentence. Strong pieces carry the number; `symbol` is set in the mathematical face."""

    text: str
    symbol: str = ""
    before: str = ""
    is_strong: bool = False

    def plain(self) -> str:
        return self.before + self.symbol + self.text


def plain(phrases: Sequence[Phrase]) -> str:
    """The sentence as one string."""
    return "".join(phrase.plain() for phrase in phrases)


def article(noun: str) -> str:
    """The noun with its article: a llama, an owl."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def capital(text: str) -> str:
    """The text as a sentence begins with it."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def input_name(view: View) -> str:
    """What goes in: a llama, or your animal."""
    preset = view.document.preset_of(view.seen.x)
    return article(preset) if preset else f"your {view.document.subject}"


def unit_name(view: View, focus: Focus) -> str:
    """The name a reader knows the unit by: legs, h1.3, llama."""
    if focus.layer == 0:
        return view.document.features[focus.unit]
    if focus.layer == len(view.seen.columns):
        return view.document.classes[focus.unit]
    return unit_id(view.document, focus)


def headline(view: View) -> str:
    """The figure's title for its state."""
    seen_input = input_name(view)
    if view.focus is None:
        name = capital(seen_input)
        return (
            f"{name}, {'all the way through' if view.known.step == len(view.known.stops) else 'step by step'}"
        )
    if view.focus.layer == 0:
        return f"Where {unit_name(view, view.focus)} of {seen_input} goes"
    kind = "Output" if view.focus.layer == len(view.seen.columns) else "Neuron"
    return f"{kind} {unit_name(view, view.focus)} looks at {seen_input}"


def group_label(view: View) -> str:
    """What the figure is, for a screen reader: the network, the step, the stop."""
    sizes = "-".join(str(size) for size in view.document.sizes)
    step = f"step {view.known.step} of {len(view.known.stops)}"
    return f"Network {sizes}, {step}: {view.known.stop.name}{_within(view)}"


def step_sentence(view: View) -> str:
    """One sentence about the step the figure stands at."""
    stop = view.known.stop
    if stop.kind == "x":
        live = sum(abs(value) > NIL for value in view.seen.x)
        return f"The input is {input_name(view)}: {live} of {len(view.seen.x)} numbers are not 0."
    if view.known.within:
        return _unit_sentence(view)
    column, where = view.seen.columns[stop.layer - 1], capital(view.document.layers[stop.layer])
    if stop.kind == "z":
        return _sums_sentence(view, where, column.z)
    if stop.kind == "a":
        on = sum(abs(value) > NIL for value in column.a)
        name, value = _largest(view, stop.layer, column.a)
        strongest = f"; the largest output is {name} = {short(value)}" if on else ""
        return f"{where} after {column.activation}: {on} of {len(column.a)} units are on{strongest}."
    name, value = _largest(view, stop.layer, column.a)
    if stop.kind == "p":
        begin = f"{capital(column.activation)} turns the sums into shares"
        return f"{begin}; the largest is {name}, {percent(value)}."
    return f"The network answers {name}, with {percent(value)}."


def position_note(view: View) -> str:
    """Where inside the step the figure stands; empty at its end."""
    return _within(view).removeprefix(", ")


def _within(view: View) -> str:
    if not view.known.within:
        return ""
    units = view.document.sizes[view.known.stop.layer]
    return f", unit {view.known.within[0]} of {units}"


def _unit_sentence(view: View) -> str:
    """One sentence about a step that is under way: its last unit."""
    stop = view.known.stop
    focus = Focus(stop.layer, view.known.within[0] - 1)
    where = f"{capital(view.document.layers[stop.layer])}{_within(view)}"
    if len(view.known.within) > 1:
        return f"{where}: {plain(sum_sentence(view, focus))}"
    column, name = view.seen.columns[stop.layer - 1], unit_name(view, focus)
    if stop.kind == "p":
        return f"{where}: {name}, {percent(column.a[focus.unit])}."
    return f"{where}: {name} = {short((column.z if stop.kind == 'z' else column.a)[focus.unit])}."


def _sums_sentence(view: View, where: str, z: Sequence[float]) -> str:
    positive = sum(value > NIL for value in z)
    name, value = _largest(view, view.known.stop.layer, z)
    counted = f"{positive} of {len(z)} are positive"
    return f"{where}, weighted sums: {counted}; the largest is {name} = {short(value)}."


def _largest(view: View, layer: int, values: Sequence[float]) -> tuple[str, float]:
    unit = max(range(len(values)), key=values.__getitem__)
    return unit_name(view, Focus(layer, unit)), values[unit]


def unit_label(view: View, focus: Focus) -> str:
    """A unit for a screen reader: name, place, value as far as it is computed, and how it differs."""
    change = view.change(focus.layer, focus.unit)
    return _unit_label(view, focus) + (f", {change} from run A" if change else "")


def _unit_label(view: View, focus: Focus) -> str:
    where, units = view.document.layers[focus.layer], view.document.sizes[focus.layer]
    if focus.layer == 0:
        value = short(view.seen.x[focus.unit])
        return f"{unit_name(view, focus)}, input {focus.unit + 1} of {units}, value {value}"
    name = f"{unit_name(view, focus)}, {where} unit {focus.unit + 1} of {units}"
    if not view.known.z(focus.layer, focus.unit):
        return f"{name}, not computed yet"
    column = view.seen.columns[focus.layer - 1]
    z, a = column.z[focus.unit], column.a[focus.unit]
    if not view.known.a(focus.layer, focus.unit) or column.activation == "linear":
        return f"{name}, z {short(z)}"
    if focus.layer == len(view.seen.columns) and view.seen.has_shares():
        return f"{name}, z {short(z)}, {percent(a)}"
    return f"{name}, z {short(z)}, output {short(a)}, {'on' if abs(a) > NIL else 'off'}"


def term_label(name: str, unit: str, weight: float, value: float | None, product: float | None) -> str:
    """One line into a unit: from, to, weight, input, contribution."""
    text = f"{name} to {unit}: weight {short(weight)}"
    if value is not None:
        text += f", input {short(value)}"
    return f"{text}, contributes {fixed(product, 2)}" if product is not None else text


def sum_sentence(view: View, focus: Focus) -> list[Phrase]:
    """The pinned unit's sum in words, as far as it is computed."""
    if focus.layer == 0:
        return _input_sentence(view, focus)
    terms = terms_of(view, focus)
    weights = sum(term.weight != 0 for term in terms)
    if not view.known.a(focus.layer - 1):
        return [Phrase(f"Not computed yet: its {_count(weights, 'weight')} wait for what comes before.")]
    live = sum(term.weight != 0 and term.input != 0 for term in terms)
    if added := view.known.products(focus.layer, focus.unit):
        return _adding(terms[:added], live)
    if not view.known.z(focus.layer, focus.unit):
        return [
            Phrase(f"{_count(live, 'product')} will arrive. Multiply, add the bias, then step on to compare.")
        ]
    column = view.seen.columns[focus.layer - 1]
    verb = "arrives" if live == 1 else "arrive"
    bias = "" if column.bias[focus.unit] == 0 else " with the bias"
    z = Phrase(f" = {fixed(column.z[focus.unit], 2)}", "z", is_strong=True)
    start = Phrase(f"{_count(live, 'product')} {verb} and {'adds' if live == 1 else 'add'} up{bias} to ")
    return [start, z, Phrase(". "), *_activated(view, focus)]


def _adding(terms: Sequence[Term], live: int) -> list[Phrase]:
    """A sum while it is being made."""
    added = sum(term.weight != 0 and term.input != 0 for term in terms)
    total = fixed(sum(term.product or 0.0 for term in terms), 2)
    return [
        Phrase(f"{added} of {_count(live, 'product')} added; so far that is "),
        Phrase(total, is_strong=True),
        Phrase("."),
    ]


def _activated(view: View, focus: Focus) -> list[Phrase]:
    """The second half of the sentence: what the activation makes of z."""
    column = view.seen.columns[focus.layer - 1]
    z, a, name = column.z[focus.unit], column.a[focus.unit], column.activation
    if name == "linear":
        return [Phrase("It goes on unchanged.")]
    if not view.known.a(focus.layer, focus.unit):
        return [Phrase(f"What {name} makes of it is the next step.")]
    if name == "softmax":
        others = len(column.z) - 1
        return [
            Phrase(f"Compared with the other {_count(others, 'sum')}, that is "),
            Phrase(percent(a), is_strong=True),
            Phrase("."),
        ]
    result = Phrase(f") = {fixed(a, 2)}", "z", before=f"{name}(", is_strong=True)
    if name == "relu":
        kind = "positive" if z > NIL else "negative" if z < -NIL else "0"
        return [Phrase(f"It is {kind}, so "), result, Phrase(".")]
    return [Phrase("Then "), result, Phrase(".")]


def _input_sentence(view: View, focus: Focus) -> list[Phrase]:
    row = view.seen.columns[0].kernel[focus.unit]
    value = view.seen.x[focus.unit]
    meets = _count(sum(weight != 0 for weight in row), "weight")
    end = " An input of 0 silences them all." if value == 0 else ""
    return [
        Phrase(f"The input {unit_name(view, focus)} is "),
        Phrase(short(value), is_strong=True),
        Phrase(f": given, not computed. It meets {meets} that are not 0.{end}"),
    ]


def zeros_sentence(zeros: Sequence[str]) -> str:
    """Which inputs add nothing to the sum; empty when all add something."""
    if not zeros:
        return ""
    return f"Nothing comes from {listed(zeros)}: the input or the weight is 0."


def edited_sentence(edits: int) -> str:
    """How much of the network the reader changed; empty when nothing."""
    return f"{edits} {'number' if edits == 1 else 'numbers'} of the network edited." if edits else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
