"""An address that no link can open."""

from __future__ import annotations


class AddressError(Exception):
    """An address cannot be opened.

    Args:
        message: The id of the message that says why.
        values: What fills the message's placeholders.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
