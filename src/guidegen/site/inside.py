"""What is said about the company: a page, a feed, and a box on the front page.

What the page prints is HTML already, as the rest of the configuration.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

from guidegen.model.document import Document
from guidegen.model.inside import Item
from guidegen.model.labels import long_date
from guidegen.site.alive import Alive, guideline_id
from guidegen.site.atom import attribute, rfc3339, xml_text
from guidegen.site.urls import INSIDE

_ON_FRONT_PAGE: Final = 3
_IN_FEED: Final = 50
"""How many items the feed has: who looks in once a month misses none."""


def inside_page(document: Document, alive: Alive) -> Mapping[str, object] | None:
    """Return what the page prints, the newest week first; None if there is none."""
    if alive.inside is None:
        return None
    word = document.labels.html
    weeks = groupby(alive.inside.items, key=lambda item: _monday(item.date))
    return {
        "lead": word("inside_lead"),
        "empty": word("inside_empty"),
        "feed": {"href": f"{INSIDE}.xml", "text": word("inside_feed")},
        "weeks": [
            {
                "id": f"week-{monday.isoformat()}",
                "title": word("inside_week", date=long_date(monday, document.labels)),
                "items": [_item(each, document) for each in items],
            }
            for monday, items in weeks
        ],
    }


def inside_box(document: Document, alive: Alive) -> Mapping[str, object] | None:
    """Return what the front page says: the newest items; None if there are none."""
    if alive.inside is None or not alive.inside.items:
        return None
    return {
        "title": document.labels.html("inside_title"),
        "items": [
            _item(each, document) for each in alive.inside.items[:_ON_FRONT_PAGE]
        ],
        "href": f"{INSIDE}.html",
        "more": document.labels.html("inside_all"),
    }


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _item(item: Item, document: Document) -> Mapping[str, str | None]:
    other = _other_language(item, document)
    return {
        "href": escape(item.url),
        "title": escape(item.title),
        "source": escape(item.source),
        "day": item.date.isoformat(),
        "date": escape(long_date(item.date, document.labels)),
        "lang": escape(other) if other else None,
        "code": escape(other.partition("-")[0].upper()) if other else None,
    }


def _other_language(item: Item, document: Document) -> str | None:
    """Return the language of a headline, if it is not that of the page."""
    known = (item.language or "").partition("-")[0]
    return item.language if known and known != document.language else None


def inside_feed(
    document: Document, documents: Sequence[Document], alive: Alive
) -> str | None:
    """Return the Atom feed of a language; None if there is no page of items."""
    if alive.inside is None:
        return None
    name = guideline_id(documents)
    title = document.labels.word("inside_title")
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"'
            f" xml:lang={attribute(document.language)}>"
        ),
        f" <id>{_id(name, document.language)}</id>",
        f" <title>{xml_text(f'{title} – {document.company}')}</title>",
        f" <updated>{_midnight(alive.inside.changed)}</updated>",
        f" <author><name>{xml_text(document.company)}</name></author>",
        f' <link rel="self" type="application/atom+xml" href="{INSIDE}.xml"/>',
        f' <link rel="alternate" type="text/html" href="{INSIDE}.html"/>',
        *(_entry(each, name) for each in alive.inside.items[:_IN_FEED]),
        "</feed>\n",
    ]
    return "\n".join(parts)


def _entry(item: Item, name: str) -> str:
    language = f" xml:lang={attribute(item.language)}" if item.language else ""
    moment = _midnight(item.date)
    return "\n".join(
        (
            f" <entry{language}>",
            f"  <id>{_id(name, item.id)}</id>",
            f"  <title>{xml_text(item.title)}</title>",
            f"  <updated>{moment}</updated>",
            f"  <published>{moment}</published>",
            # The publisher: who wrote it is nobody's business here.
            f"  <author><name>{xml_text(item.source)}</name></author>",
            f'  <link rel="alternate" type="text/html" href={attribute(item.url)}/>',
            f'  <content type="text">{xml_text(item.source)}</content>',
            " </entry>",
        )
    )


def _midnight(day: dt.date) -> str:
    return rfc3339(dt.datetime.combine(day, dt.time(), dt.UTC))


def _id(*names: str) -> str:
    """Return an id that stays the same in every build."""
    name = ":".join(("guidegen", INSIDE, *names))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}"
