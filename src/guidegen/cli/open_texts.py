"""What is open about a company's own texts, as data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from guidegen.model.own_text import Missing


def open_texts_data(
    stale: Mapping[str, Sequence[str]], missing: Iterable[Missing]
) -> dict[str, object]:
    """Return what keeps own texts from being released, by the kind of what is open.

    Args:
        stale: Own texts that are behind: path → the languages in which they are.
        missing: Own texts that lack a language or form of address.
    """
    return {
        "stale": {place: list(languages) for place, languages in stale.items()},
        "missing": [
            {
                "key": each.key,
                "lacks": each.variant,
                "there_in": each.other,
                "file": str(each.path) if each.path else None,
                "line": each.line,
            }
            for each in missing
        ],
    }
