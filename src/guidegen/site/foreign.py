"""What of a look that came from somebody else gets into a site.

A look that is installed with guidegen is trusted as guidegen itself is. Any other may
have come with a project: its pages are sealed (`sandbox/sealed.py`), and of its files
only style sheets, pictures and fonts are taken.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from guidegen.model.note import Note
from guidegen.schema.picture_files import safe_picture
from guidegen.site.look import Look
from guidegen.site.urls import VERSIONS

_TAKEN: Final = frozenset(
    (
        *(".avif", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".otf", ".png", ".svg"),
        *(".ttf", ".webp", ".woff", ".woff2"),
    )
)
"""No web server runs such a file, and no browser takes it for a page."""

_SCRIPT: Final = ".js"
_SVG: Final = ".svg"


class Foreign:
    """Judges what a look brings along, and remembers what was left out.

    Args:
        look: The look.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self._folders = {str(folder) for folder in look.foreign}
        self._files: dict[str, None] = {}
        self._scripts = 0

    def page(self, html: str, name: str) -> str:
        """Return a page as it can be shown.

        Args:
            html: What the templates have made.
            name: The page's name in the site, for an error.

        Raises:
            SiteError: It holds what no policy stops.
        """
        if not self._folders:
            return html
        from guidegen.sandbox.sealed import seal  # noqa: PLC0415  # few looks need it

        sealed = seal(html, name, trust_scripts=self.look.trust_scripts)
        self._scripts += sealed.scripts
        return sealed.html

    def takes(self, folder: str, name: str) -> bool:
        """Return whether a file of the look belongs into the site.

        Args:
            folder: The look's folder.
            name: The file in it, with `/`.
        """
        if folder not in self._folders:
            return True
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == _SCRIPT and self.look.trust_scripts:
            return True
        # What lies among the old versions would stand in for theirs.
        ours = PurePosixPath(name).parts[0] == VERSIONS
        taken = (
            not ours
            and suffix in _TAKEN
            and not (suffix == _SVG and _does_more(Path(folder, name).read_bytes()))
        )
        # What says how pages are arranged is not for readers anyway.
        if not taken and suffix not in {".yml", ".yaml"}:
            self._files[name] = None
        return taken

    def drawn(self, folder: str, name: str) -> bytes | None:
        """Return a picture with nothing in it but what is drawn.

        Args:
            folder: The look's folder.
            name: A file in it that `takes` has let in.

        Returns:
            None if the file can stay as it is.
        """
        if folder not in self._folders or PurePosixPath(name).suffix.lower() != _SVG:
            return None
        # As logos are: a pattern would have to know every spelling of XML.
        return safe_picture(Path(folder, name).read_bytes(), _SVG)

    def notes(self) -> tuple[Note, ...]:
        """Return notes on what was left out."""
        notes = []
        if self._files:
            names = ", ".join(self._files)
            notes.append(Note(message="site-files-left-out", values={"names": names}))
        if self._scripts:
            notes.append(Note(message="site-scripts-left-out"))
        return tuple(notes)


def _does_more(content: bytes) -> bool:
    """Return whether an SVG has more in it than what is drawn, and would be missed."""
    # Few packs have one.
    from guidegen.schema.svg_files import SvgError, read_svg  # noqa: PLC0415

    try:
        left_out = read_svg(content).left_out
    except SvgError:
        return True
    return bool(left_out) or b"<!doctype" in content.lower()
