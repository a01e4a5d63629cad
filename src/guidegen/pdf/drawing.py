"""A picture as PNG: Typst draws what other programs cannot show."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import Final

from guidegen.errors import PdfError
from guidegen.model.document import Asset

_RESOLUTION: Final = 300.0
_SOURCE: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {
  let size = measure(image(sys.inputs.name))
  let scale = calc.min(1, 480pt / size.width, 480pt / size.height)
  image(sys.inputs.name, width: size.width * scale)
}
"""
"""As large as the picture says it is, but not larger than a page's width."""


def picture_png(picture: Asset) -> bytes:
    """Return a picture (SVG, WebP) as PNG on white: it was drawn for paper.

    Raises:
        PdfError: It is not a picture that Typst can draw.
    """
    import typst  # noqa: PLC0415  # only an export needs it

    name = f"picture{PurePosixPath(picture.path).suffix.lower()}"
    # Typst reads nothing outside its root, so the root holds nothing but this.
    with tempfile.TemporaryDirectory(prefix="guidegen-picture-") as folder:
        (Path(folder) / name).write_bytes(picture.content)
        main = Path(folder) / "main.typ"
        main.write_bytes(_SOURCE)
        compiler = typst.Compiler(str(main), root=folder)
        try:
            pages = compiler.compile(
                format="png", ppi=_RESOLUTION, sys_inputs={"name": name}
            )
        except typst.TypstError as error:
            raise PdfError(
                "error-export-draw", picture=picture.path, detail=error.message
            ) from error
    page = pages[0] if isinstance(pages, list) else pages
    if page is None:
        raise PdfError("error-export-empty", picture=picture.path)
    return page
