"""What there is to tell of a release: its step, its links, its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guidegen.announce.kit import Kit, Links, plain_topics
from guidegen.announce.places import filled_texts
from guidegen.compose.guideline import magic_sentence
from guidegen.compose.topics import compose_topics
from guidegen.compose.wording import Wording
from guidegen.model.document import Document
from guidegen.model.labels import long_date
from guidegen.model.release import History, Release
from guidegen.model.text import LocalText, unmarked
from guidegen.page.tree import PageParser, plain_text
from guidegen.pipeline.published_address import language_address, site_root
from guidegen.release.validity import history_validities
from guidegen.site.urls import CHANGES, PRACTICE, VERSIONS, anchor
from guidegen.value import Value

_STEPS: Final = ("patch", "minor", "major")
_ACKNOWLEDGEMENT: Final = "acknowledgement"
_NUMBER: Final = re.compile(r"\d+\.\s+")
"""How the heading of a rule begins."""


class Announcement(Value):
    """What is the same in all languages."""

    release: Release
    history: History
    texts: Mapping[str, LocalText]
    """What the pack says of a release, by key."""
    address: str
    """Where the guideline is published."""
    parser: PageParser
    practises: bool = False
    """Whether today's site has a page to practise on."""


def kit_of(document: Document, wording: Wording, told: Announcement) -> Kit:
    """Return what there is to tell in one language.

    Args:
        document: The release in that language.
        wording: How the pack's words are put for the company.
        told: What is the same in all languages.
    """
    release, labels = told.release, document.labels
    step = step_of(release, told.history)
    magic = magic_sentence(wording)
    rules = rules_of(document, told.parser)
    links = links_of(document, told, step)
    contact = document.contacts[0]
    day = document.edition.valid_from or release.valid_from
    values = {
        "title": document.title,
        "version": release.version,
        # A line that begins with the month would read as another sentence.
        "valid_from": long_date(day, labels).replace(" ", "\u00a0"),
        "rules": _in_words(len(rules), labels.get("numbers", "")),
        "magic": magic.text,
        "contact": contact.name,
        "address": links.shown,
    }
    return Kit(
        language=document.language,
        locale=document.locale,
        company=document.company,
        title=document.title,
        step=step,
        version=release.version,
        texts=filled_texts(
            told.texts, values, lambda text: wording.fill_in(wording.text(text))
        ),
        note=release.note(document.language),
        magic=unmarked(magic.text),
        kicker=labels.word("nine_words" if magic.nine_words else "one_sentence"),
        rules=rules,
        topics=plain_topics(compose_topics(wording)),
        contact=contact,
        links=links,
        labels=labels,
        brand=document.brand_color,
    )


def step_of(release: Release, history: History) -> str:
    """Return how far a release goes for its readers.

    Who follows it also meets what came with versions in between that were replaced
    before their day: "no new rule" would not be true for them.
    """
    releases = history.releases
    if release == releases[0]:
        return "first"
    validities = history_validities(history)
    steps = [release.step]
    for each in reversed(releases[1 : releases.index(release)]):
        validity = validities[each.version]
        if validity.terms or validity.replaced_on or validity.withdrawn:
            break
        steps.append(each.step)
    return max(steps, key=_STEPS.index)


def links_of(document: Document, told: Announcement, step: str) -> Links:
    """Return where readers of a language find a release.

    The address may be the site's root, or any page that leads there.
    """
    release, address = told.release, told.address
    language = document.language
    languages = tuple(release.documents)
    today = language_address(address, language, languages)
    root = site_root(address)
    if today is None or root is None:
        return Links(front=address)
    folder = today
    if release != told.history.current:
        older = f"{root}{VERSIONS}/{release.version}/"
        folder = language_address(older, language, languages) or older
    pages = {page.id for page in document.pages}
    asks = step in {"first", "major"} and _ACKNOWLEDGEMENT in pages
    changes = f"{today}{CHANGES}.html#{anchor(release.version)}"
    return Links(
        front=folder,
        changes=None if step == "first" else changes,
        confirm=f"{folder}{_ACKNOWLEDGEMENT}.html" if asks else None,
        practice=f"{today}{PRACTICE}.html" if told.practises else None,
    )


def rules_of(document: Document, parser: PageParser) -> tuple[str, ...]:
    """Return the titles of the rules, without their numbers."""
    front = parser.parse(document.pages[0])
    headings = (plain_text([each]) for each in front.elements if each.tag == "h2")
    return tuple(
        _NUMBER.sub("", each, count=1) for each in headings if _NUMBER.match(each)
    )


def _in_words(count: int, numbers: str) -> str:
    words = numbers.split()
    return words[count - 1] if 0 < count <= len(words) else str(count)
