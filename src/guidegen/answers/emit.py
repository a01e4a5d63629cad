"""Writes plain values as YAML that reads back as the same values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from guidegen.answers.kinds import Scalar
    from guidegen.answers.plain import Plain

_LIST_WIDTH = 40
_MAP_WIDTH = 72
_INDENT = "  "
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]")


def emit_scalar(value: Scalar, style: str = "", *, flow: bool = False) -> str:
    """Return a value in the quotation marks asked for; `flow`: for within brackets."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, dt.date):
        text = value.isoformat()
    else:
        text = str(value)
    if not isinstance(value, str) and not style:
        return text
    if _BREAKS.search(text):
        style = '"'  # only there a line break has a way to be written on one line
    written = yaml.dump(
        [text],
        Dumper=yaml.SafeDumper,
        default_flow_style=flow,
        default_style=style if style in {'"', "'"} else None,
        allow_unicode=True,
        width=float("inf"),
    )
    bare = str(written).rstrip("\n")
    bare = bare[1:-1] if flow else bare.removeprefix("- ")
    if not style and bare.startswith("'") and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return bare


def emit_flow(value: Plain) -> str:
    """Return a value on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(emit_flow(item) for item in value) + "]"
    if isinstance(value, dict):
        pairs = (f"{key}: {emit_flow(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return emit_scalar(value, flow=True)


def emit_after(value: Plain, indent: str, variants: Collection[str]) -> str:
    """Return what follows `key:` at an indentation, without the last line break.

    Short lists and texts per language stay on the line.
    """
    if not isinstance(value, (list, dict)):
        return f" {emit_scalar(value)}"
    flow = emit_flow(value)
    if _is_short(value, flow, variants):
        return f" {flow}"
    deeper = indent + _INDENT
    if isinstance(value, dict):
        return "\n" + emit_entries(value, deeper, variants)
    return "\n" + "\n".join(
        f"{deeper}- {emit_item(item, deeper, variants)}" for item in value
    )


def emit_item(value: Plain, indent: str, variants: Collection[str]) -> str:
    """Return what follows a list's `- ` at an indentation, without the line break."""
    if isinstance(value, dict) and value:
        return emit_entries(value, indent + _INDENT, variants).lstrip(" ")
    return emit_flow(value) if isinstance(value, (list, dict)) else emit_scalar(value)


def emit_entries(
    value: dict[str, Plain], indent: str, variants: Collection[str]
) -> str:
    """Return a map's lines at an indentation, without the last line break."""
    return "\n".join(
        f"{indent}{key}:{emit_after(item, indent, variants)}"
        for key, item in value.items()
    )


def _is_short(
    value: list[Plain] | dict[str, Plain], flow: str, variants: Collection[str]
) -> bool:
    if not value:
        return True
    if isinstance(value, dict):
        return set(value) <= set(variants) and len(flow) <= _MAP_WIDTH
    scalars = not any(isinstance(item, (list, dict)) for item in value)
    return scalars and len(flow) <= _LIST_WIDTH
