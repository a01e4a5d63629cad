"""Old pages with today's contacts: whoever has left is not to be written to any more.

The frozen pages stay as they are; only what readers are shown of them is changed. What
says whom to ask (the cards, the section of the guide, links to the page of contacts) is
today's. Elsewhere, how a former contact could be reached gives way to how today's can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import Final, TypeAlias

from guidegen.arrange import Arrangement
from guidegen.arrange.arrangement import Kind, Layout
from guidegen.arrange.contact import CARD
from guidegen.model.document import Document
from guidegen.model.former_contacts import FormerContacts
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels
from guidegen.model.release import Release, ReleasedDocument
from guidegen.page.html import html_of
from guidegen.page.links import is_outside
from guidegen.page.tree import Content, Element, PageParser, elements_of, plain_text
from guidegen.site.urls import current_folders
from guidegen.uri.phone import dialled
from guidegen.value import Value

Flow: TypeAlias = tuple[Content, ...]

_SCHEMES: Final = {
    "email": "mailto:",
    "phone": "tel:",
    "out_of_hours": "tel:",
    "chat": "",
}
_DU_AND_SIE: Final = {"de", "de-formal"}
_INSTEAD: Final = {
    "email": ("email",),
    "phone": ("phone", "out_of_hours"),
    "out_of_hours": ("out_of_hours", "phone"),
    "chat": ("chat",),
}
"""What stands for a way to reach somebody, the best first."""


class Place(Value):
    """An old version's language, and where its pages are."""

    release: Release
    document: ReleasedDocument
    labels: Labels
    root: str
    """Where the site's root is, seen from the pages."""


