"""What the words of a short text tell: its language, and whether it says Du or Sie."""

from __future__ import annotations

import pytest

from guidegen.compose.lacking import vocabulary_of
from guidegen.compose.spoken import address_of
from guidegen.pack.load import load_pack

DU = [
    "Frag vorher die Pressestelle.",
    "Wer mitbietet, erfährt sonst, woran Du arbeitest.",
    "Schreib nicht über laufende Verträge.",
    "Auf Fotos trägst du Helm und Weste.",
    "- Bitte sprich mit uns.",
    "## Trag die Weste\n\nGilt überall.",
    "Das geht nur, wenn Dein Team zustimmt.",
    "Kannst Du es nicht sagen, frag.",
]
SIE = [
    "Fragen Sie vorher die Pressestelle.",
    "Das geht nur, wenn Ihr Team zustimmt und Sie gefragt haben.",
    "Wenden Sie sich an uns; wir helfen Ihnen.",
    "Können Sie es nicht sagen, fragen Sie.",
]
NEITHER = [
    "Solange nichts unterschrieben ist, kann jeder Hinweis schaden.",
    "Unternehmenskommunikation",
    "Sie sind noch nicht unterschrieben.",
    "Die Verträge gefährdet, wer über sie spricht.",
    "Ein Beitrag wie „Hast Du schon gehört?“ schadet.",
    "{{ company.dative }} {# Du #}",
]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        *((each, "du") for each in DU),
        *((each, "sie") for each in SIE),
        *((each, None) for each in NEITHER),
    ],
)
def test_the_words_tell_whether_readers_are_du_or_sie(
    text: str, address: str | None
) -> None:
    assert address_of(text) == address


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Solange nichts unterschrieben ist, kann jeder Hinweis schaden.", "de"),
        ("die Leitung Einkauf", "de"),
        ("Unternehmenskommunikation", "de"),
        ("am selben Arbeitstag", "de"),
        ("The contract isn’t signed yet.", "en"),
        ("Corporate communications", "en"),
        ("Head of the purchasing team", "en"),
        ("Mira Jansen", None),
        ("Social Media", None),
        ("", None),
    ],
)
def test_the_words_of_the_pack_tell_the_language(
    text: str, language: str | None
) -> None:
    assert vocabulary_of(load_pack("dell")).language_of(text) == language
