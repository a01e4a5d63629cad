"""Finds template packs, reads them, and pins projects to the texts of releases."""

from guidegen.pack.find import builtin_packs, find_pack, section_file
from guidegen.pack.load import (
    Update,
    load_pack,
    load_released,
    other_texts,
    update_available,
)
from guidegen.pack.pin import (
    find_pin,
    keep_pack,
    kept_digest,
    pack_digest,
    pin_pack,
    pin_text,
)

__all__ = [
    "Update",
    "builtin_packs",
    "find_pack",
    "find_pin",
    "keep_pack",
    "kept_digest",
    "load_pack",
    "load_released",
    "other_texts",
    "pack_digest",
    "pin_pack",
    "pin_text",
    "section_file",
    "update_available",
]
