"""Asking whether a place, or a server's key, is the right one."""

from __future__ import annotations

import click

from guidegen.cli.dialogs import confirm_typed, is_terminal
from guidegen.cli.localize import localized
from guidegen.cli.terminal import echo
from guidegen.publish.consent import HostKeyQuestion, PlaceQuestion
from guidegen.redact import printable


class AskInTerminal:
    """Asks the person at the terminal; `--yes` says nothing about a place.

    It is said in scripts, and whoever wrote `guideline.yml` has written the place.
    """

    def place(self, question: PlaceQuestion) -> bool | None:
        """Return whether the person agrees to a place, None without a terminal."""
        if not is_terminal():
            return None
        place = question.place
        target = printable(question.target)
        _say("place-new", target=target)
        if place.scheme == "file":
            click.echo(f"  {localized('place-repository', path=printable(place.path))}")
            _say("place-programs")
        else:
            # Apart, since a user may be called like a server: a.example@b.example.
            click.echo(f"  {localized('place-server', server=printable(place.origin))}")
            if place.user:
                user = printable(place.user)
                click.echo(f"  {localized('place-user', user=user)}")
        if question.variables:
            _say("place-secrets", names=", ".join(question.variables))
        elif place.scheme != "file":
            _say("place-login")
        return confirm_typed(localized("place-ask"))

    def host_key(self, question: HostKeyQuestion) -> bool | None:
        """Return whether the person knows a server's key, None without a terminal."""
        if not is_terminal():
            return None
        _say("place-key", server=printable(question.place.origin))
        click.echo(f"  {printable(question.algorithm)} {question.fingerprint}")
        return confirm_typed(localized("place-key-ask"))


def _say(message: str, **values: object) -> None:
    echo(localized(message, **values))
