"""The guide: one page with the rules, what to post, what to do, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from guidegen.arrange.arrangement import Kind, PageArrangement
from guidegen.arrange.contact import contact_section
from guidegen.arrange.elements import (
    Flow,
    Frame,
    Section,
    also,
    has_class,
    ids_of,
    labelled,
    lines,
    make,
    split,
    stripped,
    unsearched,
    wrap,
)
from guidegen.arrange.heads_and_buttons import body, title_and_rest
from guidegen.arrange.kicker import MAGIC, kicker_of
from guidegen.arrange.tables import without_overview_tables
from guidegen.arrange.topics import Topics, folded, level, rights
from guidegen.page.tree import Content, Element, plain_text

_NUMBER = re.compile(r"\s*(\d+)\.\s+")
_SLOT = re.compile(r"\[[^\[\]]+\]")
_CLASS = re.compile(r"[\w-]+\Z")


def guide_page(
    content: Flow,
    given: PageArrangement,
    topics: Topics,
    frame: Frame,
) -> Flow:
    """Return the guide.

    Args:
        content: The page.
        given: What its sections are.
        topics: The page with the topics' examples.
        frame: What surrounds the texts.

    Raises:
        PackError: A word is missing.
    """
    opening, sections = split(content)
    taken = ids_of(content)
    of: dict[Kind, list[Section]] = {kind: [] for kind in Kind}
    for section, kind in _kinds(sections, given):
        of[kind].append(section)
    # There is one place for the contact.
    contact, of[Kind.MORE] = of[Kind.CONTACT][:1], of[Kind.MORE] + of[Kind.CONTACT][1:]
    rules = [_rule(each) for each in of[Kind.RULE]]
    stack = [_lights(each, topics, frame, taken) for each in of[Kind.LIGHT]]
    stack += [rights(each) for each in of[Kind.RIGHTS]]
    more = [_small_print(each, frame) for each in of[Kind.MORE]]
    return lines(
        _hero(opening, frame),
        body(
            wrap("div", *rules, classes="gg-rules") if rules else None,
            wrap("div", *stack, classes="gg-stack") if stack else None,
            *(_help(each) for each in of[Kind.HELP]),
            wrap("div", *more, classes="gg-more") if more else None,
        ),
        *(contact_section(each) for each in contact),
    )


def _kinds(
    sections: list[Section], given: PageArrangement
) -> Iterator[tuple[Section, Kind]]:
    """Yield each section with what it is to readers."""
    before = None
    for section in sections:
        kind = given.sections.get(section.heading.id)
        if kind is None:
            is_numbered = _numbered(section.heading) is not None
            kind = Kind.RULE if is_numbered else Kind.MORE
            # The company's own help stands behind the pack's.
            if before is Kind.HELP and not is_numbered:
                kind = Kind.HELP
        before = kind
        yield section, kind


def _numbered(heading: Element) -> re.Match[str] | None:
    first = heading.children[0] if heading.children else None
    return _NUMBER.match(first) if isinstance(first, str) else None


def _hero(opening: Flow, frame: Frame) -> Element | None:
    """Return the title and the sentence, in the order in which they are written."""
    if not opening:
        return None
    at = next((at for at, item in enumerate(opening) if _is_quote(item)), None)
    if at is None:
        first, more = title_and_rest(opening)
        figure = None
    else:
        first, more = stripped(opening[:at]), stripped(opening[at + 1 :])
        figure = _magic(opening[at], frame)
    return wrap(
        "header",
        wrap("div", first, classes="gg-hero__text") if first else None,
        figure,
        wrap("div", more, classes="gg-hero__more") if more else None,
        classes="gg-hero",
    )


def _magic(quote: Content, frame: Frame) -> Element | None:
    if not isinstance(quote, Element):
        return None
    words = kicker_of(quote, frame.labels, frame.language)
    kicker = make("figcaption", words, classes="gg-magic__kicker")
    return wrap("figure", kicker, _with_slot(quote), classes="gg-magic")


def _is_quote(item: Content) -> bool:
    """Return whether it is the sentence, quoted."""
    return (
        isinstance(item, Element)
        and item.tag == "blockquote"
        and has_class(item, MAGIC)
    )


def _with_slot(quote: Element) -> Element:
    """Return the quoted sentence with a mark around where the reader's name goes."""
    children = tuple(
        _with_slot(each) if isinstance(each, Element) else each
        for each in quote.children
    )
    if MAGIC not in quote.classes:
        return replace(quote, children=children)
    slotted: list[Content] = []
    for child in children:
        found = _SLOT.search(child) if isinstance(child, str) else None
        if found is None or not isinstance(child, str):
            slotted.append(child)
            continue
        slotted += (
            child[: found.start()],
            make("span", found[0], classes="gg-slot"),
            child[found.end() :],
        )
    return replace(quote, children=tuple(slotted))


