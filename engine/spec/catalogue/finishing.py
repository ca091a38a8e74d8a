"""What bias and activation take after weighted sums, in bytes: the end of Dense and of all convolutions."""

from __future__ import annotations

from engine.records import record
from engine.spec.catalogue.activations import space_of
from engine.spec.catalogue.kinds import NUMBER, held
from engine.spec.structure import Config, Shape


@record
class Finish:
    """`peak` is the fullest moment of the way there, sums and outputs included; `kept` stays until the way
    back; `aside` is laid aside on the way back; `slopes` are the gradients of the sums, where these are no
    array that is there anyway.
    """

    sums: int
    peak: int
    kept: int
    aside: int
    slopes: int

    def back(self, *then: int) -> int:
        """The fullest moment of the way back, for a layer that takes this much at its own moments."""
        return self.slopes + max(self.aside, *then)


def finish(config: Config, sums: int, outputs: Shape) -> Finish:
    """For this many sums."""
    size, space, made = NUMBER * sums, space_of(config["activation"]), held(outputs)
    biased = 2 * size if config.flag("use_bias") else size
    if config["activation"] == "linear":
        return Finish(size, biased, 0, 0, 0)
    peak = max(biased, int(size + space.aside * size) + made)
    return Finish(size, peak, int((space.kept + space.sums) * size), int(space.back * size), size)
