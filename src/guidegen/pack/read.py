"""From a pack's folder to model values, with every problem found in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import PackError
from guidegen.model.pack import CatalogueTopic, Pack, PageSpec, SectionSpec
from guidegen.model.text import ALL, LocalText
from guidegen.pack.find import COMPLETING, builtin_packs, find_pack, section_file
from guidegen.pack.pin import kept_chain
from guidegen.pack.questions import read_questions
from guidegen.pack.yaml_file import Entry, PackFile

if TYPE_CHECKING:
    from guidegen.pack.pin import Pin

    _Folders = Sequence[Path]

FORMAT = 1
"""The version of the pack's file contract that this guidegen reads."""

FRONT_PAGE = "index"
"""The id of the first page: what a browser opens."""

_MAPS = ("sectors", "countries", "roles", "lights")
_KEYS = (
    *("format", "name", "version", "languages", "variants", "title"),
    *("magic_sentence", "pages", "markdown_extensions", "links", *_MAPS),
)
_OPTIONAL_KEYS = ("duty_words",)
_LOOKS = ("site", "pdf")
"""The folders that say what site and PDF look like."""
_USED = {"roles": "press", "lights": "red"}
"""What stands for the answers that say nothing else: who speaks, a topic's light."""
_LABELS = ("and", "long_date", *(f"month_{month}" for month in range(1, 13)))
"""The labels that every pack needs, whatever its sections print."""


def read_pack(folder: Path, pin: Pin | None = None) -> Pack:
    """Read and check the pack in a folder.

    Args:
        folder: The pack's own.
        pin: The kept texts that stand for those of a built-in pack. The installed one
            completes them as if they extended it.

    Raises:
        PackError: It is broken; the text lists every problem with file and line.
    """
    tops = _tops(folder, pin)
    folders = tuple(file.path.parent for file in tops)
    files = {
        stem: PackFile(_first(folders, f"{stem}.yml"))
        for stem in ("questions", "catalogue", "labels", "messages")
    }
    pack = _read(folders, tops, files)
    pack = replace(
        pack,
        text_folders=_text_folders(folders, pin),
        versions=_versions(tops),
        labels=_completed(pack.labels, files["labels"], pack.languages),
        messages=_completed(pack.messages, files["messages"], ("de", "en")),
    )
    for name in _LOOKS:
        if not any((each / name).is_dir() for each in folders):
            tops[0].root().fail(
                f"the folder {name}/ is missing; `extends: dell` has it"
            )
    problems = [
        problem for file in (*tops, *files.values()) for problem in file.problems
    ]
    if problems:
        raise PackError("error-pack-broken", problems="\n".join(problems))
    return pack


def _tops(folder: Path, pin: Pin | None) -> list[PackFile]:
    """Return the `pack.yml` of the pack and of those it extends, its own first."""
    files = _installed_tops(folder)
    if pin is None:
        return files
    kept = [PackFile(each / "pack.yml") for each in kept_chain(pin.folder)]
    installed = (builtin_packs() / pin.record.name).resolve()
    folders = [file.path.parent for file in files]
    if installed in folders:
        place = folders.index(installed)
        files[place:place] = kept
    return files


def _text_folders(folders: tuple[Path, ...], pin: Pin | None) -> tuple[Path, ...]:
    """Return the folders up to the kept ones; what follows only completes them."""
    kept = kept_chain(pin.folder) if pin else ()
    if not kept or kept[-1] not in folders:
        return folders
    return folders[: folders.index(kept[-1]) + 1]


def _versions(tops: Sequence[PackFile]) -> tuple[str, ...]:
    """Return the version of each pack; one that names none has that of its parent."""
    versions = [""]
    for file in reversed(tops):
        data = file.root().data
        own = data.get("version") if isinstance(data, dict) else None
        versions.append(str(own) if own is not None else versions[-1])
    return tuple(reversed(versions[1:]))


def _completed(
    texts: Mapping[str, LocalText], file: PackFile, languages: Sequence[str]
) -> dict[str, LocalText]:
    """Add the texts that a pack lacks because a newer guidegen has brought them.

    In a language that guidegen does not speak they are in English.
    """
    complete = builtin_packs() / COMPLETING / file.path.name
    if complete.resolve() == file.path.resolve():
        return dict(texts)
    given = PackFile(complete).root().locals(("de", "en"))
    for key in given.keys() - texts.keys():
        known = dict(given[key].texts)
        if ALL not in known:
            known = dict.fromkeys(languages, known["en"]) | known
        given[key] = LocalText.of(known)
    return given | dict(texts)


def _installed_tops(folder: Path) -> list[PackFile]:
    files = [PackFile(folder.resolve() / "pack.yml")]
    while True:
        file = files[-1]
        data = file.root().data
        parent = data.get("extends") if isinstance(data, dict) else None
        if parent is None:
            return files
        entry = Entry(file, ("extends",), parent)
        try:
            found = find_pack(entry.text(), beside=file.path.parent).resolve()
        except PackError as error:
            entry.fail(
                f"there is no template pack “{entry.data}”"
            ) if error.problem.message == "error-pack-unknown" else entry.fail(
                str(error)
            )
            return files
        if found in [each.path.parent for each in files]:
            entry.fail("the pack extends itself")
            return files
        files.append(PackFile(found / "pack.yml"))


