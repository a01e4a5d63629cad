"""How the company's name stands in German sentences: asked for as one line of text."""

from __future__ import annotations

from guidegen.declension import CASES, forms_of
from guidegen.model.adaptation import NameForms, NameRules
from guidegen.schema.scalars import Plain

_BETWEEN = " · "
"""What stands between the three forms, where the rules do not lead from one to all."""


def read_forms(typed: str, rules: NameRules | None) -> NameForms:
    """Return the forms that somebody means.

    Args:
        typed: The name as it begins a sentence („das Klinikum Nordheide“), or three
            forms with dots or semicolons between them: nominative, accusative, dative.
        rules: Which names need an article although they are written without.
    """
    between = _BETWEEN if _BETWEEN in typed else ";"
    parts = [part.strip() for part in typed.split(between)]
    if len(parts) == len(CASES) and all(parts):
        return NameForms(
            name=parts[0], nominative=parts[0], accusative=parts[1], dative=parts[2]
        )
    return forms_of(typed, "de", rules)


def forms_data(typed: str, name: str | None, rules: NameRules | None) -> Plain | None:
    """Return what `company.forms` says; None for what follows from the name anyway."""
    forms = read_forms(typed, rules)
    if name is not None and _cases(forms) == _cases(forms_of(name, "de", rules)):
        return None
    return dict(zip(CASES, _cases(forms), strict=True))


def typed_forms(data: Plain) -> str | None:
    """Return `company.forms` as somebody would have typed it."""
    if not isinstance(data, dict):
        return None
    found = [data.get(case) for case in CASES]
    texts = [each.get("de") if isinstance(each, dict) else each for each in found]
    if not all(texts):
        return str(texts[0]) if texts[0] else None
    return _BETWEEN.join(map(str, texts))


def _cases(forms: NameForms) -> tuple[str, str, str]:
    return forms.nominative, forms.accusative, forms.dative
