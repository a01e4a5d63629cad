"""Reads and checks the files of a pack; finds everything that is wrong in one run."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from guidegen.errors import PackError, ProblemsError
from guidegen.model.text import LocalText
from guidegen.pack.contract import (
    FRONT_PAGE,
    KEYS,
    MAPS,
    PACK_FILE,
    REQUIRED,
    TEXT,
    TEXTS,
    VERSION,
    catalogue_shape,
    labels_shape,
    messages_shape,
    pack_fields,
    questions_shape,
)
from guidegen.pack.find import COMPLETING, builtin_packs, find_pack, section_file
from guidegen.pack.pin import Pin, kept_chain
from guidegen.schema.reader import Reader
from guidegen.schema.scalars import Plain, Refused, ScalarValue
from guidegen.schema.shapes import Shape
from guidegen.schema.yaml_tree import (
    Map,
    Node,
    Text,
    find_node,
    parse_tree,
    read_source,
)

_LOOKS = ("site", "pdf")
"""Folders with the look of the site and of the PDF."""

_FILES = ("questions.yml", "catalogue.yml", "labels.yml")
"""Files that a pack has beside `pack.yml`, or takes from a pack that it extends."""


class _File:
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


def read_data(folder: Path, pin: Pin | None = None) -> dict[str, Plain]:
    """Return the checked data of the pack in a folder, as `data_shape` describes it.

    Args:
        folder: The pack's own.
        pin: The kept texts that stand for those of a built-in pack. The installed one
            completes them as if they extended it.

    Raises:
        PackError: Everything that is wrong with it, by file and line.
    """
    tops = _tops(folder, pin)
    if any(file.reader.problems for file in tops):
        # A file that cannot be parsed, or a pack to extend that is not there: without
        # it, nearly everything would be missing.
        raise _error(tops)
    folders = tuple(file.path.parent for file in tops)
    files = {name: _File(_first(folders, name)) for name in _FILES}
    top = _read_top(tops, folders)
    languages = top.get("languages", ())
    names = {key: top.get(key) for key in MAPS}
    data: dict[str, Any] = {
        "pack": top,
        "questions": files["questions.yml"].read(questions_shape()),
        "catalogue": files["catalogue.yml"].read(catalogue_shape(languages, names)),
        "labels": _read_labels(files["labels.yml"], languages),
        "messages": {},
    }
    path = _first(folders, "messages.yml")
    # The interface's own messages are no part of a pack; `guidegen.messages` reads
    # them.
    if path.parent.resolve() != (builtin_packs() / COMPLETING).resolve():
        files[path.name] = _File(path)
        data["messages"] = files[path.name].read(messages_shape())
    if any(file.reader.problems for file in (*tops, *files.values())):
        raise _error((*tops, *files.values()))
    return {
        **data,
        "labels": _completed(data["labels"], files["labels.yml"].path, languages),
        "folders": [str(each) for each in folders],
        "text_folders": [str(each) for each in _text_folders(folders, pin)],
        "versions": list(_versions(tops)),
    }


def _error(files: Sequence[_File]) -> PackError:
    """Return all problems of some files, by line; what is missing comes last."""
    return PackError.of(
        *(
            problem
            for file in files
            for problem in sorted(
                file.reader.problems, key=lambda each: each.line or sys.maxsize
            )
        )
    )


def _tops(folder: Path, pin: Pin | None) -> list[_File]:
    """Return `pack.yml` of the pack and of those that it extends, its own first."""
    files = _installed_tops(folder)
    if pin is None:
        return files
    kept = [_File(each / "pack.yml") for each in kept_chain(pin.folder)]
    installed = (builtin_packs() / pin.record.name).resolve()
    folders = [file.path.parent for file in files]
    # Before the installed one, so that the kept texts win and newer labels still come
    # from there.
    if installed in folders:
        index = folders.index(installed)
        files[index:index] = kept
    return files


def _installed_tops(folder: Path) -> list[_File]:
    files = [_File(folder.resolve() / "pack.yml")]
    while (parent := _parent(files)) is not None:
        files.append(_File(parent / "pack.yml"))
    return files


def _parent(files: Sequence[_File]) -> Path | None:
    """Return the folder of the pack that the last of these extends, if any."""
    file = files[-1]
    named = _extends(file.root)
    if named is None:
        return None
    name = file.reader.read(named, TEXT, "extends")
    if not isinstance(name, str):
        return None
    try:
        found = find_pack(name, beside=file.path.parent).resolve()
    except PackError as error:
        file.report(error.problem.message, "extends", **error.problem.values)
        return None
    # Two packs that extend each other would be followed for ever.
    if found in [each.path.parent for each in files]:
        file.report("pack-extends-itself", "extends")
        return None
    return found


def _extends(root: Node | None) -> Node | None:
    named = find_node(root, ["extends"])
    return None if isinstance(named, Text) and named.empty else named


def extended_name(folder: Path) -> str:
    """Return the name of the pack that the one in a folder extends, "" if none."""
    named = _extends(_File(folder / "pack.yml").root)
    return named.text if isinstance(named, Text) else ""


def _text_folders(folders: tuple[Path, ...], pin: Pin | None) -> tuple[Path, ...]:
    """Return the folders that texts come from; those after kept ones only complete."""
    kept = kept_chain(pin.folder) if pin else ()
    if not kept or kept[-1] not in folders:
        return folders
    return folders[: folders.index(kept[-1]) + 1]


def _versions(tops: Sequence[_File]) -> tuple[str, ...]:
    """Return the version of each pack; one without has that of the pack it extends."""
    # The end of the chain, which has nothing to inherit a version from.
    versions = [""]
    for file in reversed(tops):
        node = find_node(file.root, ["version"])
        own = None if node is None else file.reader.read(node, VERSION, "version")
        versions.append(versions[-1] if own is None else str(own))
    return tuple(reversed(versions[1:]))


def _first(folders: Sequence[Path], name: str) -> Path:
    """Return the file from the first folder that has it, else where it should be."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    return folders[0] / name


