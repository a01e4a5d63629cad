"""Confirmations in mails: a folder of .eml files, one of them, or an mbox file."""

from __future__ import annotations

import mailbox
import os
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from guidegen.errors import ReceiptsError
from guidegen.files.system import translate_os_errors
from guidegen.receipts.columns import Meaning, plain_words
from guidegen.receipts.received import (
    Received,
    checksum_in,
    said_in_lines,
    version_in,
)
from guidegen.receipts.table import read_limited
from guidegen.value import Value

_MOST: Final = 500_000
_LARGEST_MAIL: Final = 5_000_000
"""Bytes; more than a confirmation with its signature's pictures."""
MAIL_SUFFIXES: Final = (".eml", ".mbox", ".mbx")


class Mails(Value):
    """The confirmations in mails, and what was passed over."""

    entries: tuple[Received, ...]
    automatic: int
    """Replies of machines: out of office, or not delivered."""
    unreadable: int
    other: int
    """Mails that name neither version nor checksum."""


def is_mail(path: Path) -> bool:
    """Return whether a path is a mailbox or a mail rather than a table."""
    return path.is_dir() or path.suffix.lower() in MAIL_SUFFIXES


def read_mails(path: Path) -> Mails:
    """Return the confirmations in a folder of mails, a mail or an mbox file.

    Who sent a mail is what its `From` says, which anybody can write.

    Raises:
        ReceiptsError: There is no mail, or what Outlook alone can read.
        FilesError: The system refuses.
    """
    entries: list[Received] = []
    automatic = unreadable = other = 0
    for source, message in _messages(path):
        try:
            if message is None:
                unreadable += 1
            elif _is_automatic(message):
                automatic += 1
            elif received := _received(source, message):
                entries.append(received)
            else:
                other += 1
        # What the library makes of headers that break every rule differs by version.
        except (ValueError, LookupError, TypeError, AttributeError):
            unreadable += 1
    return Mails(
        entries=tuple(entries),
        automatic=automatic,
        unreadable=unreadable,
        other=other,
    )


def _messages(path: Path) -> Iterator[tuple[Path, EmailMessage | None]]:
    if not path.is_dir():
        yield from _of_file(path)
        return
    found = False
    with translate_os_errors(path):
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                each = Path(folder) / name
                if each.suffix.lower() == ".msg":
                    raise ReceiptsError("error-receipts-msg", path=each)
                if each.suffix.lower() in MAIL_SUFFIXES and not each.is_symlink():
                    found = True
                    yield from _of_file(each)
    if not found:
        raise ReceiptsError("error-receipts-no-mails", path=path)


def _of_file(path: Path) -> Iterator[tuple[Path, EmailMessage | None]]:
    if path.suffix.lower() == ".eml":
        yield path, _parsed(read_limited(path))
        return
    with translate_os_errors(path):
        box = mailbox.mbox(path, create=False)
        for number, key in enumerate(box.keys()):
            if number >= _MOST:
                raise ReceiptsError("error-receipts-rows", path=path, most=_MOST)
            yield path, _parsed(box.get_bytes(key))
        box.close()


def _parsed(content: bytes) -> EmailMessage | None:
    if len(content) > _LARGEST_MAIL:
        return None
    message: Message = message_from_bytes(content, policy=policy.default)
    return message if isinstance(message, EmailMessage) else None


def _is_automatic(message: EmailMessage) -> bool:
    # RFC 3834, section 5; an empty return path is a bounce's (RFC 5321, 4.5.5).
    auto = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    bounced = str(message.get("Return-Path", "")).strip() == "<>"
    return auto not in {"no", ""} or bounced


def _received(path: Path, message: EmailMessage) -> Received | None:
    text = _own_text(message)
    plain = plain_words(f"{message.get('Subject', '')} {text}")
    version, checksum = version_in(plain), checksum_in(plain)
    if not (version or checksum):
        return None
    name, address = parseaddr(str(message.get("From", "")))
    said = dict(said_in_lines(text))
    return Received(
        path=path,
        email=address,
        number=said.get(Meaning.NUMBER, ""),
        name=said.get(Meaning.NAME, name),
        version=version,
        checksum=checksum,
        day=str(message.get("Date", "")),
    )


def _own_text(message: EmailMessage) -> str:
    """Return what somebody wrote, without what they reply to."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        reader = _Text()
        reader.feed(text)
        text = "".join(reader.parts)
    return "\n".join(
        line for line in text.splitlines() if not line.lstrip().startswith(">")
    )


class _Text(HTMLParser):
    """Collects the text of a page; a block begins a line."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in {"br", "p", "div", "li", "tr"}:
            self.parts.append("\n")
