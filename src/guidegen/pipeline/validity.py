"""When a released version applies, for whoever speaks with the author about it."""

from __future__ import annotations

import datetime as dt

from guidegen.model.project import Project
from guidegen.model.release import History
from guidegen.model.validity import Validity
from guidegen.release.history import read_history
from guidegen.release.validity import history_validities


def validity_of(project: Project, version: str) -> Validity | None:
    """Return when a version of a project applies; None if it was not released.

    Raises:
        ReleaseError: A record of the releases cannot be read.
    """
    return history_validities(read_history(project.releases)).get(version)


def applying_on(history: History, day: dt.date) -> str | None:
    """Return the version that applies on a day, if one does."""
    found = history_validities(history).values()
    return next((each.version for each in found if each.applies_on(day)), None)
