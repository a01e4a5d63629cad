"""The contract between publishing and the targets that it publishes to.

A target is one module with a function `open_target(settings)`; `model/target_kinds.py`
says which module serves which kind. docs/development/add-a-target.md shows how to add
one.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

from guidegen.errors import PublishError
from guidegen.model.publication import Manifest, Plan, TargetContent, TargetSettings
from guidegen.model.target_kinds import TARGET_KINDS
from guidegen.publish.consent import NOBODY, Consent, agree_on_place
from guidegen.publish.publication_files import Files
from guidegen.publish.removal import Present


class Overtaken(Exception):  # noqa: N818  # nothing is broken: look again, plan again
    """Somebody else has published there since the plan was made; nothing was done."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A publication that is kept, so that readers can be shown it again."""

    manifest: Manifest
    files: Files


class Target(Protocol):
    """Where a site can be published to; it keeps no state from call to call."""

    @property
    def address(self) -> str:
        """Its address as shown to people, without secrets."""
        ...

    def additions(self) -> dict[str, bytes]:
        """Return files that are needed here beside the site's, such as `.nojekyll`."""
        ...

    def look(self) -> TargetContent:
        """Return what is there; change nothing.

        Raises:
            PublishError: It cannot be reached or read.
        """
        ...

    def shown(self) -> Manifest | None:
        """Return what readers see, None if nothing was published yet; read no more.

        Raises:
            PublishError: It cannot be reached or read.
        """
        ...

    def present(
        self, seen: TargetContent, sizes: Mapping[str, int]
    ) -> Mapping[str, Present]:
        """Return files as they are now (see `removal.Holder`)."""
        ...

    def publish(self, plan: Plan, files: Files) -> None:
        """Carry out a plan, so that readers never see half of it.

        What an interrupted run has left is cleaned up or used; unless `plan.changes`,
        that is all there is to do. Older publications beyond the number to keep are
        removed at the end. Of what is new, only `plan.uploads` and
        `plan.manifest.grace_files` are there afterwards; only `plan.removals` and
        `plan.cleared` are removed.

        Args:
            plan: Made from what `look` returned, which is `plan.seen`.
            files: Content of `plan.manifest.files`; `checked` copies it.

        Raises:
            Overtaken: Somebody else was quicker.
            PublishError: It failed; what readers see is complete.
        """
        ...

    def earlier(self) -> tuple[Earlier, ...]:
        """Return the publications that are kept, newest and live one first."""
        ...


def agree_on_target(settings: TargetSettings, consent: Consent) -> None:
    """Have the person agree to where a target leads, unless they have done so before.

    Raises:
        PublishError: Nobody agrees, or the target's libraries are not installed.
    """
    place = agree_on_place(settings, consent)
    module = _module(settings)
    # Where servers prove themselves by a key, the person has to know it, too.
    if place and hasattr(module, "introduce"):
        module.introduce(settings, place, consent)


def open_target(
    settings: TargetSettings, consent: Consent = NOBODY
) -> AbstractContextManager[Target]:
    """Open the target that an entry of `publish:` names.

    There is no other way to a target: nothing is sent to a place, not even to look at
    it, before the person at this computer has agreed to it once.

    Args:
        settings: The entry.
        consent: Whom to ask about a place, or a server's key, that is not known.

    Raises:
        PublishError: Nobody has agreed to the place, its libraries are not installed,
            or it cannot be reached.
    """
    agree_on_target(settings, consent)
    target: AbstractContextManager[Target] = _module(settings).open_target(settings)
    return target


def _module(settings: TargetSettings) -> ModuleType:
    kind = TARGET_KINDS[settings.kind]
    try:
        # By name, so that a target's libraries are loaded, and have to be installed,
        # only where it is used.
        return importlib.import_module(f"guidegen.publish.{kind.module}")
    except ImportError as error:
        raise PublishError("error-publish-extra", kind=kind.extra) from error
