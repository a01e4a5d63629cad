"""Reads `guideline.yml` and finds everything that is wrong with it in one run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from guidegen.answers.contract import FORMAT, contract, targets_shape
from guidegen.errors import PackError, Problem, ProblemsError
from guidegen.model.answers import (
    PRESS,
    Acknowledgement,
    Answers,
    Brand,
    Company,
    Contact,
    TopicAnswer,
    VersionAnswers,
)
from guidegen.model.pack import Pack
from guidegen.model.publication import TargetSettings
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.schema.reader import Reader
from guidegen.schema.scalars import Plain
from guidegen.schema.shapes import ListOf, Localized, Record, ScalarOr, Shape
from guidegen.schema.yaml_tree import (
    FileKind,
    Map,
    Node,
    Text,
    find_node,
    parse_tree,
    read_source,
)
from guidegen.value import Value

DEFAULT_PACK = "dell"

_GUIDELINE = FileKind(name="answers")


class PlainAnswers(Value):
    """Checked answers as plain data, before they become model values."""

    data: dict[str, Plain]
    pack: Pack
    shape: Record


def read_answers(path: Path, *, pack: Path | None = None) -> tuple[Answers, Pack]:
    """Read a company's answers and the template pack they are for.

    Args:
        path: `guideline.yml`.
        pack: A pack's folder, to be used instead of the one that the file names.

    Raises:
        ProblemsError: The file cannot be read or is not valid.
        PackError: The pack is missing or broken.
    """
    plain = read_plain(path, pack=pack)
    return build(plain.data, path.parent, plain.pack), plain.pack


def read_plain(
    path: Path, *, pack: Path | None = None, partial: bool = False
) -> PlainAnswers:
    """Read a company's answers as plain data; with `partial`, some may be missing.

    Raises:
        ProblemsError: The file cannot be read or is not valid.
        PackError: The pack is missing or broken.
    """
    loaded = None if pack is None else load_pack(pack)
    return check_text(read_text(path), path, pack=loaded, partial=partial)


def read_targets(path: Path) -> dict[str, TargetSettings]:
    """Read only `publish:`; mistakes elsewhere in the file do not matter.

    Raises:
        ProblemsError: The file cannot be read, or this part is not valid.
    """
    tree = parse_text(read_text(path), path)
    entries = tree.entries if isinstance(tree, Map) else ()
    reader = Reader(path=path, folder=path.parent)
    data = {
        name.text: reader.read(node, targets_shape(), "publish")
        for name, node in entries
        if name.text == "publish" and not (isinstance(node, Text) and node.empty)
    }
    if reader.problems:
        raise ProblemsError(tuple(reader.problems))
    return build_targets(
        cast("dict[str, dict[str, Plain]]", data.get("publish") or {}),
        path.parent,
        reader.lines,
    )


def read_pack(path: Path, *, pinned: bool = True) -> Pack:
    """Return the pack that a company's answers name; mistakes elsewhere do not matter.

    Args:
        path: `guideline.yml`.
        pinned: Whether to heed `pack.lock`; if not, the installed texts are read.

    Raises:
        ProblemsError: The file cannot be read.
        PackError: The pack is missing or broken.
    """
    tree = parse_text(read_text(path), path)
    if not isinstance(tree, Map):
        return load_pack(DEFAULT_PACK, beside=path.parent, pinned=pinned)
    return _pack(tree, path, pinned=pinned)


def read_text(path: Path) -> str:
    """Return the text of `guideline.yml`.

    Raises:
        ProblemsError: It is missing or unreadable.
    """
    return read_source(path, _GUIDELINE)


def parse_text(text: str, path: Path | None = None) -> Node:
    """Return the tree of a `guideline.yml`, or of a part of it.

    Raises:
        ProblemsError: It is not YAML, or contains what answers may not contain.
    """
    return parse_tree(text, _GUIDELINE, path)


def check_text(
    text: str, path: Path, *, pack: Pack | None = None, partial: bool = False
) -> PlainAnswers:
    """Check the text of a `guideline.yml` that is, or is to be written, at `path`.

    Raises:
        ProblemsError: It is not valid.
        PackError: The pack is missing or broken.
    """
    tree = parse_text(text, path)
    if not isinstance(tree, Map):
        raise ProblemsError((Problem(message="answers-no-map", path=path, line=1),))
    found = pack or _pack(tree, path)
    shape = contract(found)
    reader = Reader(path=path, folder=path.parent, partial=partial)
    # For a record the reader returns a map; mypy cannot know.
    data = cast("dict[str, Plain]", reader.read(tree, shape))
    if not partial:
        check_together(data, shape, found, reader)
    if reader.problems:
        # Problems are found in the order of the contract, which need not be the file's.
        problems = sorted(reader.problems, key=lambda problem: problem.line or 0)
        raise ProblemsError(tuple(problems))
    return PlainAnswers(data=data, pack=found, shape=shape)


def _pack(tree: Map, path: Path, *, pinned: bool = True) -> Pack:
    """Return the pack that the file names."""
    named = find_node(tree, ["pack"])
    if not isinstance(named, Text) or named.empty:
        return load_pack(DEFAULT_PACK, beside=path.parent, pinned=pinned)
    try:
        return load_pack(named.text, beside=path.parent, pinned=pinned)
    except PackError as error:
        # A mistake inside the pack keeps its own path and line; a pack that cannot be
        # found is a mistake in this line.
        if error.path is None and error.line is None:
            raise error.at(path, named.line) from error
        raise


REVIEW_MONTHS = 12


def build(data: dict[str, Any], folder: Path, pack: Pack) -> Answers:
    """Return the answers that checked data describes.

    Args:
        data: What `check_text` returned.
        folder: The project's folder.
        pack: The pack that it was checked against.
    """
    brand = data.get("brand", {})
    logo = brand.get("logo")
    return Answers(
        pack=data.get("pack", DEFAULT_PACK),
        languages=tuple(data["languages"]),
        address=data.get("address", "du"),
        company=_company(data["company"]),
        contacts=tuple(_contact(contact) for contact in data["contacts"]),
        links={key: LocalText.of(text) for key, text in data.get("links", {}).items()},
        taboo_topics=tuple(_topic(topic) for topic in data["taboo_topics"]),
        version=_version(data["version"]),
        acknowledgement=_acknowledgement(data.get("acknowledgement", {})),
        brand=Brand(color=brand.get("color"), logo=folder / logo if logo else None),
        extra={key: _extra(value) for key, value in data.get("extra", {}).items()},
        publish=build_targets(data.get("publish", {}), folder, {}),
        pack_variants=pack.variants,
        folder=folder,
    )


def build_targets(
    data: Mapping[str, Mapping[str, Plain]], folder: Path, lines: Mapping[str, int]
) -> dict[str, TargetSettings]:
    """Return the targets that checked data describes.

    Args:
        data: The data of `publish:`.
        folder: The project's folder.
        lines: The line of each dotted key.
    """
    return {
        name: TargetSettings(
            name=name,
            kind=str(options["kind"]),
            options={
                option: value
                for option, value in options.items()
                if option != "kind" and isinstance(value, (str, int))
            },
            folder=folder,
            line=lines.get(f"publish.{name}"),
        )
        for name, options in data.items()
    }


def _company(data: dict[str, Any]) -> Company:
    return Company(
        name=LocalText.of(data["name"]),
        short_name=LocalText.of(data.get("short_name", data["name"])),
        sector=data["sector"],
        countries=tuple(data.get("countries", ())),
        works_council=data.get("works_council", False),
        speakers=(data.get("speaker", PRESS),),
    )


def _contact(data: dict[str, Any]) -> Contact:
    return Contact(
        name=LocalText.of(data["name"]),
        role=_optional(data.get("role")),
        email=_optional(data.get("email")),
        phone=_optional(data.get("phone")),
        chat=_optional(data.get("chat")),
    )


def _topic(data: str | dict[str, Any]) -> TopicAnswer:
    if isinstance(data, str):
        return TopicAnswer(id=data)
    return TopicAnswer(
        id=data.get("id"),
        name=_optional(data.get("name")),
        speakers=tuple(data.get("speakers", ())),
        why=_optional(data.get("why")),
        dont=_optional(data.get("dont")),
        do=_optional(data.get("do")),
    )


def _version(data: dict[str, Any]) -> VersionAnswers:
    return VersionAnswers(
        owner=LocalText.of(data["owner"]),
        valid_from=data["valid_from"],
        review_months=data.get("review_months", REVIEW_MONTHS),
    )


def _acknowledgement(data: dict[str, Any]) -> Acknowledgement | None:
    """Return the acknowledgement; `slip: false` alone asks for none."""
    if not any(data.values()):
        return None
    return Acknowledgement(
        form=_optional(data.get("form")),
        email=data.get("email"),
        slip=data.get("slip", False),
    )


def _optional(value: str | dict[str, str] | None) -> LocalText | None:
    return None if value is None else LocalText.of(value)


def _extra(
    value: Plain,
) -> LocalText | str | bool | int | dt.date | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(entry) for entry in value)
    if isinstance(value, dict):
        return LocalText.of({key: str(text) for key, text in value.items()})
    return value


def check_together(
    data: dict[str, Plain], shape: Record, pack: Pack, reader: Reader
) -> None:
    """Note problems that only several answers together show."""
    if data.get("format", FORMAT) != FORMAT:
        values = {"value": data["format"], "known": FORMAT}
        reader.report("answers-format", "format", reader.lines.get("format"), **values)
    languages = data.get("languages")
    # Without valid languages, which has been reported, nothing can be compared.
    if not isinstance(languages, list) or not languages:
        return
    codes = [str(language) for language in languages]
    variants = [
        "de-formal" if code == "de" and data.get("address") == "sie" else code
        for code in dict.fromkeys(codes)
    ]
    _languages(data, shape, variants, reader, "")
    _topic_names(data.get("taboo_topics"), pack, variants, reader)


def _languages(
    value: Plain, shape: Shape, variants: list[str], reader: Reader, key: str
) -> None:
    """Note each text per language that lacks one of the guideline's languages."""
    if isinstance(shape, Localized) and isinstance(value, dict):
        # By variant, since `de-formal` falls back on `de`.
        for variant in variants:
            if LocalText.of(_texts(value)).find(variant) is None:
                language = variant.partition("-")[0]
                line = reader.lines.get(key)
                reader.report("entry-language", key, line, language=language)
    elif isinstance(shape, ScalarOr):
        _languages(value, shape.other, variants, reader, key)
    elif isinstance(shape, Record) and isinstance(value, dict):
        for name, child in value.items():
            where = f"{key}.{name}" if key else name
            _languages(child, shape.fields[name], variants, reader, where)
    elif isinstance(shape, ListOf) and isinstance(value, list):
        for index, child in enumerate(value):
            _languages(child, shape.item, variants, reader, f"{key}.{index}")


