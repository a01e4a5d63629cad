"""What Jinja makes of a template, with its steps counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, get_args

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from guidegen.sandbox.budget import CHARACTERS

_Body: TypeAlias = (
    nodes.Template | nodes.Block | nodes.For | nodes.Macro | nodes.CallBlock
)
"""What can run many times, so that its steps have to be counted."""


def count_steps(tree: nodes.Template) -> nodes.Template:
    """Put before everything that can run again what counts it."""
    bodies: list[_Body] = [tree, *tree.find_all(get_args(_Body))]
    for node in bodies:
        written = sum(len(text) for text in _texts(node.body))
        steps = nodes.Const(1 + written // CHARACTERS, lineno=node.lineno)
        # No template can write such a statement itself: it needs an extension of Jinja.
        node.body.insert(0, nodes.ExprStmt(steps, lineno=node.lineno))
        if isinstance(node, nodes.For) and node.test is not None:
            # The body does not see the turns that the condition leaves out.
            counted = nodes.EnvironmentAttribute("counted", lineno=node.lineno)
            node.test = nodes.And(counted, node.test, lineno=node.lineno)
    return tree


def _texts(body: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield what a body writes as it stands there, without what is counted itself."""
    for node in body:
        if isinstance(node, nodes.TemplateData):
            yield node.data
        elif not isinstance(node, _Body):
            yield from _texts(node.iter_child_nodes())


class CountingGenerator(CodeGenerator):
    """Writes Python that takes steps, and asks before a large value is made."""

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802
        """Write the taking of steps that `count_steps` has put there."""
        self.writeline("environment.step(", node)
        self.visit(node.node, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write the joining of texts (`~`): the result must not become too long."""
        self.write("environment.joined(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """Write a list, whose entries are counted."""
        with self._weighed(node.items):
            super().visit_List(node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Write a tuple, whose entries are counted unless it is where they go."""
        with self._weighed(node.items if node.ctx == "load" else ()):
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write a map, whose entries are counted."""
        with self._weighed([each.value for each in node.items]):
            super().visit_Dict(node, frame)

    @contextmanager
    def _weighed(self, items: Iterable[nodes.Expr]) -> Iterator[None]:
        """Have a value's entries counted, unless the template spells them all out."""
        others = any(not isinstance(item, nodes.Const) for item in items)
        self.write("environment.weighed(" if others else "(")
        yield
        self.write(")")
