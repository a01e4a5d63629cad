"""The address as a QR code that a phone reads from a poster."""

from __future__ import annotations

import io

from guidegen.model.document import Asset


def qr_code(address: str) -> Asset:
    """Return the QR code (ISO/IEC 18004) of an address, as SVG.

    A quarter of it may be lost (level Q): posters hang in the sun, and people write on
    them. Four modules around it stay empty, as the standard asks for.
    """
    import segno  # noqa: PLC0415  # only an announcement needs it here

    picture = io.BytesIO()
    # Phones do not read Micro QR codes.
    code = segno.make(address, error="q", micro=False)
    code.save(picture, kind="svg", border=4, xmldecl=False, nl=False)
    return Asset(path="images/address.svg", content=picture.getvalue())
