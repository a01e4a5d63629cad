"""Write the list of all files into architecture.md; `--check` only compares."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/development/architecture.md"
CODE = ROOT / "src/guidegen"
PACK = ROOT / "guideline_templates/dell"

BEGIN = "<!-- Written by `make reference`; changes made here are lost. -->"
KINDS = (".css", ".html", ".js", ".typ", ".xml", ".yml")
TEXTS = ("cards", "countries", "demo", "sections")
"""Folders of the pack whose files are all of one kind."""
OPENED = re.compile(r"^(?:\{#-?|/\*+|//|#|<!--)\s*")
CLOSED = re.compile(r"\s*(?:-?#\}|\*/|-->)$")


def index() -> str:
    """Return the list: each file with the first sentence that it says of itself."""
    parts = [BEGIN, ""]
    for root, files in ((CODE, _modules()), (PACK, _pack_files())):
        folder = None
        for path in files:
            if path.parent != folder:
                folder = path.parent
                parts += [f"\n**`{folder.relative_to(root.parent).as_posix()}`**\n"]
            parts += [f"- `{path.name}`: {_said(path)}"]
    return "\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def _modules() -> Iterator[Path]:
    for path in sorted(CODE.rglob("*"), key=lambda path: (path.parent, path.name)):
        kind = path.suffix in {".py", *KINDS}
        if kind and not path.name.startswith("__") and _said(path):
            yield path


def _pack_files() -> Iterator[Path]:
    for path in sorted(PACK.rglob("*"), key=lambda path: (path.parent, path.name)):
        is_text = path.relative_to(PACK).parts[0] in TEXTS
        if path.suffix in KINDS and not is_text and _said(path):
            yield path


def _said(path: Path) -> str:
    """Return the first sentence that a file says of itself; empty if it says none."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    lines = text.splitlines()
    if not OPENED.match(lines[0]) or lines[0].startswith("#import"):
        return ""
    said: list[str] = []
    for line in lines:
        words = CLOSED.sub("", OPENED.sub("", line.strip())).strip("* ")
        if said and not words:
            break
        said += [words] if words else []
        if CLOSED.search(line) or words.endswith("."):
            break
    return re.split(r"(?<=\.)\s", " ".join(said), maxsplit=1)[0]


def main() -> None:
    """Write the page, or compare it; exit 1 if it is out of date."""
    text = PAGE.read_text(encoding="utf-8")
    head = text.partition(BEGIN)[0]
    wanted = head + index()
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(wanted, encoding="utf-8")
    elif text != wanted:
        sys.exit(f"{PAGE.relative_to(ROOT)} is out of date: make reference")


if __name__ == "__main__":
    main()