def _topic_names(
    topics: Plain | None, pack: Pack, variants: list[str], reader: Reader
) -> None:
    """Note topics of the company's own that are named like another topic."""
    if not isinstance(topics, list):
        return
    seen: dict[tuple[str, str], int] = {}
    for index, topic in enumerate(topics):
        own = topic.get("name") if isinstance(topic, dict) else None
        name = _local_text(own) if own is not None else _catalogue_name(topic, pack)
        if name is None:
            continue
        key = "taboo_topics.{}".format
        for variant in variants:
            text = name.find(variant)
            # A topic without a name in this language gets a key that no other has.
            first = seen.setdefault((variant, (text or key(index)).casefold()), index)
            # The reader has compared topics of the catalogue with each other, by their
            # ids.
            if own is not None and first != index:
                values = {"value": text, "first": reader.lines.get(key(first))}
                line = reader.lines.get(key(index))
                reader.report("answers-topic-twice", key(index), line, **values)
                break


def _catalogue_name(topic: Plain, pack: Pack) -> LocalText | None:
    named = topic.get("id") if isinstance(topic, dict) else topic
    entry = pack.catalogue.get(str(named))
    return entry.name if entry else None


def _local_text(value: Plain) -> LocalText:
    return LocalText.of(_texts(value) if isinstance(value, dict) else str(value))


def _texts(value: dict[str, Plain]) -> dict[str, str]:
    return {key: str(text) for key, text in value.items()}
