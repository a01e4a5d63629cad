"""One YAML file of a pack, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from guidegen.errors import ProblemsError
from guidegen.pack.contract import PACK_FILE
from guidegen.schema.reader import Reader
from guidegen.schema.scalars import Plain
from guidegen.schema.shapes import Shape
from guidegen.schema.yaml_tree import Map, parse_tree, read_source


class PackFile:
    """A YAML file of a pack, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = Reader(path=path)
        self.root: Map | None = None
        """None if it cannot be parsed; that is a problem already."""
        try:
            root = parse_tree(read_source(path, PACK_FILE), PACK_FILE, path)
        except ProblemsError as error:
            self.reader.problems += error.problems
            return
        if isinstance(root, Map):
            self.root = root
        else:
            self.reader.report("entry-needs-map", "", root.line)

    def read(self, shape: Shape) -> Plain | None:
        """Return the file's content as plain data, None if it could not be read."""
        return None if self.root is None else self.reader.read(self.root, shape)

    def report(self, message: str, key: str, **values: object) -> None:
        """Note a problem at a dotted key."""
        self.reader.report(message, key, self.reader.lines.get(key), **values)
