"""One mail, as a web page, as plain text and as a file that mail programs open."""

from guidegen.mail.message import (
    Block,
    Bullets,
    Button,
    Choices,
    Contact,
    Mail,
    Paragraph,
    Way,
)

__all__ = [
    "Block",
    "Bullets",
    "Button",
    "Choices",
    "Contact",
    "Mail",
    "Paragraph",
    "Way",
]
