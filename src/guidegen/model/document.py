"""The document: the rendered Markdown pages of one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidegen.model.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidegen.model.guideline import GuidelineContact


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One Markdown page; `id` is its file name without `.md`."""

    id: str
    title: str
    markdown: str
    stamped: bool = False
    """Whether it prints its own version and digest, so that neither may count in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that pages refer to, such as a QR code; `path` is relative, with `/`."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What both outputs are made from.

    `pages` are in reading order, the first is the front page. `furniture` holds the
    plain texts around the pages that are computed from answers and edition (see
    `render/furniture.py`); `labels` are the pack's fixed words. All plain text: the
    outputs escape it where they use it.
    """

    language: str
    variant: str
    title: str
    company: str
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    contacts: tuple[GuidelineContact, ...]
    labels: Mapping[str, str]
    furniture: Mapping[str, str]
    brand_color: str | None
    logo: Asset | None
    valid_from: int
    """The day it becomes valid, in seconds since 1970 (UTC): the outputs' clock."""
    markdown_extensions: tuple[str, ...]
    digest: str
    """SHA-256 of the pages' text, hexadecimal: two equal texts have equal digests.

    Stamped pages count as they are before version and digest are filled in.
    """
    edition: Edition = field(default_factory=Edition)
