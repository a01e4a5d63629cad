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

_BODIES = get_args(_Body)


def count_steps(tree: nodes.Template) -> nodes.Template:
    """Put before everything that can run again what counts it."""
    _count_body(tree)
    return tree


def _count_body(node: _Body) -> None:
    """Count what runs with a body, and do so with every body in it."""
    written = _written(node.body)
    steps = nodes.Const(1 + written // CHARACTERS, lineno=node.lineno)
    # No template can write such a statement itself: it needs an extension of Jinja.
    node.body.insert(0, nodes.ExprStmt(steps, lineno=node.lineno))
    if isinstance(node, nodes.For):
        _written(node.else_)
        if node.test is not None:
            # The body does not see the turns that the condition leaves out.
            counted = nodes.EnvironmentAttribute("counted", lineno=node.lineno)
            node.test = nodes.And(counted, node.test, lineno=node.lineno)


def _written(body: Iterable[nodes.Node]) -> int:
    """Return how many characters a body writes as it stands there.

    Bodies in it are counted by themselves.
    """
    length = 0
    for node in body:
        if isinstance(node, nodes.TemplateData):
            length += len(node.data)
        elif isinstance(node, _BODIES):
            _count_body(node)
        # In an expression there is neither a text to be written nor a body: looking
        # through all of them took as long as half of Jinja's own parsing.
        elif not isinstance(node, nodes.Expr):
            length += _written(node.iter_child_nodes())
    return length


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
