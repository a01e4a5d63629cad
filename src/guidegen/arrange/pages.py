"""Arranges the pages of a document together: a guide shows what is on another page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from guidegen.arrange.arrangement import Arrangement, Layout, PageArrangement
from guidegen.arrange.contact import contact_page
from guidegen.arrange.elements import Flow, Frame
from guidegen.arrange.guide import guide_page
from guidegen.arrange.heads_and_buttons import plain_page
from guidegen.arrange.topics import Topics, topics_page

Pages: TypeAlias = "Mapping[str, Flow]"
"""The content of each page by its id."""


def arrange_pages(
    pages: Pages, arrangement: Arrangement, frame: Frame
) -> dict[str, Flow]:
    """Return pages as the site shows them, their texts unchanged.

    Args:
        pages: All pages of a document, as they were parsed.
        arrangement: Which section is what.
        frame: What surrounds the texts.

    Raises:
        PackError: A word is missing.
    """
    arranged = {}
    for page, content in pages.items():
        given = arrangement.page(page)
        if given.layout is Layout.GUIDE:
            topics = _topics(pages, given, arrangement)
            arranged[page] = guide_page(content, given, topics, frame)
        elif given.layout is Layout.TOPICS:
            topics = Topics(page=page, content=content, arrangement=arrangement)
            arranged[page] = topics_page(content, given, topics)
        elif given.layout is Layout.CONTACT:
            arranged[page] = contact_page(content, frame)
        else:
            arranged[page] = plain_page(content)
    return arranged


def _topics(pages: Pages, guide: PageArrangement, arrangement: Arrangement) -> Topics:
    content = pages.get(guide.topics, ())
    return Topics(page=guide.topics, content=content, arrangement=arrangement)
