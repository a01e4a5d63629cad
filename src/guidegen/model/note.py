"""A note: something a step did that the author should know, without being wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """`message` is the id of an entry in `messages.yml`; `values` fill it."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    minor: bool = False
