"""Adds sections to the guideline: optional ones of the pack, and the company's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from guidegen.answers.contract import NAME, fits_company
from guidegen.answers.edit import edit_answers
from guidegen.answers.read import newer_pack, read_answers, read_plain
from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.files import project_lock, write_atomic
from guidegen.merge.sections import OwnText, own_texts, read_section
from guidegen.messages import load_messages
from guidegen.model.answers import Answers, Placement, SectionAnswer
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pack.find import section_file
from guidegen.pack.load import load_pack
from guidegen.pipeline.customize import heading_of
from guidegen.schema.reader import nearest
from guidegen.schema.scalars import Plain
from guidegen.value import Value

_DEFAULT_PACK = "dell"
_OWN = "more"
"""Where a section of the company's own goes unless it says where."""

_SPECIAL = re.compile(r"[\\`*_\[\]#]")
"""What would be markup in a heading."""


class Offer(Value):
    """A section that can be added, or that was."""

    id: str
    title: str
    placement: str
    """Where it stands, or would stand: `rule`, `help` or `more`."""
    chosen: bool
    """Whether the guideline has it."""
    help: str | None = None
    """When a company wants it; only the pack says that."""
    own: bool = False
    """Whether it is one of the company's own, none of the pack's."""


class Wish(Value):
    """Which sections are wanted, and where."""

    sections: tuple[str, ...]
    after: str | None = None
    """The id of the section that they follow; None for the end of their place."""
    placement: Placement | None = None
    """None for where the pack, or guidegen, puts them."""


class Added(Value):
    """What has become of a wish."""

    sections: tuple[str, ...]
    """Those that were added."""
    moved: tuple[str, ...]
    """Those that stood there already, elsewhere."""
    unchanged: tuple[str, ...]
    files: tuple[Path, ...]
    """The new files, which wait for a text."""


def list_offers(project: Project | None, language: str) -> tuple[Offer, ...]:
    """Return all sections that can be added, those of the pack first.

    Args:
        project: Whose pack and sections are listed; None for the built-in pack.
        language: The author's: the one of titles and help.

    Raises:
        GuidegenError: The answers or the pack are wrong.
        ProblemsError: The project's texts know no optional sections.
    """
    if project is None:
        return tuple(_parts(load_pack(_DEFAULT_PACK), {}, language))
    answers, pack = read_answers(project.answers)
    _refuse_older(project, pack)
    chosen = {section.id: section for section in answers.sections}
    own = _own_offers(project, answers, pack, chosen)
    return (*_parts(pack, chosen, language), *own)


def unwritten_sections(
    project: Project, wish: Wish, *, titled: bool
) -> dict[str, tuple[str, ...]]:
    """Return the sections that need a text, and in which of the guideline's languages.

    Args:
        project: The project.
        wish: What is wanted.
        titled: Whether the author says that a section is their own, by its title.

    Raises:
        GuidegenError: The answers or the pack are wrong.
        ProblemsError: Something that is wanted is not there, or is always there.
    """
    answers, pack = read_answers(project.answers)
    _refuse_older(project, pack)
    problems: list[Problem] = []
    found: dict[str, tuple[str, ...]] = {}
    for section in wish.sections:
        missing = _unwritten(section, answers, pack)
        if problem := _mistake(section, missing, answers, pack, titled=titled):
            problems.append(problem)
        elif missing:
            found[section] = missing
    problems += _misplaced(wish, answers, pack)
    if problems:
        raise ProblemsError(tuple(problems))
    return found


def add_sections(
    project: Project, wish: Wish, titles: Mapping[str, Mapping[str, str]]
) -> Added:
    """Add sections to `sections:` of the answers, and write how their texts begin.

    Args:
        project: The project.
        wish: What is wanted.
        titles: For each section that `unwritten_sections` names, its title by language.

    Raises:
        GuidegenError: The answers or the pack are wrong, or the system refuses; nothing
            is changed.
        ProblemsError: Something that is wanted is not there, or is always there.
    """
    with project_lock(project.work):
        unwritten_sections(project, wish, titled=bool(titles))
        read = read_plain(project.answers)
        before = read.data.get("sections")
        entries: list[Plain] = [*before] if isinstance(before, list) else []
        there = [_id(entry) for entry in entries]
        after = entries
        for section in dict.fromkeys(wish.sections):
            after = _placed(after, section, wish)
        files = _write_texts(project, titles)
        try:
            edit_answers(project.answers, {"sections": after}, read.pack)
        except GuidegenError:
            # Without its entry, a new text would only be in the way.
            for path in files:
                path.unlink(missing_ok=True)
            raise
    moved = [each for each in wish.sections if each in there and after != entries]
    return Added(
        sections=tuple(each for each in wish.sections if each not in there),
        moved=tuple(moved),
        unchanged=tuple(
            each for each in wish.sections if each in there and each not in moved
        ),
        files=files,
    )


def _parts(
    pack: Pack, chosen: Mapping[str, SectionAnswer], language: str
) -> Iterator[Offer]:
    for part in pack.parts.values():
        stated = chosen[part.id].placement if part.id in chosen else None
        yield Offer(
            id=part.id,
            title=_line(part.title, language) or part.id,
            placement=stated or part.placement,
            chosen=part.id in chosen,
            help=_line(part.help, language),
        )


