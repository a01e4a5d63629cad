"""The address as a QR code that a phone reads from a poster."""

from __future__ import annotations

import io

from guidegen.model.document import Asset
from guidegen.value import Value

_QUIET = 4
"""Modules around a code that stay empty (ISO/IEC 18004)."""


class QrCode(Value):
    """A QR code as a picture."""

    picture: Asset
    modules: int
    """How many a side of the picture has, the empty ones included."""


def qr_code(address: str) -> QrCode:
    """Return the QR code (ISO/IEC 18004) of an address, as SVG.

    A quarter of it may be lost (level Q): posters hang in the sun, and people write on
    them.
    """
    import segno  # noqa: PLC0415  # only an announcement needs it here

    picture = io.BytesIO()
    # Phones do not read Micro QR codes.
    code = segno.make(address, error="q", micro=False)
    code.save(picture, kind="svg", border=_QUIET, xmldecl=False, nl=False)
    return QrCode(
        picture=Asset(path="images/address.svg", content=picture.getvalue()),
        modules=int(code.symbol_size(border=_QUIET)[0]),
    )
