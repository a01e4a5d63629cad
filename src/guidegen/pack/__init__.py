"""Finds a template pack and reads it into model values."""

from guidegen.pack.find import builtin_packs, find_pack, section_file
from guidegen.pack.load import load_messages, load_pack

__all__ = ["builtin_packs", "find_pack", "load_messages", "load_pack", "section_file"]
