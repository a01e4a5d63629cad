"""The digest to write down, and those that readers see: lines and data."""

from __future__ import annotations

import click

from guidegen.cli.localize import interface_language, localized
from guidegen.cli.terminal import echo
from guidegen.model.release import History
from guidegen.model.text import LocalText
from guidegen.redact import printable
from guidegen.release.head import head_of, texts_of


def show_chain(history: History, *, texts: bool = False) -> None:
    """Print the chain's digest; on request, those of the texts in force as well.

    Readers see the beginning of the latter on each page.
    """
    head, current = head_of(history), history.current
    if head is None:
        return
    echo(localized("chain-digest"))
    click.echo(f"  {head.chain}")
    if current and texts:
        echo(localized("chain-texts", version=current.version))
        for language, digest in texts_of(current).items():
            click.echo(f"  {printable(f'{language}  {digest}')}")


def chain_data(history: History) -> dict[str, object] | None:
    """Return the same for JSON, of all versions; None before the first release."""
    head = head_of(history)
    if head is None:
        return None
    return {
        "digest": head.chain,
        "texts": {version: {**texts} for version, texts in head.texts.items()},
    }


def said_in(text: LocalText) -> str:
    """Return a text for readers in the author's language, or in the first it has."""
    return text.find(interface_language()) or next((each for _, each in text.texts), "")