class TodaysContacts:
    """Puts today's contacts into old pages.

    Args:
        documents: What is at the root.
        arrangement: Which section of a page is what.
        parser: This run's parser, which may know the pages already.
        former: Who is no contact any more.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        arrangement: Arrangement,
        parser: PageParser,
        former: FormerContacts,
    ) -> None:
        self._documents = {each.language: each for each in documents}
        self._first = documents[0]
        self._folders = current_folders(documents)
        self._arrangement = arrangement
        self._parser = parser
        self._former = former

    @cached_property
    def seal(self) -> str:
        """All that old pages take from today's, as one text."""
        parts = [repr(self._former)]
        for document in self._documents.values():
            parts.append(html_of(self._cards(document)))
            parts.append(html_of(self._section(document)))
            parts.append(repr(document.contacts))
        return "\0".join(parts)

    def files(self, place: Place) -> frozenset[str]:
        """Return the cards for address books that an old page can link to."""
        today = self._today(place)
        base = self._base(place)
        return frozenset(
            f"{base}{each.path}" for each in today.assets if each.path.endswith(".vcf")
        )

    def on_pages(self, pages: Mapping[str, Flow], place: Place) -> dict[str, Flow]:
        """Return a version's pages with today's contacts.

        Args:
            pages: The frozen pages by their ids.
            place: The version's language, and where its pages are.
        """
        today = self._today(place)
        cards = self._moved(self._cards(today), today, place)
        section = self._moved(self._section_for(today, place), today, place)
        swap = _Swap(self._former, today.contacts, place)
        done = {}
        for page, content in pages.items():
            given = self._arrangement.page(page)
            shown = swap.flow(content)
            # After the rest: what is today's is right as it is.
            if given.layout is Layout.CONTACT and cards:
                shown = _with_cards(shown, cards, _note(place))
            if section:
                shown = self._with_section(shown, page, section)
            done[page] = shown
        return done

    def on_html(self, html: str, place: Place) -> str:
        """Return a page that cannot be read as a tree, without former contacts.

        Its cards stay, with a word in place of what was there.
        """
        for name in _codes(place.release, place.document.language):
            html = re.sub(rf'<img [^>]*src="{re.escape(escape(name))}"[^>]*>', "", html)
        return self._former.hidden(html, place.labels.word("contact_left_out"))

    def _today(self, place: Place) -> Document:
        return self._documents.get(place.document.language, self._first)

    def _base(self, place: Place) -> str:
        """Return where today's pages are, seen from a version's."""
        return place.root + self._folders[self._today(place).language].folder

    def _cards(self, document: Document) -> Flow:
        """Return today's cards; none if the page of contacts is arranged otherwise."""
        for page in document.pages:
            if self._arrangement.page(page.id).layout is Layout.CONTACT:
                content = self._parser.parse(page).content
                return tuple(each for each in content if _is_card(each))
        return ()

    def _section(self, document: Document) -> Flow:
        """Return what today's guide says of whom to ask, without its heading."""
        for page in document.pages:
            content = self._parser.parse(page).content
            for kind, part in self._parts(content, page.id):
                if kind is Kind.CONTACT:
                    return part[1:]
        return ()

    def _section_for(self, today: Document, place: Place) -> Flow:
        """Return today's section, or what cards say if it would mix Du with Sie."""
        section = self._section(today)
        if section and {today.variant, place.document.variant} == _DU_AND_SIE:
            # Cards address nobody.
            return _of_cards(self._cards(today)) or section
        return section

    def _with_section(self, content: Flow, page: str, section: Flow) -> Flow:
        return tuple(
            item
            for kind, part in self._parts(content, page)
            for item in ((part[0], *section) if kind is Kind.CONTACT else part)
        )

    def _parts(self, content: Flow, page: str) -> Iterator[tuple[Kind | None, Flow]]:
        """Yield the parts of a page, each with its heading, and what it is."""
        sections = self._arrangement.page(page).sections
        kind: Kind | None = None
        part: list[Content] = []
        for item in content:
            if isinstance(item, Element) and item.tag == "h2":
                yield kind, tuple(part)
                kind, part = sections.get(item.id), []
            part.append(item)
        yield kind, tuple(part)

    def _moved(self, content: Flow, today: Document, place: Place) -> Flow:
        """Return content of today as it stands on an old page."""
        base = self._base(place)
        pages = {page.id for page in place.document.pages}
        lang = today.language if today.language != place.document.language else ""

        def moved(item: Content) -> Content:
            if isinstance(item, str):
                return item
            return replace(
                item,
                # An id of today's page may be taken.
                id="",
                src=f"{base}{item.src}" if item.src else "",
                href=item.href and _address(item.href, base, pages),
                children=tuple(map(moved, item.children)),
            )

        found = tuple(map(moved, content))
        if lang:
            found = tuple(
                replace(each, lang=each.lang or lang)
                if isinstance(each, Element)
                else each
                for each in found
            )
        return found


class _Swap:
    """Puts today's ways to reach somebody in place of former ones."""

    def __init__(
        self,
        former: FormerContacts,
        contacts: Sequence[GuidelineContact],
        place: Place,
    ) -> None:
        self._former = former
        self._contacts = contacts
        self._codes = frozenset(_codes(place.release, place.document.language))
        self._word = place.labels.word("contact_left_out")
        self._successors = dict(_successors(place.release, contacts))

    def flow(self, content: Flow) -> Flow:
        """Return content without ways to reach former contacts."""
        return tuple(new for each in content for new in self._swapped(each))

    def _swapped(self, item: Content) -> Iterator[Content]:
        if isinstance(item, str):
            yield self._former.without_ways(item, self._word)
        elif item.tag == "a" and item.href:
            yield from self._link(item, item.href)
        elif item.src not in self._codes:
            yield self._told(item)

    def _link(self, link: Element, href: str) -> Iterator[Content]:
        text = plain_text(link.children)
        kind = self._former.kind_of(href) or self._former.kind_of(text)
        if kind and is_outside(href):
            yield self._instead(link, kind, text)
        elif href.endswith(".vcf"):
            yield from self.flow(link.children)
        elif not is_outside(href) and self._names(text) != text:
            yield replace(link, children=(self._names(text),))
        else:
            yield self._told(link)

    def _told(self, element: Element) -> Element:
        """Return an element with what it says itself, and what is in it."""

        def told(words: str) -> str:
            return self._former.without_ways(words, self._word)

        return replace(
            element,
            alt=element.alt and told(element.alt),
            others=tuple((name, told(value)) for name, value in element.others),
            children=self.flow(element.children),
        )

    def _names(self, text: str) -> str:
        """Return the text of a link to whom to ask, with today's names."""
        for name, follows in self._successors.items():
            # Not as a pattern's replacement: a name may hold a backslash.
            text = follows.join(re.split(rf"(?<!\w){re.escape(name)}(?!\w)", text))
        return text

    def _instead(self, link: Element, kind: str, text: str) -> Content:
        """Return a link to today's contact, or a word if there is no such way."""
        ways = (
            (way, getattr(self._contacts[0], way))
            for way in _INSTEAD[kind]
            if self._contacts
        )
        for way, value in ways:
            if value:
                says_it = self._former.kind_of(text) is not None
                href = f"{_SCHEMES[way]}{_number(way, value)}"
                children = (value,) if says_it else link.children
                return replace(link, href=href, children=children)
        return self._word


