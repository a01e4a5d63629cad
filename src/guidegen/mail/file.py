"""A mail as a file that mail programs open as a draft (RFC 5322, RFC 2046)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from guidegen.files.digest import sha256
from guidegen.mail.characters import line_of
from guidegen.mail.html import html_mail
from guidegen.mail.message import Mail
from guidegen.mail.text import text_mail

_BOUNDARY = 32
"""Characters of a digest: no text holds the digest of itself."""


def mail_file(
    mail: Mail, folders: Sequence[Path], *, date: dt.datetime | None = None
) -> bytes:
    """Return a mail as an `.eml` file: plain text, and the same as a web page.

    It has neither sender nor readers, who are for the program that sends it.

    Args:
        mail: What it says.
        folders: The packs' folders, the most specific first.
        date: When it is meant to be sent, if that is known; the same mail gives the
            same bytes on any day.

    Raises:
        AddressError: A link leads where no link of a page may lead.
        PackError: The pack's template is wrong.
    """
    text, html = text_mail(mail), html_mail(mail, folders)
    message = EmailMessage(policy=SMTP)
    # The library refuses line breaks, too; here, there are none left.
    subject = line_of(mail.subject)
    message["Subject"] = subject
    if date is not None:
        message["Date"] = format_datetime(date)
    # Outlook opens it as a draft then, rather than as a mail that came in.
    message["X-Unsent"] = "1"
    message["Content-Language"] = mail.language
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/alternative"
    for content, kind in ((text, "plain"), (html, "html")):
        # `EmailMessage` would give each part a version of MIME, which is for the whole.
        part = MIMEPart(policy=SMTP)
        part.set_content(content, subtype=kind, charset="utf-8", cte="quoted-printable")
        message.attach(part)  # type: ignore[arg-type]  # typeshed wants a whole message
    # By chance, the library's own would be another one each time.
    boundary = sha256(f"{subject}\0{text}\0{html}".encode())[:_BOUNDARY]
    message.set_boundary(f"guidegen-{boundary}")
    return bytes(message)
