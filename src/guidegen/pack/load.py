"""From a pack's folder to model values, with every problem found in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidegen.errors import PackError
from guidegen.model.pack import CatalogueTopic, Pack, PageSpec, SectionSpec
from guidegen.pack.find import find_pack
from guidegen.pack.questions import read_questions
from guidegen.pack.yaml_file import Entry, PackFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from guidegen.model.text import LocalText

FORMAT = 1
"""The version of the pack's file contract that this guidegen reads."""

_MAPS = ("sectors", "countries", "roles", "lights")


def load_pack(name: str | Path, *, beside: Path | None = None) -> Pack:
    """Read a template pack.

    Args:
        name: A built-in pack's name, or a folder.
        beside: What a relative folder counts from.

    Raises:
        PackError: It is missing or broken; the text lists every problem with file and
            line.
    """
    folders = _folders(find_pack(name, beside=beside))
    files = {
        stem: PackFile(_first(folders, f"{stem}.yml"))
        for stem in ("pack", "questions", "catalogue", "labels", "messages")
    }
    pack = _read(folders, files)
    problems = [problem for file in files.values() for problem in file.problems]
    problems += _missing_sections(pack)
    if problems:
        raise PackError("the template pack is broken:\n" + "\n".join(problems))
    return pack


def _folders(folder: Path) -> tuple[Path, ...]:
    """Return the pack's folder and those of the packs it extends, its own first."""
    folders = [folder]
    while True:
        file = PackFile(folders[-1] / "pack.yml")
        data = file.root().data
        parent = data.get("extends") if isinstance(data, dict) else None
        if parent is None:
            return tuple(folders)
        found = find_pack(str(parent), beside=folders[-1])
        if found in folders:
            raise PackError("the pack extends itself", path=file.path)
        folders.append(found)


def _first(folders: Sequence[Path], name: str) -> Path:
    """Return the file in the first folder that has it, else where it should be."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    return folders[0] / name


def _read(folders: tuple[Path, ...], files: Mapping[str, PackFile]) -> Pack:
    top = _top(folders, files["pack"])
    languages = top["languages"].texts()
    maps = {key: top[key].locals(languages) for key in _MAPS}
    catalogue = _catalogue(files["catalogue"].root(), languages, maps)
    return Pack(
        name=top["name"].text(),
        version=str(top["version"].data),
        folders=folders,
        languages=languages,
        variants=top["variants"].texts(),
        title=top["title"].local(languages),
        magic_sentence=top["magic_sentence"].local(languages),
        pages=tuple(_page(page, languages) for page in top["pages"].sequence()),
        sectors=maps["sectors"],
        countries=maps["countries"],
        roles=maps["roles"],
        lights=maps["lights"],
        catalogue=catalogue,
        questions=read_questions(files["questions"].root()),
        links=top["links"].texts(),
        labels=files["labels"].root().locals(languages),
        messages=files["messages"].root().locals(("de", "en")),
        markdown_extensions=top["markdown_extensions"].texts(),
    )


def _top(folders: Sequence[Path], file: PackFile) -> dict[str, Entry]:
    """Return the entries of `pack.yml`, completed from the packs it extends."""
    keys = (
        *("format", "name", "version", "languages", "variants", "title"),
        *("magic_sentence", "pages", "markdown_extensions", "links", *_MAPS),
    )
    entries: dict[str, Entry] = {}
    for folder in reversed(folders[1:]):
        entries |= PackFile(folder / "pack.yml").root().mapping()
    entries |= file.root().mapping(optional=(*keys, "extends"))
    for key in keys:
        if key not in entries:
            file.report((), f"the key {key!r} is missing")
            entries[key] = Entry(file, (key,), None)
    if entries["format"].data != FORMAT:
        entries["format"].fail(f"this guidegen reads packs of format {FORMAT}")
    return entries


def _page(entry: Entry, languages: Sequence[str]) -> PageSpec:
    page = entry.mapping(required=("id", "title", "sections"), optional=())
    if page.keys() < {"id", "title", "sections"}:
        return PageSpec(id="", title=entry.local(), sections=())
    return PageSpec(
        id=page["id"].text(),
        title=page["title"].local(languages),
        sections=tuple(_section(section) for section in page["sections"].sequence()),
    )


def _section(entry: Entry) -> SectionSpec:
    if isinstance(entry.data, str):
        return SectionSpec(id=entry.text())
    section = entry.mapping(required=("id",), optional=("when",))
    return SectionSpec(
        id=section["id"].text() if "id" in section else "",
        when=section["when"].condition() if "when" in section else {},
    )


def _catalogue(
    entry: Entry, languages: Sequence[str], maps: Mapping[str, Mapping[str, object]]
) -> dict[str, CatalogueTopic]:
    topics = [
        topic
        for item in entry.mapping(required=("topics",), optional=()).values()
        for topic in item.sequence()
    ]
    read = [_topic(topic, languages, maps) for topic in topics]
    ids = [topic.id for topic in read]
    for place, entry_ in enumerate(topics):
        if ids.index(ids[place]) != place:
            entry_.fail(f"the topic {ids[place]!r} is there twice")
    return {topic.id: topic for topic in read}


def _topic(
    entry: Entry, languages: Sequence[str], maps: Mapping[str, Mapping[str, object]]
) -> CatalogueTopic:
    needed = ("id", "light", "name", "speakers", "sectors", "why", "dont", "do")
    topic = entry.mapping(
        required=needed, optional=("preselected", "not_covered", "laws")
    )
    for key in needed:
        topic.setdefault(key, Entry(entry.file, entry.keys, None))
    covered = topic.get("not_covered")
    return CatalogueTopic(
        id=topic["id"].text(),
        preselected="preselected" in topic and topic["preselected"].flag(),
        light=topic["light"].text(maps["lights"]),
        name=topic["name"].local(languages),
        speakers=topic["speakers"].texts(maps["roles"]),
        sectors=topic["sectors"].texts(("all", *maps["sectors"])),
        why=topic["why"].local(languages),
        dont=topic["dont"].local(languages),
        do=topic["do"].local(languages),
        not_covered=covered.local(languages) if covered else None,
        laws=topic["laws"].texts() if "laws" in topic else (),
    )


def _missing_sections(pack: Pack) -> list[str]:
    """Return the sections that have no text in a variant or what it falls back to."""
    return [
        f"{pack.folders[0] / 'pack.yml'}: the section {section.id!r} has no text in"
        f" sections/{variant}/"
        for page in pack.pages
        for section in page.sections
        for variant in pack.variants
        if section_file(pack.folders, variant, section.id) is None
    ]


def section_file(folders: Sequence[Path], variant: str, section: str) -> Path | None:
    """Return a section's file: the first folder's that has one.

    A variant without a text of its own uses that of its language.
    """
    for name in dict.fromkeys((variant, variant.partition("-")[0])):
        for folder in folders:
            path = folder / "sections" / name / f"{section}.md"
            if path.is_file():
                return path
    return None


def load_messages() -> dict[str, LocalText]:
    """Return what guidegen says to the author, without reading a whole pack.

    Raises:
        PackError: The built-in pack is broken.
    """
    file = PackFile(find_pack("dell") / "messages.yml")
    return file.root().locals()
