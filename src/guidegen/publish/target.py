"""The contract between publishing and the places it publishes to.

A target is one module with a function `open_target(settings)`; `model/target_kinds.py`
says which module serves which kind. docs/development/add-a-target.md shows how to add
one.
"""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, BinaryIO, Protocol

from guidegen.errors import PublishError
from guidegen.model.target_kinds import TARGET_KINDS

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, Plan, Seen, TargetSettings


class Overtaken(Exception):  # noqa: N818  # nothing is broken: look again, plan again
    """Somebody else has published there since the plan was made; nothing was done."""


class Files(Protocol):
    """Where the content of a publication's files comes from."""

    def open(self, name: str) -> BinaryIO:
        """Open a file of the publication, by the name it has in the manifest.

        It may have changed since the manifest was made: `checked` notices.
        """
        ...


class Target(Protocol):
    """A place that can be published to."""

    @property
    def place(self) -> str:
        """Where it is, as it is shown to people: no secret is in it."""
        ...

    def additions(self) -> dict[str, bytes]:
        """Return files that this place needs beside the site's, such as `.nojekyll`."""
        ...

    def look(self) -> Seen:
        """Say what is there; change nothing.

        Raises:
            PublishError: The place cannot be reached or read.
        """
        ...

    def publish(self, plan: Plan, files: Files) -> None:
        """Carry out a plan, so that readers never see half of it.

        What an interrupted run has left is cleaned up or used; unless `plan.changes`,
        that is all there is to do. Older publications
        beyond the number to keep are taken away at the end. Only `plan.uploads` and
        `plan.manifest.lingering` are at the place afterwards of what is new; only
        `plan.removed`, and what earlier runs left, is taken away.

        Args:
            plan: Made from what `look` said a moment ago.
            files: Content of `plan.manifest.files`; `checked` copies it.

        Raises:
            Overtaken: Somebody else was quicker.
            PublishError: It failed; what readers see is complete.
        """
        ...

    def earlier(self) -> tuple[Manifest, ...]:
        """Return the publications that are kept, newest and live one first."""
        ...

    def kept(self, manifest: Manifest) -> Files:
        """Return the content of a publication that is kept."""
        ...


def open_target(settings: TargetSettings) -> AbstractContextManager[Target]:
    """Return the target that an entry of `publish:` names; leaving it lets it go.

    Raises:
        PublishError: Its libraries are not installed, or it cannot be reached.
    """
    kind = TARGET_KINDS[settings.kind]
    try:
        module = importlib.import_module(f"guidegen.publish.{kind.module}")
    except ImportError as error:
        raise PublishError("error-publish-extra", kind=settings.kind) from error
    target: AbstractContextManager[Target] = module.open_target(settings)
    return target
