"""Items to show, and projects that have some."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from guidegen.inside.addresses import item_id
from guidegen.inside.store import read_items, write_items
from guidegen.model.inside import Item, Items, ItemState
from guidegen.model.project import Project

SUNDAY = dt.date(2026, 11, 29)


def item(number: int = 1, **values: Any) -> Item:  # noqa: ANN401  # any field
    """Return an item that readers see."""
    url = values.get("url", f"https://news.example/{number}")
    known = {
        "id": item_id(url),
        "state": ItemState.APPROVED,
        "title": f"Nordlicht wins prize {number}",
        "source": "The News",
        "date": SUNDAY - dt.timedelta(days=number),
        "url": url,
    }
    return Item(**{**known, **values})


def follow(project: Project, *items: Item, gone: int = 0) -> Project:
    """Let a project follow what is said, and have some items already."""
    text = project.answers.read_text("utf-8")
    if "\ninside:" not in text:
        project.answers.write_text(f"{text.rstrip()}\ninside:\n  days: 90\n", "utf-8")
    went = {f"{number:016x}": SUNDAY for number in range(gone)}
    write_items(project, Items(items=items, gone=went))
    return project


def hide(project: Project, item: Item) -> None:
    """Let somebody hide an item."""
    items = read_items(project)
    changed = tuple(
        Item(**{**vars(each), "state": ItemState.HIDDEN})
        if each.id == item.id
        else each
        for each in items.items
    )
    write_items(project, Items(items=changed, gone=items.gone))


def many(number: int) -> tuple[Item, ...]:
    """Return many items in two languages."""
    return tuple(
        item(
            each,
            language=("de", "en")[each % 2],
            date=SUNDAY - dt.timedelta(days=each % 90),
        )
        for each in range(number)
    )


def copied(project: Project, folder: Path) -> Project:
    """Return a copy of a project, as a colleague has it."""
    import shutil  # noqa: PLC0415

    shutil.copytree(project.folder, folder)
    return Project(folder)
