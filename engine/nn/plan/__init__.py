"""The compiled plan: the same arithmetic as the layers, laid out for speed.

The layers in `engine.nn.layers` are written to be read. A plan is made from them for one batch size: its
buffers are allocated once, and answering is a straight line of calls into NumPy, each with a buffer to write
to. Four ideas carry it:

- Activations stand feature by feature, `(features + 1, batch)`, and the last row is 1. A layer's kernel and
  bias lie one after the other in memory, so `kernel_and_bias.T @ activations` is the whole weighted sum, and
  every piece that a step writes is contiguous.
- Small operations never broadcast: a constant of the same shape costs a third of the time.
- Softmax takes no maximum where no exponential can overflow, which is checked; its sums are a product with a
  matrix of ones.
- Weights are used where they lie, so a plan sees every change of them. What must be folded is folded again
  in each call.

What has no step of its own runs through its plain layer, and a network that is no straight line runs as it
always did. Tests hold every plan to the plain layers.
"""

from engine.nn.plan.pool import Plans

__all__ = ["Plans"]
