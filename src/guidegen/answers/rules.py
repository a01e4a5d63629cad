"""What only all answers together can tell: languages, topics of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidegen.answers.shape import FORMAT, Entry, Fields, Local, Many, Shape
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain
    from guidegen.answers.walk import Walk


def check_together(
    data: dict[str, Plain], shape: Fields, pack: Pack, walk: Walk
) -> None:
    """Note the problems that lie between the answers."""
    if data.get("format", FORMAT) != FORMAT:
        values = {"value": data["format"], "known": FORMAT}
        walk.report("answers-format", "format", walk.lines.get("format"), **values)
    languages = data.get("languages")
    if not isinstance(languages, list) or not languages:
        return
    codes = [str(language) for language in languages]
    variants = [
        "de-formal" if code == "de" and data.get("address") == "sie" else code
        for code in dict.fromkeys(codes)
    ]
    _languages(data, shape, variants, walk, "")
    _topic_names(data.get("taboo_topics"), pack, variants, walk)


def _languages(
    value: Plain, shape: Shape, variants: list[str], walk: Walk, key: str
) -> None:
    """Note each text that is given per language but lacks one of the languages."""
    if isinstance(shape, Local) and isinstance(value, dict):
        for variant in variants:
            if LocalText.of(_texts(value)).find(variant) is None:
                language = variant.partition("-")[0]
                line = walk.lines.get(key)
                walk.report("answers-language", key, line, language=language)
    elif isinstance(shape, Entry):
        _languages(value, shape.fields, variants, walk, key)
    elif isinstance(shape, Fields) and isinstance(value, dict):
        for name, child in value.items():
            where = f"{key}.{name}" if key else name
            _languages(child, shape.fields[name], variants, walk, where)
    elif isinstance(shape, Many) and isinstance(value, list):
        for place, child in enumerate(value):
            _languages(child, shape.item, variants, walk, f"{key}.{place}")


def _topic_names(
    topics: Plain | None, pack: Pack, variants: list[str], walk: Walk
) -> None:
    """Note own topics that have the name of another topic."""
    if not isinstance(topics, list):
        return
    seen: dict[tuple[str, str], int] = {}
    for place, topic in enumerate(topics):
        own = topic.get("name") if isinstance(topic, dict) else None
        name = _local(own) if own is not None else _catalogue_name(topic, pack)
        if name is None:
            continue
        key = "taboo_topics.{}".format
        for variant in variants:
            text = name.find(variant)
            first = seen.setdefault((variant, (text or key(place)).casefold()), place)
            if own is not None and first != place:
                values = {"value": text, "first": walk.lines.get(key(first))}
                line = walk.lines.get(key(place))
                walk.report("answers-topic-twice", key(place), line, **values)
                break


def _catalogue_name(topic: Plain, pack: Pack) -> LocalText | None:
    named = topic.get("id") if isinstance(topic, dict) else topic
    entry = pack.catalogue.get(str(named))
    return entry.name if entry else None


def _local(value: Plain) -> LocalText:
    return LocalText.of(_texts(value) if isinstance(value, dict) else str(value))


def _texts(value: dict[str, Plain]) -> dict[str, str]:
    return {key: str(text) for key, text in value.items()}
