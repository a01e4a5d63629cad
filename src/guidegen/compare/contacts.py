"""What changed in the contacts, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidegen.compare.answer_names import (
    AnswerNames,
    Finding,
    before_and_after,
    changed_answer,
    company_text,
    finding,
    is_same_text,
)
from guidegen.compare.entries import is_reordered, pairs_of, same_name
from guidegen.compare.wording import Words
from guidegen.model.json_records import Data, Json

_WAYS = ("email", "phone", "chat")
"""How a contact can be reached."""
_ALL_IF_NONE = frozenset({"languages", "countries"})
"""What a contact serves all of unless it says which."""


def compare_contacts(
    old: Sequence[Data], new: Sequence[Data], names: AnswerNames
) -> Iterator[Finding]:
    """Yield what changed in the contacts.

    Args:
        old: The contacts as they were.
        new: The contacts as they are.
        names: What answers are called.
    """
    # A successor shares neither name nor address with the predecessor, and is still one
    # change to readers, not two.
    pairs = pairs_of(old, new, (_equal, same_name, _same_way), one_for_one=True)
    for before, after in pairs:
        yield from _contact(before, after, names)
    for contact in new:
        if not any(contact is after for _, after in pairs):
            yield finding("compare-contact-new", name=_name(contact))
    for contact in old:
        if not any(contact is before for before, _ in pairs):
            yield finding("compare-contact-gone", name=_name(contact))
    if is_reordered(old, pairs):
        # The first contact stands on every page, so that name is what readers notice.
        yield finding("compare-contact-order", name=_name(new[0]))


def _equal(old: Data, new: Data) -> bool:
    return old == new


def _same_way(old: Data, new: Data) -> bool:
    return any(_each(old.get(way)) & _each(new.get(way)) for way in _WAYS)


def _each(way: Json) -> frozenset[str]:
    """Return the address, or those of each language."""
    if isinstance(way, dict):
        return frozenset(map(str, way.values()))
    return frozenset() if way is None else frozenset({str(way)})


def _contact(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    if not same_name(old, new):
        shape = names.shape_at("contacts.0.name")
        was, now = before_and_after(old.get("name"), new.get("name"), shape, names)
        yield finding("compare-contact-other", old=was, new=now)
        if not _same_way(old, new):
            return  # another person: role and ways are another person's too
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if key != "name" and not is_same_text(before, after):
            yield changed_answer(
                f"contacts.0.{key}",
                before,
                after,
                names,
                absent="compare-all" if key in _ALL_IF_NONE else None,
                values={"name": _name(new)},
            )


def _name(contact: Data) -> Words:
    return company_text(contact.get("name"))
