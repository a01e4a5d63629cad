"""The cards and the guideline as a package for learning platforms: SCORM 1.2.

Of all such standards, this is the one that platforms share. A package runs nothing but
two scripts of guidegen, and loads nothing from anywhere.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined

from guidegen.errors import ExportError
from guidegen.export.chapters import anchor_of, without_illegal
from guidegen.export.scorm_manifest import MANIFEST, Course, manifest
from guidegen.model.card import Deck
from guidegen.model.document import Document
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.sandbox import Sandbox, translate_mistakes
from guidegen.value import Value

GUIDELINE: Final = "guideline.html"
"""The whole guideline, which the cards lead to."""

START: Final = "index.html"
_TEMPLATE: Final = "scorm.html"
_SCRIPTS: Final = {
    "practice.js": "site/assets/guidegen/practice.js",
    "scorm.js": "export/scorm.js",
}
"""Always those of the built-in pack: no other pack's scripts run on a platform."""
_PRACTICE_STYLE: Final = "site/assets/guidegen/practice.css"
# Zip files know no earlier day; the time of the export would change the bytes.
_DAY: Final = (1980, 1, 1, 0, 0, 0)


class Package(Value):
    """What a package is made of."""

    document: Document
    deck: Deck
    practice: Mapping[str, object]
    """What the cards' page prints, as the site's has it."""
    guideline: bytes
    """The guideline as one page."""
    style: str
    """The look of a page that stands alone (see `pack/style.py`)."""
    course: Course


def scorm_file(package: Package) -> bytes:
    """Return a package as the zip file that platforms take.

    Raises:
        ExportError: A template is wrong.
    """
    builtin = builtin_packs() / COMPLETING
    files = {
        START: _page(package),
        GUIDELINE: package.guideline,
        "style.css": package.style.encode(),
        "practice.css": (builtin / _PRACTICE_STYLE).read_bytes(),
        **{name: (builtin / path).read_bytes() for name, path in _SCRIPTS.items()},
    }
    told = {MANIFEST: manifest(package.course, START, sorted(files))}
    return _zipped({**told, **files})


def leading_to_anchors(deck: Deck) -> Deck:
    """Return a deck whose links lead into the guideline that is one page."""
    return replace(
        deck,
        cards=tuple(replace(card, href=_anchored(card.href)) for card in deck.cards),
    )


def _anchored(href: str) -> str:
    page, _, element = href.partition("#")
    anchor = anchor_of(re.sub(r"\.html$", "", page), element)
    return f"{GUIDELINE}#{anchor}"


def _page(package: Package) -> bytes:
    builtin = builtin_packs() / COMPLETING
    look = [builtin / "export", builtin / "site"]
    # What the template is given is HTML already, as on the site.
    environment = Sandbox(
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader([str(folder) for folder in look]),
    )
    names = {"template": _TEMPLATE, "style": "style.css"}
    context: dict[str, Any] = {
        "language": escape(package.document.locale),
        "title": escape(package.document.title),
        "practice": package.practice,
        "core": [card.id for card in package.deck.cards[: package.deck.core]],
        "mark": package.course.mark,
    }
    with translate_mistakes(look, ExportError, "error-export-template", names):
        text = environment.get_template(_TEMPLATE).render(context)
    return without_illegal(text).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in _in_order(files):
            entry = zipfile.ZipInfo(name, date_time=_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # As on any system: by itself, it would say which one wrote the file.
            entry.create_system = 3
            archive.writestr(entry, files[name], compresslevel=9)
    return content.getvalue()


def _in_order(files: Mapping[str, bytes]) -> Sequence[str]:
    # Some platforms read no further than to the manifest to know what they have.
    return [MANIFEST, *sorted(name for name in files if name != MANIFEST)]
