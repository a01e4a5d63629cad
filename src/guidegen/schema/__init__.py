"""Reads the YAML files that people write, and names every mistake with its line."""

from guidegen.schema.scalars import Plain, Refused, check, parse

__all__ = ["Plain", "Refused", "check", "parse"]
