"""Reads YAML that people write: a tree with positions, shapes, and checked values."""

from guidegen.schema.scalars import Plain, Refused, check, parse

__all__ = ["Plain", "Refused", "check", "parse"]
