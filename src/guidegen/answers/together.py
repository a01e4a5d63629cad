"""What only several answers together show: each check notes what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from guidegen.answers.contract import FORMAT, NAME
from guidegen.model.pack import Pack
from guidegen.model.project import SECTIONS
from guidegen.model.text import LocalText
from guidegen.pack.find import section_file
from guidegen.schema.reader import Reader, nearest
from guidegen.schema.scalars import Plain

_Data: TypeAlias = "dict[str, Plain]"

_NEVER = "never"
"""The level of a topic about which nobody speaks."""
_UNITED_STATES, _AMERICAN = "US", "en-us"


def check_together(data: _Data, pack: Pack, reader: Reader) -> None:
    """Note problems that only several answers together show.

    Args:
        data: The answers, each of which is right by itself; others are missing.
        pack: The pack they are for.
        reader: What has read them, and takes the problems.
    """
    if data.get("format", FORMAT) != FORMAT:
        values = {"value": data["format"], "known": FORMAT}
        reader.report("answers-format", "format", reader.lines.get("format"), **values)
    sector, _ = _sector_and_seat(data)
    listed = _entry(data.get("company"), "listed")
    if pack.sector(sector).listed and listed is False:
        key = "company.listed"
        reader.report("answers-listed", key, reader.lines.get(key))
    _countries(data, reader)
    _speakers(data, pack, reader)
    _logos(data, reader)
    _feeds(data, reader)
    for key, topic in _items(data.get("taboo_topics"), "taboo_topics", reader):
        if isinstance(topic, dict):
            _levels(key, topic, reader)
    languages = data.get("languages")
    # Without valid languages, which has been reported, nothing can be compared.
    if not isinstance(languages, list) or not languages:
        return
    codes = list(dict.fromkeys(map(str, languages)))
    variants = [_variant(code, data, pack) for code in codes]
    _contacts(data, codes, reader)
    _topic_names(data.get("taboo_topics"), pack, variants, reader)
    _sections(data, pack, variants, reader)


def _variant(language: str, data: _Data, pack: Pack) -> str:
    """Return the text variant of a language, as `Answers.variant` will."""
    if language == "de" and data.get("address") == "sie":
        return "de-formal"
    _, seat = _sector_and_seat(data)
    is_american = seat == _UNITED_STATES and _AMERICAN in pack.variants
    return _AMERICAN if language == "en" and is_american else language


def _sector_and_seat(data: _Data) -> tuple[str, str | None]:
    """Return the company's sector and seat, as far as they are known."""
    company = data.get("company")
    countries = _entry(company, "countries")
    first = countries[0] if isinstance(countries, list) and countries else None
    seat = _entry(company, "seat") or first
    return str(_entry(company, "sector")), None if seat is None else str(seat)


def _countries(data: _Data, reader: Reader) -> None:
    """Note countries that a contact is there for and the company is not in."""
    countries = _entry(data.get("company"), "countries")
    # Without any, or with one that was refused, nothing can be compared.
    refused = (str(each.values.get("key")) for each in reader.problems)
    if (
        not isinstance(countries, list)
        or not countries
        or any(key.startswith("company.countries") for key in refused)
    ):
        return
    _, seat = _sector_and_seat(data)
    places: list[tuple[str, Plain]] = []
    for key, contact in _items(data.get("contacts"), "contacts", reader):
        where = f"{key}.countries"
        places += _items(_entry(contact, "countries"), where, reader)
    for key, country in places:
        if country not in (*countries, seat):
            reader.report(
                "answers-country",
                key,
                reader.lines.get(key),
                value=str(country),
                known=", ".join(map(str, countries)),
            )


def _logos(data: _Data, reader: Reader) -> None:
    """Note a logo for dark backgrounds where there is none for light ones."""
    key = "brand.logo_dark"
    # One that was refused is there after all.
    if (
        _entry(data.get("brand"), "logo_dark") is not None
        and _entry(data.get("brand"), "logo") is None
        and "brand.logo" not in reader.lines
    ):
        reader.report("answers-logo-dark", key, reader.lines.get(key))


