"""Recurrent layers: what each does in one step. `recurrence` walks along the sequence."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import activation
from engine.nn.arrays import Array, Arrays
from engine.nn.layers.recurrence import Note, Recurrent, StepBack
from engine.spec import Shapes


class SimpleRNN(Recurrent):
    """h' = activation(x @ kernel + bias + h @ recurrent_kernel)."""

    def step(self, projected: Array, old: Arrays, kept: Array | None, note: Note) -> tuple[Arrays, StepBack]:
        h = old[0] if kept is None else old[0] * kept
        recurrent = self["recurrent_kernel"]
        z = projected + h @ recurrent
        note("z", z)
        new, activation_backward = self.activate(z)

        def backward(gradients: Arrays) -> tuple[Array, Arrays]:
            dz = activation_backward(gradients[0])
            self.learn("recurrent_kernel", h.T @ dz)
            dh = dz @ recurrent.T
            return dz, (dh if kept is None else dh * kept,)

        return (new,), backward


class LSTM(Recurrent):
    """A memory c behind gates: i lets in, f forgets, o shows. Hochreiter and Schmidhuber 1997.

    The sums z lie side by side as i, f, g, o; c' = f * c + i * activation(g); h' = o * activation(c').
    """

    states = 2

    def setup(self, inputs: Shapes) -> None:
        super().setup(inputs)
        self.gate = activation(self.config["recurrent_activation"])
        if "bias" in self and self.config.flag("unit_forget_bias"):
            self["bias"][self.units : 2 * self.units] = 1

    def step(self, projected: Array, old: Arrays, kept: Array | None, note: Note) -> tuple[Arrays, StepBack]:
        h, c = old if kept is None else (old[0] * kept, old[1])
        recurrent = self["recurrent_kernel"]
        zi, zf, zg, zo = np.split(projected + h @ recurrent, 4, axis=-1)
        i, i_backward = self.gate(zi)
        f, f_backward = self.gate(zf)
        g, g_backward = self.activate(zg)
        o, o_backward = self.gate(zo)
        memory = f * c + i * g
        shown, shown_backward = self.activate(memory)
        for name, array in (("input_gate", i), ("forget_gate", f), ("candidate", g), ("output_gate", o)):
            note(name, array)
        note("memory", memory)

        def backward(gradients: Arrays) -> tuple[Array, Arrays]:
            dh, dc = gradients
            dmemory = dc + shown_backward(dh * o)
            dz = np.concatenate(
                [
                    i_backward(dmemory * g),
                    f_backward(dmemory * c),
                    g_backward(dmemory * i),
                    o_backward(dh * shown),
                ],
                axis=-1,
            )
            self.learn("recurrent_kernel", h.T @ dz)
            dold = dz @ recurrent.T
            return dz, (dold if kept is None else dold * kept, dmemory * f)

        return (o * shown, memory), backward


class GRU(Recurrent):
    """Gates z and r: h' = z * h + (1 - z) * activation(...), where r decides what of h is seen. Cho 2014.

    The sums lie side by side as z, r, candidate. With reset_after, r acts on the recurrent sums, and these
    have a bias of their own: bias (2, 3 * units).
    """

    def setup(self, inputs: Shapes) -> None:
        super().setup(inputs)
        self.gate = activation(self.config["recurrent_activation"])
        self.reset_after = self.config.flag("reset_after")

    def input_bias(self) -> Array | None:
        if "bias" not in self:
            return None
        return self["bias"][0] if self.reset_after else self["bias"]

    def learn_input_bias(self, gradient: Array) -> None:
        if self.reset_after:
            self.learn("bias", np.stack([gradient, np.zeros_like(gradient)]))
        else:
            self.learn("bias", gradient)

    def step(self, projected: Array, old: Arrays, kept: Array | None, note: Note) -> tuple[Arrays, StepBack]:
        whole = old[0]
        h = whole if kept is None else whole * kept
        recurrent, units = self["recurrent_kernel"], self.units
        pz, pr, pc = np.split(projected, 3, axis=-1)
        inner = h @ (recurrent if self.reset_after else recurrent[:, : 2 * units])
        if self.reset_after and "bias" in self:
            inner = inner + self["bias"][1]
        z, z_backward = self.gate(pz + inner[:, :units])
        r, r_backward = self.gate(pr + inner[:, units : 2 * units])
        if self.reset_after:
            candidate, candidate_backward = self.activate(pc + r * inner[:, 2 * units :])
        else:
            candidate, candidate_backward = self.activate(pc + (r * h) @ recurrent[:, 2 * units :])
        new = z * whole + (1 - z) * candidate
        for name, array in (("update_gate", z), ("reset_gate", r), ("candidate", candidate)):
            note(name, array)

        def backward(gradients: Arrays) -> tuple[Array, Arrays]:
            (dnew,) = gradients
            dz = z_backward(dnew * (whole - candidate))
            dc = candidate_backward(dnew * (1 - z))
            if self.reset_after:
                dr = r_backward(dc * inner[:, 2 * units :])
                dinner = np.concatenate([dz, dr, dc * r], axis=-1)
                self.learn("recurrent_kernel", h.T @ dinner)
                if "bias" in self:
                    total = dinner.sum(axis=0)
                    self.learn("bias", np.stack([np.zeros_like(total), total]))
                dh = dinner @ recurrent.T
            else:
                dreset = dc @ recurrent[:, 2 * units :].T
                dr = r_backward(dreset * h)
                gates = np.concatenate([dz, dr], axis=-1)
                self.learn("recurrent_kernel", np.concatenate([h.T @ gates, (r * h).T @ dc], axis=-1))
                dh = gates @ recurrent[:, : 2 * units].T + dreset * r
            return np.concatenate([dz, dr, dc], axis=-1), (dnew * z + (dh if kept is None else dh * kept),)

        return (new,), backward
