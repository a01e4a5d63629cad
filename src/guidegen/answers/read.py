"""Reads `guideline.yml`, with everything that is wrong found in one run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from guidegen.answers.build import build
from guidegen.answers.rules import check_together
from guidegen.answers.shape import Fields, contract
from guidegen.answers.source import read_source
from guidegen.answers.targets import build_targets, targets_shape
from guidegen.answers.tree import Map, Text, parse
from guidegen.answers.walk import Walk
from guidegen.errors import PackError, Problem, ProblemsError
from guidegen.model.answers import Answers
from guidegen.model.pack import Pack
from guidegen.pack import load_pack

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain
    from guidegen.answers.tree import Node
    from guidegen.model.publication import TargetSettings

DEFAULT_PACK = "dell"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAnswers:
    """The answers as plain data, before they are model values."""

    data: dict[str, Plain]
    pack: Pack
    shape: Fields


def read_answers(path: Path, *, pack: Path | None = None) -> tuple[Answers, Pack]:
    """Read a company's answers and the template pack they are for.

    Args:
        path: `guideline.yml`.
        pack: A pack's folder, to be used instead of the one that the file names.

    Raises:
        ProblemsError: The file cannot be read or says what it may not say.
        PackError: The pack is missing or broken.
    """
    plain = read_plain(path, pack=pack)
    return build(plain.data, path.parent), plain.pack


def read_plain(
    path: Path, *, pack: Path | None = None, partial: bool = False
) -> PlainAnswers:
    """Read a company's answers as plain data; with `partial`, some may be missing.

    Raises:
        ProblemsError: The file cannot be read or says what it may not say.
        PackError: The pack is missing or broken.
    """
    given = None if pack is None else load_pack(pack)
    return check_text(read_source(path), path, pack=given, partial=partial)


def read_targets(path: Path) -> dict[str, TargetSettings]:
    """Read only where the site is published to; nothing else is looked at.

    Raises:
        ProblemsError: The file cannot be read, or this part says what it may not say.
    """
    tree = parse(read_source(path), path)
    entries = tree.entries if isinstance(tree, Map) else ()
    walk = Walk(path=path, folder=path.parent)
    data = {
        name.text: walk.read(node, targets_shape(), "publish")
        for name, node in entries
        if name.text == "publish" and not (isinstance(node, Text) and node.empty)
    }
    if walk.problems:
        raise ProblemsError(tuple(walk.problems))
    return build_targets(
        cast("dict[str, dict[str, Plain]]", data.get("publish") or {}),
        path.parent,
        walk.lines,
    )


def read_pack(path: Path, *, pinned: bool = True) -> Pack:
    """Return the pack that a company's answers name, whatever else they say.

    Args:
        path: `guideline.yml`.
        pinned: Whether to heed `pack.lock`; if not, the installed texts are read.

    Raises:
        ProblemsError: The file cannot be read.
        PackError: The pack is missing or broken.
    """
    tree = parse(read_source(path), path)
    if not isinstance(tree, Map):
        return load_pack(DEFAULT_PACK, beside=path.parent, pinned=pinned)
    return _pack(tree, path, pinned=pinned)


def check_text(
    text: str, path: Path, *, pack: Pack | None = None, partial: bool = False
) -> PlainAnswers:
    """Check the text of a `guideline.yml` that stands, or is to stand, at `path`.

    Raises:
        ProblemsError: It says what it may not say.
        PackError: The pack is missing or broken.
    """
    tree = parse(text, path)
    if not isinstance(tree, Map):
        raise ProblemsError((Problem(message="answers-no-map", path=path, line=1),))
    found = pack or _pack(tree, path)
    shape = contract(found)
    walk = Walk(path=path, folder=path.parent, partial=partial)
    # A map is read as a map.
    data = cast("dict[str, Plain]", walk.read(tree, shape))
    if not partial:
        check_together(data, shape, found, walk)
    if walk.problems:
        problems = sorted(walk.problems, key=lambda problem: problem.line or 0)
        raise ProblemsError(tuple(problems))
    return PlainAnswers(data=data, pack=found, shape=shape)


def _pack(tree: Map, path: Path, *, pinned: bool = True) -> Pack:
    """Return the pack that the file names."""
    named = _named_pack(tree)
    if named is None:
        return load_pack(DEFAULT_PACK, beside=path.parent, pinned=pinned)
    try:
        return load_pack(named.text, beside=path.parent, pinned=pinned)
    except PackError as error:
        if error.path is None and error.line is None:
            raise error.at(path, named.line) from error
        raise


def _named_pack(tree: Map) -> Text | None:
    nodes: list[Node] = [node for key, node in tree.entries if key.text == "pack"]
    if nodes and isinstance(nodes[0], Text) and not nodes[0].empty:
        return nodes[0]
    return None
