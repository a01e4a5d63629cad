"""The tables of topics that texts of pack 1.0.0 have, as the headings of today's.

Released pages stay as they were frozen. Only what the site shows of them is like the
pages of today, with the words of then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from guidegen.arrange.arrangement import Arrangement
from guidegen.arrange.elements import Flow, ids_of, make, stripped, text
from guidegen.page.tree import Content, Element, elements_of, plain_text
from guidegen.value import Value

_NOTHING = "–"
"""What stands in a cell without an example."""

_SECTIONS: Final = frozenset({"h1", "h2"})


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


def without_topic_tables(
    content: Flow, arrangement: Arrangement, taken: set[str]
) -> Flow:
    """Return the page of topics with a heading for each topic.

    Args:
        content: The page.
        arrangement: Which word stands for which level.
        taken: The ids that the page has already; new ones are added.
    """
    return tuple(_replaced(content, _TOLD, arrangement, taken))


def without_overview_tables(
    content: Flow, arrangement: Arrangement, taken: set[str]
) -> Flow:
    """Return the guide's section on topics with a list for each level.

    Args:
        content: The section.
        arrangement: Which word stands for which level.
        taken: The ids that the page has already; new ones are added.
    """
    return tuple(_replaced(content, _LISTED, arrangement, taken))


class _Kind(Value):
    """One of the two kinds of table."""

    heading: str
    """The tag of a level's heading."""
    columns: int
    read: Callable[[Sequence[Element], Sequence[str], Arrangement], _Row | None]
    """Reads the cells of a row, below the words of the header."""
    write: Callable[[Sequence[_Row]], Iterator[Content]]
    """Writes what stands below a level's heading."""

    def may_precede(self, following: Content | None) -> bool:
        """Return whether what follows the table would not belong to its last topic."""
        is_section = isinstance(following, Element) and following.tag in _SECTIONS
        return self.heading not in _SECTIONS or following is None or is_section


def _replaced(
    content: Flow, kind: _Kind, arrangement: Arrangement, taken: set[str]
) -> Iterator[Content]:
    for at, item in enumerate(content):
        table = _table(item)
        rows = _rows(table, kind, arrangement) if table else None
        # Nothing that links lead to may get lost with the table.
        if (
            not rows
            or ids_of([item]) != {row.anchor for row in rows} - {""}
            or not kind.may_precede(next(text(content[at + 1 :]), None))
        ):
            yield item
            continue
        for level in dict.fromkeys(arrangement.levels.values()):
            same = [row for row in rows if row.level == level]
            if same:
                name = f"level-{level}"
                free = "" if name in taken else name
                taken.add(name)
                yield replace(same[0].light, tag=kind.heading, id=free)
                yield "\n"
                yield from kind.write(same)


def _table(item: Content) -> Element | None:
    """Return a table, also from the only element around it."""
    if not isinstance(item, Element):
        return None
    if item.tag == "div":
        within = [*text(item.children)]
        return _table(within[0]) if len(within) == 1 else None
    return item if item.tag == "table" else None


def _rows(table: Element, kind: _Kind, arrangement: Arrangement) -> list[_Row] | None:
    """Return the rows of a table, None if it is no table of topics."""
    lines = [each for each in elements_of([table]) if each.tag == "tr"]
    words = [plain_text(cell.children) for cell in lines[0].elements] if lines else []
    rows: list[_Row] = []
    for line in lines[1:]:
        cells = line.elements
        if not len(cells) == len(words) == kind.columns:
            return None
        row = kind.read(cells, words, arrangement)
        if row is None or _differ(row, rows):
            return None
        rows.append(row)
    return rows


def _differ(row: _Row, rows: Iterable[_Row]) -> bool:
    """Return whether rows have another word for the level of this one."""
    word = plain_text(row.light.children)
    return any(
        plain_text(each.light.children) != word
        for each in rows
        if each.level == row.level
    )


def _light(content: Sequence[Content], arrangement: Arrangement) -> _Row | None:
    """Return what "**Red** only the press office" says."""
    light, *rest = (*stripped(content), "")
    if not isinstance(light, Element) or light.tag != "strong":
        return None
    level = arrangement.level_of(light)
    if level is None:
        return None
    return _Row(level=level, light=light, name=(), anchor="", who=stripped(rest))


def _listed_row(
    cells: Sequence[Element], words: Sequence[str], arrangement: Arrangement
) -> _Row | None:
    name, who = cells
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


def _told_row(
    cells: Sequence[Element], words: Sequence[str], arrangement: Arrangement
) -> _Row | None:
    topic, dont, do = cells
    parts = _parts(topic.children)
    row = _light(parts[1], arrangement) if len(parts) > 1 else None
    name = parts[0][0] if len(parts[0]) == 1 else None
    if row is None or not isinstance(name, Element) or name.tag != "strong":
        return None
    why = [each for part in parts[2:] for each in (make("br"), *part)][1:]
    examples = [
        each
        for kind, cell, word in (("dont", dont, words[1]), ("do", do, words[2]))
        if plain_text(cell.children) != _NOTHING
        for each in (
            make("dt", word, classes=kind),
            replace(cell, tag="dd", label="", align="", others=()),
        )
    ]
    return replace(
        row,
        name=(_spoken(words[0]), *name.children),
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


_LISTED: Final = _Kind(heading="h3", columns=2, read=_listed_row, write=_listed)
_TOLD: Final = _Kind(heading="h2", columns=3, read=_told_row, write=_told)
