"""Which of a company's own sections lack a language or form of address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from guidegen.compose.sections import pack_section, read_source
from guidegen.compose.spoken import address_of
from guidegen.errors import PackError
from guidegen.files.digest import sha256
from guidegen.model.answers import Answers
from guidegen.model.own_text import Basis, Missing
from guidegen.model.pack import Pack
from guidegen.model.project import BASES, SECTIONS
from guidegen.value import Value

_GERMAN, _FORMAL = "de", "de-formal"


class SectionsInVariants(Value):
    """A company's own sections, and what readers of each language get of them."""

    answers: Answers
    pack: Pack
    bases: tuple[Basis, ...] = ()
    """What was right before."""

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The sections that lack a variant, in the order of the pages."""
        return tuple(
            each
            for section in self._ids
            for language in self.answers.languages
            for each in self._missing(section, language)
        )

    @property
    def _ids(self) -> tuple[str, ...]:
        """The sections of the guideline of which there is any text of the company's."""
        fixed = (each.id for page in self.pack.pages for each in page.sections)
        chosen = (each.id for each in self.answers.sections)
        return tuple(
            each for each in dict.fromkeys((*fixed, *chosen)) if self._files.get(each)
        )

    @cached_property
    def _files(self) -> Mapping[str, Mapping[str, Path]]:
        """By section and variant, the company's files."""
        found: dict[str, dict[str, Path]] = {}
        for variant in self.pack.variants:
            folder = self.answers.folder / SECTIONS / variant
            for path in sorted(folder.glob("*.md")):
                found.setdefault(path.stem, {})[variant] = path
        return found

    def _missing(self, section: str, language: str) -> Iterator[Missing]:
        variant, key = self.answers.variant(language), f"{SECTIONS}/{section}"
        files = self._files[section]
        if variant in files and (variant != _GERMAN or _FORMAL in files):
            return
        if key in self.answers.same_text.get(variant, ()):
            return
        of_pack = section in self.pack.section_ids
        other = self._other(section, language)
        if other is None or (
            # Another language's readers have the pack's words either way.
            of_pack and language not in files and not self._is_reworded(section, other)
        ):
            return
        if language in files:
            if language != _GERMAN or self._addresses_rightly(section, files[language]):
                return
            # A text for „de“ that was written for the other form of address.
            other = _GERMAN if variant == _FORMAL else _FORMAL
            path = files[language]
        else:
            path = files[other]
            if of_pack and self._was_left_to_pack(section, language):
                return
        yield Missing(
            key=key,
            variant=variant,
            other=other,
            text=_text(path),
            path=path,
            of_pack=of_pack,
            uses_pack=of_pack and language not in files,
        )

    def _other(self, section: str, language: str) -> str | None:
        """Return a variant that there is a text of, the closest first."""
        files = self._files[section]
        same = [each for each in files if each.partition("-")[0] == language]
        codes = self.answers.languages
        wanted = (each for code in codes for each in (self.answers.variant(code), code))
        return next((each for each in (*same, *wanted) if each in files), None) or next(
            iter(files), None
        )

    def _is_reworded(self, section: str, variant: str) -> bool:
        """Return whether the company's text says anything that the pack's does not."""
        base = self.answers.folder / BASES / variant / f"{section}.md"
        theirs = (
            _text(base)
            if base.is_file()
            else pack_section(self.answers, self.pack, variant, section)
        )
        return _text(self._files[section][variant]) != theirs

    def _addresses_rightly(self, section: str, path: Path) -> bool:
        """Return whether a text for „de“ says what readers are called now."""
        address = self.answers.address
        name = path.relative_to(self.answers.folder).as_posix()
        digest = sha256(path.read_bytes())
        carrying = [each for each in self.bases if each.files.get(name) == digest]
        if any(
            _GERMAN in _languages(each) and _address(each) == address
            for each in carrying
        ):
            return True
        spoken = address_of(read_source(path))
        if spoken is not None:
            return spoken == address
        base = self.answers.folder / BASES / _GERMAN / f"{section}.md"
        # It began as the pack's text that says Du.
        written_for_du = base.is_file() and address != "du"
        return not (
            written_for_du or any(_GERMAN in _languages(each) for each in carrying)
        )

    def _was_left_to_pack(self, section: str, language: str) -> bool:
        """Return whether the company's texts of a section were right as they are."""
        now = {
            path.relative_to(self.answers.folder).as_posix(): sha256(path.read_bytes())
            for path in self._files[section].values()
        }
        return any(
            language in _languages(each)
            and (language != _GERMAN or _address(each) == self.answers.address)
            and now.items() <= each.files.items()
            for each in self.bases
        )


def _text(path: Path) -> str:
    """Return the text of a file, "" if it cannot be read."""
    # It is named where a page needs it.
    with suppress(PackError):
        return read_source(path)
    return ""


def _languages(basis: Basis) -> tuple[str, ...]:
    found = basis.data.get("languages")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _address(basis: Basis) -> str:
    return str(basis.data.get("address", "du"))
