"""Topics with their examples: open on their own page, folded on the guide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from guidegen.arrange.arrangement import Arrangement, Kind, PageArrangement
from guidegen.arrange.elements import (
    Flow,
    Section,
    also,
    ids_of,
    is_line,
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
from guidegen.arrange.tables import without_topic_tables
from guidegen.page.tree import Content, Element, elements_of, plain_text
from guidegen.value import Value

WHO = "gg-topic__who"


class Topic(Value):
    """A topic as its own page tells it."""

    heading: Element
    who: Element | None
    """The paragraph that says who speaks, if there is one."""
    content: Flow
    """Why that is so, notes, and the examples."""


class Topics(Value):
    """The page of topics, before it is arranged."""

    page: str
    """Its id."""
    content: Flow
    arrangement: Arrangement

    @cached_property
    def flat(self) -> Flow:
        """The page's content with headings instead of the tables of old texts."""
        return without_topic_tables(
            self.content, self.arrangement, ids_of(self.content)
        )

    @cached_property
    def by_id(self) -> Mapping[str, Topic]:
        """All topics by the ids of their headings."""
        return {
            topic.heading.id: topic
            for section in split(self.flat)[1]
            if self.arrangement.level_of(section.heading)
            for topic in map(topic_of, split(section.content, "h3")[1])
        }


def topic_of(section: Section) -> Topic:
    """Return the topic that a heading of the page of topics begins."""
    who, *rest = section.content or ("",)
    if isinstance(who, Element) and _says_who(who):
        return Topic(
            heading=section.heading,
            who=who if WHO in who.classes else also(who, WHO),
            content=stripped(rest),
        )
    return Topic(heading=section.heading, who=None, content=section.content)


def _says_who(element: Element) -> bool:
    """Return whether a paragraph is like "**Who speaks:** the press office"."""
    if element.tag != "p" or WHO in element.classes:
        return WHO in element.classes
    label, *rest = (*text(element.children), "")
    return (
        isinstance(label, Element)
        and label.tag == "strong"
        and plain_text(label.children).endswith(":")
        and bool(plain_text(rest))
    )


def topics_page(content: Flow, given: PageArrangement, topics: Topics) -> Flow:
    """Return the page with every topic and its examples, by level.

    Args:
        content: The page.
        given: What its sections are.
        topics: The same page.
    """
    opening, sections = split(topics.flat)
    levels = [each for each in sections if topics.arrangement.level_of(each.heading)]
    if not levels:
        opening, sections = split(content)
    head, rest = small_head(opening)
    open_levels = (_level(each, topics.arrangement) for each in levels)
    lights = wrap("div", rest, *open_levels, classes="gg-lights gg-lights--open")
    others = (
        rights(each)
        if given.sections.get(each.heading.id) is Kind.RIGHTS
        else part(each, "gg-part")
        for each in sections
        if each not in levels
    )
    return lines(head, body(lights if levels else rest, *others))


def _level(section: Section, arrangement: Arrangement) -> Element:
    meaning, given = split(section.content, "h3")
    shown = (_open(topic_of(each), arrangement) for each in given)
    return level(section.heading, meaning, *shown, arrangement=arrangement)


def level(
    heading: Element,
    meaning: Flow,
    *topics: Content | Flow,
    arrangement: Arrangement,
) -> Element:
    """Return the topics of a level below its name and what it means.

    Args:
        heading: The level's name.
        meaning: The paragraphs below it.
        topics: The topics.
        arrangement: Which levels there are.
    """
    first = meaning[0] if meaning else None
    if isinstance(first, Element) and first.tag == "p":
        meaning = (also(first, "gg-level__means"), *meaning[1:])
    kind = f"gg-level gg-level--{arrangement.level_of(heading)}"
    return labelled(
        heading, also(heading, "gg-level__name"), meaning, *topics, classes=kind
    )


def rights(section: Section) -> Element:
    """Return what is always allowed: the green light."""
    return labelled(
        section.heading,
        also(section.heading, "gg-level__name"),
        wrap("div", section.content, classes="gg-level__text"),
        classes="gg-level gg-level--go",
    )


def _open(topic: Topic, arrangement: Arrangement) -> Element:
    return labelled(
        topic.heading,
        also(topic.heading, "gg-topic__name"),
        topic.who,
        _told(topic.content, arrangement),
        classes="gg-topic gg-topic--open",
    )


def _told(content: Flow, arrangement: Arrangement) -> Flow:
    """Return what is told of a topic, with its examples as posts."""
    return tuple(
        _block(item, arrangement) if isinstance(item, Element) else item
        for item in content
    )


def _block(block: Element, arrangement: Arrangement) -> Element:
    if block.tag == "dl":
        return _posts(block, arrangement) or block
    # A note is a paragraph that is emphasised as a whole.
    notes = [
        isinstance(each, Element) and each.tag == "em" for each in text(block.children)
    ]
    return (
        block if block.tag != "p" or notes == [True] else also(block, "gg-topic__why")
    )


