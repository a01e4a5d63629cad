"""What a mail says, whatever form it takes. All texts are plain."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from guidegen.value import Value


class Paragraph(Value):
    """A paragraph; its line breaks stay."""

    kind: ClassVar = "paragraph"
    text: str
    """May be empty where there is a link."""
    heading: str | None = None
    """What stands above it, if anything."""
    label: str | None = None
    """The words of the link below it, if there is one."""
    href: str | None = None


class Bullets(Value):
    """A list."""

    kind: ClassVar = "bullets"
    items: tuple[str, ...]
    heading: str | None = None


class Button(Value):
    """A link that is to be followed."""

    kind: ClassVar = "button"
    label: str
    href: str


class Choices(Value):
    """A question with answers to choose from; the right one is behind the link."""

    kind: ClassVar = "choices"
    question: str
    """It may have line breaks."""
    choices: tuple[str, ...]
    label: str | None = None
    """The words of the link, if there is one."""
    href: str | None = None
    heading: str | None = None


class Way(Value):
    """A way to reach somebody."""

    label: str
    text: str
    href: str | None = None


class Contact(Value):
    """Whom to ask."""

    kind: ClassVar = "contact"
    heading: str
    name: str
    role: str | None = None
    ways: tuple[Way, ...] = ()


Block: TypeAlias = "Paragraph | Bullets | Button | Choices | Contact"


class Mail(Value):
    """A mail that somebody sends with their own program: it names no sender."""

    language: str
    """As it is written where the company is (BCP 47: `de-AT`)."""
    company: str
    """Whose mail it is: it stands above the title."""
    subject: str
    preheader: str
    """What mail programs show beside the subject."""
    title: str
    blocks: tuple[Block, ...]
    small_print: tuple[str, ...] = ()
    """What stands below everything else."""
    brand: str | None = None
    """The company's colour (`#rrggbb`); None for the usual one."""
