"""Phone numbers: as people write them, and as a phone dials them.

How a country's numbers are built is libphonenumber's knowledge. Extensions are read
here, because it knows no German word for them.
"""

from __future__ import annotations

import re
from typing import Final

from guidegen.uri.mistake import AddressError

# E.164 numbers have up to 15 digits; an optional `(0)` comes on top.
_DIGITS: Final = range(3, 21)
# No-break spaces and typographic dashes come along when a number is pasted.
_NUMBER: Final = re.compile("[+0-9(][0-9 ()+/.\u00a0\u202f\u2010-\u2013-]*")
# What stands before the number of an extension on German and English cards. It is
# looked for only where its separators begin: at each of them, many would take seconds.
_EXTENSION: Final = re.compile(
    r"""(?<![ \u00a0\u202f,;])[ \u00a0\u202f,;]*\(?
    (?:;ext=|(?<![a-z])(?:ext(?:ension|n)?|x|dw|durchwahl|nebenstelle|nst|app(?:arat)?)(?![a-z])|\#)
    [.:=]?[ \u00a0\u202f]*-?([0-9]{1,7})\)?""",
    re.IGNORECASE | re.VERBOSE,
)
_SWITCHBOARD: Final = re.compile("[0-9] ?[-\u2010-\u2013] ?(0)$")
_TRUNK: Final = re.compile(r"\(\s*0\s*\)")
_PLAIN: Final = re.compile(
    r"\(?\s*(?:\+|00)\s*(?:([1-9][0-9]{0,2})\)?[^0-9()]+|4[1349])[1-9][^()]*$"
)
"""A country's code, and behind it no zero: nothing has to be left out.

Where the code ends is known if something stands between, and of the countries below:
the address of a link is a number that has been joined already.
"""
_BRACKETED: Final = re.compile(
    r"\(?\s*(?:\+|00)\s*(4[1349])\)?[^0-9()]*\(\s*0\s*\)[^0-9()]*([1-9][^()]*)$"
)
"""A country's code, and behind it a zero that is left out by who calls from abroad."""
_LENGTHS: Final = {
    "41": range(9, 10),
    "43": range(7, 14),
    "44": range(9, 11),
    "49": range(7, 13),
}
"""Where no number begins with a zero: how many digits nearly all of them have.

Switzerland, Austria, Great Britain, Germany.
"""
_ABROAD: Final = re.compile(r"^\(?\s*(?:\+|00)")


def check_phone(text: str) -> None:
    """Refuse what is no phone number.

    Raises:
        AddressError: It is none.
    """
    number, _ = _parts(text)
    digits = sum(character in "0123456789" for character in number)
    plus = number.find("+")
    # A plus stands before everything else, whatever bracket is around it.
    misplaced = plus > 0 and number[:plus].strip("( ") != ""
    if (
        not _NUMBER.fullmatch(number)
        or digits not in _DIGITS
        or misplaced
        or number.count("+") > 1
    ):
        raise AddressError("value-phone", value=text)


def dialled(text: str) -> str:
    """Return a number as the rest of a `tel:` address (RFC 3966, 3).

    A number without its country's code is dialled as it stands: it may be one within
    the company, and only who writes it knows.

    Args:
        text: A number as people write it.
    """
    number, extension = _parts(text)
    return _whole(number) + (f";ext={extension}" if extension else "")


def for_card(text: str) -> str:
    """Return a number as a vCard has it: one that every phone can dial."""
    number, extension = _parts(text)
    return _whole(number) + (f" ext. {extension}" if extension else "")


def _parts(text: str) -> tuple[str, str]:
    """Return the number and the extension, if there is one."""
    found = _EXTENSION.search(text)
    if found and found.end() == len(text.rstrip()) and found.start():
        number = text[: found.start()].strip()
        # A switchboard's zero gives way to the extension (DIN 5008): 1234-0, DW 56.
        if board := _SWITCHBOARD.search(number):
            return number[: board.start(1)] + found[1], ""
        return number, found[1]
    return text.strip(), ""


def _whole(number: str) -> str:
    if not _ABROAD.match(number):
        return _digits(number)
    # In Russia, the trunk's digit is an 8.
    if (plain := _PLAIN.match(number)) and plain[1] != "7":
        return _international(number)
    if bracketed := _BRACKETED.match(number):
        code, rest = bracketed[1], _digits(bracketed[2])
        if len(rest) in _LENGTHS[code]:
            return f"+{code}{rest}"
    # Takes 25 ms: only a number whose zero may mean either waits for it.
    import phonenumbers  # noqa: PLC0415

    # libphonenumber leaves out a zero that is dialled within the country only, and
    # keeps one that belongs to the number, as in Italy. In countries that have no such
    # zero at all, one in brackets is left out here.
    without = _TRUNK.sub("", number)
    for candidate in (number, without):
        try:
            read = phonenumbers.parse(_international(candidate))
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(read) or candidate == without:
            form = phonenumbers.PhoneNumberFormat.E164
            return phonenumbers.format_number(read, form)
    return _international(without)


def _international(number: str) -> str:
    return "+" + _digits(number).removeprefix("00")


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)
