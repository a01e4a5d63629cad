"""How much a sentence binds readers, by the section that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from guidegen.arrange.arrangement import Kind, Layout, PageArrangement
from guidegen.compare.sentences import Sentence


class Binding(StrEnum):
    """What a section is to those who have to follow the guideline."""

    RULE = "rule"
    """Every request in it is a duty."""
    LIGHT = "light"
    """Every request in a sentence is a duty; what is listed are topics: answers."""
    LISTED = "listed"
    """Each entry of a list is a duty, because what announces it is: "Never post:"."""
    RIGHTS = "rights"
    """What readers may do in any case."""
    WORDS = "words"
    """Help, welcome, contacts: only plain words of duty count."""


_BINDS = {
    Kind.RULE: Binding.RULE,
    # Small print has rules of its own, such as that of accounts.
    Kind.MORE: Binding.RULE,
    Kind.LIGHT: Binding.LIGHT,
    Kind.RIGHTS: Binding.RIGHTS,
    Kind.HELP: Binding.WORDS,
    Kind.CONTACT: Binding.WORDS,
}


def binding_of(
    sentences: Sequence[Sentence], given: PageArrangement, *, stamped: bool
) -> tuple[Binding, ...]:
    """Return how much each section of a page binds, what stands before them first.

    Args:
        sentences: The page's sentences.
        given: What the pack says of its sections.
        stamped: Whether the page prints the version: it is about the guideline itself.
    """
    headings = [each for each in sentences if each.opens]
    if stamped or given.layout in {Layout.TOPICS, Layout.CONTACT}:
        # Topics are answers, and have findings of their own.
        kinds = [given.sections.get(each.anchor) for each in headings]
        return (
            Binding.WORDS,
            *(
                Binding.RIGHTS if kind is Kind.RIGHTS and not stamped else Binding.WORDS
                for kind in kinds
            ),
        )
    if given.layout is Layout.PLAIN:
        return (Binding.RULE,) * (len(headings) + 1)
    found = [Binding.WORDS]
    before = None
    for heading in headings:
        kind = given.sections.get(heading.anchor)
        if kind is None:  # as `arrange.guide` has it
            kind = Kind.RULE if heading.number else Kind.MORE
            if before is Kind.HELP and not heading.number:
                kind = Kind.HELP
        before = kind
        found.append(_BINDS[kind])
    return tuple(found)
