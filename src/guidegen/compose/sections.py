"""The text of a section: whose wording it is, and what its heading gets."""

from __future__ import annotations

import re
from pathlib import Path

from guidegen.compose.wording import Wording
from guidegen.errors import AnswersError, PackError
from guidegen.model.answers import Answers
from guidegen.model.guideline import SectionRef
from guidegen.model.pack import Pack
from guidegen.model.project import SECTIONS
from guidegen.pack.find import section_file

_HEADING = re.compile(
    r"^(#{1,6})(?!#)[ \t]*(.+?)[ \t]*(\{:[^}\n]*\}[ \t]*)?$", re.MULTILINE
)
# Where a line that begins with `#` is no heading: comments, and code.
_NO_TEXT = re.compile(
    r"\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)|^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1|\Z)",
    re.DOTALL | re.MULTILINE,
)
_ANCHOR = re.compile(r"#([\w-]+)")
# A rule may have its number already: printed, or written by somebody's own hand.
_PRINTS_NUMBER = re.compile(r"\brule\.number\b")
_NUMBERED = re.compile(rf"\d|.*{_PRINTS_NUMBER.pattern}")
_NUMBER = "{{ rule.number }}. "


def section_of(
    section: str, wording: Wording, *, placement: str | None, chosen: bool = False
) -> SectionRef:
    """Return a section with its text: the company's own wording, else the pack's.

    Args:
        section: Its id.
        wording: Whose guideline it is.
        placement: What it is to readers: `rule`, `help`, `more`, or None.
        chosen: Whether the company has added it: its heading then gets what the
            sections that every guideline has bring along.

    Raises:
        PackError: It has no text, or one that cannot be read.
        AnswersError: The company's own section has no text or no heading.
    """
    # The company's folder first: its text wins over the pack's in every variant.
    own = wording.answers.folder
    path = section_file((own, *wording.pack.folders), wording.variant, section)
    lang = None
    if path is None and chosen:
        # A text of another variant is better than none, and marked as what it is.
        path, lang = _elsewhere(section, wording)
    if path is None:
        if chosen:
            raise _unwritten(section, wording)
        raise PackError(
            "error-section-missing", section=section, variant=wording.variant
        )
    source = read_source(path)
    if not path.is_relative_to(own / SECTIONS):
        source = wording.spelled_template(source)
    heading = _first_heading(source)
    if chosen:
        if heading is None:
            raise AnswersError("error-own-section-heading", path=path)
        source = _completed(source, heading, section, numbered=placement == "rule")
        heading = _first_heading(source)
    # A pack's own pages may be from before they said what a section is.
    if placement is None and heading and _PRINTS_NUMBER.search(heading[2]):
        placement = "rule"
    named = _ANCHOR.search(heading[3] or "") if heading else None
    return SectionRef(
        id=section,
        path=path,
        source=source,
        placement=placement,
        anchor=named[1] if named else None,
        lang=lang,
    )


def _elsewhere(section: str, wording: Wording) -> tuple[Path | None, str | None]:
    """Return the company's text of another variant, and its language if another."""
    answers, language = wording.answers, wording.language
    # Its own language first: de-formal for those who are addressed with Du.
    variants = wording.pack.variants
    own = (each for each in variants if each.partition("-")[0] == language)
    chosen = (answers.variant(each) for each in answers.languages)
    for variant in dict.fromkeys((*own, *chosen, *variants)):
        path = section_file((answers.folder,), variant, section)
        if path is not None:
            written = variant.partition("-")[0]
            return path, None if written == language else written
    return None, None


def _first_heading(source: str) -> re.Match[str] | None:
    return next(iter(_headings(source)), None)


def _headings(source: str) -> list[re.Match[str]]:
    """Return the headings of a text, but for those in comments and code."""
    # Blanks of the same length keep the places of all that follows.
    text = _NO_TEXT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    return [
        found
        for place in _HEADING.finditer(text)
        if (found := _HEADING.match(source, place.start()))
    ]


def _unwritten(section: str, wording: Wording) -> AnswersError:
    # The language alone: a text for `de` serves those who are addressed with Sie, too.
    name = f"{SECTIONS}/{wording.language}/{section}.md"
    return AnswersError(
        "error-own-section-missing",
        path=wording.answers.folder / name,
        section=section,
        file=name,
    )


def _completed(
    source: str, heading: re.Match[str], section: str, *, numbered: bool
) -> str:
    """Return a text whose heading has level, number and id, as those of the pack."""
    title, attributes = heading[2], (heading[3] or "").strip()
    if numbered and not _NUMBERED.match(title):
        title = _NUMBER + title
    if not attributes:
        attributes = f"{{: #{section} }}"
    elif not _ANCHOR.search(attributes):
        attributes = f"{{: #{section} {attributes[2:].strip()}"
    # A page has one heading of the first level, its title.
    level = heading[1] if len(heading[1]) > 1 else "##"
    rest = source[heading.end() :]
    for later in reversed(_headings(rest)):
        if len(later[1]) == 1:
            rest = f"{rest[: later.start()]}#{rest[later.start() :]}"
    return f"{source[: heading.start()]}{level} {title} {attributes}{rest}"


def pack_section(
    answers: Answers, pack: Pack, variant: str, section: str
) -> str | None:
    """Return the pack's text of a section as this company gets it, if it has one.

    Raises:
        PackError: The pack's file cannot be read.
    """
    # A file that no page takes does not count as a section of the pack.
    if section not in pack.section_ids:
        return None
    # Not `folders`: those after the pinned texts only complete them.
    path = section_file(pack.text_folders, variant, section)
    wording = Wording(answers=answers, pack=pack, language=variant.partition("-")[0])
    return wording.spelled_template(read_source(path)) if path else None


def read_source(path: Path) -> str:
    """Return the text of a section's file.

    Raises:
        PackError: It cannot be read, or is not UTF-8.
    """
    try:
        # Editors on Windows put a byte order mark at the start.
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError("error-section-encoding", path=path) from error
