"""Says why a text of the guideline is there: the Dell model, the law, or practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from guidegen.answers.read import read_answers
from guidegen.compose.guideline import compose
from guidegen.compose.lacking import AnswersInVariants
from guidegen.compose.law import Held, held_statements
from guidegen.compose.topics import compose_topics
from guidegen.compose.wording import Wording
from guidegen.errors import Problem, ProblemsError
from guidegen.model.adaptation import Statement
from guidegen.model.answers import Answers, TopicAnswer
from guidegen.model.explanation import Explanation, Explanations
from guidegen.model.labels import PLACEHOLDER
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.question import Condition
from guidegen.model.text import LocalText
from guidegen.pack.explanations import read_explanations
from guidegen.pack.find import section_file
from guidegen.pack.load import load_pack
from guidegen.pipeline.customize import heading_of
from guidegen.schema.reader import nearest
from guidegen.value import Value

_DEFAULT_PACK = "dell"
SECTION, TOPIC, LEVEL, STATEMENT = "section", "topic", "level", "statement"


class LawNote(Value):
    """A legal rule that stands behind a text."""

    id: str
    title: str
    source: str
    status: str
    """`verified`, `partly` or `unverified`."""


class StatementNote(Value):
    """A sentence that the law of some countries asks for."""

    id: str
    place: str
    """The section and the item of it that it belongs to: `rights.pay`."""
    countries: tuple[str, ...]
    replaces: bool
    """Whether it stands in place of the general sentence; else it is added."""
    when: Condition
    """Answers that a company must have given for it to hold."""
    text: str
    why: str | None
    source: str
    url: str | None
    checked: str
    """The day on which somebody compared it with its source (ISO 8601)."""
    status: str


class Explained(Value):
    """Why a section, a topic, a level or a sentence is there."""

    kind: str
    """`section`, `topic`, `level` or `statement`."""
    id: str
    title: str
    there: bool | None = None
    """Whether this guideline has it; None where there is no project."""
    own: tuple[Path, ...] = ()
    """The company's own texts of it."""
    level: str | None = None
    """Of a topic: what readers see of its level."""
    who: str | None = None
    """Of a topic of this guideline: who speaks about it, or is asked."""
    origins: tuple[str, ...] = ()
    """`model`, `law` or `practice`; empty for what only the company can explain."""
    why: str | None = None
    source: str | None = None
    status: str | None = None
    laws: tuple[LawNote, ...] = ()
    statements: tuple[StatementNote, ...] = ()


def explain(project: Project | None, name: str, language: str) -> Explained:
    """Return why a text is there.

    Args:
        project: Whose guideline is explained; None for the texts of the built-in pack.
        name: The id of a section, topic, level or statement, or a place (`rights.pay`).
        language: The author's.

    Raises:
        GuidegenError: The answers or the pack are wrong.
        ProblemsError: There is nothing of this name.
    """
    return _Texts.read(project, language).explain(name)


def explain_all(project: Project | None, language: str) -> tuple[Explained, ...]:
    """Return why each section of the guideline is there, in its order.

    Raises:
        GuidegenError: The answers or the pack are wrong.
    """
    texts = _Texts.read(project, language)
    return tuple(map(texts.section, texts.sections))