def _number(way: str, value: str) -> str:
    return dialled(value) if _SCHEMES[way] == "tel:" else value


def _successors(
    release: Release, today: Sequence[GuidelineContact]
) -> Iterator[tuple[str, str]]:
    """Yield the names of contacts who are none today, and whom to ask now."""
    contacts = release.answers.get("contacts")
    names = {contact.name for contact in today}
    for contact in contacts if isinstance(contacts, list) else ():
        if not isinstance(contact, dict):
            continue
        roles = set(_texts(contact.get("role")))
        same = (each.name for each in today if each.role in roles)
        for name in _texts(contact.get("name")):
            if today and name not in names:
                yield name, next(same, today[0].name)


def _texts(value: object) -> Iterable[str]:
    """Return a text, or that of each language."""
    if isinstance(value, dict):
        return map(str, value.values())
    return (value,) if isinstance(value, str) else ()


def _codes(release: Release, language: str) -> Iterator[str]:
    """Yield the pictures of codes: each has a card for address books beside it."""
    names = set(release.assets(language))
    for name in names:
        if f"{name.rpartition('.')[0]}.vcf" in names and not name.endswith(".vcf"):
            yield name


def _address(href: str, base: str, pages: set[str]) -> str:
    """Return where a link of a page of today leads, seen from an old one."""
    if is_outside(href) or href.startswith("#"):
        return href
    path, hash_sign, fragment = href.removeprefix("./").partition("#")
    name = re.sub(r"\.(md|html)\Z", "", path)
    if name == path:
        return f"{base}{href}"
    # An old page leads to pages of its own version where it can.
    here = f"{name}.html" if name in pages else f"{base}{name}.html"
    return f"{here}{hash_sign}{fragment}"


def _of_cards(cards: Flow) -> Flow:
    """Return what cards say of whom to ask, without their codes."""
    return tuple(
        part
        for card in cards
        if isinstance(card, Element)
        for part in card.children
        if not any(each.src for each in elements_of((part,)))
    )


def _is_card(item: Content) -> bool:
    return isinstance(item, Element) and CARD in item.classes


def _with_cards(content: Flow, cards: Flow, note: Element) -> Flow:
    """Return a page of contacts with other cards."""
    before = [each for each in content if _is_card(each)]
    if not before:
        return content
    at = content.index(before[0])
    rest = tuple(each for each in content if not _is_card(each))
    told = () if _names(before) == _names(cards) else (note, "\n")
    return (*rest[:at], *told, *cards, *rest[at:])


def _names(cards: Iterable[Content]) -> list[str]:
    return [plain_text([each]) for each in elements_of(cards) if each.tag == "strong"]


def _note(place: Place) -> Element:
    return Element(tag="p", children=(place.labels.word("contacts_today"),))
