"""How easy a page of a guideline is to read, and how it addresses its reader.

Formulas: Flesch (1948) for English, Amstad (1978) for German. Both count syllables
as groups of vowels, which is right to a few per cent over a page, not in one word.
"""

from __future__ import annotations

import re
from html import unescape

# What addresses the reader with Du, and what with Sie: there, the capital within a
# sentence tells it from "she" and "they".
DU = re.compile(r"\b(?:Du|Dich|Dir|Dein\w*)\b")
SIE = re.compile(r"(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihr\w*)\b")

_VOWELS = {
    "de": re.compile(r"aa|ee|oo|ie|ei|ai|eu|äu|au|[aeiouyäöü]"),
    "en": re.compile(r"[aeiouy]+"),
}
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouyscxzgh]es)$")
"""The ending of an English word whose e is not spoken: "like", "asked", "makes"."""


def words_of(html: str) -> list[str]:
    """Return the words that a reader sees."""
    return unescape(re.sub(r"<[^>]+>", " ", html)).split()


def running_words(html: str) -> int:
    """Return how many words a main page has in its paragraphs and lists.

    Headings do not count, and neither do the topics, which are a list to choose from,
    with what their levels mean.
    """
    level = r'(<h3[^>]*\bid="level-[^>]*>.*?</h3>\s*)<p>.*?</p>'
    running = re.sub(level, r"\1", html, flags=re.DOTALL)
    blocks = re.findall(r"<(p|li)\b[^>]*>(.*?)</\1>", running, flags=re.DOTALL)
    return sum(len(words_of(block)) for _, block in blocks if ".md#topic-" not in block)


def sentences_of(html: str) -> list[list[str]]:
    """Return the words of each sentence in paragraphs and lists, without tables."""
    running = re.sub(r"<table.*?</table>", "", html, flags=re.DOTALL)
    blocks = re.findall(r"<(p|li)\b[^>]*>(.*?)</\1>", running, flags=re.DOTALL)
    sentences = [
        re.findall(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß’-]*", sentence)
        for _, block in blocks
        for sentence in re.split(
            r"(?<=[.!?])[“”]?\s+", unescape(re.sub(r"<[^>]+>|\S+@\S+", "", block))
        )
    ]
    return [sentence for sentence in sentences if len(sentence) > 1]


def syllables(word: str, language: str = "de") -> int:
    """Return the number of a word's vowel groups."""
    groups = len(_VOWELS[language].findall(word.lower().replace("qu", "q")))
    if language == "en" and _SILENT.search(word.lower()):
        groups -= 1
    return max(1, groups)


def mean(numbers: list[int]) -> float:
    """Return the mean."""
    return sum(numbers) / len(numbers)


def ease(sentences: list[list[str]], language: str) -> float:
    """Return how easy sentences are to read, from 0 to about 100 (easiest).

    Flesch-Amstad for German (`de`), Flesch reading ease for English (`en`).
    """
    length = mean([len(sentence) for sentence in sentences])
    count = mean([syllables(word, language) for each in sentences for word in each])
    if language == "de":
        return 180 - length - 58.5 * count
    return 206.835 - 1.015 * length - 84.6 * count
