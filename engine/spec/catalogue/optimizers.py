"""Optimizers and learning-rate schedules. `nn.optimizers` takes their steps; epsilon stands where Keras
has it.
"""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Flag, Only, Real, Text, Whole
from engine.spec.catalogue.items import ItemKind, Named, registry
from engine.spec.composites import Either, Many
from engine.spec.structure import Value

_RATE: Final = Real(least=0.0)
_INITIAL: Final = Argument("initial_learning_rate", _RATE, doc="The rate at step 0.")
_STEPS: Final = Argument("decay_steps", Whole(1), doc="Over how many steps the rate decays.")
_DECAY: Final = Argument("decay_rate", _RATE, doc="How much it decays over them.")
_STAIRCASE: Final = Argument("staircase", Flag(), False, "Whether the rate falls in stairs.")
_NAME: Final = Argument("name", Text(none=True), None, "A name; it changes nothing.")

SCHEDULES: Final = registry(
    ItemKind(
        "ExponentialDecay",
        "initial_learning_rate * decay_rate ** (step / decay_steps).",
        (_INITIAL, _STEPS, _DECAY, _STAIRCASE, _NAME),
    ),
    ItemKind(
        "InverseTimeDecay",
        "initial_learning_rate / (1 + decay_rate * step / decay_steps).",
        (_INITIAL, _STEPS, _DECAY, _STAIRCASE, _NAME),
    ),
    ItemKind(
        "PiecewiseConstantDecay",
        "One rate up to each boundary, counted in steps.",
        (
            Argument("boundaries", Many(Whole(0)), doc="The last step of each rate but the last."),
            Argument("values", Many(_RATE), doc="The rates, one more than boundaries."),
            _NAME,
        ),
    ),
    ItemKind(
        "PolynomialDecay",
        "From the initial rate to the end rate along a power of the remaining part.",
        (
            _INITIAL,
            _STEPS,
            Argument("end_learning_rate", _RATE, 0.0001, "The rate at the end."),
            Argument("power", Real(), 1.0, "The power; 1 is a straight line."),
            Argument("cycle", Flag(), False, "Whether to start over at the end."),
            _NAME,
        ),
    ),
    ItemKind(
        "CosineDecay",
        "Half a cosine from the initial rate down to alpha times it; a linear warm-up before it if wanted.",
        (
            _INITIAL,
            _STEPS,
            Argument("alpha", Real(), 0.0, "The least rate, as a part of the initial one."),
            _NAME,
            Argument(
                "warmup_target", Real(least=0.0, none=True), None, "The rate at the end of the warm-up."
            ),
            Argument("warmup_steps", Whole(0), 0, "The steps of the warm-up."),
        ),
    ),
    ItemKind(
        "CosineDecayRestarts",
        "Cosine decays one after the other, each longer by t_mul and lower by m_mul.",
        (
            _INITIAL,
            Argument("first_decay_steps", Whole(1), doc="The steps of the first decay."),
            Argument("t_mul", Real(above=0.0), 2.0, "The factor between two lengths."),
            Argument("m_mul", Real(above=0.0), 1.0, "The factor between two initial rates."),
            Argument("alpha", Real(), 0.0, "The least rate, as a part of the initial one."),
            _NAME,
        ),
    ),
)


def _learning_rate(default: float) -> Argument:
    kind = Either((_RATE, Named("a schedule", SCHEDULES)))
    return Argument("learning_rate", kind, default, "How far one step goes, or a schedule of it.")


def _factor(name: str, default: float, doc: str) -> Argument:
    return Argument(name, Real(least=0.0, most=1.0), default, doc)


_BETAS: Final = (
    _factor("beta_1", 0.9, "How slowly the mean of the gradients moves."),
    _factor("beta_2", 0.999, "How slowly the mean of their squares moves."),
)
_EPSILON: Final = Argument("epsilon", Real(least=0.0), 1e-7, "Keeps the division from blowing up.")
_AMSGRAD: Final = Argument("amsgrad", Flag(), False, "Whether to divide by the largest second moment so far.")


def _common(weight_decay: Value = None) -> tuple[Argument, ...]:
    bound = Real(above=0.0, none=True)
    return (
        Argument(
            "weight_decay", Real(least=0.0, none=True), weight_decay, "The part of each weight to take off."
        ),
        Argument("clipnorm", bound, None, "The largest norm of one weight's gradient."),
        Argument("clipvalue", bound, None, "The largest entry of a gradient."),
        Argument("global_clipnorm", bound, None, "The largest norm of all gradients together."),
        Argument("use_ema", Only(False), False, "Moving averages of weights; not kept by the engine."),
        Argument("ema_momentum", Real(), 0.99, "Unused while use_ema is False."),
        Argument("ema_overwrite_frequency", Only(None), None, "Unused while use_ema is False."),
        Argument("loss_scale_factor", Only(None), None, "Loss scaling; the engine needs none."),
        Argument("gradient_accumulation_steps", Only(None), None, "One batch makes one step."),
        _NAME,
    )


OPTIMIZERS: Final = registry(
    ItemKind(
        "SGD",
        "Against the gradient, with momentum if wanted.",
        (
            _learning_rate(0.01),
            Argument("momentum", Real(least=0.0, most=1.0), 0.0, "How much of the last step is kept."),
            Argument("nesterov", Flag(), False, "Whether to look one momentum step ahead."),
            *_common(),
        ),
    ),
    ItemKind(
        "RMSprop",
        "The gradient divided by a moving root mean square of itself.",
        (
            _learning_rate(0.001),
            _factor("rho", 0.9, "How slowly the mean square moves."),
            Argument("momentum", Real(least=0.0, most=1.0), 0.0, "How much of the last step is kept."),
            _EPSILON,
            Argument("centered", Flag(), False, "Whether to divide by the variance instead."),
            *_common(),
        ),
    ),
    ItemKind(
        "Adam",
        "Moving means of gradient and square.",
        (_learning_rate(0.001), *_BETAS, _EPSILON, _AMSGRAD, *_common()),
    ),
    ItemKind(
        "AdamW",
        "Adam with decoupled weight decay.",
        (_learning_rate(0.001), _common(0.004)[0], *_BETAS, _EPSILON, _AMSGRAD, *_common()[1:]),
    ),
    ItemKind(
        "Adamax", "Adam by the largest gradient.", (_learning_rate(0.001), *_BETAS, _EPSILON, *_common())
    ),
    ItemKind("Nadam", "Adam with Nesterov momentum.", (_learning_rate(0.001), *_BETAS, _EPSILON, *_common())),
    ItemKind(
        "Adagrad",
        "The gradient divided by the root of the sum of all its squares.",
        (
            _learning_rate(0.001),
            Argument("initial_accumulator_value", Real(least=0.0), 0.1, "Where that sum starts."),
            _EPSILON,
            *_common(),
        ),
    ),
    ItemKind(
        "Adadelta",
        "Steps scaled by the root mean square of earlier steps.",
        (_learning_rate(0.001), _factor("rho", 0.95, "How slowly the means move."), _EPSILON, *_common()),
    ),
)

OPTIMIZER: Final = Named("an optimizer", OPTIMIZERS, say=str.lower)
