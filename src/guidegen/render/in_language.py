"""A section that is in another language than its page, marked as such."""

from __future__ import annotations

import re

# Compiled when it is needed: most pages are in one language.
_HEADING = (
    r"\A(?P<level>#{1,6}[ \t]+(?:\d+\.[ \t]+)?)(?P<title>[^\n]+?)"
    r"(?P<attributes>[ \t]*\{:[^}\n]*\})?[ \t]*(?:\n|\Z)"
)


_PICTURE = re.compile(r"!\[[^\[\]\n]*\]")
_MARK = re.compile(r'<span lang="[a-z]{2}">|</span>')


def plain_alternatives(markdown: str) -> str:
    """Return Markdown without marks in what is said of pictures: that is no markup."""
    return _PICTURE.sub(lambda found: _MARK.sub("", found[0]), markdown)


def marked_section(markdown: str, language: str | None) -> str:
    """Return a section's Markdown with its language on all of its words.

    The heading stays outside of what goes around the rest, since pages are divided at
    their headings.

    Args:
        markdown: The section as it stands on its page.
        language: The language of its words; None for that of the page.
    """
    if language is None:
        return markdown
    opened = f'lang="{language}"'
    heading, rest = "", markdown
    if found := re.match(_HEADING, markdown):
        title = f"<span {opened}>{found['title']}</span>"
        heading = f"{found['level']}{title}{found['attributes'] or ''}\n\n"
        rest = markdown[found.end() :]
    if not rest.strip():
        return heading.rstrip("\n")
    body = rest.strip("\n")
    return f"{heading}<div {opened} markdown>\n\n{body}\n\n</div>"
