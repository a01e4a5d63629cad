"""A guideline in two languages, as `render` hands it to the site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from guidegen.model.document import Asset, Document, Page
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels

PACK = Path(__file__).parents[2] / "guideline_templates" / "dell"

GERMAN = {
    "index": """\
# Social Media bei Nordlicht

Du kennst uns von innen. Deshalb hören Dir die Menschen zu.
{: .lead }

## 1. Schütze Informationen {: #protect }

Bei der Arbeit erfährst Du Dinge, die nicht nach draußen gehören.
Behalte sie für Dich: Zahlen, Pläne und Daten unserer Kunden.

## 2. Sei transparent und offen {: #transparent }

Sag, dass Du für uns arbeitest, wenn Du über uns sprichst:

> Hallo, ich bin [Name] und ich arbeite für Nordlicht.
> {: .magic-sentence }

## Tabuthemen {: #taboo }

Zu jedem gibt es [Beispiele](taboo-topics.md), wie es besser geht.

| Thema | Wer spricht |
|---|---|
| [Kennzahlen](taboo-topics.md#topic-figures) | **Rot**{ .light-red } Nur Pressestelle |
""",
    "taboo-topics": """\
# Tabuthemen mit Beispielen

- **Rot**{ .light-red } Darüber spricht nur die genannte Stelle.
- **Gelb**{ .light-amber } Erst fragen, dann posten.

<div class="topics" markdown>

| Thema | Lieber nicht so | Besser so |
|---|---|---|
| **Kennzahlen**<br>**Rot**{ .light-red } Nur Pressestelle\
 { #topic-figures data-label="Thema" }\
 | 4,2 Mio. Euro Umsatz im Mai! 🚀 { data-label="Lieber nicht so" }\
 | Ein starker Monat für unser Team. { data-label="Besser so" } |

</div>
""",
    "contact": """\
# Kontakt

<div class="contact-card" markdown>

**Mira Jansen**<br>Social-Media-Beraterin

- E-Mail: [social@nordlicht.example](mailto:social@nordlicht.example)

![QR-Code mit den Kontaktdaten: Mira Jansen](assets/contact-1.svg)

</div>
""",
}
ENGLISH = {
    "index": "# Social media at Nordlicht\n\nSee [taboo topics](taboo-topics.md).\n",
    "taboo-topics": "# Taboo topics with examples\n\nBusiness figures.\n",
    "contact": "# Contact\n\nMira Jansen is happy to help.\n",
}
TITLES = {
    "de": ("Die Guideline", "Tabuthemen mit Beispielen", "Kontakt"),
    "en": ("The guideline", "Taboo topics with examples", "Contact"),
}
QR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">'
    '<path d="M0 0h2v2h-2z"/></svg>'
)


def _document(language: str, texts: dict[str, str]) -> Document:
    labels = yaml.safe_load((PACK / "labels.yml").read_text("utf-8"))
    pages = zip(texts.items(), TITLES[language], strict=True)
    return Document(
        language=language,
        variant=language,
        locale=language,
        title={"de": "Social-Media-Guideline", "en": "Social media guideline"}[
            language
        ],
        company="Nordlicht Technik GmbH",
        pages=tuple(
            Page(id=name, title=title, markdown=text) for (name, text), title in pages
        ),
        assets=(Asset(path="assets/contact-1.svg", content=QR.encode()),),
        contacts=(
            GuidelineContact(
                name="Mira Jansen",
                role="Social-Media-Beraterin",
                email="social@nordlicht.example",
                phone="+49 40 1234567",
                chat="https://chat.nordlicht.example/social",
            ),
        ),
        labels=Labels({key: texts[language] for key, texts in labels.items()}),
        running_texts={
            "owner": "Jana Petersen",
            "valid_from": "1. Dezember 2026",
            "next_review": "1. Dezember 2027",
            "version": "1.0",
            "digest_short": "0f3a9c21",
        },
        brand_color="#0b5fa5",
        logo=None,
        valid_from=int(dt.datetime(2026, 12, 1, tzinfo=dt.UTC).timestamp()),
        markdown_extensions=("attr_list", "md_in_html", "tables", "def_list"),
        digest="0f3a9c21" * 8,
    )


@pytest.fixture(scope="session")
def german() -> Document:
    return _document("de", GERMAN)


@pytest.fixture(scope="session")
def english() -> Document:
    return _document("en", ENGLISH)


@pytest.fixture(scope="session")
def theme() -> tuple[Path, ...]:
    return (PACK / "site",)