class _Texts(Value):
    """The texts that are explained, and to whom."""

    pack: Pack
    language: str
    explanations: Explanations
    wording: Wording | None
    """Whose they are; None where there is no project."""

    @classmethod
    def read(cls, project: Project | None, language: str) -> _Texts:
        if project is None:
            pack, wording = load_pack(_DEFAULT_PACK), None
        else:
            answers, pack = read_answers(project.answers)
            used = language if language in answers.languages else answers.languages[0]
            texts = AnswersInVariants(answers=answers, pack=pack)
            wording = Wording(answers=texts.answers_for(used), pack=pack, language=used)
        return cls(
            pack=pack,
            language=language,
            explanations=read_explanations(pack),
            wording=wording,
        )

    @property
    def answers(self) -> Answers | None:
        return self.wording.answers if self.wording else None

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The guideline's sections in their order; without a project, all of them."""
        if self.wording is None:
            return self.pack.section_ids
        wording = self.wording
        guideline = compose(wording.answers, wording.pack, wording.language)
        return tuple(
            section.id for page in guideline.pages for section in page.sections
        )

    @cached_property
    def statements(self) -> tuple[StatementNote, ...]:
        """The statements that hold for the company; without a project, all of them."""
        if self.wording is not None:
            held = held_statements(self.wording)
            return tuple(note for each in held for note in self._held(each))
        return tuple(
            self._note(statement, (code,))
            for code, country in self.pack.country_specs.items()
            for statement in country.statements
        )

    def explain(self, name: str) -> Explained:
        section, _, item = name.replace("_", "-").partition(".")
        if section in {*self.pack.section_ids, *self.sections}:
            found = self.section(section)
            place = f".{item.replace('-', '_')}"
            only = [each for each in found.statements if each.place.endswith(place)]
            # A place that no law says anything about is explained by its section.
            if not (item and only):
                return found
            return Explained(
                kind=STATEMENT,
                id=only[0].place,
                title=found.title,
                there=found.there,
                statements=tuple(only),
            )
        if name in self.pack.catalogue:
            return self._topic(name)
        if name in self.explanations.levels:
            return self._level(name)
        if noted := self._statement(name.upper()):
            return noted
        raise ProblemsError((self._unknown(name),))

    def section(self, section: str) -> Explained:
        known = self.explanations.sections.get(section)
        note = Explained(
            kind=SECTION,
            id=section,
            title=self._title(section),
            there=None if self.wording is None else section in self.sections,
            own=self._own(section),
            statements=tuple(
                each
                for each in self.statements
                if each.place.partition(".")[0].replace("_", "-") == section
            ),
        )
        return self._explained(note, known) if known else note

    def _topic(self, topic: str) -> Explained:
        entry = self.pack.catalogue[topic]
        title, why, level = self._local(entry.name), self._local(entry.why), entry.level
        there, who = None, ""
        if self.wording is not None:
            answers = self.wording.answers
            chosen = [each for each in answers.taboo_topics if each.id == topic]
            there = bool(chosen)
            wanted = chosen or [TopicAnswer(id=topic)]
            read = replace(
                self.wording, answers=replace(answers, taboo_topics=tuple(wanted))
            )
            (composed,) = compose_topics(read)
            title, why, level = composed.name, composed.why, composed.level
            who = composed.who
        spec = self.pack.levels.get(level)
        return Explained(
            kind=TOPIC,
            id=topic,
            title=title,
            there=there,
            level=self._local(spec.title) if spec else None,
            who=who or None,
            why=why,
            laws=tuple(self._laws(entry.laws)),
        )

    def _level(self, level: str) -> Explained:
        spec = self.pack.levels.get(level)
        note = Explained(
            kind=LEVEL, id=level, title=self._local(spec.title) if spec else level
        )
        return self._explained(note, self.explanations.levels[level])

    def _statement(self, name: str) -> Explained | None:
        """Return a statement, also one that does not hold for this company."""
        everywhere = replace(self, wording=None).statements
        held = [each for each in self.statements if each.id == name]
        notes = held or [each for each in everywhere if each.id == name]
        if not notes:
            return None
        return Explained(
            kind=STATEMENT,
            id=name,
            title=notes[0].place,
            there=None if self.wording is None else bool(held),
            statements=tuple(notes),
        )

    def _explained(self, note: Explained, known: Explanation) -> Explained:
        return replace(
            note,
            origins=known.origins,
            why=self._local(known.why),
            source=self._local(known.source) if known.source else None,
            status=known.status,
            laws=tuple(self._laws(known.laws)),
        )

    def _laws(self, ids: Iterable[str]) -> Iterator[LawNote]:
        """Yield the rules that may matter to the company: those of its countries."""
        own = self.answers.company.countries if self.answers else ()
        for each in ids:
            law = self.explanations.laws.get(each)
            if law and not (own and law.countries and not {*own} & {*law.countries}):
                yield LawNote(
                    id=each,
                    title=self._local(law.title),
                    source=law.source,
                    status=law.status,
                )

    def _held(self, held: Held) -> Iterator[StatementNote]:
        """Yield a statement once for each source that it has."""
        by_source: dict[str, list[str]] = {}
        for country, statement in held.by_country.items():
            by_source.setdefault(statement.source, []).append(country)
        for countries in by_source.values():
            yield self._note(held.by_country[countries[0]], tuple(countries))

    def _note(self, statement: Statement, countries: tuple[str, ...]) -> StatementNote:
        return StatementNote(
            id=statement.id,
            place=f"{statement.section}.{statement.item}",
            countries=countries,
            replaces=statement.replaces,
            when=statement.when,
            text=self.wording.filled(statement.text)
            if self.wording
            else self._filled(self._local(statement.text)),
            why=self._local(statement.why) if statement.why else None,
            source=statement.source,
            url=statement.url,
            checked=statement.checked,
            status=statement.status,
        )

    def _filled(self, text: str) -> str:
        """Return a text with the words that it has where no sector has others."""
        words: Mapping[str, LocalText] = self.pack.words
        return PLACEHOLDER.sub(
            lambda found: self._local(words[found[1]]) if found[1] in words else "…",
            text,
        )

    def _title(self, section: str) -> str:
        if section in self.pack.parts:
            return self._local(self.pack.parts[section].title)
        folders = self.pack.folders
        if self.answers is not None:
            folders = (self.answers.folder, *folders)
        variant = self.wording.variant if self.wording else self.language
        path = section_file(folders, variant, section)
        text = path.read_text(encoding="utf-8-sig") if path else ""
        if self.answers is None:
            return heading_of(text) or section
        name = self.answers.company.short_name.some(variant)
        return heading_of(text, name) or section

    def _own(self, section: str) -> tuple[Path, ...]:
        if self.answers is None:
            return ()
        variants = map(self.answers.variant, self.answers.languages)
        files = (section_file((self.answers.folder,), v, section) for v in variants)
        return tuple(dict.fromkeys(path for path in files if path))

    def _local(self, text: LocalText) -> str:
        # A company's own pack need not have the interface's language.
        found = text.find(self.language) or text.texts[0][1]
        return " ".join(found.split())

    def _unknown(self, name: str) -> Problem:
        statements = (each.id for each in replace(self, wording=None).statements)
        known = [
            *self.pack.section_ids,
            *self.pack.catalogue,
            *self.explanations.levels,
            *dict.fromkeys(statements),
        ]
        near = nearest(name, known)
        message = "explain-unknown" + ("-near" if near else "")
        return Problem(message=message, values={"value": name, "near": near})
