"""The tables of topics that texts of pack 1.0.0 have, as the headings of today's.

Released pages stay as they were frozen. Only what the site shows of them is like the
pages of today, with the words of then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from guidegen.arrange.arrangement import Arrangement
from guidegen.arrange.elements import Flow, make, stripped, text
from guidegen.page.tree import Content, Element, elements_of, plain_text
from guidegen.value import Value

_NOTHING = "–"
"""What stands in a cell without an example."""


class _Row(Value):
    """A topic, as a row tells it."""

    level: str
    light: Element
    """The word for the level."""
    name: Flow
    anchor: str
    """The id that links to the topic lead to."""
    who: Flow
    why: Flow = ()
    examples: tuple[Element, ...] = ()


def without_topic_tables(content: Flow, arrangement: Arrangement) -> Flow:
    """Return the page of topics with a heading for each topic."""
    return tuple(_replaced(content, "h2", _told_row, _told, arrangement))


def without_overview_tables(content: Flow, arrangement: Arrangement) -> Flow:
    """Return the guide's section on topics with a list for each level."""
    return tuple(_replaced(content, "h3", _listed_row, _listed, arrangement))


_Read: TypeAlias = "Callable[[Element, list[str], Arrangement], _Row | None]"
_Written: TypeAlias = "Callable[[Sequence[_Row]], Iterator[Content]]"


def _replaced(
    content: Flow, tag: str, read: _Read, written: _Written, arrangement: Arrangement
) -> Iterator[Content]:
    for item in content:
        table = _table(item)
        rows = table and _rows(table, read, arrangement)
        if not rows:
            yield item
            continue
        for level in dict.fromkeys(arrangement.levels.values()):
            same = [row for row in rows if row.level == level]
            if same:
                light = same[0].light
                yield replace(
                    light, tag=tag, id=light.id or f"level-{level}", others=()
                )
                yield "\n"
                yield from written(same)


def _table(item: Content) -> Element | None:
    """Return a table, also from the only element around it."""
    if not isinstance(item, Element):
        return None
    if item.tag == "div":
        within = [*text(item.children)]
        return _table(within[0]) if len(within) == 1 else None
    return item if item.tag == "table" else None


def _rows(table: Element, read: _Read, arrangement: Arrangement) -> list[_Row] | None:
    """Return the rows of a table, None if it is no table of topics."""
    lines = [each for each in elements_of([table]) if each.tag == "tr"]
    if len(lines) < 2:  # noqa: PLR2004  # the header and a topic
        return None
    words = [plain_text(cell.children) for cell in lines[0].elements]
    rows = []
    for line in lines[1:]:
        row = read(line, words, arrangement)
        if row is None:
            return None
        rows.append(row)
    return rows


def _light(content: Sequence[Content], arrangement: Arrangement) -> _Row | None:
    """Return what "**Red** only the press office" says."""
    light, *rest = (*stripped(content), "")
    if not isinstance(light, Element) or light.tag != "strong":
        return None
    levels = arrangement.levels
    level = next((levels[name] for name in light.classes if name in levels), None)
    if level is None:
        return None
    return _Row(level=level, light=light, name=(), anchor="", who=stripped(rest))


def _listed_row(
    line: Element, words: list[str], arrangement: Arrangement
) -> _Row | None:
    if len(line.elements) != len(words) or len(words) != 2:  # noqa: PLR2004
        return None
    name, who = line.elements
    row = _light(who.children, arrangement)
    link = stripped(name.children)
    if row is None or len(link) != 1 or not isinstance(link[0], Element):
        return None
    spoken = _spoken(words[0])
    named = replace(link[0], children=(spoken, *link[0].children))
    return replace(row, name=(named,), who=(_spoken(words[1]), *row.who))


def _listed(rows: Sequence[_Row]) -> Iterator[Content]:
    entries = [make("li", *row.name, ": ", *row.who) for row in rows]
    yield make("ul", *(each for entry in entries for each in ("\n", entry)), "\n")
    yield "\n"


def _told_row(line: Element, words: list[str], arrangement: Arrangement) -> _Row | None:
    if len(line.elements) != len(words) or len(words) != 3:  # noqa: PLR2004
        return None
    topic, dont, do = line.elements
    parts = _parts(topic.children)
    row = _light(parts[1], arrangement) if len(parts) > 1 else None
    name = parts[0]
    if row is None or len(name) != 1 or not isinstance(name[0], Element):
        return None
    why = [each for part in parts[2:] for each in (make("br"), *part)][1:]
    examples = [
        each
        for kind, cell, word in (("dont", dont, words[1]), ("do", do, words[2]))
        if plain_text(cell.children) != _NOTHING
        for each in (
            make("dt", cell.label or word, classes=kind),
            replace(cell, tag="dd", label="", align="", others=()),
        )
    ]
    return replace(
        row,
        name=(_spoken(words[0]), *name[0].children),
        anchor=topic.id,
        why=tuple(why),
        examples=tuple(examples),
    )


def _parts(content: Flow) -> list[Flow]:
    """Return the lines of a cell."""
    parts: list[list[Content]] = [[]]
    for item in content:
        if isinstance(item, Element) and item.tag == "br":
            parts.append([])
        else:
            parts[-1].append(item)
    return [stripped(each) for each in parts]


def _told(rows: Sequence[_Row]) -> Iterator[Content]:
    for row in rows:
        heading = make("h3", *row.name)
        yield from (replace(heading, id=row.anchor), "\n")
        yield from (make("p", *row.who, classes="gg-topic__who"), "\n")
        if row.why:
            yield from (make("p", *row.why), "\n")
        if row.examples:
            yield from (make("dl", *row.examples), "\n")


def _spoken(word: str) -> Element:
    """Return a column's header for those who hear the page: nobody sees a column."""
    return make("span", f"{word}: ", classes="gg-spoken")
