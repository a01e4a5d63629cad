"""Phone numbers as people write them, and as a phone dials them."""

from __future__ import annotations

import re
import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.uri.mistake import AddressError
from guidegen.uri.phone import check_phone, dialled, for_card


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("+49 (0)40 1234567", "+49401234567"),
        ("+49(0) 40 1234-0", "+494012340"),
        ("(+49) 40 1234567", "+49401234567"),
        ("0043 (0)1 234567-89", "+43123456789"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+39 06 1234567", "+39061234567"),  # in Italy, the zero belongs to it
        ("+7 (0)495 1234567", "+74951234567"),
        ("+1 212 555 0123 ext. 45", "+12125550123;ext=45"),
        ("+1 212-555-0123x45", "+12125550123;ext=45"),
        ("+49 40 12345 DW 12", "+494012345;ext=12"),
        ("+49 40/12345, Durchwahl -12", "+494012345;ext=12"),
        ("+49 40 12345 (Apparat 7)", "+494012345;ext=7"),
        ("+49 40 12345, Nebenst. 7", ""),
        ("+49 40 12345 #12", "+494012345;ext=12"),
        ("+49 40 1234-0 DW 56", "+4940123456"),
        ("040 1234 – 0, Durchwahl 567", "0401234567"),
        ("040 1234567", "0401234567"),
        ("4711", "4711"),
        ("112", "112"),
        ("x12", ""),
        ("12+34567", ""),
        ("+49 40 1 oder 2", ""),
        ("0800 MUSTER", ""),
    ],
)
def test_it_is_dialled_as_it_is_meant(written: str, rest: str) -> None:
    if rest:
        check_phone(written)
        assert dialled(written) == rest
    else:
        with pytest.raises(AddressError, match="value-phone"):
            check_phone(written)


@pytest.mark.parametrize(
    "written",
    ["+49 40 1234567", "+1 212 555-0123", "(+44) 20 7946 0958", "+7 8 495 1234567"],
)
def test_what_needs_no_library_is_dialled_as_the_library_does(written: str) -> None:
    read = phonenumbers.parse(written)
    form = phonenumbers.PhoneNumberFormat.E164
    assert dialled(written) == phonenumbers.format_number(read, form)


_CODES = st.sampled_from(["41", "43", "44", "49"])


@pytest.mark.slow
@given(_CODES, st.from_regex("[1-9][0-9]{1,11}", fullmatch=True))
def test_a_number_without_spaces_is_dialled_as_the_library_does(
    code: str, rest: str
) -> None:
    read = phonenumbers.parse(f"+{code}{rest}")
    form = phonenumbers.PhoneNumberFormat.E164
    assert dialled(f"+{code}{rest}") == phonenumbers.format_number(read, form)


def test_the_links_of_four_countries_need_no_library() -> None:
    """It takes longer to import than to read a page."""
    code = (
        "import sys; from guidegen.uri.phone import dialled;"
        "dialled('+49401234567'); dialled('+49 (0)40 12345');"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603
    assert done.returncode == 0


@pytest.mark.slow
@given(
    _CODES,
    st.from_regex("[1-9][0-9]{6,12}", fullmatch=True),
)
def test_a_bracketed_zero_is_left_out_as_the_library_does(code: str, rest: str) -> None:
    read = phonenumbers.parse(f"+{code}0{rest}")
    form = phonenumbers.PhoneNumberFormat.E164
    known = phonenumbers.format_number(read, form)
    # What is not possible with the zero has none.
    meant = known if phonenumbers.is_possible_number(read) else f"+{code}{rest}"
    assert dialled(f"+{code} (0){rest[:3]} {rest[3:]}") == meant


def test_a_card_says_what_every_phone_dials() -> None:
    assert for_card("+49 (0)40 12345 DW 6") == "+494012345 ext. 6"


@given(st.text(alphabet="+0123456789 ()/-.extDWx#\u00a0", max_size=24))
def test_whatever_is_taken_can_be_dialled(text: str) -> None:
    try:
        check_phone(text)
    except AddressError:
        return
    # RFC 3966, 3: only digits and one plus at the start, then the extension.
    assert re.fullmatch(r"\+?[0-9]+(;ext=[0-9]+)?", dialled(text))
