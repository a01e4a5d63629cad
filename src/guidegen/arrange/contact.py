"""The page of contacts, and the section of the guide that says whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from guidegen.arrange.elements import (
    Flow,
    Frame,
    Section,
    also,
    ids_of,
    is_blank,
    labelled,
    lines,
    make,
    split,
    stripped,
    text,
    unsearched,
    wrap,
)
from guidegen.arrange.heads_and_buttons import body, part, small_head
from guidegen.page.tree import Content, Element, elements_of, plain_text

CARD = "contact-card"
"""The class of a person in the texts."""

_PERSON = "gg-person"

_WAYS = {"mailto": "mail", "tel": "phone", "https": "chat", "http": "chat"}
"""What a link of a scheme opens; one of each is in reach on every page."""


def contact_page(content: Sequence[Content], frame: Frame) -> Flow:
    """Return a page with a card for each person, and the other sections below.

    Args:
        content: The page.
        frame: What surrounds the texts.

    Raises:
        PackError: A word is missing.
    """
    opening, sections = split(content)
    head, rest = small_head(opening)
    more = [part(each, "") for each in sections]
    below = wrap("div", *more, classes="gg-more gg-more--two") if more else None
    taken = ids_of(content)
    ids = (name for n in count(1) if (name := f"person-{n}") not in taken)
    people = _together(_person(each, ids, frame) for each in rest)
    return lines(head, body(people, below))


def _together(content: Iterable[Content]) -> Flow:
    """Return content in which people who follow each other stand together."""
    done: list[Content] = []
    people: list[Element] = []
    for item in (*content, None):
        if isinstance(item, Element) and _PERSON in item.classes:
            people.append(item)
            continue
        if people and item is not None and is_blank(item):
            continue
        if people:
            done += (wrap("div", *people, classes="gg-people"), "\n")
            people = []
        if item is not None:
            done.append(item)
    return stripped(done)


def _person(card: Content, ids: Iterator[str], frame: Frame) -> Content:
    """Return a person's card, anything else as it is.

    Args:
        card: What may be one.
        ids: Ids for the headings of people.
        frame: What surrounds the texts.
    """
    if not isinstance(card, Element) or CARD not in card.classes:
        return card
    blocks = stripped(card.children)
    code = _code(blocks[-1]) if blocks else None
    if code:
        blocks = stripped(blocks[:-1])
    head, role = _named(blocks)
    if head is None:
        told = wrap("div", blocks, classes="gg-person__text")
        section = wrap("section", told, code, classes=_PERSON)
    else:
        head = replace(head, id=head.id or next(ids))
        save = code and _save(code, head, frame)
        told = wrap("div", head, role, blocks[1:], save, classes="gg-person__text")
        section = labelled(head, told, code, classes=_PERSON)
    return replace(section, id=card.id, lang=card.lang)


def _code(block: Content) -> Element | None:
    """Return a person's code if a paragraph holds nothing else."""
    if not isinstance(block, Element) or block.tag != "p" or block.id:
        return None
    picture, *others = (*text(block.children), "")
    if others != [""] or not isinstance(picture, Element) or picture.tag != "img":
        return None
    return also(picture, "gg-person__code")


def _save(code: Element, name: Element, frame: Frame) -> Element | None:
    """Return a link to a person's card for the address book, if there is one."""
    card = f"{code.src.rpartition('.')[0]}.vcf"
    if card not in frame.files:
        return None
    whose = make("span", f": {plain_text(name.children)}", classes="gg-spoken")
    word = make("span", frame.labels.word("save_contact"), whose)
    link = replace(
        make("a", word, classes="gg-button"), href=card, others=(("download", ""),)
    )
    shown = make("p", link, classes="gg-person__save")
    return unsearched(shown)


def _named(blocks: Flow) -> tuple[Element | None, Element | None]:
    """Return a person's name as a heading, and the role, if they come first."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Element) or first.tag != "p" or first.id:
        return None, None
    name, *rest = stripped(first.children) or ("",)
    following, *role = stripped(rest) or (None,)
    if not isinstance(name, Element) or name.tag != "strong":
        return None, None
    if following and not (isinstance(following, Element) and following.tag == "br"):
        return None, None
    line = stripped(role)
    told = make("p", *line, classes="gg-person__role") if line else None
    return replace(name, tag="h2"), told


def contact_section(section: Section) -> Element:
    """Return whom to ask, with the ways to reach them first."""
    heading, content = section.heading, section.content
    # The heading itself is heard: a search takes for its section what stands beside it
    # or deeper, and in the bar it would be deeper than all that follows.
    title = plain_text(heading.children)
    shown = [_seen(title, "gg-contact__title")]
    shown += [_seen(name, "gg-contact__name") for name in [*_names(content)][:1]]
    ways = [make("li", each) for each in _ways(content)]
    listed = unsearched(wrap("ul", *ways, classes="gg-contact__ways")) if ways else None
    who = wrap("div", *shown, classes="gg-contact__who")
    # Its class comes first: templates find the section by this tag.
    return wrap(
        "section",
        also(heading, "gg-spoken"),
        wrap("div", who, listed, classes="gg-contact__bar"),
        wrap("div", content, classes="gg-contact__rest"),
        classes="gg-contact",
    )


def _seen(words: str, name: str) -> Element:
    """Return words for those who see the page; others get them elsewhere."""
    return unsearched(make("p", words, classes=name, aria_hidden="true"))


def _names(content: Sequence[Content]) -> Iterator[str]:
    for each in elements_of(content):
        if each.tag == "strong":
            yield plain_text(each.children)


def _ways(content: Sequence[Content]) -> Iterator[Element]:
    """Yield links to the ways of reaching the contact, the first of each kind."""
    found: dict[str, Element] = {}
    for item in elements_of(content):
        if item.tag != "li":
            continue
        for link in elements_of(item.children):
            kind = _WAYS.get((link.href or "").partition(":")[0].lower())
            if kind is None or kind in found:
                continue
            # Such a line is like this: a word, a colon, and the address.
            word, colon, _ = plain_text(item.children).partition(":")
            word = word if colon else plain_text(link.children)
            span = make("span", word)
            way = make("a", span, classes=f"gg-way gg-way--{kind}")
            found[kind] = replace(way, href=link.href)
    yield from found.values()
