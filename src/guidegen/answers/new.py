"""Writes a new `guideline.yml`, with comments that say what each part is for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from guidegen.answers.emit import emit_after, emit_item
from guidegen.answers.shape import (
    FORMAT,
    Fields,
    choice_names,
    contract,
    questions_by_key,
)
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain

SCHEMA = ".guidegen/guideline.schema.json"
"""Where editors find the schema, relative to `guideline.yml`."""

_WIDTH = 88
_CHOICES_SHOWN = 13


def new_answers(values: Mapping[str, Plain], pack: Pack, language: str = "en") -> str:
    """Return the text of a `guideline.yml`.

    Args:
        values: Plain answers, as nested as in the file.
        pack: The pack whose questions become comments.
        language: What the comments are written in.
    """
    return "".join(f"{line}\n" for line in _Writer(pack, language).lines(values))


class _Writer:
    """Writes answers with the comments of one pack in one language."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.shape = contract(pack)
        self.questions = questions_by_key(pack)
        self.variants = pack.variants
        self.language = language

    def lines(self, values: Mapping[str, Plain]) -> Iterator[str]:
        yield f"# yaml-language-server: $schema={SCHEMA}"
        yield f"format: {values.get('format', FORMAT)}"
        for name, shape in self.shape.fields.items():
            if name == "format":
                continue
            if isinstance(shape, Fields):
                yield from self._group(name, shape, values.get(name))
            elif name in values:
                yield from self._entry(name, values[name], "", blank=name != "pack")

    def _group(self, name: str, shape: Fields, value: Plain | None) -> Iterator[str]:
        """Write a map's entries; those without an answer as a comment to fill in."""
        present = value if isinstance(value, dict) else {}
        body = [
            line
            for child in shape.fields
            for line in (
                self._entry(f"{name}.{child}", present[child], "  ")
                if child in present
                else self._unanswered(f"{name}.{child}", "  # " if present else "  ")
            )
        ]
        if body:
            yield ""
            yield f"{name}:" if present else f"# {name}:"
            yield from body if present else (f"# {line}" for line in body)

    def _entry(
        self, key: str, value: Plain, indent: str, *, blank: bool = False
    ) -> Iterator[str]:
        if blank:
            yield ""
        yield from self._comment(key, indent)
        name = key.rpartition(".")[2]
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{indent}{name}:"
            for item in value:
                written = emit_item(item, f"{indent}  ", self.variants)
                yield from f"{indent}  - {written}".split("\n")
        else:
            written = emit_after(value, indent, self.variants)
            yield from f"{indent}{name}:{written}".split("\n")

    def _comment(self, key: str, indent: str, *, brief: bool = False) -> Iterator[str]:
        """Say what is asked, why, and what can be answered; `brief`: only what."""
        question = self.questions.get(key)
        if question is None:
            return
        values = [*choice_names(question, self.pack)]
        choices = (
            f"({' | '.join(values)})" if 0 < len(values) <= _CHOICES_SHOWN else None
        )
        texts = [self._local(question.text)]
        texts += [] if brief else [self._local(question.help), choices]
        for text in texts:
            if text:
                yield from textwrap.wrap(
                    text,
                    width=_WIDTH,
                    initial_indent=f"{indent}# ",
                    subsequent_indent=f"{indent}# ",
                    break_long_words=False,
                    break_on_hyphens=False,
                )

    def _local(self, text: LocalText | None) -> str | None:
        said = text.find(self.language) if text else None
        return " ".join(said.split()) if said else None

    def _unanswered(self, key: str, start: str) -> Iterator[str]:
        """Write a question that was not answered, with an example to uncomment.

        Its group's comment sign, taken away from every line, leaves good YAML.
        """
        question = self.questions.get(key)
        example = self._example(question) if question else None
        if example is None:
            return
        yield from self._comment(key, "  ", brief=True)
        name = key.rpartition(".")[2]
        yield f"{start}{name}:{emit_after(example, '', self.variants)}"

    def _example(self, question: Question) -> Plain | None:
        """Return what an answer can look like."""
        if question.kind is Kind.CONFIRM:
            return True
        if question.kind in {Kind.CHOICE, Kind.NUMBER}:
            default = question.default
            return default if isinstance(default, (str, int)) else None
        return self._local(question.example)