def _first(folders: Sequence[Path], name: str) -> Path:
    """Return the file in the first folder that has it, else where it should be."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    return folders[0] / name


def _read(
    folders: tuple[Path, ...], tops: Sequence[PackFile], files: Mapping[str, PackFile]
) -> Pack:
    top = _top(tops)
    languages = top["languages"].texts()
    variants = top["variants"].texts()
    for language in languages:
        if language not in variants:
            top["variants"].fail(f"the language {language!r} is missing")
    maps = {key: top[key].locals(languages) for key in _MAPS}
    for key, needed in _USED.items():
        if needed not in maps[key]:
            top[key].missing(needed)
    return Pack(
        name=top["name"].text(),
        version=str(top["version"].data),
        folders=folders,
        text_folders=folders,
        languages=languages,
        variants=variants,
        title=top["title"].local(languages),
        magic_sentence=top["magic_sentence"].local(languages),
        pages=_pages(top["pages"], languages, variants, folders),
        sectors=maps["sectors"],
        countries=maps["countries"],
        roles=maps["roles"],
        lights=maps["lights"],
        catalogue=_catalogue(files["catalogue"].root(), languages, maps),
        questions=read_questions(files["questions"].root()),
        links=top["links"].texts(),
        labels=_labels(files["labels"].root(), languages),
        messages=files["messages"].root().locals(("de", "en")),
        markdown_extensions=top["markdown_extensions"].texts(),
        duty_words=_duty_words(top.get("duty_words")),
    )


def _top(tops: Sequence[PackFile]) -> dict[str, Entry]:
    """Return the entries of `pack.yml`, completed from the packs it extends."""
    entries: dict[str, Entry] = {}
    for file in reversed(tops):
        entries |= file.root().mapping(optional=(*_KEYS, *_OPTIONAL_KEYS, "extends"))
    for key in _KEYS:
        if key not in entries:
            entries[key] = tops[0].root().missing(key)
    if entries["format"].data != FORMAT:
        entries["format"].fail(f"this guidegen reads packs of format {FORMAT}")
    return entries


def _duty_words(entry: Entry | None) -> dict[str, tuple[str, ...]]:
    if entry is None:
        return {}
    return {language: words.texts() for language, words in entry.mapping().items()}


def _labels(root: Entry, languages: Sequence[str]) -> dict[str, LocalText]:
    labels = root.mapping(required=_LABELS)
    for language, form in labels["long_date"].local().texts:
        try:
            form.format(day=1, month="", year=1)
        except (KeyError, ValueError, IndexError, AttributeError):
            labels["long_date"].fail(
                f"{language!r} has other placeholders than {{day}}, {{month}}, {{year}}"
            )
    return {key: entry.local(languages) for key, entry in labels.items()}


def _pages(
    entry: Entry, languages: Sequence[str], variants: Sequence[str], folders: _Folders
) -> tuple[PageSpec, ...]:
    entries = entry.sequence()
    pages = tuple(_page(page, languages, variants, folders) for page in entries)
    if entries and pages[0].id not in {FRONT_PAGE, ""}:
        entries[0].fail(f"the first page's id must be {FRONT_PAGE!r}")
    _once(entries, [page.id for page in pages], "page")
    return pages


def _page(
    entry: Entry, languages: Sequence[str], variants: Sequence[str], folders: _Folders
) -> PageSpec:
    page = entry.mapping(required=("id", "title", "sections"), optional=("stamped",))
    entries = page["sections"].sequence()
    sections = tuple(_section(section, variants, folders) for section in entries)
    _once(entries, [section.id for section in sections], "section")
    return PageSpec(
        id=page["id"].slug(),
        title=page["title"].local(languages),
        sections=sections,
        stamped="stamped" in page and page["stamped"].flag(),
    )


def _section(entry: Entry, variants: Sequence[str], folders: _Folders) -> SectionSpec:
    if isinstance(entry.data, dict):
        data = entry.mapping(required=("id",), optional=("when",))
    else:
        data = {"id": entry}
    section = data["id"].slug()
    for variant in variants:
        if section and section_file(folders, variant, section) is None:
            entry.fail(f"the section {section!r} has no text in sections/{variant}/")
    when = data["when"].condition() if "when" in data else {}
    return SectionSpec(id=section, when=when)


def _once(entries: Sequence[Entry], ids: Sequence[str], what: str) -> None:
    for place, entry in enumerate(entries):
        if ids[place] and ids.index(ids[place]) != place:
            entry.fail(f"the {what} {ids[place]!r} is there twice")


def _catalogue(
    entry: Entry, languages: Sequence[str], maps: Mapping[str, Mapping[str, object]]
) -> dict[str, CatalogueTopic]:
    entries = entry.mapping(required=("topics",), optional=())["topics"].sequence()
    topics = [_topic(topic, languages, maps) for topic in entries]
    _once(entries, [topic.id for topic in topics], "topic")
    return {topic.id: topic for topic in topics}


def _topic(
    entry: Entry, languages: Sequence[str], maps: Mapping[str, Mapping[str, object]]
) -> CatalogueTopic:
    topic = entry.mapping(
        required=("id", "light", "name", "speakers", "sectors", "why", "dont", "do"),
        optional=("preselected", "unsuited", "not_covered", "laws"),
    )
    covered = topic.get("not_covered")
    return CatalogueTopic(
        id=topic["id"].slug(),
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
        unsuited=topic["unsuited"].texts(maps["sectors"])
        if "unsuited" in topic
        else (),
    )
