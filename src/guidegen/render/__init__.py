"""From a guideline to the Markdown pages of one language."""

from guidegen.render.document import Renderer, render
from guidegen.render.escape import escape_markdown

__all__ = ["Renderer", "escape_markdown", "render"]
