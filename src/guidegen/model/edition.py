"""Which version of the guideline a document is, and whether it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from guidegen.model.text import LocalText


class State(StrEnum):
    """What a reader has to know about a version before anything else."""

    DRAFT = "draft"
    """Not released: nobody need follow it yet."""
    RELEASED = "released"
    """The newest release, in force from its date."""
    OUTDATED = "outdated"
    """A release that a newer one has replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version and its state; the same text can be a draft today and released later.

    `version` is the released one, or the one a draft would become.
    """

    version: str = "1.0.0"
    state: State = State.DRAFT
    news: LocalText | None = None
    """What the last major release means for readers; none once it is no longer news."""
    next_review: dt.date | None = None
    """When the next review is due; None before the first release."""

    @property
    def acknowledged_from(self) -> str:
        """The oldest version whose acknowledgement still holds: the last major one."""
        return f"{self.version.partition('.')[0]}.0.0"
