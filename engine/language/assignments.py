"""Assignments: names, several at once, entries of lists and dicts, attributes of the text's own objects."""

from __future__ import annotations

import ast

from engine.language.arithmetic import binary, extend
from engine.language.evaluator import Evaluator
from engine.language.formatting import Impossible
from engine.language.machine import Machine
from engine.language.scope import Scope
from engine.language.values import Class, DictObject, Instance, LayerObject, ListObject, Model, Thing, Unknown
from engine.spec.structure import Config


class Assignments:
    """What stands left of an equals sign gets what stands right of it."""

    def __init__(self, expressions: Evaluator) -> None:
        self.expressions = expressions
        self.machine: Machine = expressions.machine

    def assign(self, target: ast.expr, value: Thing, scope: Scope) -> None:
        """`target = value`."""
        match target:
            case ast.Name():
                self._bind(target, value, scope)
            case ast.Tuple() | ast.List():
                self._unpack(target, value, scope)
            case ast.Attribute():
                self._set_attribute(target, value, scope)
            case ast.Subscript():
                self._set_item(target, value, scope)
            case ast.Starred():
                self.assign(target.value, self.unknown_part(target), scope)

    def _bind(self, target: ast.Name, value: Thing, scope: Scope) -> None:
        bound, before = scope.find(target.id)
        if (
            bound
            and isinstance(before, Model)
            and isinstance(value, Unknown)
            and value.reason.message.startswith("load_model ")
        ):
            # The model as it was saved a few lines above.
            self.machine.note(
                "kept-model",
                f"{target.id} is read back from a file; the network written above is taken for it.",
                "",
                self.machine.source.node(target),
            )
            return
        scope.bind(target.id, value)

    def _unpack(self, target: ast.Tuple | ast.List, value: Thing, scope: Scope) -> None:
        items = self.expressions.items(value)
        if items is None or len(items) != len(target.elts):
            for part in target.elts:
                reason = value.reason if isinstance(value, Unknown) else self.unknown_part(target).reason
                self.assign(part, Unknown(reason), scope)
            return
        for part, item in zip(target.elts, items, strict=True):
            self.assign(part, item, scope)

    def unknown_part(self, node: ast.expr) -> Unknown:
        """A part of an assignment whose value is not known."""
        return self.machine.unknown(
            "unknown-value",
            "The reader does not know what is assigned here.",
            "Write the value itself.",
            self.machine.source.node(node),
        )

    def _set_attribute(self, target: ast.Attribute, value: Thing, scope: Scope) -> None:
        owner = self.expressions.evaluate(target.value, scope)
        if isinstance(owner, Instance):
            self.machine.change(owner)
            owner.attributes[target.attr] = value
        elif isinstance(owner, Class):
            owner.members[target.attr] = value
        elif isinstance(owner, LayerObject) and owner.config is not None:
            self._set_on_layer(owner, owner.config, target, value)

    def _set_on_layer(self, layer: LayerObject, config: Config, target: ast.Attribute, value: Thing) -> None:
        if target.attr == "trainable":
            layer.config = config.replace(trainable=value is not False)
        elif target.attr in config:
            layer.problems.append(
                self.machine.diagnostic(
                    "changed-later",
                    f"{target.attr} of {layer.kind} is set after the layer was built.",
                    f"Give it where the layer is built: {layer.kind}({target.attr}=...).",
                    self.machine.source.node(target),
                )
            )

    def _set_item(self, target: ast.Subscript, value: Thing, scope: Scope) -> None:
        owner = self.expressions.evaluate(target.value, scope)
        index = self.expressions.evaluate(target.slice, scope)
        if not isinstance(owner, DictObject | ListObject):
            return
        self.machine.change(owner)
        if isinstance(owner, DictObject):
            if isinstance(index, bool | int | float | str) or index is None:
                owner.items[index] = value
                return
        elif isinstance(index, int) and -len(owner.items) <= index < len(owner.items):
            owner.items[index] = value
            return
        self.machine.spoil(owner, self.unknown_part(target).reason)

    def augment(self, node: ast.AugAssign, scope: Scope) -> None:
        """`target += value`, with any operator."""
        if isinstance(node.target, ast.Name):
            old: Thing = self.expressions.evaluate(
                ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target), scope
            )
        else:
            old = self.expressions.evaluate(node.target, scope)
        value = self.expressions.evaluate(node.value, scope)
        if isinstance(old, ListObject) and isinstance(value, ListObject) and isinstance(node.op, ast.Add):
            self.machine.change(old)
            try:
                extend(old, value.items)
            except Impossible:
                self.machine.spoil(old, self.unknown_part(node.target).reason)
            return
        result = next((side for side in (old, value) if isinstance(side, Unknown)), None)
        if result is not None:
            self.assign(node.target, result, scope)
            return
        try:
            self.assign(node.target, binary(node.op, old, value), scope)
        except Impossible:
            self.assign(node.target, self.unknown_part(node.target), scope)
