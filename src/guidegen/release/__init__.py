"""Reads and writes `releases/`: what was released, and who has reviewed it."""

from guidegen.release.freeze import freeze, write_release
from guidegen.release.history import (
    frozen_file,
    is_version,
    read_history,
    released_pages,
)
from guidegen.release.reviews import next_review, record_review
from guidegen.release.verify import examine, verify

__all__ = [
    "examine",
    "freeze",
    "frozen_file",
    "is_version",
    "next_review",
    "read_history",
    "record_review",
    "released_pages",
    "verify",
    "write_release",
]
