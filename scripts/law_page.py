"""Write docs/explanation/law.md from the pack's countries; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
COUNTRIES = ROOT / "guideline_templates/dell/countries"
PAGE = ROOT / "docs/explanation/law.md"

ORDER = ("EU", "DE", "AT", "CH", "GB", "US")

HEAD = """\
# What the law asks for

<!-- Written by `make reference` from guideline_templates/dell/countries; changes made here are lost. -->

The built-in texts are meant for everywhere.
Where the law of a country asks for another sentence, or for one more, that sentence stands in `countries/<CC>.yml` of the template pack.
This page lists all of them, each with its source and with what was checked.

Nothing of this is legal advice.
Have the final text reviewed by somebody who knows the law where you are, before you introduce it.

## How to read it

| status | what it means |
|---|---|
| verified | what the sentence says was read in the source that is named, on the day that is named; often that is a summary of the law, not the official text |
| partly | the core was read in a source; something beside it, such as the number of a section, is general legal knowledge |
| unverified | general legal knowledge; no source was read for it, and the day is that of the survey it belongs to |

A sentence in place of the general one replaces it where the company works in that country alone.
In several countries the general sentence stays, and what differs follows under "In the US, …".
A sentence with the same id in several countries is the same everywhere, each with the source of its country.

"""  # noqa: E501  # one sentence, one line

MODES = {"instead": "In place of the general sentence", "add": "One more sentence"}


def page() -> str:
    """Return the page, as the countries' files say."""
    return HEAD + "\n".join(
        line for code in ORDER for line in _country(COUNTRIES / f"{code}.yml")
    )


def _country(path: Path) -> Iterator[str]:
    data = yaml.safe_load(path.read_text("utf-8"))
    yield f"## {data['name']['en']}\n"
    members = data.get("members")
    if members:
        yield f"Holds in {' and '.join(members)}.\n"
    for kind, sectors in _councils(data.get("works_council", {})).items():
        yield f"A works council is called {kind} ({', '.join(sectors)}).\n"
    for statement in data["statements"]:
        yield from _statement(statement)


def _councils(kinds: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sector, kind in kinds.items():
        found.setdefault(kind.capitalize(), []).append(sector)
    return found


def _statement(statement: Mapping[str, Any]) -> Iterator[str]:
    texts = statement["text"]
    yield f"### {statement['id']}\n"
    for variant in ("en", "en-us", "de"):
        if variant in texts:
            yield f"> {texts[variant]}\n"
    yield f"{statement['why']['en']}\n"
    yield (
        f"- {MODES[statement['mode']]}, at `{statement['at']}`"
        f"{_condition(statement.get('when', {}))}"
    )
    yield f"- Source: [{statement['source']}](<{statement['url']}>)"
    yield f"- **{statement['status'].capitalize()}**, {statement['checked']}\n"


def _condition(when: Mapping[str, Any]) -> str:
    """Return for whom a statement is, "" if for everybody."""
    if not when:
        return ""
    parts = [f"`{key}` is {' or '.join(_values(value))}" for key, value in when.items()]
    return f", where {' and '.join(parts)}"


def _values(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(each).lower() for each in values]


def main() -> None:
    """Write the page, or tell whether it is what the countries say."""
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, "utf-8")
    elif PAGE.read_text("utf-8") != text:
        sys.exit("docs/explanation/law.md is out of date: run `make reference`")


if __name__ == "__main__":
    main()
