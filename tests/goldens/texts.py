"""Counts the parameters of the public texts by real Keras, and writes them into the texts.

    KERAS_BACKEND=torch PYTHONPATH=. python tests/goldens/texts.py

Two ways. Every text: Keras builds the engine's JSON for it, and must find the same weights in the same order.
And the texts that today's Keras still understands are *run*, by Keras alone, which must come to the same
count. The texts are our own, in this repository; nothing that a learner sends is ever run.
"""

import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from io import StringIO
from pathlib import Path
from typing import Any, Final

import keras

import engine
from engine.spec import graph_weights
from tests.engine.language.public import COUNTED, FOLDER, VALUES, PublicText, texts

QUIET: Final = (
    "fit",
    "evaluate",
    "predict",
    "summary",
    "train_on_batch",
    "load_weights",
    "save",
    "fit_generator",
)
REMEMBERED: Final = ("__init__", "compile")


class Anything:
    """Data, plots, whatever a text does besides: it has every attribute, may be called and indexed."""

    def __init__(self, shape: tuple[int, ...] = (100, 10)) -> None:
        self.shape = shape

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        return Anything()

    def __call__(self, *given: Any, **named: Any) -> Any:
        return Anything()

    def __getitem__(self, key: Any) -> Any:
        return Anything()

    def __iter__(self) -> Iterator[Any]:
        return iter((Anything(), Anything()))

    def __len__(self) -> int:
        return 10

    def __enter__(self) -> Any:
        return Anything()

    def __exit__(self, *error: object) -> None:
        pass

    def _same(self, other: object = None) -> Any:
        return Anything()

    __truediv__ = __sub__ = __isub__ = __mul__ = __rmul__ = __add__ = __floordiv__ = __gt__ = _same


class Missing(MetaPathFinder, Loader):
    """Finds every module that is not installed, and finds anything in it."""

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec:
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: Anything()  # type: ignore[method-assign]
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def aliases() -> dict[str, types.ModuleType]:
    """Names under which texts import Keras."""
    tensorflow = types.ModuleType("tensorflow")
    tensorflow.__getattr__ = lambda name: Anything()  # type: ignore[method-assign]
    tensorflow.__path__ = []
    tensorflow.keras = keras  # type: ignore[attr-defined]
    tensorflow.nn = keras.activations  # type: ignore[attr-defined]
    made = {"tensorflow": tensorflow, "tensorflow.keras": keras, "tensorflow.python": tensorflow}
    for name in (
        "layers",
        "models",
        "optimizers",
        "regularizers",
        "losses",
        "backend",
        "activations",
        "initializers",
    ):
        made[f"tensorflow.keras.{name}"] = getattr(keras, name)
    for name in (
        "core",
        "convolutional",
        "recurrent",
        "wrappers",
        "merge",
        "normalization",
        "advanced_activations",
    ):
        made[f"keras.layers.{name}"] = keras.layers
    return made


@contextmanager
def stage(built: list[Any]) -> Iterator[None]:
    """Keras, remembering the models that are built and compiled, and doing nothing that takes data."""
    model = keras.Model
    kept = {name: getattr(model, name, None) for name in ("__init__", "compile", *QUIET)}
    modules, finder, datasets = dict(sys.modules), Missing(), keras.datasets

    def remembering(name: str) -> Any:
        def method(made: Any, *given: Any, **named: Any) -> None:
            if name == "__init__":
                kept[name](made, *given, **named)
            built.append((name, made))

        return method

    sys.modules.update(aliases())
    sys.meta_path.append(finder)
    keras.datasets = Anything()
    for name in kept:
        setattr(model, name, remembering(name) if name in REMEMBERED else lambda *given, **named: Anything())
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        keras.datasets = datasets
        for name, method in kept.items():
            setattr(model, name, method)
        for name in set(sys.modules) - set(modules):
            del sys.modules[name]


def run(public: PublicText) -> int | str:
    """The count of the network that the text itself builds when it runs, or why it does not run."""
    built: list[tuple[str, Any]] = []
    names = {name: getattr(keras.layers, name) for name in dir(keras.layers) if name[:1].isupper()}
    scope: dict[str, Any] = {"__name__": "__main__", "keras": keras, **names}
    scope |= {"Sequential": keras.Sequential, "Model": keras.Model, "layers": keras.layers}
    for name, value in public.values.items():
        owner, _, attribute = name.partition(".")
        scope[owner] = Anything(value) if attribute == "shape" and isinstance(value, tuple) else value
    keras.utils.clear_session()
    why = ""
    with stage(built), redirect_stdout(StringIO()):
        try:
            exec(compile(public.text, public.name, "exec"), scope)
        except BaseException as error:
            why = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    named = scope.get("model")
    compiled = [model for how, model in built if how == "compile"]
    last = [*(model for _, model in built), *compiled][-1:]
    if isinstance(named, keras.Model):
        last = [named]
    elif why:
        return why
    return int(last[0].count_params()) if last and last[0].built else "it builds no network by itself"


def counted(public: PublicText) -> int:
    """The count of the network that Keras builds from the engine's JSON; its weights must be the engine's."""
    spec = engine.parse(public.text, public.values)
    keras.utils.clear_session()
    twin = keras.models.model_from_json(spec.to_json())
    ours = [weight.shape for _, weights in graph_weights(spec) for weight in weights]
    assert [tuple(weight.shape) for weight in twin.get_weights()] == ours, public.name
    return int(twin.count_params())


def told(public: PublicText, count: int) -> str:
    """The text with its count in the first line."""
    lines = public.text.splitlines(keepends=True)
    rest = lines[1:] if lines[0].endswith(COUNTED + "\n") else lines
    assert not any(line.startswith(VALUES) for line in rest[1:])
    return f"# {count}{COUNTED}\n" + "".join(rest)


def main() -> int:
    """Returns how many texts came out differently."""
    different = runs = 0
    for public in texts():
        count, own = counted(public), run(public)
        if isinstance(own, int):
            runs += 1
            if own != count:
                different += 1
                print(f"{public.name}: the text builds {own:,} parameters, the engine reads {count:,}")
        else:
            print(f"{public.name}: {count:,}; not run: {own}")
        Path(FOLDER / f"{public.name}.txt").write_text(told(public, count), "utf-8")
    print(f"{len(texts())} texts; Keras ran {runs} of them itself; {different} differ.")
    return different


if __name__ == "__main__":
    sys.exit(min(main(), 1))
