"""From a guideline to the Markdown pages of one language."""

from guidegen.render.document import Renderer, render
from guidegen.render.escape import SCHEMES, escape_markdown

__all__ = ["SCHEMES", "Renderer", "escape_markdown", "render"]
