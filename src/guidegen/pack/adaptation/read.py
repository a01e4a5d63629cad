"""Reads `sectors.yml`, `countries/` and `names.yml`; checks them with the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from guidegen.files.listing import is_litter
from guidegen.model.adaptation import DEFAULT_COUNCIL, LISTED
from guidegen.model.text import LocalText
from guidegen.pack.adaptation.contract import (
    country_shape,
    names_shape,
    sectors_shape,
)
from guidegen.pack.pack_file import PackFile
from guidegen.schema.shapes import Shape

SECTORS = "sectors.yml"
NAMES = "names.yml"

_CODE = re.compile("[A-Z]{2}")
"""ISO 3166-1 alpha-2, and EU, which it reserves."""

_PLURAL = 2
"""What the entry of a noun in the plural has: its article, and its dative."""

_Data: TypeAlias = dict[str, Any]


class Adaptation:
    """The files of a pack that fit its texts to a company, and what they say.

    Args:
        folders: Where texts come from, the pack's own folder first.
        languages: The pack's languages.
        councils: The kinds of works council that `pack.yml` names.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        languages: Sequence[str],
        councils: Collection[str] | None,
    ) -> None:
        self._own = folders[0]
        self._sectors = _first(folders, SECTORS)
        self._names = _first(folders, NAMES)
        self._countries = _country_files(folders)
        self.sectors: dict[str, _Data] = _read(
            self._sectors, sectors_shape(languages)
        ).get("sectors", {})
        self.names = _read(self._names, names_shape())
        self.countries = {
            # Those of a pack that it extends may name kinds that this one has not.
            code: _read(
                file, country_shape(languages, councils if self._is_own(file) else None)
            )
            for code, file in self._countries.items()
        }
        for code, file in self._countries.items():
            if not _CODE.fullmatch(code):
                file.report("pack-country-code", "", value=code)

    def _is_own(self, country: PackFile) -> bool:
        return country.path.parents[1] == self._own

    @property
    def files(self) -> tuple[PackFile, ...]:
        """All that has been read, with what is wrong with it."""
        found = (self._sectors, *self._countries.values(), self._names)
        return tuple(file for file in found if file)

    @property
    def country_files(self) -> Mapping[str, PackFile]:
        """The file of each country."""
        return self._countries

    @property
    def sector_folder(self) -> Path | None:
        """The folder of `sectors.yml`, None if there is none."""
        return self._sectors.path.parent if self._sectors else None

    def data(
        self,
        sectors: Collection[str],
        countries: Collection[str],
        topics: Collection[str],
    ) -> _Data:
        """Return what it says of the sectors, countries and topics that a pack has."""
        return {
            "sectors": {
                "sectors": {
                    key: each
                    | {
                        "topics": [
                            id_ for id_ in each.get("topics", ()) if id_ in topics
                        ]
                    }
                    for key, each in self.sectors.items()
                    if key in sectors
                }
            },
            "countries": {
                code: each
                for code, each in self.countries.items()
                if code in countries or each.get("members")
            },
            "names": self.names,
        }

    def check(
        self,
        sectors: Collection[str],
        topics: Collection[str],
        sections: Collection[str],
    ) -> None:
        """Note what is named here and is in none of the pack's other files.

        A pack that it extends may name sectors and topics that this one has others for.

        Args:
            sectors: The ids of the pack's sectors.
            topics: Those of its taboo topics.
            sections: Those of all its sections.
        """
        if self._names:
            self._check_nouns(self._names)
        if self._sectors and self.sector_folder == self._own:
            self._check_sectors(self._sectors, sectors, topics)
        for code, file in self._countries.items():
            if not self._is_own(file):
                continue
            country = self.countries[code]
            for key in country.get("works_council", ()):
                if key != DEFAULT_COUNCIL and key not in sectors:
                    file.report("pack-sector", f"works_council.{key}", value=key)
            check_date_form(file, country, "labels.")
            for number, statement in enumerate(country.get("statements", ())):
                place = statement.get("at", "")
                # A statement for a section that is nowhere would never be read.
                if place and place.partition(".")[0].replace("_", "-") not in sections:
                    where = f"statements.{number}.at"
                    file.report("pack-statement-place", where, value=place)

    def _check_nouns(self, file: PackFile) -> None:
        for noun, article in self.names.get("nouns", {}).items():
            # An empty list has been reported.
            if (
                isinstance(article, list)
                and article
                and (article[:1] != ["die"] or len(article) > _PLURAL)
            ):
                file.report("pack-noun", f"nouns.{noun}", value=noun)

    def _check_sectors(
        self, file: PackFile, sectors: Collection[str], topics: Collection[str]
    ) -> None:
        for key, sector in self.sectors.items():
            for number, topic in enumerate(sector.get("topics", ())):
                if topic not in topics:
                    where = f"sectors.{key}.topics.{number}"
                    file.report("pack-sector-topic", where, value=topic)
            means = sector.get("means", key)
            if means not in sectors:
                file.report("pack-sector", f"sectors.{key}.means", value=means)

    def sector_names(self) -> _Data:
        """Return the name of each sector."""
        return {
            key: sector["name"]
            for key, sector in self.sectors.items()
            if "name" in sector
        }

    def country_names(
        self, given: Mapping[str, Any] | Sequence[str] | None, top: PackFile
    ) -> _Data:
        """Return the names of the countries that the pack offers, in order.

        Args:
            given: What `pack.yml` says: their names, or only the order.
            top: That `pack.yml`.
        """
        if isinstance(given, Mapping):
            return dict(given)
        names = {
            code: country.get("name")
            for code, country in self.countries.items()
            if not country.get("members")
        }
        for number, code in enumerate(given or ()):
            if code not in names:
                top.report("pack-country", f"countries.{number}", value=code)
        for code, name in names.items():
            if name is None and not self.country_files[code].reader.problems:
                self.country_files[code].report("entry-missing", "name")
        order = dict.fromkeys([*(given or ()), *names])
        return {code: names[code] for code in order if names.get(code) is not None}


def check_date_form(file: PackFile, texts: Mapping[str, Any], parent: str = "") -> None:
    """Note where the label `long_date` has placeholders that no date fills.

    Args:
        file: `labels.yml`, or a country's file.
        texts: The labels, or the map that has them.
        parent: Where the labels stand in the file.
    """
    labels = texts.get("labels", {}) if parent else texts
    form = LocalText.of(labels.get("long_date", {}))
    for language, text in form.texts:
        try:
            # `str.format` shows a mistake only when it is used, so try it with some
            # date.
            text.format(day=1, month="", year=1)
        except (KeyError, ValueError, IndexError, AttributeError):
            file.report("pack-date-form", f"{parent}long_date", language=language)


def known_sectors(sectors: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids that texts may be made for: those of sectors, and `listed`."""
    return tuple(dict.fromkeys((*sectors, LISTED)))


def _first(folders: Sequence[Path], name: str) -> PackFile | None:
    for folder in folders:
        if (folder / name).is_file():
            return PackFile(folder / name)
    return None


def _country_files(folders: Sequence[Path]) -> dict[str, PackFile]:
    """Return each country's file, from the first folder that has one."""
    paths: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("countries/*.yml")):
            if is_litter(path.name):
                continue
            paths.setdefault(path.stem, path)
    return {code: PackFile(path) for code, path in sorted(paths.items())}


def _read(file: PackFile | None, shape: Shape) -> _Data:
    read = file.read(shape) if file else None
    return read if isinstance(read, dict) else {}
