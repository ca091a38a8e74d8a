"""Reads the spellings of older Kerases as today's, and notes each so that a learner sees the present name."""

from __future__ import annotations

from engine.language import old
from engine.language.machine import Machine
from engine.language.passing import Passing
from engine.language.source import Place
from engine.language.values import Passed
from engine.spec.catalogue import OPTIMIZERS, SCHEDULES
from engine.spec.catalogue.items import ItemKind
from engine.spec.catalogue.kinds import LayerKind
from engine.spec.completion import complete
from engine.spec.structure import Item


def modernize(machine: Machine, kind: LayerKind, spelling: str, passing: Passing) -> None:
    """The arguments of a layer's call as today's Keras names them."""
    if spelling in old.LAYERS:
        _note(
            machine,
            f"{spelling} is an older Keras's name.",
            f"Today it is {kind.name}.",
            passing.callee,
            kind.name,
        )
    if kind.family == "convolution":
        _kernel(machine, kind, spelling, passing)
    known = {argument.name for argument in kind.arguments}
    renamed = {**old.ARGUMENTS.get(kind.family, {}), **old.ARGUMENTS_OF.get(kind.name, {})}
    for was in [name for name in passing.named if name in renamed and name not in known]:
        _rename(machine, kind.name, passing, was, renamed[was])
    for name in [
        name for name in passing.named if name in old.DROPPED.get(kind.family, ()) and name not in known
    ]:
        _drop(machine, kind.name, passing, name)
    if kind.name == "InputLayer":
        _number_as_shape(machine, passing)
    for name, values in old.VALUES.items():
        passed = passing.named.get(name)
        if passed is not None and isinstance(passed.value, str) and passed.value in values:
            passing.named[name] = Passed(values[passed.value], passed.place, passed.name_place)


def _number_as_shape(machine: Machine, passing: Passing) -> None:
    """`Input(shape=8)` or `Input(8)`, which Keras 2 took for `(8,)`."""
    passed = passing.get("shape", 0)
    if passed is None or isinstance(passed.value, bool) or not isinstance(passed.value, int):
        return
    shown = f"({passed.value},)"
    message = f"Input: the number {passed.value} is read as the shape {shown}, as older Kerases did."
    _note(machine, message, f"Today it is written shape={shown}.", passed.place, shown)
    if "shape" not in passing.named:
        passing.positional.pop(0)
    passing.named["shape"] = Passed((passed.value,), passed.place, passed.name_place)


def merged(machine: Machine, passing: Passing) -> str | None:
    """The layer that Keras 1's `merge(tensors, mode=...)` stands for; None when its mode is not known."""
    mode = passing.take("mode") or (passing.positional.pop(1) if len(passing.positional) > 1 else None)
    wanted = mode.value if mode is not None else "sum"
    if not isinstance(wanted, str) or wanted not in old.MERGE_MODES:
        return None
    kind = old.MERGE_MODES[wanted]
    for was, today in old.MERGE_ARGUMENTS.items():
        if was in passing.named:
            passing.named[today] = passing.named.pop(was)
    _note(
        machine,
        f"merge(..., mode={wanted!r}) is Keras 1's name for {kind}.",
        f"Today it is written {kind}()([...]).",
        passing.callee,
    )
    return kind


def _kernel(machine: Machine, kind: LayerKind, spelling: str, passing: Passing) -> None:
    """Keras 1 writes the kernel's sides as arguments of their own: `Convolution2D(32, 3, 3)`."""
    rank = int(kind.name[4]) if kind.name[4:5].isdigit() else 0
    if rank > 1 and {"nb_row", "nb_col"} & passing.named.keys():
        row, column = passing.take("nb_row"), passing.take("nb_col")
        sides = [passed for passed in (*passing.positional[1:], row, column) if passed is not None]
        _join(machine, kind, passing, sides[:rank])
        return
    numbers = passing.positional[1 : 1 + rank]
    if rank < 2 or len(numbers) < rank or not all(isinstance(passed.value, int) for passed in numbers):
        return
    if not old.is_keras_1(machine.source.text, spelling):
        machine.note(
            "kernel-and-strides",
            f"{spelling}: the second number is the kernel's size, the third the strides, as Keras 3 has it.",
            "For a kernel of two sides write them as one tuple.",
            passing.callee,
        )
        return
    _join(machine, kind, passing, numbers)


