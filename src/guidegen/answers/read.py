"""Reads `guideline.yml` and finds everything that is wrong with it in one run."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from guidegen.answers.build import DEFAULT_PACK, build, build_targets
from guidegen.answers.contract import contract
from guidegen.answers.publish_contract import targets_shape
from guidegen.answers.together import check_together
from guidegen.errors import GuidegenError, PackError, Problem, ProblemsError
from guidegen.model.answers import Answers
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pack.load import load_pack
from guidegen.schema.reader import Reader
from guidegen.schema.scalars import Plain
from guidegen.schema.shapes import Record
from guidegen.schema.yaml_tree import (
    FileKind,
    Map,
    Node,
    Text,
    find_node,
    parse_tree,
    read_source,
)
from guidegen.value import Value

if TYPE_CHECKING:  # as in `answers.build`
    from guidegen.model.publication import TargetSettings

_LIGHT = re.compile(r"taboo_topics\.[^.]+\.light")
_GUIDELINE = FileKind(name="answers")


class PlainAnswers(Value):
    """Checked answers as plain data, before they become model values."""

    data: dict[str, Plain]
    pack: Pack
    shape: Record


def read_answers(path: Path, *, pack: Path | None = None) -> tuple[Answers, Pack]:
    """Read a company's answers and the template pack they are for.

    Args:
        path: `guideline.yml`.
        pack: A pack's folder, to be used instead of the one that the file names.

    Raises:
        ProblemsError: The file cannot be read or is not valid.
        PackError: The pack is missing or broken.
    """
    plain = read_plain(path, pack=pack)
    return build(plain.data, path.parent, plain.pack), plain.pack


def read_plain(
    path: Path, *, pack: Path | None = None, partial: bool = False
) -> PlainAnswers:
    """Read a company's answers as plain data; with `partial`, some may be missing.

    Raises:
        ProblemsError: The file cannot be read or is not valid.
        PackError: The pack is missing or broken.
    """
    loaded = None if pack is None else load_pack(pack)
    return check_text(read_text(path), path, pack=loaded, partial=partial)


def read_targets(path: Path) -> dict[str, TargetSettings]:
    """Read only `publish:`; mistakes elsewhere in the file do not matter.

    Raises:
        ProblemsError: The file cannot be read, or this part is not valid.
    """
    tree = parse_text(read_text(path), path)
    entries = tree.entries if isinstance(tree, Map) else ()
    reader = Reader(path=path, folder=path.parent)
    data = {
        name.text: reader.read(node, targets_shape(), "publish")
        for name, node in entries
        if name.text == "publish" and not (isinstance(node, Text) and node.empty)
    }
    if reader.problems:
        raise ProblemsError(tuple(reader.problems))
    return build_targets(
        cast("dict[str, dict[str, Plain]]", data.get("publish") or {}),
        path.parent,
        reader.lines,
    )


def read_pack(path: Path, *, pinned: bool = True) -> Pack:
    """Return the pack that a company's answers name; mistakes elsewhere do not matter.

    Args:
        path: `guideline.yml`.
        pinned: Whether to heed `pack.lock`; if not, the installed texts are read.

    Raises:
        ProblemsError: The file cannot be read.
        PackError: The pack is missing or broken.
    """
    tree = parse_text(read_text(path), path)
    if not isinstance(tree, Map):
        return load_pack(DEFAULT_PACK, beside=path.parent, pinned=pinned)
    return _pack(tree, path, pinned=pinned)


def read_text(path: Path) -> str:
    """Return the text of `guideline.yml`.

    Raises:
        ProblemsError: It is missing or unreadable.
    """
    return read_source(path, _GUIDELINE)


def parse_text(text: str, path: Path | None = None) -> Node:
    """Return the tree of a `guideline.yml`, or of a part of it.

    Raises:
        ProblemsError: It is not YAML, or contains what answers may not contain.
    """
    return parse_tree(text, _GUIDELINE, path)


def check_text(
    text: str, path: Path, *, pack: Pack | None = None, partial: bool = False
) -> PlainAnswers:
    """Check the text of a `guideline.yml` that is, or is to be written, at `path`.

    Raises:
        ProblemsError: It is not valid.
        PackError: The pack is missing or broken.
    """
    tree = parse_text(text, path)
    if not isinstance(tree, Map):
        raise ProblemsError((Problem(message="answers-no-map", path=path, line=1),))
    found = pack or _pack(tree, path)
    read, problems = _checked(tree, path, found, partial=partial)
    if problems:
        if newer := newer_pack(path, found):
            _, left = _checked(tree, path, newer, partial=partial)
            problems = point_to_upgrade(problems, left, found, newer)
        raise ProblemsError(problems)
    return read


def _checked(
    tree: Map, path: Path, pack: Pack, *, partial: bool
) -> tuple[PlainAnswers, tuple[Problem, ...]]:
    """Return the answers of a tree for a pack, and what is wrong with them."""
    shape = contract(pack)
    reader = Reader(path=path, folder=path.parent, partial=partial)
    # For a record the reader returns a map; mypy cannot know.
    data = cast("dict[str, Plain]", reader.read(tree, shape))
    if not partial:
        check_together(data, pack, reader)
    # Problems are found in the order of the contract, which need not be the file's.
    problems = sorted(
        map(with_new_name, reader.problems), key=lambda problem: problem.line or 0
    )
    return PlainAnswers(data=data, pack=pack, shape=shape), tuple(problems)


def with_new_name(problem: Problem) -> Problem:
    """Return a problem, with the new name of the unknown key if it is an old word.

    Readers used to see a light beside each taboo topic, so authors write `light`.
    """
    key = problem.values.get("key", "")
    if problem.message.startswith("entry-unknown-key") and _LIGHT.fullmatch(str(key)):
        return replace(problem, message="answers-light", values={"key": key})
    return problem


def newer_pack(path: Path, pack: Pack) -> Pack | None:
    """Return the installed pack of a project that keeps to other texts, else None.

    Args:
        path: `guideline.yml`.
        pack: The pack that the project uses.
    """
    if not Project(path.parent).pack_lock.exists():
        return None
    # What is wrong with the file or the installation is found where it is needed.
    with suppress(GuidegenError):
        installed = read_pack(path, pinned=False)
        return None if installed == pack else installed
    return None


def point_to_upgrade(
    problems: tuple[Problem, ...], left: tuple[Problem, ...], old: Pack, new: Pack
) -> tuple[Problem, ...]:
    """Return problems, with the way out of those that only the kept texts have.

    Args:
        problems: What is wrong, going by the texts that the project keeps.
        left: What is wrong, going by the installed ones.
        old: The pack with the project's texts.
        new: The installed pack.
    """
    lasting = {_place(problem) for problem in left}
    versions = {"old": old.version, "new": new.version}
    return tuple(
        problem
        if _place(problem) in lasting
        else replace(
            problem,
            message="answers-upgrade-first",
            values={"key": problem.values.get("key", ""), **versions},
        )
        for problem in problems
    )


def _place(problem: Problem) -> tuple[object, int | None]:
    return problem.values.get("key"), problem.line


def _pack(tree: Map, path: Path, *, pinned: bool = True) -> Pack:
    """Return the pack that the file names."""
    named = find_node(tree, ["pack"])
    if not isinstance(named, Text) or named.empty:
        return load_pack(DEFAULT_PACK, beside=path.parent, pinned=pinned)
    try:
        return load_pack(named.text, beside=path.parent, pinned=pinned)
    except PackError as error:
        # A mistake inside the pack keeps its own path and line; a pack that cannot be
        # found is a mistake in this line.
        if error.path is None and error.line is None:
            raise error.at(path, named.line) from error
        raise