def _line(text: LocalText | None, language: str) -> str | None:
    # A company's own pack need not have the interface's language.
    found = text and (text.find(language) or text.texts[0][1])
    return " ".join(found.split()) if found else None


def _own_offers(
    project: Project,
    answers: Answers,
    pack: Pack,
    chosen: Mapping[str, SectionAnswer],
) -> Iterator[Offer]:
    """Yield the company's own sections, also those that wait in the folder."""
    written = (text.section for text in own_texts(project))
    for section in dict.fromkeys((*chosen, *written)):
        if section in pack.section_ids:
            continue
        variant = answers.variant(answers.languages[0])
        path = section_file((project.folder,), variant, section)
        if path is None:
            continue
        yield Offer(
            id=section,
            title=heading_of(read_section(path)[0]) or section,
            placement=(chosen[section].placement if section in chosen else None)
            or _OWN,
            chosen=section in chosen,
            own=True,
        )


def _refuse_older(project: Project, pack: Pack) -> None:
    """Refuse to add to texts that know no sections but their own."""
    if fits_company(pack):
        return
    newer = newer_pack(project.answers, pack)
    if newer is not None and fits_company(newer):
        values = {"old": pack.version, "new": newer.version}
        raise ProblemsError((Problem(message="answers-upgrade-first", values=values),))
    raise ProblemsError((Problem(message="add-pack", values={"name": pack.name}),))


def _unwritten(section: str, answers: Answers, pack: Pack) -> tuple[str, ...]:
    """Return the languages in which there is no text of a section."""
    if section in pack.section_ids:
        return ()
    return tuple(
        language
        for language in answers.languages
        if section_file((answers.folder,), answers.variant(language), section) is None
    )


def _mistake(
    section: str,
    missing: Sequence[str],
    answers: Answers,
    pack: Pack,
    *,
    titled: bool,
) -> Problem | None:
    """Return why a section cannot be added, if it cannot."""
    values = {"value": section}
    if section in pack.section_ids and section not in pack.parts:
        return Problem(message="add-always", values=values)
    if section not in pack.parts and not NAME.fullmatch(section):
        return Problem(message="answers-section-name", values=values)
    # A text in one language says that the section is meant to be the company's own.
    if titled or len(missing) < len(answers.languages):
        return None
    near = nearest(section, pack.section_ids)
    return (
        Problem(message="add-near", values={**values, "near": near}) if near else None
    )


def _misplaced(wish: Wish, answers: Answers, pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with the section that others are to follow."""
    if wish.after is None:
        return
    chosen = (section.id for section in answers.sections)
    always = (section.id for page in pack.pages for section in page.sections)
    known = [each for each in (*always, *chosen) if each not in wish.sections]
    if wish.after in known:
        return
    near = nearest(wish.after, known)
    yield Problem(
        message="answers-section-after" + ("-near" if near else ""),
        values={
            "key": "--after",
            "value": wish.after,
            "near": near,
            "known": ", ".join(known),
        },
    )


def _placed(entries: list[Plain], section: str, wish: Wish) -> list[Plain]:
    """Return the entries of `sections:` with a section as it is wanted."""
    at = next((at for at, each in enumerate(entries) if _id(each) == section), None)
    place = {"after": wish.after, "as": wish.placement}
    stated: dict[str, Plain] = {key: each for key, each in place.items() if each}
    if at is None:
        return [*entries, {"id": section, **stated} if stated else section]
    if not stated:
        return entries
    old = entries[at]
    new: Plain = {**(old if isinstance(old, dict) else {"id": section}), **stated}
    # An entry follows the one that it names.
    if wish.after and wish.after in map(_id, entries[at:]):
        return [*entries[:at], *entries[at + 1 :], new]
    return [*entries[:at], new, *entries[at + 1 :]]


def _id(entry: Plain) -> str:
    return str(entry.get("id") if isinstance(entry, dict) else entry)


def _write_texts(
    project: Project, titles: Mapping[str, Mapping[str, str]]
) -> tuple[Path, ...]:
    """Write the beginning of each text; return the new files."""
    answers, _ = read_answers(project.answers)
    sentence = load_messages()["add-first-sentence"]
    files: list[Path] = []
    for section, by_language in titles.items():
        for language, title in by_language.items():
            variant = answers.variant(language)
            own = OwnText(project=project, variant=variant, section=section)
            if own.path.exists():
                continue
            # In the language of its readers, as far as guidegen speaks it.
            first = sentence.find(language) or sentence.get("en")
            text = f"## {_escaped(title)}\n\n{first}\n"
            write_atomic(own.path, text.encode(), within=project.folder)
            files.append(own.path)
    return tuple(files)


def _escaped(title: str) -> str:
    """Return a title as Markdown in which nothing is markup, or an instruction."""
    # A backslash would not keep Jinja from what two braces mean, nor Markdown from
    # taking what follows `<` for HTML.
    escaped = _SPECIAL.sub(r"\\\g<0>", title)
    return escaped.replace("{", "&#123;").replace("<", "&lt;")
