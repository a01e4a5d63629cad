"""Picture files that answers name, such as a logo, and what is refused as one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from guidegen.errors import FilesError
from guidegen.files.links import refuse_links_to
from guidegen.schema.raster_files import (
    JPEG,
    PNG,
    dots,
    has_endless_scans,
    is_cmyk,
    without_metadata,
)
from guidegen.schema.scalars import Refused
from guidegen.schema.typed_paths import is_windows_path

_SHOWN = 40
"""How many letters of a text in a picture are quoted."""
_MAX_FILE = 1_000_000
_MAX_DOTS = 25_000_000
"""A file of a few kilobytes can unpack to gigabytes in the PDF and in browsers."""
_SVG = b"<svg"
_SIGNATURES = {
    ".svg": _SVG,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
}
"""How a picture file begins; in an SVG it may come later."""
_NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'


def check_file(name: str, folder: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a file that is missing, outside the project, too large or no picture."""
    path = folder / name
    # On Windows, to ask for a file on another computer is to log in there.
    if name.replace("\\", "/").startswith("//") and os.name == "nt":
        raise Refused("value-file-outside", value=name)
    _refuse_other_computers(name, folder)
    try:
        # Resolved, because both `..` and a symbolic link can lead out of the project.
        inside = path.resolve().is_relative_to(folder.resolve())
        if not path.is_absolute() or path.is_relative_to(folder):
            _refuse_links(path, folder, name)
        is_file = inside and path.is_file()
    except (OSError, ValueError) as error:
        raise Refused("value-file-missing", value=name) from error
    if not inside:
        raise Refused("value-file-outside", value=name)
    if not is_file:
        raise Refused("value-file-missing", value=name)
    check_picture(path, name, suffixes)


def check_picture(path: Path, name: str, suffixes: tuple[str, ...]) -> None:
    """Refuse a file that is too large, no picture, or none that can be shown.

    Args:
        path: The file, which is there.
        name: What to call it.
        suffixes: How its name may end; any if there are none.

    Raises:
        Refused: It is of no use.
    """
    if suffixes and path.suffix.lower() not in suffixes:
        raise Refused("value-file-type", value=name, types=", ".join(suffixes))
    try:
        is_large = path.stat().st_size > _MAX_FILE
    except OSError as error:
        raise Refused("value-file-missing", value=name) from error
    if is_large:
        raise Refused("value-file-size", value=name)
    _check_content(path, name)


def _refuse_other_computers(name: str, folder: Path) -> None:
    """Refuse a path that would be none after the project was moved or copied."""
    with suppress(OSError, ValueError):
        path = folder / name
        if path.is_absolute() and Path(name).is_absolute() and path.is_file():
            real, root = path.parent.resolve() / path.name, folder.resolve()
            if real.is_relative_to(root):
                relative = real.relative_to(root).as_posix()
                raise Refused("value-file-relative", value=name, relative=relative)
        plain = name.replace("\\", "/")
        is_below = not Path(plain).is_absolute() and ".." not in plain.split("/")
        if plain != name and is_below and (folder / plain).is_file():
            raise Refused("value-file-relative", value=name, relative=plain)
    if is_windows_path(name) and os.name != "nt":
        raise Refused("value-file-windows", value=name)


def _refuse_links(path: Path, folder: Path, name: str) -> None:
    # One that leads to a file in the project may lead elsewhere tomorrow.
    try:
        refuse_links_to(path, folder)
    except FilesError as error:
        raise Refused("value-file-link", value=name) from error


def _check_content(path: Path, name: str) -> None:
    """Refuse a file that is not the kind of picture its name says."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused("yaml-unreadable", reason=error.strerror) from error
    signature = _SIGNATURES.get(path.suffix.lower(), b"")
    matches = content.startswith(signature) or (signature == _SVG and _SVG in content)
    if not matches:
        raise Refused("value-file-content", value=name)
    if signature == _SVG:
        _check_svg(content, name)
        return
    if dots(content) > _MAX_DOTS or has_endless_scans(content):
        raise Refused("value-file-dots", value=name, limit=_MAX_DOTS // 1_000_000)
    if is_cmyk(content):
        raise Refused("value-file-cmyk", value=name)


def _check_svg(content: bytes, name: str) -> None:
    # Not for what has no SVG: reading the answers is what each command begins with.
    from guidegen.schema.svg_files import SvgError, read_svg  # noqa: PLC0415

    try:
        read_svg(content)
    except SvgError as error:
        message = f"value-file-svg-{error.reason}"
        raise Refused(message, value=name, place=error.line) from error


def picture_notes(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what an author should know of a picture: a message's id and its values."""
    if path.suffix.lower() != ".svg":
        return
    from guidegen.schema.svg_files import SvgError, read_svg  # noqa: PLC0415  # as above

    with suppress(OSError, SvgError):  # which stop a build elsewhere
        svg = read_svg(path.read_bytes())
        if svg.left_out:
            yield "logo-left-out", {"names": ", ".join(svg.left_out)}
        if svg.text:
            yield "logo-text", {"text": svg.text[:_SHOWN]}


def safe_picture(content: bytes, suffix: str) -> bytes:
    """Return a picture with nothing in it but what is seen of it.

    It stays as it is, byte for byte, if there is nothing else. What cannot be read as a
    picture is nothing: an empty one.

    Args:
        content: The file.
        suffix: What its name ends with; what is no picture's stays as it is.
    """
    if suffix.lower() != ".svg":
        return without_metadata(content) if suffix.lower() in _SIGNATURES else content
    from guidegen.schema.svg_files import SvgError, read_svg  # noqa: PLC0415  # as above

    try:
        return read_svg(content).content
    except SvgError:
        return _NOTHING