def _join(machine: Machine, kind: LayerKind, passing: Passing, sides: list[Passed]) -> None:
    sizes = tuple(passed.value for passed in sides)
    place = sides[0].place
    shown = ", ".join(machine.source.snippet(passed.place) for passed in sides)
    _note(
        machine,
        f"{kind.name}: {shown} are read as Keras 1's kernel of size ({shown}).",
        f"Today it is written as one tuple, kernel_size=({shown}).",
        place,
    )
    kept = [passed for passed in passing.positional if passed not in sides]
    passing.positional[:] = kept[:1]
    passing.named["kernel_size"] = Passed(sizes, place)


def modernize_item(machine: Machine, kind: ItemKind, passing: Passing) -> None:
    """The same for optimizers, regularizers and the like."""
    known = {argument.name for argument in kind.arguments}
    for was in [name for name in passing.named if name in old.ITEM_ARGUMENTS and name not in known]:
        _rename(machine, kind.name, passing, was, old.ITEM_ARGUMENTS[was])
    if kind.name in ("L1", "L2") and "l" in passing.named:
        _rename(machine, kind.name, passing, "l", kind.name.lower())
    if kind.name in OPTIMIZERS:
        _old_optimizer(machine, kind, passing)
    reduction = passing.named.get("reduction")
    if reduction is not None and (reduction.value == "auto" or not isinstance(reduction.value, str)):
        passing.take("reduction")


def _old_optimizer(machine: Machine, kind: ItemKind, passing: Passing) -> None:
    epsilon = passing.named.get("epsilon")
    if epsilon is not None and epsilon.value is None:
        passing.take("epsilon")
    if "schedule_decay" in passing.named:
        _drop(machine, kind.name, passing, "schedule_decay")
    decay = passing.named.get("decay")
    if decay is None:
        return
    if decay.value in (0, None):
        passing.take("decay")
        return
    rate = passing.get("learning_rate", 0)
    start = rate.value if rate is not None else _default_rate(kind)
    if not isinstance(start, int | float) or not isinstance(decay.value, int | float):
        return
    given = {"initial_learning_rate": start, "decay_steps": 1, "decay_rate": decay.value}
    config, _ = complete("InverseTimeDecay", SCHEDULES["InverseTimeDecay"].arguments, given)
    if config is None:
        return
    passing.take("decay")
    if rate is not None and "learning_rate" not in passing.named:
        passing.positional.pop(0)
    place = decay.name_place or decay.place
    passing.named["learning_rate"] = Passed(Item("InverseTimeDecay", config), place)
    _note(
        machine,
        f"{kind.name}: decay={decay.value} is read as a schedule, learning_rate / (1 + decay * step).",
        "Today it is written learning_rate=keras.optimizers.schedules.InverseTimeDecay(...).",
        place,
    )


def _default_rate(kind: ItemKind) -> float:
    value = next(argument.default for argument in kind.arguments if argument.name == "learning_rate")
    return value if isinstance(value, float) else 0.001


def _rename(machine: Machine, owner: str, passing: Passing, was: str, today: str) -> None:
    if today in passing.named:
        return
    passed = passing.named.pop(was)
    passing.named[today] = passed
    if passed.name_place is not None:
        message = f"{owner}: {was} is an older Keras's name for {today}."
        _note(machine, message, f"Today it is written {today}=.", passed.name_place, today)


def _drop(machine: Machine, owner: str, passing: Passing, name: str) -> None:
    passed = passing.take(name)
    if passed is not None:
        message = f"{owner}: {name} is an older Keras's argument; it is left out."
        _note(machine, message, "Today's Keras has no such argument.", passed.name_place or passed.place)


def _note(machine: Machine, message: str, hint: str, place: Place, fix: str | None = None) -> None:
    machine.note("old-spelling", message, hint, place, fix=fix)