def _posts(examples: Element, arrangement: Arrangement) -> Element | None:
    """Return a list of examples as posts, None if it says more than that."""
    posts: list[Element] = []
    sign: Element | None = None
    says = arrangement.says
    if examples.id:
        return None
    for each in text(examples.children):
        if not isinstance(each, Element):
            return None
        if each.tag == "dt":
            sign = each
            continue
        kinds = [says[name] for name in (sign.classes if sign else ()) if name in says]
        if sign is None or not kinds:
            return None
        posts.append(_post(sign, each, kinds[0]))
        sign = None
    if sign is not None or not posts:
        return None
    return wrap("div", *posts, classes="gg-says")


def _post(sign: Element, said: Element, kind: str) -> Element:
    blocks = [*text(said.children)]
    children = said.children
    only = blocks[0] if len(blocks) == 1 else None
    if isinstance(only, Element) and only.tag == "p" and not only.id:
        children = only.children
    is_short = is_line(children) and is_line(sign.children)
    return make(
        "p" if is_short else "div",
        replace(sign, tag="strong", classes=()),
        " ",
        replace(said, tag="span" if is_short else "div", children=children),
        classes=f"gg-say gg-say--{kind}",
    )


def folded(
    entries: Element, topics: Topics, taken: set[str]
) -> tuple[Element, ...] | None:
    """Return a list of topics as folded ones, None if it lists anything else.

    Args:
        entries: The list; each entry links to its topic, and may say who speaks.
        topics: The page of topics.
        taken: The ids that the page with the list has already; new ones are added.
    """
    shown = []
    # What links lead to would be gone.
    if ids_of([entries]):
        return None
    for entry in text(entries.children):
        topic = _folded(entry, topics) if isinstance(entry, Element) else None
        if topic is None:
            return None
        shown.append(topic)
    return tuple(
        each if _took(each.id, taken) else replace(each, id="") for each in shown
    )


def _took(new: str, taken: set[str]) -> bool:
    """Take an id, and return whether it was free."""
    free = new not in taken
    taken.add(new)
    return free


def _folded(entry: Element, topics: Topics) -> Element | None:
    line = _line(entry)
    link = line[0] if line else None
    if not isinstance(link, Element) or link.tag != "a" or not is_line(line):
        return None
    page, _, anchor = (link.href or "").partition("#")
    topic = topics.by_id.get(anchor) if anchor else None
    if topic is None or page.rpartition(".")[0] != topics.page:
        return None
    who = _without_colon(line[1:])
    is_said = topic.who is None or _is_said(topic.who, who)
    # A link within what unfolds could not be followed.
    if _is_linked(who) and (topic.who is None or not _is_linked([topic.who])):
        return None
    heads: Flow = (make("span", *link.children, classes="gg-topic__name"),)
    if who:
        colon = make("span", ":", classes="gg-spoken")
        heads = (*heads, colon, " ", make("span", *without_links(who), classes=WHO))
    told = _told(topic.content, topics.arrangement)
    if topic.who and not is_said:
        told = (topic.who, "\n", *told)
    told = _copied(told, page)
    if not told:
        bare = make("div", *heads, classes="gg-topic gg-topic--bare")
        return replace(bare, id=anchor)
    below = wrap("div", told, classes="gg-topic__body")
    shown = wrap(
        "details", make("summary", *heads), unsearched(below), classes="gg-topic"
    )
    return replace(shown, id=anchor)


def _line(entry: Element) -> Flow:
    """Return what a list's entry says, also if it is a paragraph."""
    blocks = stripped(entry.children)
    only = blocks[0] if len(blocks) == 1 else None
    if isinstance(only, Element) and only.tag == "p":
        return stripped(only.children)
    return blocks


def _without_colon(rest: Flow) -> Flow:
    """Return who speaks, as it stands after a topic's name and a colon."""
    first = rest[0] if rest else None
    if isinstance(first, str):
        rest = (first.lstrip().removeprefix(":").lstrip(), *rest[1:])
    return stripped([item for item in rest if item])


def _is_said(who: Element, shown: Flow) -> bool:
    """Return whether a paragraph says no more than is shown already."""
    told, said = plain_text(who.children), plain_text(shown)
    if not said or _is_linked(who.children):
        return False
    # One of them may have a label: "**Who speaks:** the press office".
    return told.endswith(said) or said.endswith(told)


def _is_linked(content: Iterable[Content]) -> bool:
    return any(each.tag == "a" for each in elements_of(content))


def without_links(content: Iterable[Content]) -> Iterator[Content]:
    """Yield content without its links; their words stay."""
    for item in content:
        if isinstance(item, str):
            yield item
        elif item.tag == "a":
            yield from without_links(item.children)
        else:
            yield replace(item, children=tuple(without_links(item.children)))


def _copied(content: Iterable[Content], page: str) -> Flow:
    """Return content of another page: without its ids, its links leading there."""
    return tuple(
        item if isinstance(item, str) else _copy(item, page) for item in content
    )


def _copy(element: Element, page: str) -> Element:
    children = _copied(element.children, page)
    href = element.href
    if href is not None and href.startswith("#"):
        href = page + href
    if not element.id and (href, children) == (element.href, element.children):
        return element
    return replace(element, id="", href=href, children=children)
