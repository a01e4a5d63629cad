"""Asking whether something may be sent to a place, before anything is sent there."""

from __future__ import annotations

from typing import Protocol

from guidegen.errors import PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish.confirmed import (
    VARIABLE,
    confirm,
    is_confirmed,
    knows,
    refuse_kept_in,
)
from guidegen.publish.credentials import variables_set
from guidegen.publish.place import Place
from guidegen.publish.target_place import came_with, place_of
from guidegen.value import Value


class PlaceQuestion(Value):
    """May the site, and what opens the door there, be sent to this place?"""

    place: Place
    target: str
    """The target's name in `guideline.yml`."""
    variables: tuple[str, ...] = ()
    """The variables whose secrets would go there."""


class HostKeyQuestion(Value):
    """Is this the key of the right server?"""

    place: Place
    algorithm: str
    fingerprint: str
    """As ssh shows it: `SHA256:…`."""


class Consent(Protocol):
    """Whoever can be asked."""

    def place(self, question: PlaceQuestion) -> bool | None:
        """Return whether they agree, None if nobody can be asked."""
        ...

    def host_key(self, question: HostKeyQuestion) -> bool | None:
        """Return whether they agree, None if nobody can be asked."""
        ...


class Nobody:
    """Where nobody can be asked: only places that are known already are sent to."""

    def place(self, question: PlaceQuestion) -> None:
        """Agree to nothing."""

    def host_key(self, question: HostKeyQuestion) -> None:
        """Agree to nothing."""


NOBODY = Nobody()


def agree_on_place(settings: TargetSettings, consent: Consent) -> Place | None:
    """Return the place that a target sends to, agreed to; None if it is a folder.

    Raises:
        PublishError: It is no good, or nobody has agreed to it.
    """
    place = place_of(settings)
    if place is None:
        return None
    refuse_kept_in(came_with(settings.folder), place)
    if is_confirmed(place, settings.name):
        return place
    variables = variables_set(settings.name)
    # Agreed to under another name, and there is no secret that depends on the name.
    if not variables and knows(place):
        return place
    answer = consent.place(
        PlaceQuestion(place=place, target=settings.name, variables=variables)
    )
    if not answer:
        raise PublishError(
            "error-place-unconfirmed" if answer is None else "error-place-refused",
            place=place.text,
            target=settings.name,
            variable=f"{VARIABLE}={place.text}",
        )
    confirm(place, settings.name)
    return place
