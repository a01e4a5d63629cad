"""From when a draft is valid: nobody can say so if its day has passed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from guidegen.model.document import Document, State


def without_past_day(document: Document, today: dt.date) -> Document:
    """Return a document; a draft names no day that has passed as its first one.

    Until somebody enters another day, `guideline.yml` has that of the last release.

    Args:
        document: A draft or a release.
        today: Today's date.
    """
    day = dt.datetime.fromtimestamp(document.valid_from, tz=dt.UTC).date()
    if document.edition.state is not State.DRAFT or day >= today:
        return document
    open_day = document.labels.word("valid_from_release")
    texts = {**document.running_texts, "valid_from": open_day}
    return replace(document, running_texts=texts, undated=True)
