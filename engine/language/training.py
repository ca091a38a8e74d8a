"""`compile` and `fit`, read and kept.

A setting that the reader cannot know (a loss of one's own, callbacks) leaves the network readable and is
told in a note. A setting that no Keras has (`optimizer='adamm'`) is a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import Diagnostic
from engine.language.machine import Machine
from engine.language.passing import Passing, as_value
from engine.language.values import Model, Passed
from engine.spec.arguments import ArgumentType, Flag, Real, Unfit, Whole
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.losses import LOSS
from engine.spec.catalogue.metrics import METRIC
from engine.spec.catalogue.optimizers import OPTIMIZER, OPTIMIZERS
from engine.spec.composites import Several
from engine.spec.settings import Compile, Fit
from engine.spec.structure import Item, Value
from engine.spec.wording import closest, listed, show

COMPILE_ARGUMENTS: Final = (
    "optimizer",
    "loss",
    "loss_weights",
    "metrics",
    "weighted_metrics",
    "run_eagerly",
    "steps_per_execution",
    "jit_compile",
    "auto_scale_loss",
)
MEANINGS: Final = {
    "optimizer": "It is how the weights are changed, such as 'adam'.",
    "loss": "It is what training makes small, such as 'mse'.",
    "metrics": "They are what is reported beside the loss, such as ['accuracy'].",
    "loss_weights": "They say how much each output's loss counts.",
    "weighted_metrics": "They are metrics by weight of the samples.",
    "epochs": "It is how many times training goes through all samples.",
    "batch_size": "It is how many samples one step of training takes.",
    "shuffle": "It says whether samples are mixed before every epoch.",
    "validation_split": "It is the part of the samples that is kept for validation.",
}
"""What the settings of compile and fit mean, in a sentence."""

FIT: Final = {"batch_size": 2, "epochs": 3}
FIT_GENERATOR: Final = {"epochs": 2}
"""Where `fit` and Keras 2's `fit_generator` take their settings by position."""

_OLD_COMPILE: Final = (
    "sample_weight_mode",
    "target_tensors",
    "experimental_run_tf_function",
    "class_mode",
    "theano_mode",
)


def read_compile(machine: Machine, model: Model, passing: Passing) -> None:
    """`model.compile(...)`: settings on the model, mistakes among its settings' problems."""
    machine.used = model
    model.settings_problems = []
    given = _positional(passing)
    for name, passed in list(given.items()):
        if name not in COMPILE_ARGUMENTS:
            del given[name]
            if name not in _OLD_COMPILE:
                near = closest(name, COMPILE_ARGUMENTS)
                suggestion = f"; did you mean {show(near)}?" if near else "."
                model.settings_problems.append(
                    machine.diagnostic(
                        "unknown-argument",
                        f"compile has no argument {show(name)}{suggestion}",
                        f"It takes {listed(COMPILE_ARGUMENTS[:5])}.",
                        passed.name_place or passed.place,
                        fix=near,
                    )
                )
    settings = _Settings(machine, model, given)
    optimizer = settings.read("optimizer", OPTIMIZER)
    loss = settings.read("loss", Several(LOSS))
    model.compiled = Compile(
        optimizer=optimizer if isinstance(optimizer, Item) else default_item(OPTIMIZERS["RMSprop"]),
        loss=loss,
        metrics=settings.read("metrics", Several(METRIC, always=True)) or (),
        loss_weights=settings.read("loss_weights", Several(Real(none=True))),
        weighted_metrics=settings.read("weighted_metrics", Several(METRIC, always=True)) or (),
    )
    if settings.unread:
        model.compiled = None if {"optimizer", "loss"} & settings.unread else model.compiled


def _positional(passing: Passing) -> dict[str, Passed]:
    order = list(COMPILE_ARGUMENTS)
    if len(passing.positional) > 2 and not isinstance(passing.positional[2].value, int | float):
        order[2], order[3] = order[3], order[2]  # Keras 2 takes metrics third.
    given = dict(zip(order, passing.positional, strict=False))
    return {**given, **passing.named}


class _Settings:
    """Reads one setting after the other; keeps which of them could not be known."""

    def __init__(
        self, machine: Machine, model: Model, given: dict[str, Passed], method: str = "compile"
    ) -> None:
        self.machine, self.model, self.given, self.method = machine, model, given, method
        self.unread: set[str] = set()

    def read(self, name: str, wanted: ArgumentType) -> Value:
        passed = self.given.get(name)
        if passed is None or passed.value is None:
            return None
        value = as_value(self.machine, passed.value, passed.place)
        if isinstance(value, Diagnostic):
            self._not_known(name, passed, value)
            return None
        try:
            return wanted.read(value)
        except Unfit as unfit:
            self.model.settings_problems.append(
                self.machine.diagnostic(
                    "bad-argument",
                    f"{self.method}: {name} must be {unfit.wanted}; it is {show(value)}.",
                    f"Write {name}={unfit.fix}." if unfit.fix else MEANINGS[name],
                    passed.place,
                    fix=unfit.fix,
                )
            )
            return None

    def _not_known(self, name: str, passed: Passed, reason: Diagnostic) -> None:
        if reason.code in ("unknown-argument", "bad-argument", "missing-argument", "too-many-arguments"):
            self.model.settings_problems.append(reason)
            return
        self.unread.add(name)
        self.machine.note(
            "setting-left-out",
            f"{self.method}: the reader does not know this {name} and leaves it out.",
            reason.hint if reason.code != "hole" else f"Write {name} as a constant.",
            passed.place,
        )


def read_fit(machine: Machine, model: Model, passing: Passing, positions: Mapping[str, int] = FIT) -> None:
    """`model.fit(...)`: epochs, batch_size, shuffle and validation_split; data and callbacks are passed
    over.
    """
    machine.used = model
    given = dict(passing.named)
    for name, position in positions.items():
        passed = passing.get(name, position)
        if passed is not None:
            given[name] = passed
    if "nb_epoch" in given:
        passed = given.pop("nb_epoch")
        given.setdefault("epochs", passed)
        if passed.name_place is not None:
            machine.note(
                "old-spelling",
                "fit: nb_epoch is an older Keras's name for epochs.",
                "Today it is written epochs=.",
                passed.name_place,
                fix="epochs",
            )
    settings = _Settings(machine, model, given, "fit")
    epochs = settings.read("epochs", Whole(1, 100_000))
    batch_size = settings.read("batch_size", Whole(1))
    shuffle = settings.read("shuffle", Flag())
    split = settings.read("validation_split", Real(least=0.0, below=1.0))
    model.fit = Fit(
        epochs=epochs if isinstance(epochs, int) else 1,
        batch_size=batch_size if isinstance(batch_size, int) else None,
        shuffle=shuffle is not False,
        validation_split=split if isinstance(split, float) else 0.0,
    )