def _feeds(data: _Data, reader: Reader) -> None:
    """Note feeds that are there twice: one of them would be read for nothing."""
    seen: dict[str, str] = {}
    feeds = _entry(data.get("inside"), "feeds")
    for key, feed in _items(feeds, "inside.feeds", reader):
        url = _entry(feed, "url")
        if url is not None and seen.setdefault(str(url), key) != key:
            where = f"{key}.url"
            values = {"value": url, "first": reader.lines.get(f"{seen[str(url)]}.url")}
            reader.report("inside-feed-twice", where, reader.lines.get(where), **values)


# --- who speaks


def _speakers(data: _Data, pack: Pack, reader: Reader) -> None:
    """Note a speaker who is written like a role's id but is none."""
    own = data.get("roles")
    sector, seat = _sector_and_seat(data)
    roles = pack.roles_for(sector, seat)
    known = [*(own if isinstance(own, dict) else ()), *roles]
    for key, speaker in _each_speaker(data, reader):
        if key.rpartition(".")[2] in pack.variants:
            # A role has its names; with one for each language it would be no role.
            if speaker in known:
                line = reader.lines.get(key)
                reader.report("answers-speaker-language", key, line, value=speaker)
            continue
        # The name of a person or team has capital letters, blanks or other characters.
        if speaker in known or not NAME.fullmatch(speaker):
            continue
        line = reader.lines.get(key)
        near = nearest(speaker, known)
        if near is not None:
            reader.report("answers-speaker-near", key, line, value=speaker, near=near)
        else:
            names = ", ".join(known)
            reader.report("answers-speaker", key, line, value=speaker, known=names)


