"""guidegen: from a short interview to a clear guideline, as a website and a PDF."""

from pathlib import Path

__version__ = "0.1.0"

_PACKAGE = Path(__file__).parent
TEMPLATE_PACKS: tuple[Path, ...] = tuple(
    folder / "guideline_templates" for folder in (_PACKAGE, _PACKAGE.parents[1])
)
"""Where the built-in packs may be: in the installed package, or in a checkout."""
MANUALS: tuple[Path, ...] = (_PACKAGE / "docs", _PACKAGE.parents[1] / "docs")
"""Where the manual may be, likewise."""