def _rule(section: Section) -> Element:
    heading, content = section.heading, section.content
    number = _numbered(heading)
    title = heading.children
    tile: Flow = ()
    if number:
        title = (str(title[0])[number.end() :], *title[1:])
        dot = make("span", ".", classes="gg-spoken")
        tile = (make("span", number[1], dot, classes="gg-num"), " ")
    shown = make("span", *title, classes="gg-card__title")
    named = f" gg-card--{heading.id}" if _CLASS.match(heading.id) else ""
    return labelled(
        heading,
        replace(heading, children=(*tile, shown)),
        _with_figures(_marked(content, "gg-card__first")),
        classes=f"gg-card{named}",
    )


def _marked(content: Flow, name: str) -> Flow:
    """Return content whose first block is of a class if it is a paragraph."""
    first = content[0] if content else None
    if isinstance(first, Element) and first.tag == "p":
        return (also(first, name), *content[1:])
    return content


def _with_figures(content: Flow) -> Flow:
    """Return content in which the sentence stands as it does above all else.

    Texts from before pack 2.0.0 have it in a rule.
    """
    return tuple(
        wrap("figure", _with_slot(item), classes="gg-magic gg-magic--within")
        if isinstance(item, Element) and _is_quote(item)
        else item
        for item in content
    )


def _lights(section: Section, topics: Topics, frame: Frame, taken: set[str]) -> Element:
    arrangement = topics.arrangement
    content = without_overview_tables(section.content, arrangement, taken)
    intro, parts = split(content, "h3")
    levels: list[Content | Flow] = []
    for each in parts:
        if arrangement.level_of(each.heading):
            # What follows the last list is about all levels.
            end = _end_of_lists(each.content) if each is parts[-1] else None
            shown = _with_topics(each.content[:end], topics, taken)
            levels.append(level(each.heading, shown, arrangement=arrangement))
            levels.append(stripped(each.content[end:]) if end else ())
        else:
            levels.append((each.heading, "\n", *each.content))
    question = make("p", frame.labels.word("may_i_post"), classes="gg-kicker")
    return labelled(
        section.heading,
        question,
        section.heading,
        intro,
        *levels,
        classes="gg-lights",
    )


def _end_of_lists(content: Flow) -> int | None:
    """Return where the last list ends, None if there is none."""
    lists = (
        at
        for at, item in enumerate(content, start=1)
        if isinstance(item, Element) and item.tag == "ul"
    )
    return max(lists, default=None)


def _with_topics(content: Flow, topics: Topics, taken: set[str]) -> Flow:
    """Return a level's blocks with its list of topics as folded ones."""
    done: list[Content] = []
    for item in content:
        shown = None
        if isinstance(item, Element) and item.tag == "ul":
            shown = folded(item, topics, taken)
        if shown is None:
            done.append(item)
            continue
        for topic in shown:
            done += (topic, "\n")
    return stripped(done)


def _help(section: Section) -> Element:
    return labelled(
        section.heading,
        section.heading,
        section.content,
        classes="gg-box gg-box--help",
    )


def _small_print(section: Section, frame: Frame) -> Element:
    heading = section.heading
    if not section.content:
        return labelled(heading, heading, classes="gg-fold")
    title = plain_text(heading.children)
    spoken = make("span", frame.labels.word("more", title=title), classes="gg-spoken")
    summary = unsearched(make("summary", spoken))
    return labelled(
        heading,
        heading,
        wrap(
            "details",
            summary,
            wrap("div", section.content, classes="gg-fold__text"),
            classes="gg-fold__rest",
        ),
        classes="gg-fold",
    )
