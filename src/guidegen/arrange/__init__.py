"""How the site arranges pages: which section is what, and the elements around it.

One pure step on parsed pages, trees in and trees out. Digests, redlines, the PDF and
Word read the pages as they are written.
"""

from guidegen.arrange.arrangement import Arrangement, read_arrangement
from guidegen.arrange.elements import Frame
from guidegen.arrange.kicker import kicker_of
from guidegen.arrange.pages import Pages, arrange_pages

__all__ = [
    "Arrangement",
    "Frame",
    "Pages",
    "arrange_pages",
    "kicker_of",
    "read_arrangement",
]
