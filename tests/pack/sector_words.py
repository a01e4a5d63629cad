"""Words, examples and roles that sound right in some sectors only."""

from __future__ import annotations

# Which sectors a word sounds right in; a word of several kinds of house in each.
OWN_WORDS = {
    r"\bHalle|\bWerk\b|Prototyp|Maschine|\bCharge|Seriennummer|Stahl": "manufacturing",
    r"prototype|\bplant \d|\bbatch\b|\bsteel\b|\bmachine|serial": "manufacturing",
    r"Vertrieb|Produktmanagement": "manufacturing software",
    r"Quartalsbericht|Depot|\bAktien?\b|portfolio|quarterly": "bank listed",
    r"\bKasse|\bRegal|Sofa|Käse|Ingwertee|Winterjacke|Tüten": "retail",
    r"\btill\b|\bregister \d|shelf|sofa|cheese|ginger|winter coat": "retail",
    r"Filiale|\bHäuser machen zu|\bbranches\b": "retail bank",
    r"Patient|Pflege|Diagnose|Station\b|Nachtdienst|Aufnahmen": "health",
    r"patient(?!s? with)|diagnos|night shift|admissions|\bward\b": "health",
    r"Kapsel|capsule|Mandant|Landratsamt|Standort 2|Tabak|Kassel\b": "",
    r"Fonds|Konto|Konten|Kredit|Geldanlage|Anlagetipp": "bank",
    r"\bfund\b|\bloans?\b|\bsavings\b|investment": "bank",
    r"Bürger|Rathaus|Bauantrag|Vergabe|Briefwahl": "public",
    r"\bAkten?\b": "public health",
    r"resident|planning app|permit|call-out": "public",
    r"procurement": "public manufacturing retail",
    r"Studier|\bNoten\b|Prüfung(?!en der)|Klausur|Mensa|Lernende": "education",
    r"\bexams?\b|grades|canteen|cafeteria|\bmy class\b": "education",
    r"Mitglied|Spende|Ehrenamt|Essensausgabe": "association",
    r"\bmembers?\b|donor|donat|volunteer|food bank": "association",
    r"Baustelle|Heizkessel|\bBad\b|Gerüst|\bFuge\b": "craft",
    r"boiler|bathroom|scaffold|job site|building site": "craft",
    r"Deployment|Quellcode|\bApp\b|Support-Ticket|Login": "software",
    r"deployment|source code|\bapp\b|support ticket|login": "software",
}

OWN_ROLES = {
    "Vertrieb": "manufacturing software",
    "Produktmanagement": "manufacturing software",
    "Qualitätsmanagement": "manufacturing retail",
    "Einkauf": "manufacturing retail",
    "Marketing": "retail software bank manufacturing",
    "Nachhaltigkeit": "manufacturing retail",
    "Rechtsabteilung": "manufacturing bank",
    "IT-Sicherheit": "manufacturing software retail health bank public education other",
    "Vergabestelle": "public",
    "Personal": "",
    "Investor Relations": "listed",
}


def foreign(allowed: str, sector: str, *, listed: bool) -> bool:
    """Return whether something of these sectors is out of place in another."""
    return not {sector, *(["listed"] if listed else [])} & {*allowed.split()}
