"""Confirmations in mails: a folder of .eml files, one of them, or an mbox file."""

from __future__ import annotations

import itertools
import mailbox
import os
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message, MIMEPart
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


_ANSWERS: Final = re.compile(
    r"\s*(?:aw|wg|antw|re|fwd?|sv|vs|tr|rif|r|i)\s*:", re.IGNORECASE
)
"""How the subjects of answers and of mails that are handed on begin."""
_AWAY: Final = re.compile(
    r"\s*(?:automati(?:sche antwort|c reply)|abwesen|out of (?:the )?office)",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"-{3,} ?(?:original|ursprüngliche|weitergeleitete|forwarded|begin forwarded)"
    r"|(?:begin forwarded message|anfang der weitergeleiteten).*:$"
    r"|_{20,}$"
    r"|(?:von|from)\s*:.*\S",
    re.IGNORECASE,
)
"""Lines behind which a mail repeats another one, which is somebody else's."""


_BOX: Final = re.compile(rb"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} +\d")
"""How a mailbox in one file begins: `From - Mon Jan  4 08:00:00 2027`."""


class Mails(Value):
    """The confirmations in mails, and what was passed over."""

    entries: tuple[Received, ...]
    automatic: int
    """Replies of machines: out of office, or not delivered."""
    unreadable: int
    other: int
    """Mails that name neither version nor checksum."""


def is_mail(path: Path) -> bool:
    """Return whether a path is a mailbox or a mail rather than a table.

    Raises:
        FilesError: The system refuses to open it.
    """
    if path.is_dir() or path.suffix.lower() in MAIL_SUFFIXES:
        return True
    # Thunderbird's mailboxes are called "Inbox" and nothing more. A pipe is left alone:
    # what is read from it is gone.
    if not path.is_file():
        return False
    with translate_os_errors(path, reading=True), path.open("rb") as file:
        return bool(_BOX.match(file.read(200)))


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
            if message is None or _is_sealed(message):
                unreadable += 1
            elif _is_automatic(message):
                automatic += 1
            elif received := _all_received(source, message):
                entries.extend(received)
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
                # Neither a link nor a pipe, for which one would wait for ever.
                is_file = each.is_file() and not each.is_symlink()
                if is_file and is_mail(each):
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
    # What programs did before that RFC, and do today; a report is a bounce or says that
    # a mail was opened.
    told = "X-Autoreply" in message or "X-Autorespond" in message
    return (
        auto not in {"no", ""}
        or bounced
        or told
        or str(message.get("Precedence", "")).strip().lower() == "auto_reply"
        or message.get_content_type() == "multipart/report"
        or bool(_AWAY.match(str(message.get("Subject", ""))))
    )


def _is_sealed(message: EmailMessage) -> bool:
    """Return whether only Outlook can read what it has packed (winmail.dat)."""
    kinds = {part.get_content_type() for part in message.walk()}
    packed = {"application/ms-tnef", "application/vnd.ms-tnef"}
    return bool(kinds & packed) and message.get_body(("plain", "html")) is None


def _all_received(path: Path, message: EmailMessage) -> list[Received]:
    """Return what a mail confirms, and what mails confirm that are attached to it."""
    attached = [
        part.get_payload(0)
        for part in message.walk()
        if part.get_content_type() == "message/rfc822" and part.is_multipart()
    ]
    mails = [message, *(each for each in attached if isinstance(each, EmailMessage))]
    found = (_received(path, each) for each in mails if not _is_automatic(each))
    return [each for each in found if each]


def _received(path: Path, message: EmailMessage) -> Received | None:
    text = _own_text(message)
    subject = str(message.get("Subject", ""))
    # Whoever answers or hands on a confirmation repeats its subject.
    plain = plain_words(text if _ANSWERS.match(subject) else f"{subject} {text}")
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
    text = _decoded(body)
    if body.get_content_subtype() == "html":
        reader = _Text()
        reader.feed(text)
        text = "".join(reader.parts)
    own = itertools.takewhile(
        lambda line: not _ENDS.match(line.strip()), text.splitlines()
    )
    return "\n".join(line for line in own if not line.lstrip().startswith(">"))


def _decoded(part: MIMEPart) -> str:
    """Return the text of a part, whose encoding may be a lie or unknown."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", errors="replace")


_NOT_READ: Final = {"blockquote", "style", "title"}


class _Text(HTMLParser):
    """Collects the text of a page, without quotations; a block begins a line."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

        self._quoted = 0

    def handle_data(self, data: str) -> None:
        if not self._quoted:
            self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in {"br", "p", "div", "li", "tr"}:
            self.parts.append("\n")
        elif tag in _NOT_READ:
            self._quoted += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_READ and self._quoted:
            self._quoted -= 1
