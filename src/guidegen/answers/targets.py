"""What `publish:` may say: the kinds of targets with their options, and no secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from guidegen.answers.shapes import Fields, Kinds, Names, One
from guidegen.answers.tree import Map, Text
from guidegen.model.publication import TargetSettings
from guidegen.model.question import Kind
from guidegen.model.target_kinds import TARGET_KINDS
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain
    from guidegen.answers.shapes import Shape
    from guidegen.answers.tree import Node
    from guidegen.answers.walk import Walk

TARGET_NAME = re.compile("[a-z][a-z0-9-]{0,30}")
"""What a target may be called: it becomes part of a variable's and a file's name."""

_SECRET_NAMES = re.compile(
    "pass(word|wd|phrase|wort)?$|kennwort|pwd|secret|token|credential|geheim"
    "|(api|access|private|account)[_-]?key|^(key|auth|pin|pat)$",
    re.IGNORECASE,
)
_SECRETS = re.compile(
    "-----BEGIN|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20}|github_pat_|glpat-"
    "|xox[abp]-|ssh-(rsa|ed25519) AAAA"
)
_ADDRESS = re.compile("[a-z][a-z0-9+.-]*://[^/?#]*@", re.IGNORECASE)


def targets_shape() -> Names:
    """Return the shape of `publish:`."""
    names = {name: LocalText.of(name) for name in TARGET_KINDS}
    named = One(kind=Kind.CHOICE, choices=names)
    kinds = {}
    for name, kind in TARGET_KINDS.items():
        fields: dict[str, Shape] = {"kind": named}
        for option, value in kind.options.items():
            fields[option] = One(
                kind=value.kind, minimum=value.minimum, maximum=value.maximum
            )
        kinds[name] = Fields(fields=fields, required=("kind", *kind.required))
    return Names(item=Kinds(kinds=kinds))


def is_secret(name: str, text: str | None) -> bool:
    """Return whether an option is a secret, by its name or by what it says."""
    if _SECRET_NAMES.search(name):
        return True
    if not text:
        return False
    return bool(_SECRETS.search(text)) or _has_password(text)


def _has_password(text: str) -> bool:
    """Return whether an address has a password in it; a user's name alone is none."""
    if not _ADDRESS.match(text):
        return False
    try:
        return urlsplit(text).password is not None
    except ValueError:
        return True


def read_names(walk: Walk, node: Node, shape: Names, key: str) -> Plain | None:
    """Read a map whose keys the user chooses."""
    names = [name for name, _ in node.entries] if isinstance(node, Map) else []
    for name in names:
        if not TARGET_NAME.fullmatch(name.text):
            walk.report("publish-name", key, name.line, value=name.text)
    fields = {name.text: shape.item for name in names}
    return walk.read(node, Fields(fields=fields), key)


def read_kind(walk: Walk, node: Node, shape: Kinds, key: str) -> Plain | None:
    """Read a map whose other keys its `kind` decides; secrets are not even read."""
    if not isinstance(node, Map):
        walk.report("answers-needs-map", key, node.line)
        return None
    entries = [each for each in node.entries if not _refuse_secret(walk, *each, key)]
    secret = {name.text for name, _ in node.entries} - {
        name.text for name, _ in entries
    }
    named = next((child for name, child in entries if name.text == "kind"), None)
    if named is None:
        walk.report("answers-missing", f"{key}.kind", node.line)
        return None
    choices = next(iter(shape.kinds.values())).fields["kind"]
    kind = walk.read(named, choices, f"{key}.kind")
    if not isinstance(kind, str):
        return None
    fields = shape.kinds[kind]
    required = tuple(name for name in fields.required if name not in secret)
    return walk.read(
        replace(node, entries=tuple(entries)), replace(fields, required=required), key
    )


def _refuse_secret(walk: Walk, name: Text, node: Node, key: str) -> bool:
    if not is_secret(name.text, node.text if isinstance(node, Text) else None):
        return False
    target = key.rpartition(".")[2].upper().replace("-", "_")
    walk.report("publish-secret", key, name.line, variable=f"GUIDEGEN_{target}_…")
    return True


def build_targets(
    data: Mapping[str, Mapping[str, Plain]], folder: Path, lines: Mapping[str, int]
) -> dict[str, TargetSettings]:
    """Return the targets of data in which nothing wrong was found.

    Args:
        data: What stands under `publish:`.
        folder: The project's folder.
        lines: The line of each dotted key.
    """
    return {
        name: TargetSettings(
            name=name,
            kind=str(options["kind"]),
            options={
                option: value
                for option, value in options.items()
                if option != "kind" and isinstance(value, (str, int))
            },
            folder=folder,
            line=lines.get(f"publish.{name}"),
        )
        for name, options in data.items()
    }
