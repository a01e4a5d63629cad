"""`guidegen topics`: lists the catalogue, and which of it the guideline uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

import click

from guidegen.answers.read import read_plain
from guidegen.cli.help import argument, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.options import json_option, open_project, project_option_alone
from guidegen.cli.terminal import echo, show_json
from guidegen.interview import begin
from guidegen.interview.topics import OfferedTopic, offered_topics
from guidegen.model.pack import CatalogueTopic, Pack
from guidegen.model.project import nearest_folder
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.redact import printable
from guidegen.value import Value

_DEFAULT_PACK = "dell"
_ALL = "all"
"""The sector of the catalogue that means every sector."""

_THERE, _NOT_THERE = "✓", " "


class _Catalogue(Value):
    """The catalogue, and which of its topics the guideline has."""

    pack: Pack
    chosen: frozenset[str] = frozenset()
    offered: Mapping[str, OfferedTopic] = field(default_factory=dict)
    """Those for the company's sector, in its words; none where there is no project."""

    @property
    def topics(self) -> tuple[CatalogueTopic, ...]:
        """All topics, those for the company's sector first."""
        own = [self.pack.catalogue[topic] for topic in self.offered]
        return tuple(
            {each.id: each for each in (*own, *self.pack.catalogue.values())}.values()
        )

    def text(self, topic: CatalogueTopic, name: str) -> LocalText:
        """Return the name or an example of a topic, in the words of the sector."""
        own = self.offered.get(topic.id)
        text: LocalText = getattr(own or topic, name)
        return text


@verb("topics")
@argument("word", metavar="help-word-word", required=False)
@project_option_alone
@json_option
def command(*, word: str | None, folder: Path | None, as_json: bool) -> None:
    """List the topics of the catalogue, or those that contain a word."""
    catalogue = _catalogue(folder)
    topics = [
        topic
        for topic in catalogue.topics
        # Unlike `lower`, `casefold` makes ß and ss the same.
        if word is None or word.casefold() in _words(topic)
    ]
    if as_json:
        data = [_as_data(topic, catalogue) for topic in topics]
        show_json(data)
    elif topics:
        echo(
            localized("topics-title", mark=_THERE)
            if catalogue.chosen
            else localized("topics-all")
        )
        for line in _table([_row(topic, catalogue) for topic in topics]):
            click.echo(printable(line))
        echo(localized("topics-how"))
    else:
        echo(printable(localized("topics-none", word=word)))


def _catalogue(folder: Path | None) -> _Catalogue:
    """Return the catalogue of the project's pack, or else of the built-in one."""
    # Whoever is still choosing has no project yet, and can look around all the same.
    if folder is None and nearest_folder() is None:
        return _Catalogue(pack=load_pack(_DEFAULT_PACK))
    read = read_plain(open_project(folder).answers, partial=True)
    topics = read.data.get("taboo_topics")
    ids = {
        # Topics of the company's own are mappings, those of the catalogue are ids.
        str(topic.get("id")) if isinstance(topic, dict) else str(topic)
        for topic in (topics if isinstance(topics, list) else ())
    }
    chosen = ids & read.pack.catalogue.keys()
    state = begin(read.pack, read.data)
    offered = offered_topics(read.pack, state, sorted(chosen))
    return _Catalogue(
        pack=read.pack,
        chosen=frozenset(chosen),
        offered={topic.id: topic for topic in offered},
    )


def _words(topic: CatalogueTopic) -> str:
    """Return all the text of a topic, for searching."""
    texts = (topic.name, topic.why, topic.dont, topic.do)
    words = (text for each in texts for _, text in each.texts)
    return "\n".join((topic.id, *words)).casefold()


def _row(topic: CatalogueTopic, catalogue: _Catalogue) -> tuple[str, ...]:
    pack = catalogue.pack
    return (
        _THERE if topic.id in catalogue.chosen else _NOT_THERE,
        topic.id,
        _local(catalogue.text(topic, "name")),
        _local(_level(topic, pack)),
        _sectors(topic, pack),
    )


def _level(topic: CatalogueTopic, pack: Pack) -> LocalText:
    """Return the level of a topic, or its light in a pack that has those instead."""
    if topic.level in pack.levels:
        return pack.levels[topic.level].title
    return pack.labels[f"light_{topic.light}"]


def _sectors(topic: CatalogueTopic, pack: Pack) -> str:
    """Return the sectors that a topic is offered to, as text."""
    if _ALL not in topic.sectors:  # else the others are those that it suits best
        return _names(topic.sectors, pack)
    if not topic.unsuited:
        return localized("topics-every-sector")
    sectors = _names(topic.unsuited, pack)
    return localized("topics-every-sector-but", sectors=sectors)


def _names(sectors: Iterable[str], pack: Pack) -> str:
    return ", ".join(_local(pack.sectors[sector]) for sector in sectors)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _local(text: LocalText) -> str:
    # A company's own pack need not have the interface's language.
    return text.find(interface_language()) or text.texts[0][1]


def _as_data(topic: CatalogueTopic, catalogue: _Catalogue) -> dict[str, object]:
    specs = catalogue.pack.sector_specs
    preselected = [key for key, spec in specs.items() if topic.id in spec.topics]
    return {
        "id": topic.id,
        "name": _local(catalogue.text(topic, "name")),
        "level": topic.level,
        "light": topic.light,
        "sectors": list(topic.sectors),
        "unsuited": list(topic.unsuited),
        "speakers": list(topic.speakers),
        "preselected": topic.preselected or bool(preselected),
        "preselected_for": preselected,
        "why": _local(topic.why),
        "dont": _local(catalogue.text(topic, "dont")),
        "do": _local(topic.do),
        "chosen": topic.id in catalogue.chosen,
    }
