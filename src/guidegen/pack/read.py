"""Reads and checks the files of a pack; finds everything that is wrong in one run."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from guidegen.errors import PackError
from guidegen.model.pack import LEVELS
from guidegen.pack.adaptation.placeholders import check_catalogue, check_statements
from guidegen.pack.adaptation.read import (
    SECTORS,
    Adaptation,
    check_date_form,
    known_sectors,
)
from guidegen.pack.cards import CardFiles
from guidegen.pack.contract import (
    FRONT_PAGE,
    KEYS,
    REQUIRED,
    TEXT,
    TEXT_KEYS,
    TEXTS,
    VERSION,
    catalogue_shape,
    labels_shape,
    messages_shape,
    pack_fields,
    questions_shape,
)
from guidegen.pack.find import COMPLETING, builtin_packs, find_pack, section_file
from guidegen.pack.pack_file import PackFile
from guidegen.pack.pin import Pin, kept_chain
from guidegen.schema.scalars import Plain, Refused, ScalarValue
from guidegen.schema.shapes import ListOf, Shape
from guidegen.schema.yaml_tree import List, Node, Text, find_node

_LOOKS = ("site", "pdf")
"""Folders with the look of the site and of the PDF."""

_FILES = ("questions.yml", "catalogue.yml", "labels.yml")
"""Files that a pack has beside `pack.yml`, or takes from a pack that it extends."""


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
    return _read_chain(tops, _text_folders(tops, pin))


def _read_chain(
    tops: Sequence[PackFile], text_folders: Sequence[Path]
) -> dict[str, Plain]:
    """Return the data of a pack and those that it extends, its own `pack.yml` first."""
    folders = tuple(file.path.parent for file in tops)
    files = {name: PackFile(_first(folders, name)) for name in _FILES}
    top, found = _read_top(tops, folders, text_folders)
    languages = top.get("languages", ())
    others = _has_other_sectors(tops, files["catalogue.yml"].path.parent)
    catalogue = cast(
        "dict[str, Any]",
        files["catalogue.yml"].read(_catalogue(top, any_sector=others)) or {},
    )
    if others:
        _drop_sectors(catalogue, known_sectors(top.get("sectors", {})))
    topics = {topic.get("id") for topic in catalogue.get("topics", ())}
    data: dict[str, Any] = {
        "pack": top,
        "questions": files["questions.yml"].read(questions_shape()),
        "catalogue": catalogue,
        "labels": _read_labels(files["labels.yml"], languages),
        "messages": {},
        **found.data(top.get("sectors", ()), top.get("countries", ()), topics),
    }
    cards = CardFiles(text_folders, languages, known_sectors(top.get("sectors", {})))
    cards.check(_section_ids(top), top.get("words", {}))
    data["cards"] = {"cards": cards.data}
    path = _first(folders, "messages.yml")
    # The interface's own messages are no part of a pack; `guidegen.messages` reads
    # them.
    if path.parent.resolve() != (builtin_packs() / COMPLETING).resolve():
        files[path.name] = PackFile(path)
        data["messages"] = files[path.name].read(messages_shape())
    _check_together(top, files["catalogue.yml"], catalogue.get("topics", []), found)
    read = (*tops, *files.values(), *found.files, *cards.files)
    if any(file.reader.problems for file in read):
        raise _error(read)
    return {
        **data,
        "labels": _completed(data["labels"], files["labels.yml"].path, languages),
        "folders": [str(each) for each in folders],
        "text_folders": [str(each) for each in text_folders],
        "versions": list(_versions(tops)),
    }


def _has_other_sectors(tops: Sequence[PackFile], catalogue: Path) -> bool:
    """Return whether a pack has sectors, but the catalogue of one that it extends."""
    nearer = itertools.takewhile(lambda file: file.path.parent != catalogue, tops)
    return any(
        find_node(file.root, ["sectors"]) is not None
        or (file.path.parent / SECTORS).is_file()
        for file in nearer
    )


def _drop_sectors(catalogue: Mapping[str, Any], known: Sequence[str]) -> None:
    """Leave out what a catalogue says for sectors that there are not."""
    for topic in catalogue.get("topics", ()):
        if "for" in topic:
            topic["for"] = {
                sector: other
                for sector, other in topic["for"].items()
                if sector in known
            }


def _catalogue(top: Mapping[str, Any], *, any_sector: bool) -> Shape:
    sectors, lights = top.get("sectors"), top.get("lights")
    if any_sector:
        sectors = None
    return catalogue_shape(
        top.get("languages", ()),
        {
            "sectors": None if sectors is None else known_sectors(sectors),
            "roles": top.get("roles"),
            # A pack with levels may still take topics from one that has lights.
            "lights": lights or dict.fromkeys(LEVELS.values()),
        },
    )


def _check_together(
    top: Mapping[str, Any], file: PackFile, topics: list[Any], found: Adaptation
) -> None:
    """Note what only several files together show."""
    ids = {topic.get("id") for topic in topics}
    found.check(known_sectors(top.get("sectors", {})), ids, _section_ids(top))
    # Packs from before there were any may have braces that mean nothing.
    if "levels" not in top:
        return
    words = top.get("words", {})
    check_catalogue(file, topics, words, found.sectors)
    for code, country in found.country_files.items():
        statements = found.countries[code].get("statements", [])
        check_statements(country, statements, words)


def _section_ids(top: Mapping[str, Any]) -> set[str]:
    fixed = (each for page in top.get("pages", ()) for each in page.get("sections", ()))
    every = (*fixed, *top.get("parts", ()))
    return {each if isinstance(each, str) else each.get("id", "") for each in every}


def _error(files: Sequence[PackFile]) -> PackError:
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


def _tops(folder: Path, pin: Pin | None) -> list[PackFile]:
    """Return `pack.yml` of the pack and of those that it extends, its own first."""
    files = _installed_tops(folder)
    if pin is None:
        return files
    kept = [PackFile(each / "pack.yml") for each in kept_chain(pin.folder)]
    installed = (builtin_packs() / pin.record.name).resolve()
    folders = [file.path.parent for file in files]
    # Before the installed one, so that the kept texts win and newer labels still come
    # from there.
    if installed in folders:
        index = folders.index(installed)
        files[index:index] = kept
    return files


def _installed_tops(folder: Path) -> list[PackFile]:
    files = [PackFile(folder.resolve() / "pack.yml")]
    while (parent := _parent(files)) is not None:
        files.append(PackFile(parent / "pack.yml"))
    return files


def _parent(files: Sequence[PackFile]) -> Path | None:
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
    named = _extends(PackFile(folder / "pack.yml").root)
    return named.text if isinstance(named, Text) else ""


def _text_folders(tops: Sequence[PackFile], pin: Pin | None) -> tuple[Path, ...]:
    """Return the folders that texts come from; those after kept ones only complete."""
    folders = tuple(file.path.parent for file in tops)
    kept = kept_chain(pin.folder) if pin else ()
    if not kept or kept[-1] not in folders:
        return folders
    return folders[: folders.index(kept[-1]) + 1]


def _versions(tops: Sequence[PackFile]) -> tuple[str, ...]:
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


def _read_top(
    tops: Sequence[PackFile], folders: Sequence[Path], text_folders: Sequence[Path]
) -> tuple[dict[str, Any], Adaptation]:
    """Return the data of `pack.yml`, completed by the packs that it extends.

    And what the files say that fit the texts to a company: which sectors and countries
    there are may follow from those.
    """
    entries = _entries(tops, text_folders)

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
        if key == "countries" and isinstance(entries.get(key, (0, 0))[1], List):
            # Only their order; each has its name in a file of its own.
            top[key] = read(key, ListOf(item=TEXT))
        elif key == "words":
            # One by one: a pack that changes a word need not repeat the others.
            top[key] = _read_words(tops, text_folders, shape)
        elif key not in top:
            top[key] = read(key, shape)
    _check_top(top, entries, tops)
    found = Adaptation(text_folders, languages, top["works_councils"])
    _name_choices(top, entries, found, tops)
    return {key: value for key, value in top.items() if value is not None}, found


def _read_words(
    tops: Sequence[PackFile], text_folders: Sequence[Path], shape: Shape
) -> dict[str, Plain] | None:
    """Return the words of a pack and of those that it extends; its own win."""
    words: dict[str, Plain] = {}
    for file in reversed(tops):
        node = find_node(file.root, ["words"])
        if node is not None and file.path.parent in text_folders:
            words |= cast(
                "dict[str, Plain]", file.reader.read(node, shape, "words") or {}
            )
    return words or None


def _check_top(
    top: Mapping[str, Any],
    entries: Mapping[str, tuple[PackFile, Node]],
    tops: Sequence[PackFile],
) -> None:
    """Note what does not fit together, and what is not there."""
    languages, variants = top["languages"] or (), top["variants"] or ()
    for language in languages if variants else ():
        if language not in variants:
            entries["variants"][0].report("pack-variant", "variants", value=language)
    pages = top["pages"]
    if pages and pages[0].get("id", FRONT_PAGE) != FRONT_PAGE:
        entries["pages"][0].report("pack-front-page", "pages.0", value=FRONT_PAGE)
    folders = [file.path.parent for file in tops]
    for name in _LOOKS:
        if not any((folder / name).is_dir() for folder in folders):
            tops[0].reader.report("pack-look", "", None, folder=f"{name}/")
    if not {"lights", "levels"} & entries.keys():
        tops[0].report("entry-missing", "levels")


def _name_choices(
    top: dict[str, Any],
    entries: Mapping[str, tuple[PackFile, Node]],
    found: Adaptation,
    tops: Sequence[PackFile],
) -> None:
    """Put the names of sectors and countries in, and note where there are none."""
    own, order = tops[0], [file.path.parent for file in tops]
    given = top["sectors"]
    # Which of two files names them, the nearer pack decides.
    if given is None or (
        found.sector_folder is not None
        and order.index(found.sector_folder)
        < order.index(entries["sectors"][0].path.parent)
    ):
        top["sectors"] = found.sector_names()
    file = entries["countries"][0] if "countries" in entries else own
    top["countries"] = found.country_names(top["countries"], file)
    for key in ("sectors", "countries"):
        broken = any(each.reader.problems for each in found.files)
        if not top[key] and key not in entries and not broken:
            own.report("entry-missing", key)


def _entries(
    tops: Sequence[PackFile], text_folders: Sequence[Path]
) -> dict[str, tuple[PackFile, Node]]:
    """Return the node of each key and the file that it is from; the own file wins."""
    entries: dict[str, tuple[PackFile, Node]] = {}
    for file in reversed(tops):
        found = file.reader.entries(file.root, KEYS) if file.root else None
        # What changes texts is as it was kept, also where that lacks it.
        kept = file.path.parent in text_folders
        entries |= {
            key: (file, node)
            for key, node in (found or {}).items()
            if kept or key not in TEXT_KEYS
        }
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


def _read_labels(file: PackFile, languages: Sequence[str]) -> dict[str, Plain]:
    labels = cast("dict[str, Any]", file.read(labels_shape(languages)) or {})
    check_date_form(file, labels)
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
    known = cast("dict[str, Any]", PackFile(complete).read(labels_shape(())) or {})
    for key in known.keys() - labels.keys():
        if not isinstance(known[key], str):
            known[key] = dict.fromkeys(languages, known[key]["en"]) | known[key]
    return {**known, **labels}
