"""Finds a template pack and reads it into model values; pins a project to its texts."""

from guidegen.pack.find import builtin_packs, find_pack, section_file
from guidegen.pack.keep import (
    Update,
    keep_pack,
    other_texts,
    pin_pack,
    pin_text,
    update_available,
)
from guidegen.pack.load import load_pack
from guidegen.pack.pin import LOCK, RELEASES, find_pin, kept_digest, pack_digest
from guidegen.pack.released import load_released

__all__ = [
    "LOCK",
    "RELEASES",
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
