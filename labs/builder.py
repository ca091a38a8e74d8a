"""The builder's form: a text's layers in order, each with its fields; an edit of the form edits the text.

The text is the only truth. Where it lists its layers one by one, an edit touches just their lines; where it
does not, the form says so and offers to write it anew as a plain list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import engine
from engine.language.editing import Listing
from engine.language.listing import Entry
from labs.fields import Field, FieldFault, fields_of, new_kinds, new_layer, read_field, read_shape, shown

STARTERS = {
    "perceptron": ("One neuron", "Two numbers in, one answer out.", """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(1, input_shape=(2,), activation="sigmoid"),
])
"""),
    "animals": ("The lessons' network", "Eight ratings in, four animals out.", """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(6, input_shape=(8,), activation="relu"),
    Dense(6, activation="relu"),
    Dense(4, activation="softmax"),
])
"""),
    "broken": ("Broken on purpose", "Two mistakes to find and mend.", """\
from keras import Sequential
from keras.layers import Conv2D, Dense

model = Sequential([
    Conv2D(4, 3, input_shape=(12, 12, 1), activation="relu"),
    Dense(units=10, activaton="softmax"),
])
"""),
}  # fmt: skip
"""Networks to begin with, by slug: title, one sentence, text."""


class EditFault(ValueError):  # noqa: N818 - nothing broke: it is told to the person as it is
    """An edit that cannot be made, as a sentence for the person who asked for it."""


@dataclass(frozen=True)
class LayerForm:
    """One layer: its place from 0, what it is, the fields that stand open, the others, and what comes out."""

    index: int
    kind: str
    name: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...]
    output: str
    parameters: str
    is_gap: bool
    is_first: bool
    is_last: bool

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def counted(self) -> Field | None:
        """How many units or filters it has, where that can be changed by one."""
        return next((field for field in self.fields if field.name in ("units", "filters")), None)


@dataclass(frozen=True)
class BuilderForm:
    """All layers of a text. Without `layers` the `reason` says why there are none to change here."""

    layers: tuple[LayerForm, ...]
    reason: str = ""
    can_rewrite: bool = False
    shape: str = ""


def builder_page(source: str) -> dict[str, object]:
    """What the builder's fragment is rendered from."""
    return {"builder": builder_form(source), "kinds": new_kinds()}


def builder_form(source: str) -> BuilderForm:
    """What the form shows for a text, whatever it is."""
    listing = Listing.of(source)
    if listing is not None:
        last, shape = len(listing.entries) - 1, listing.shape
        layers = tuple(_layer(index, entry, last) for index, entry in enumerate(listing.entries))
        return BuilderForm(layers, shape="" if shape is None else shown(shape))
    spec = engine.read(source).spec
    if spec is None:
        return BuilderForm((), "The layers appear here as soon as the text can be read.", False)
    if spec.kind != "Sequential":
        told = "This network has branches. It is shown in the figure and changed in the text."
        return BuilderForm((), told, False)
    told = "This text does not list its layers one by one, so a form cannot change them line by line."
    return BuilderForm((), told, True)


def edited(source: str, action: str, fields: Mapping[str, str]) -> str:
    """The text after one edit of the form. Raises EditFault.

    Actions: `set`, with `a.<index>.<argument>` and `shape` among the fields; `add:<index>` or `add:end` of
    the kind in `new`; `remove:<index>`; `up:<index>` and `down:<index>`; `more:<index>.<argument>` and
    `less:…` for one more or less; `rewrite`.
    """
    if action == "rewrite":
        return _rewritten(source)
    name, _, place = action.partition(":")
    listing = Listing.of(source)
    if listing is None:
        raise EditFault("The text has changed meanwhile and lists no layers any more. Nothing was changed.")
    if name == "set":
        return _set(listing, fields)
    if name in ("more", "less"):
        return _stepped(listing, place, 1 if name == "more" else -1)
    if name == "add":
        return _added(listing, place, fields.get("new", ""))
    index = _index(listing, place)
    if name == "remove":
        if len(listing.entries) == 1:
            raise EditFault("A network has at least one layer. Add another before you remove this one.")
        return listing.without_layer(index)
    to = {"up": index - 1, "down": index + 1}.get(name)
    if to is None or not 0 <= to < len(listing.entries):
        raise EditFault("There is no place to move this layer to.")
    return listing.with_layer_moved(index, to)


