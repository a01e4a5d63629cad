"""Hosts whose name looks like another one (UTS 39, Unicode Security Mechanisms).

Anybody can register a name in Cyrillic letters that reads as "apple.com", or one in
Latin letters with a Greek one among them.

A label is taken for a look-alike if it mixes scripts that no language writes together
(UTS 39, 5.2, "Highly Restrictive"), or if a script other than Latin has Latin shapes
only (UTS 39, 4, "whole-script confusable") below a top-level domain in Latin.

Python knows no scripts (UAX 24), but a letter's Unicode name begins with its script's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from guidegen.value import Value

_LATIN: Final = "LATIN"
_TOGETHER: Final = (
    {_LATIN, "CJK", "HIRAGANA", "KATAKANA"},
    {_LATIN, "CJK", "BOPOMOFO"},
    {_LATIN, "CJK", "HANGUL"},
)
"""Scripts that are written together: Japanese, Chinese, Korean, with Latin words."""
_JAPANESE_MARKS: Final = {"KATAKANA-HIRAGANA": "KATAKANA", "IDEOGRAPHIC": "CJK"}

# UTS 39, confusables.txt: letters of these scripts that have a Latin letter's shape.
_LATIN_SHAPES: Final = {
    "CYRILLIC": frozenset("асԁеһіјӏорԛѕԝхуүѵѡҽԍпгьъкҝ"),
    "GREEK": frozenset("αβγηικνορτυχωϲϳ"),
    "ARMENIAN": frozenset("օոսցհյքզգ"),
}
_SHAPED_AS_LATIN: Final = {"CHEROKEE", "LISU"}
"""Scripts all of whose letters are shaped as Latin ones."""
# Phonetic letters stand in no language's words; only Azerbaijani has the schwa.
# Compiled when it is needed: most hosts are in ASCII.
_PHONETIC: Final = "[\u0250-\u0258\u025a-\u02af\u1d00-\u1dbf\ua720-\ua7ff\uab30-\uab6f]"

# A host stands behind `//` or, in an address of mail, behind the @.
_HOST: Final = re.compile(r"(?://(?:[^\s/?#@]*@)?|@)([\w.%-]+)")


class Lookalike(Value):
    """A host that may be taken for another one."""

    host: str
    """As it is written."""
    ascii: str
    """As the net knows it (`xn--…`, RFC 3492)."""
    letters: str
    """The letters that are not what they look like, each once."""


def lookalikes(text: str) -> Iterator[Lookalike]:
    """Yield the hosts in a text that may be taken for others, each once."""
    if text.isascii() and "xn--" not in text.lower() and "%" not in text:
        return
    for host in dict.fromkeys(map(unquote, _HOST.findall(text))):
        if found := lookalike(host.strip(".")):
            yield found


def lookalike(host: str) -> Lookalike | None:
    """Return what is wrong with a host's name, None if it looks like what it is."""
    labels = [_written(label) for label in host.split(".")]
    letters = "".join(_odd(label, top=labels[-1]) for label in labels)
    if not letters:
        return None
    return Lookalike(
        host=host,
        ascii=".".join(map(_ascii, labels)),
        letters="".join(dict.fromkeys(letters)),
    )


def _written(label: str) -> str:
    """Return a label as a browser takes it (IDNA): lower case, in common forms."""
    label = unicodedata.normalize("NFKC", label).lower()
    if label.startswith("xn--"):
        try:
            return label[4:].encode("ascii").decode("punycode")
        except UnicodeError:  # the net knows no such name
            return label
    return label


def _ascii(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"


def _odd(label: str, *, top: str) -> str:
    """Return the letters of a label that are not what they look like."""
    if label.isascii():
        return ""
    phonetic = "".join(re.findall(_PHONETIC, label))
    script_of = {letter: script for letter in label if (script := _script(letter))}
    scripts = {*script_of.values()}
    if len(scripts) > 1 and not any(scripts <= known for known in _TOGETHER):
        # What stands among Latin letters is what is taken for one of them.
        usual = _LATIN if _LATIN in scripts else script_of[next(iter(script_of))]
        return phonetic + "".join(
            letter for letter, script in script_of.items() if script != usual
        )
    if len(scripts) == 1 and _is_latin(top) and _has_latin_shapes(label, *scripts):
        return "".join(script_of)
    return phonetic


def _script(letter: str) -> str | None:
    """Return a letter's script; None for what all have, as digits and accents."""
    if unicodedata.category(letter)[0] not in "LN" or letter.isascii():
        return _LATIN if letter.isascii() and letter.isalpha() else None
    first = unicodedata.name(letter, "").partition(" ")[0]
    if first in {"MODIFIER", "MASCULINE", "FEMININE", "SUPERSCRIPT", ""}:
        return None
    return _JAPANESE_MARKS.get(first, first)


def _is_latin(label: str) -> bool:
    return {_script(letter) for letter in label} <= {_LATIN, None}


def _has_latin_shapes(label: str, script: str) -> bool:
    if script in _SHAPED_AS_LATIN:
        return True
    # An accent does not hide a shape: ё is taken for ë.
    letters = {
        sign
        for sign in unicodedata.normalize("NFD", label)
        if unicodedata.category(sign)[0] == "L"
    }
    return letters <= _LATIN_SHAPES.get(script, frozenset())