def _read_top(tops: Sequence[_File], folders: Sequence[Path]) -> dict[str, Any]:
    """Return the data of `pack.yml`, completed by the packs that it extends."""
    entries = _entries(tops)

    def read(key: str, shape: Shape) -> Plain | None:
        if key not in entries:
            return None
        file, node = entries[key]
        return file.reader.read(node, shape, key)

    # The shapes of all other keys depend on these two.
    top: dict[str, Any] = {key: read(key, TEXTS) for key in ("languages", "variants")}
    languages, variants = top["languages"] or (), top["variants"] or ()

    def refuse_section(section: ScalarValue) -> Refused | None:
        return _refuse_section(str(section), variants, folders)

    for key, shape in pack_fields(languages, refuse_section).items():
        top[key] = top[key] if key in top else read(key, shape)
    for language in languages if variants else ():
        if language not in variants:
            entries["variants"][0].report("pack-variant", "variants", value=language)
    pages = top["pages"]
    if pages and pages[0].get("id", FRONT_PAGE) != FRONT_PAGE:
        entries["pages"][0].report("pack-front-page", "pages.0", value=FRONT_PAGE)
    for name in _LOOKS:
        if not any((folder / name).is_dir() for folder in folders):
            tops[0].reader.report("pack-look", "", None, folder=f"{name}/")
    return {key: value for key, value in top.items() if value is not None}


def _entries(tops: Sequence[_File]) -> dict[str, tuple[_File, Node]]:
    """Return the node of each key and the file that it is from; the own file wins."""
    entries: dict[str, tuple[_File, Node]] = {}
    for file in reversed(tops):
        found = file.reader.entries(file.root, KEYS) if file.root else None
        entries |= {key: (file, node) for key, node in (found or {}).items()}
    for key in REQUIRED:
        if key not in entries:
            tops[0].report("entry-missing", key)
    return entries


def _refuse_section(
    section: str, variants: Sequence[str], folders: Sequence[Path]
) -> Refused | None:
    """Refuse a section that lacks the text for one of the variants."""
    missing = [
        f"sections/{variant}/"
        for variant in variants
        if section_file(folders, variant, section) is None
    ]
    if not missing:
        return None
    return Refused("pack-section", value=section, folders=", ".join(missing))


def _read_labels(file: _File, languages: Sequence[str]) -> dict[str, Plain]:
    labels = cast("dict[str, Any]", file.read(labels_shape(languages)) or {})
    form = LocalText.of(labels.get("long_date", {}))
    for language, text in form.texts:
        try:
            # `str.format` shows a mistake only when it is used, so try it with some
            # date.
            text.format(day=1, month="", year=1)
        except (KeyError, ValueError, IndexError, AttributeError):
            file.report("pack-date-form", "long_date", language=language)
    return labels


def _completed(
    labels: Mapping[str, Plain], path: Path, languages: Sequence[str]
) -> dict[str, Plain]:
    """Add labels that a newer guidegen has and the pack does not.

    In languages that guidegen does not speak they are in English.
    """
    complete = builtin_packs() / COMPLETING / path.name
    if complete.resolve() == path.resolve():
        return dict(labels)
    known = cast("dict[str, Any]", _File(complete).read(labels_shape(())) or {})
    for key in known.keys() - labels.keys():
        if not isinstance(known[key], str):
            known[key] = dict.fromkeys(languages, known[key]["en"]) | known[key]
    return {**known, **labels}