def _each_speaker(data: _Data, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield each text that names a speaker, with its dotted key."""
    places = [("company.speaker", _entry(data.get("company"), "speaker"))]
    places += [
        (f"{key}.speakers", _entry(topic, "speakers"))
        for key, topic in _items(data.get("taboo_topics"), "taboo_topics", reader)
    ]
    for key, value in places:
        for where, each in ((key, value), *_items(value, key, reader)):
            if isinstance(each, str):
                yield where, each
            if isinstance(each, dict):
                yield from (
                    (f"{where}.{name}", str(text)) for name, text in each.items()
                )


def _levels(key: str, topic: _Data, reader: Reader) -> None:
    """Note a topic that nobody is named for, and one of which names are too much."""
    speakers = f"{key}.speakers"
    if topic.get("level") == _NEVER:
        if "speakers" in topic:
            line = reader.lines.get(speakers)
            reader.report("answers-level-speakers", speakers, line)
    # What was refused has been reported, and a level may be one without speakers.
    elif "id" not in topic and reader.lines.keys().isdisjoint(
        {speakers, f"{key}.id"} | (set() if "level" in topic else {f"{key}.level"})
    ):
        line = reader.lines.get(key)
        reader.report("answers-topic-speakers", speakers, line)


# --- languages


def _contacts(data: _Data, languages: Sequence[str], reader: Reader) -> None:
    """Note languages that no contact serves, and those that the guideline has not."""
    unserved = dict.fromkeys(languages)
    contacts = list(_items(data.get("contacts"), "contacts", reader))
    for key, contact in contacts:
        served = _entry(contact, "languages")
        for where, language in _items(served, f"{key}.languages", reader):
            if language not in languages:
                reader.report(
                    "answers-contact-language",
                    where,
                    reader.lines.get(where),
                    value=str(language),
                    known=", ".join(languages),
                )
        for language in served if isinstance(served, list) else languages:
            unserved.pop(str(language), None)
    # Without a contact that can be read there is nothing to say about them all.
    for language in unserved if contacts else ():
        line = reader.lines.get("contacts")
        reader.report("answers-contact-none", "contacts", line, language=language)


# --- taboo topics


def _topic_names(
    topics: Plain | None, pack: Pack, variants: Sequence[str], reader: Reader
) -> None:
    """Note topics of the company's own that are named like another topic."""
    seen: dict[tuple[str, str], str] = {}
    for key, topic in _items(topics, "taboo_topics", reader):
        own = topic.get("name") if isinstance(topic, dict) else None
        name = _local_text(own) if own is not None else _catalogue_name(topic, pack)
        if name is None:
            continue
        for variant in variants:
            text = name.find(variant)
            # A topic without a name in this language gets a key that no other has.
            first = seen.setdefault((variant, (text or key).casefold()), key)
            # The reader has compared topics of the catalogue with each other, by their
            # ids.
            if own is not None and first != key:
                values = {"value": text, "first": reader.lines.get(first)}
                line = reader.lines.get(key)
                reader.report("answers-topic-twice", key, line, **values)
                break


def _catalogue_name(topic: Plain, pack: Pack) -> LocalText | None:
    named = topic.get("id") if isinstance(topic, dict) else topic
    entry = pack.catalogue.get(str(named))
    return entry.name if entry else None


# --- sections


def _sections(data: _Data, pack: Pack, variants: Sequence[str], reader: Reader) -> None:
    """Note sections that nobody has a text for, or that follow none."""
    always = [section.id for page in pack.pages for section in page.sections]
    parts = [*pack.parts]
    there = list(always)
    for key, section in _items(data.get("sections"), "sections", reader):
        name = _entry(section, "id") if isinstance(section, dict) else section
        if not isinstance(name, str):  # reported as missing, or refused
            continue
        line = reader.lines.get(key)
        if name in always:
            reader.report("answers-section-always", key, line, value=name)
        elif name not in parts:
            _own_section(name, key, pack, variants, reader)
        after = _entry(section, "after")
        if after is not None and after not in there:
            _unknown_after(str(after), key, there, reader)
        there.append(name)


def _own_section(
    name: str,
    key: str,
    pack: Pack,
    variants: Sequence[str],
    reader: Reader,
) -> None:
    """Note a section of the company's own that has no text in any language.

    One that lacks some of them can be built (`compose.lacking_sections` names it).
    """
    folder = reader.folder
    if folder is None or any(
        section_file((folder,), each, name) for each in pack.variants
    ):
        return
    parts = [*pack.parts]
    line, near = reader.lines.get(key), nearest(name, parts)
    values = {"value": name, "file": f"{SECTIONS}/{variants[0]}/{name}.md"}
    # Nobody has written a text of that name, so perhaps it is only misspelt.
    if near is not None:
        reader.report("answers-section-near", key, line, near=near, **values)
    else:
        reader.report("answers-section", key, line, known=", ".join(parts), **values)


def _unknown_after(after: str, key: str, there: Sequence[str], reader: Reader) -> None:
    where = f"{key}.after"
    near = nearest(after, there)
    values = {"value": after, "near": near, "known": ", ".join(there)}
    message = "answers-section-after" + ("-near" if near else "")
    reader.report(message, where, reader.lines.get(where), **values)


# --- plain data


def _items(
    value: Plain | None, key: str, reader: Reader
) -> Iterator[tuple[str, Plain]]:
    """Yield the entries of a list with their dotted keys, as the file counts them."""
    entries = value if isinstance(value, list) else []
    for index, entry in zip(reader.places.get(key, ()), entries, strict=False):
        yield f"{key}.{index}", entry


def _entry(value: Plain | None, name: str) -> Plain | None:
    return value.get(name) if isinstance(value, dict) else None


def _local_text(value: Plain) -> LocalText:
    return LocalText.of(_texts(value) if isinstance(value, dict) else str(value))


def _texts(value: _Data) -> dict[str, str]:
    return {key: str(text) for key, text in value.items()}
