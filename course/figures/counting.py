"""How many parameters a network of dense layers has, counted by the engine without building it."""

from collections.abc import Sequence

import engine


def dense_parameters(sizes: Sequence[int]) -> int:
    """Weights and biases of dense layers: the number of inputs first, then the units of each layer."""
    inputs, *units = sizes
    lines = ["from keras import Input, Sequential, layers", f"model = Sequential([Input(shape=({inputs},))])"]
    lines += [f"model.add(layers.Dense({count}))" for count in units]
    return engine.estimate(engine.parse("\n".join(lines))).parameters
