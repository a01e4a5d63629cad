"""The contract of `publish:`, and what is a secret that must not stand there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from guidegen.model.question import Kind
from guidegen.model.target_kinds import TARGET_KINDS, TargetOption
from guidegen.model.text import LocalText
from guidegen.schema.scalars import Refused
from guidegen.schema.shapes import MapOf, Record, Scalar, Shape, TaggedUnion

TARGET_NAME = re.compile("[a-z][a-z0-9-]{0,30}")
"""The names that a target may have: variables and files are named after it."""

# These three are compiled when they are needed: most projects publish nothing.
# Short words count only as a whole name: `path` begins with `pat`.
_FORBIDDEN_NAMES = (
    "(?i)pass(word|wd|phrase|wort)?$|kennwort|pwd|secret|token|credential|geheim"
    "|(api|access|private|account)[_-]?key|^(key|auth|pin|pat)$"
)
# How private keys and the tokens of AWS, GitHub, GitLab and Slack begin, and SSH keys.
_SECRETS = (
    "-----BEGIN|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20}|github_pat_|glpat-"
    "|xox[abp]-|ssh-(rsa|ed25519) AAAA"
)
_ADDRESS = "(?i)[a-z][a-z0-9+.-]*://[^/?#]*@"


def targets_shape() -> MapOf:
    """Return the shape of `publish:`."""
    names = {name: LocalText.of(name) for name in TARGET_KINDS}
    fields: dict[str, Shape] = {"kind": Scalar(kind=Kind.CHOICE, choices=names)}
    records = {
        name: Record(
            fields=fields | {key: _option(each) for key, each in kind.options.items()},
            required=("kind", *kind.required),
        )
        for name, kind in TARGET_KINDS.items()
    }
    union = TaggedUnion(records=records, forbid=_refuse_secret)
    return MapOf(item=union, keys=TARGET_NAME, refusal="publish-name")


def _option(option: TargetOption) -> Scalar:
    return Scalar(kind=option.kind, minimum=option.minimum, maximum=option.maximum)


def _refuse_secret(key: str, name: str, text: str | None) -> Refused | None:
    """Refuse a secret: the file is kept in version control and mailed around."""
    if not is_secret(name, text):
        return None
    target = key.rpartition(".")[2].upper().replace("-", "_")
    return Refused("publish-secret", variable=f"GUIDEGEN_{target}_…")


def is_secret(name: str, text: str | None) -> bool:
    """Return whether an option is a secret, going by its name or its value."""
    if re.search(_FORBIDDEN_NAMES, name):
        return True
    if not text:
        return False
    return bool(re.search(_SECRETS, text)) or _has_password(text)


def _has_password(text: str) -> bool:
    """Return whether a URL has a password in it; a user name alone is none."""
    if not re.match(_ADDRESS, text):
        return False
    try:
        return urlsplit(text).password is not None
    except ValueError:
        # What cannot be parsed may still hide a password.
        return True
