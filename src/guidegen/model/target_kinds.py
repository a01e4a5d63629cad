"""The kinds of targets that `publish:` can name: one table of all that sets them apart.

The contract of `guideline.yml`, `guidegen publish` and `guidegen ci` all read it.
docs/development/add-a-target.md shows how to add a kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from guidegen.model.question import Kind
from guidegen.value import Value


class TargetOption(Value):
    """The values that an option may have."""

    kind: Kind = Kind.TEXT
    minimum: int | None = None
    maximum: int | None = None


_TEXT = TargetOption()
_URL = TargetOption(kind=Kind.URL)
_FLAG = TargetOption(kind=Kind.CONFIRM)
_PORT = TargetOption(kind=Kind.NUMBER, minimum=1, maximum=65_535)
_KEEP = TargetOption(kind=Kind.NUMBER, minimum=1, maximum=100)


class TargetKind(Value):
    """A kind of target."""

    # By name: the model imports no step, and the libraries a kind needs are optional.
    module: str
    """The module in `guidegen.publish` that serves it."""
    own_options: Mapping[str, TargetOption]
    """Those that not every kind has."""
    required: tuple[str, ...]
    extra: str | None = None
    """The extra of guidegen's that installs the libraries it needs."""
    # Never options: `guideline.yml` is kept in version control and mailed around.
    secrets: tuple[str, ...] = ()
    """The secrets that a workflow passes on; the ones that are not set stay empty."""
    proves_by_key: bool = False
    """Whether its servers prove who they are by a key that the person must know."""

    @property
    def options(self) -> Mapping[str, TargetOption]:
        """All options that may stand beside `kind`."""
        return {**self.own_options, "address": _URL, "keep": _KEEP}


TARGET_KINDS: Mapping[str, TargetKind] = {
    "folder": TargetKind(
        module="folder",
        own_options={"path": _TEXT, "symlinks": _FLAG},
        required=("path",),
    ),
    "git": TargetKind(
        module="git_branch",
        own_options={
            "repository": _TEXT,
            "branch": _TEXT,
            "folder": _TEXT,
            "author": _TEXT,
            "user": _TEXT,
        },
        required=("repository",),
        secrets=("token",),
    ),
    "sftp": TargetKind(
        module="remote_sftp",
        own_options={
            "host": _TEXT,
            "port": _PORT,
            "user": _TEXT,
            "path": _TEXT,
            "key_file": _TEXT,
            "known_hosts": _TEXT,
        },
        required=("host", "path"),
        extra="sftp",
        secrets=("private_key", "passphrase", "password"),
        proves_by_key=True,
    ),
    "s3": TargetKind(
        module="remote_s3",
        own_options={
            "bucket": _TEXT,
            "prefix": _TEXT,
            "endpoint": _URL,
            "region": _TEXT,
            "profile": _TEXT,
        },
        required=("bucket",),
        extra="s3",
        secrets=("access_key", "secret_key"),
    ),
    "webdav": TargetKind(
        module="remote_webdav",
        own_options={"url": _URL, "user": _TEXT},
        required=("url",),
        extra="webdav",
        secrets=("password",),
    ),
    "smb": TargetKind(
        module="remote_smb",
        own_options={
            "host": _TEXT,
            "port": _PORT,
            "share": _TEXT,
            "path": _TEXT,
            "user": _TEXT,
            "domain": _TEXT,
        },
        required=("host", "share"),
        extra="smb",
        secrets=("password",),
    ),
}
"""Each kind by the name it has in `guideline.yml`."""
