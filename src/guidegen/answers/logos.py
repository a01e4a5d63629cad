"""Logos are kept in the project, under a name that holds on every computer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from guidegen.answers.contract import LOGO_SUFFIXES
from guidegen.errors import Problem, ProblemsError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.model.project import Project
from guidegen.schema.picture_files import check_picture
from guidegen.schema.scalars import Plain, Refused
from guidegen.schema.typed_paths import find_file

LOGOS: Final = ("brand.logo", "brand.logo_dark")
"""The answers that name one."""


def logo_file(typed: str, beside: Path) -> Path:
    """Return the file that somebody means by a logo's path, if it is of use.

    Args:
        typed: What was typed.
        beside: What a relative path counts from.

    Raises:
        Refused: It is missing, too large or no picture.
    """
    path = find_file(typed, beside)
    check_picture(path, path.name, LOGO_SUFFIXES)
    return path


def name_in_project(
    key: str, source: Path, project: Project, taken: Mapping[str, Path]
) -> str:
    """Return under which name a logo is, or will be, in the project.

    Args:
        key: The answer that names it.
        source: The file.
        project: The project, which need not be there yet.
        taken: What else will be copied, by its name.
    """
    folder = project.folder.resolve()
    real = source.parent.resolve() / source.name
    if real.is_relative_to(folder) and not project.keeps(real):
        return real.relative_to(folder).as_posix()
    return next(
        name
        for name in _names(source, key)
        if taken.get(name, source) == source and _is_free(folder / name, source)
    )


def _names(source: Path, key: str) -> Iterator[str]:
    yield source.name
    if key.endswith("_dark"):
        yield f"{source.stem}-dark{source.suffix}"
    number = 2
    while True:
        yield f"{source.stem}-{number}{source.suffix}"
        number += 1


def _is_free(path: Path, source: Path) -> bool:
    """Return whether a copy can lie there: nothing does, or the same picture."""
    if not path.exists() and not path.is_symlink():
        return True
    with suppress(OSError):
        return not path.is_symlink() and path.read_bytes() == source.read_bytes()
    return False


@contextmanager
def kept_in_project(
    changes: Mapping[str, Plain | None], project: Project
) -> Iterator[dict[str, Plain | None]]:
    """Copy logos into the project; yield the changes with their names there.

    If what follows fails, no copy stays.

    Args:
        changes: Answers by dotted key; logos as somebody has typed them.
        project: The project.

    Raises:
        ProblemsError: A logo is missing or of no use.
        FilesError: It cannot be copied.
    """
    kept, copies = {**changes}, dict[str, Path]()
    for key in LOGOS:
        typed = changes.get(key)
        if typed is None:
            continue
        try:
            source = logo_file(str(typed), project.folder)
        except Refused as refused:
            values = {"key": key, **refused.values}
            raise ProblemsError(
                (Problem(message=refused.message, values=values),)
            ) from refused
        name = name_in_project(key, source, project, copies)
        kept[key] = name
        if (project.folder / name).resolve() != source.resolve():
            copies[name] = source
    new = [project.folder / name for name in copies]
    new = [path for path in new if not path.exists()]
    try:
        for name, source in copies.items():
            copy_logo(source, project.folder / name, project.folder)
        yield kept
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.unlink()
        raise


def copy_logo(source: Path, target: Path, folder: Path) -> None:
    """Copy a logo into a project's folder.

    Raises:
        FilesError: The system refuses.
    """
    with translate_os_errors(source):
        content = source.read_bytes()
    write_atomic(target, content, within=folder)
