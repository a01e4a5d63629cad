"""What readers see now, as the targets themselves say."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from guidegen.answers.read import read_targets
from guidegen.errors import GuidegenError
from guidegen.inside.store import read_items
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.publication import Manifest, NewsRecord, TargetSettings
from guidegen.model.release import History
from guidegen.publish.consent import NOBODY, Consent
from guidegen.publish.news import news_record
from guidegen.publish.precedence import Knowledge, Verdict, judge, origin_of
from guidegen.publish.target import open_target
from guidegen.value import Value


class Shown(Value):
    """What a target says."""

    settings: TargetSettings
    address: str = ""
    """Empty if it could not be asked."""
    live: Manifest | None = None
    """What readers see; None if nothing was published yet."""
    verdict: Verdict = Verdict.GOES
    """What publishing the current release would be to it."""
    waiting: str | None = None
    """The version that is released and not published there, if there is one."""
    error: GuidegenError | None = None
    """Why it could not be asked."""

    @property
    def is_good(self) -> bool:
        """Whether the target answers, and shows nothing that the project lacks."""
        behind = {Verdict.NEWER, Verdict.UNKNOWN, Verdict.RECORDS, Verdict.NEWS}
        return self.error is None and self.verdict not in behind


def ask_targets(
    project: Project, history: History, consent: Consent = NOBODY
) -> tuple[Shown, ...]:
    """Return what readers see at each target; nothing is written.

    Args:
        project: The project.
        history: Its releases.
        consent: Whom to ask about a place that nothing was ever sent to.

    Raises:
        ProblemsError: There are mistakes in `publish:`.
    """
    known = Knowledge.of(history, _news(project))
    targets = read_targets(project.answers).values()
    return tuple(_ask(settings, known, consent) for settings in targets)


def _news(project: Project) -> NewsRecord | None:
    # Items that cannot be read are for `build` to report.
    with suppress(GuidegenError):
        return news_record(read_items(project))
    return None


def _ask(settings: TargetSettings, known: Knowledge, consent: Consent) -> Shown:
    try:
        with open_target(settings, consent) as target:
            address, live = target.address, target.shown()
    # One target that does not answer says nothing about the others.
    except GuidegenError as error:
        return Shown(settings=settings, error=error)
    verdict = judge(live, _current(known), known)
    return Shown(
        settings=settings,
        address=address,
        live=live,
        verdict=verdict,
        waiting=_waiting(live, known) if verdict is Verdict.GOES else None,
    )


def _current(known: Knowledge) -> Manifest:
    """Return the current release as a publication, but for its files."""
    when = dt.datetime.now(dt.UTC)
    return Manifest(
        files={},
        when=when,
        version=known.current.version if known.current else "",
        state=State.RELEASED,
        guidegen="",
        origin=origin_of(known, by="", at=when),
    )


def _waiting(live: Manifest | None, known: Knowledge) -> str | None:
    current = known.current
    if current is None:
        return None
    is_shown = (
        live is not None
        and live.state is State.RELEASED
        and live.origin is not None
        and live.origin.digest == current.digest
    )
    return None if is_shown else current.version