def edited_form(fields: Mapping[str, str], source: str, *, is_fresh: bool) -> str:
    """The text after a form was sent without a script: what its fields say, then what was pressed.

    `is_fresh` says that the fields were made for this very text; those beside an older one are passed over.
    Raises EditFault.
    """
    action = fields.get("edit", "")
    if is_fresh and Listing.of(source) is not None:
        source = edited(source, "set", fields)
    return edited(source, action, fields) if action and action != "set" else source


def _layer(index: int, entry: Entry, last: int) -> LayerForm:
    row = entry.row
    fields = fields_of(row.kind, row.config) if row.config is not None and row.kind != "InputLayer" else []
    shape = (
        ""
        if row.output_shape is None
        else ", ".join("?" if n is None else str(n) for n in row.output_shape[1:])
    )
    return LayerForm(
        index,
        row.kind,
        row.name,
        tuple(field for field in fields if field.is_main),
        tuple(field for field in fields if not field.is_main),
        f"({shape})" if shape else "",
        "" if row.parameters is None else f"{row.parameters:,}",
        row.gap,
        index == 0,
        index == last,
    )


def _rewritten(source: str) -> str:
    spec = engine.read(source).spec
    if spec is None or spec.kind != "Sequential":
        raise EditFault("Only a network that reads as a plain sequence of layers can be written as a list.")
    return engine.write(spec)


def _set(listing: Listing, fields: Mapping[str, str]) -> str:
    """Every field that says something else than the text, one after the other."""
    try:
        return _filled(listing, fields)
    except FieldFault as fault:
        raise EditFault(str(fault)) from fault


def _filled(listing: Listing, fields: Mapping[str, str]) -> str:
    text = listing.text
    now = "" if listing.shape is None else shown(listing.shape)
    if fields.get("shape", now).strip() != now:
        text = listing.with_input_shape(read_shape(fields["shape"]))
        listing = Listing.of(text) or listing
    for index, name, typed in _typed(fields):
        entries = listing.entries
        if index >= len(entries):
            continue
        row = entries[index].row
        if row.config is None:
            continue
        field = next((one for one in fields_of(row.kind, row.config) if one.name == name), None)
        if field is None or field.control == "fixed" or field.text == typed.strip():
            continue
        text = listing.with_argument(index, name, read_field(row.kind, name, typed))
        listing = Listing.of(text) or listing
    return text


def _typed(fields: Mapping[str, str]) -> Iterable[tuple[int, str, str]]:
    for field, value in fields.items():
        head, _, rest = field.partition(".")
        index, _, name = rest.partition(".")
        if head == "a" and index.isascii() and index.isdigit() and len(index) < 4:
            yield int(index), name, value


def _stepped(listing: Listing, place: str, step: int) -> str:
    index, _, name = place.partition(".")
    row = listing.entries[_index(listing, index)].row
    value = row.config.get(name) if row.config is not None else None
    if not isinstance(value, int) or isinstance(value, bool):
        raise EditFault("Only a whole number goes up and down by one.")
    return _set(listing, {f"a.{index}.{name}": str(value + step)})


def _added(listing: Listing, place: str, kind: str) -> str:
    config = new_layer(kind)
    if config is None:
        raise EditFault("Choose the kind of layer to add.")
    at_end = place in ("", "end")
    return listing.with_layer(len(listing.entries) if at_end else _index(listing, place), kind, config)


def _index(listing: Listing, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(listing.entries)):
        raise EditFault("There is no such layer any more. Nothing was changed.")
    return int(text)
