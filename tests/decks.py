"""A hand-made deck, for pages that need cards of any kind."""

from __future__ import annotations

from guidegen.model.card import Card, Deck
from guidegen.model.document import Document

RULES = (
    ("protect", "Schütze Informationen"),
    ("transparent", "Sei transparent und offen"),
    ("law", "Halte Dich an das Recht"),
    ("responsible", "Handle mit Verantwortung"),
    ("nice", "Sei nett, lerne und hab Spaß"),
)
QUESTIONS = (
    "Du freust Dich auf die neue Baustelle. Welcher Beitrag passt?",
    "Jemand fragt in Deinem Profil nach Zahlen.\nWas antwortest Du?",
    "Du magst das Sommerfest. Darfst Du ein Foto vom Buffet posten?",
    "Eine Kundin lobt Dich öffentlich. Und jetzt?",
    "Du liest eine falsche Behauptung über uns. Was tust Du?",
    "Ein Kollege teilt ein Bild aus der Werkhalle. Ist das in Ordnung?",
    "Du willst Deine Prüfung feiern. Darfst Du das posten?",
)
CHOICES = (
    "„Nächste Woche fahren wir endlich raus!“",
    "„Wind und Wasser: Ich mag meinen Arbeitsplatz.“",
    "Ich frage zuerst Mira Jansen und antworte dann.",
)
WHY = "Fotos und Vorfreude sind willkommen, Pläne bleiben bei uns."


def deck_for(document: Document, *, text: str = "") -> Deck:
    """Return seven cards for a document: the right choice goes round.

    Args:
        document: Whose words are around the cards.
        text: What is added to each text of a card.
    """
    return Deck(
        language=document.language,
        variant=document.variant,
        core=5,
        labels=document.labels,
        cards=tuple(
            Card(
                id=f"s{number:02}",
                question=question + text,
                choices=tuple(choice + text for choice in CHOICES),
                right=number % len(CHOICES),
                why="Fotos und Vorfreude sind willkommen, Pläne bleiben bei uns."
                + text,
                rule=RULES[number % len(RULES)][0],
                rule_title=RULES[number % len(RULES)][1] + text,
                href=f"index.html#{RULES[number % len(RULES)][0]}",
                topic=None,
                allowed=number in {3, 7},
                wave=number % 6,
            )
            for number, question in enumerate(QUESTIONS, 1)
        ),
    )
