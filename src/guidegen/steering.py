"""Characters that steer a terminal or a reader's eye instead of being read.

Control characters move the cursor, set a window's title or hide what was printed.
Overrides of writing direction (UAX 9) make a text read as another one. What comes from
a project, a pack, a server or a file's name may have both in it, so whatever is shown
names them instead. Everything that people write with stays as it is: Arabic and Hebrew
letters, combining marks, emoji and their joiners, soft hyphens.
"""

from __future__ import annotations

import re
from typing import Final

STEERING: Final = re.compile(
    "["
    # C0 and C1, DEL between them; a tab and a line break only lay a text out.
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    # Marks, embeddings, overrides and isolates of direction (UAX 9), and what Unicode
    # advises against for the same purpose.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
    # Breaks of a line or paragraph that not every program counts as one.
    "\u2028\u2029"
    # Brackets around text that is not shown.
    "\ufff9-\ufffb"
    # No characters at all: undecodable bytes of a file's name.
    "\ud800-\udfff"
    "]"
)
"""One character that is never shown as it is."""


def visible(text: str) -> str:
    """Return a text with each such character named, as in `<U+202E>`.

    This is what `less` shows, and what a screen reader can say.
    """
    return STEERING.sub(_named, text)


def on_one_line(text: str) -> str:
    """Return a text that fills a place in a line, its line breaks named as well.

    A name with a line break in it would otherwise print a line of its own, which reads
    as if it were ours.
    """
    return visible(text).replace("\n", "<U+000A>")


def json_escaped(text: str) -> str:
    r"""Return JSON with such characters within its strings as `\u202e`.

    The data stay the same (RFC 8259, 7).
    """
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _named(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"
