"""Writes a new `guideline.yml` with comments on each part, and values as YAML."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import yaml

from guidegen.answers.contract import FORMAT, choice_names, contract, questions_by_key
from guidegen.answers.json_schema import json_schema
from guidegen.answers.read import check_text
from guidegen.files import translate_os_errors, write_atomic
from guidegen.model.pack import Pack
from guidegen.model.project import SCHEMA, SITE, WORK, Project
from guidegen.model.question import Kind, Question
from guidegen.model.text import LocalText
from guidegen.schema.scalars import Plain, ScalarValue
from guidegen.schema.shapes import Record

_WIDTH = 88
"""How many columns a comment may have."""
_CHOICES_SHOWN = 13
"""How many choices a comment names at most."""
_LIST_WIDTH = 40
_MAP_WIDTH = 72
"""Up to here a list or a map is written on one line."""
_INDENT = "  "
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]")

_IGNORED = (f"/{SITE}/", f"/{WORK}/")
IGNORE_FILE = "\n".join(_IGNORED) + "\n"
"""The `.gitignore` of a new project."""


def create_answers(
    path: Path,
    values: Mapping[str, Plain],
    pack: Pack,
    *,
    language: str,
    files: Mapping[str, Path] | None = None,
) -> None:
    """Write `guideline.yml`, the schema for editors and the `.gitignore`.

    Args:
        path: Where `guideline.yml` goes.
        values: The answers, nested as in the file.
        pack: The pack they are for.
        language: The language of the comments.
        files: What the answers name beside themselves, such as `brand.logo`: by that
            name, the files to be copied there.

    Raises:
        ProblemsError: The answers are not valid; only the files have been written.
        FilesError: Something cannot be written.
    """
    text = new_answers(values, pack, language)
    # Copied before the check, which opens them.
    for name, source in (files or {}).items():
        if source.resolve() != (path.parent / name).resolve():
            with translate_os_errors(source):
                content = source.read_bytes()
            write_atomic(path.parent / name, content, within=path.parent)
    check_text(text, path, pack=pack)
    write_schema(path, pack, language)
    _ignore(path.parent / ".gitignore")
    # The answers last: a run that is killed before has not created a project.
    write_atomic(path, text.encode(), within=path.parent)


def write_schema(path: Path, pack: Pack, language: str) -> None:
    """Write the JSON Schema that editors use for `guideline.yml`.

    Raises:
        FilesError: It cannot be written.
    """
    schema = json.dumps(json_schema(pack, language), ensure_ascii=False, indent=1)
    target = Project(path.parent).schema
    write_atomic(target, f"{schema}\n".encode(), within=path.parent)


def _ignore(path: Path) -> None:
    """Add what a build can recreate to a `.gitignore`; its other lines stay."""
    with translate_os_errors(path):
        old = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    # For git, `/site/`, `site/` and `site` all cover the folder.
    present = {line.strip().strip("/") for line in old.splitlines()}
    new = [name for name in _IGNORED if name.strip("/") not in present]
    if new:
        start = f"{old.rstrip()}\n" if old.strip() else ""
        lines = start + "\n".join(new) + "\n"
        write_atomic(path, lines.encode(), within=path.parent)


def new_answers(values: Mapping[str, Plain], pack: Pack, language: str = "en") -> str:
    """Return the text of a `guideline.yml`.

    Args:
        values: Plain answers, nested as in the file.
        pack: The pack whose questions become the comments.
        language: The language of the comments.
    """
    return "".join(f"{line}\n" for line in _Writer(pack, language).lines(values))


class _Writer:
    """Writes answers with the questions of one pack as comments in one language."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.shape = contract(pack)
        self.questions = questions_by_key(pack)
        self.variants = pack.variants
        self.language = language

    def lines(self, values: Mapping[str, Plain]) -> Iterator[str]:
        # The YAML language server in VS Code and other editors looks for this line.
        yield f"# yaml-language-server: $schema={SCHEMA}"
        yield f"format: {values.get('format', FORMAT)}"
        for name, shape in self.shape.fields.items():
            if name == "format":
                continue
            if isinstance(shape, Record):
                yield from self._group(name, shape, values.get(name))
            elif name in values:
                yield from self._entry(name, values[name], "", blank=name != "pack")

    def _group(self, name: str, shape: Record, value: Plain | None) -> Iterator[str]:
        """Write the entries of a map; unanswered ones as comments to fill in."""
        present = value if isinstance(value, dict) else {}
        # A group without answers is commented out as a whole below; in others, each
        # unanswered question brings its own `#`.
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
        """Write a question, its help and choices as a comment; `brief`: only itself."""
        question = self.questions.get(key)
        if question is None:
            return
        values = [*choice_names(question, self.pack)]
        if question.choices_from == "sectors":
            values = [each for each in values if self.pack.sector(each).offered]
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
                    # A web address that is broken over two lines cannot be copied.
                    break_long_words=False,
                    break_on_hyphens=False,
                )

    def _local(self, text: LocalText | None) -> str | None:
        found = text.find(self.language) if text else None
        return " ".join(found.split()) if found else None

    def _unanswered(self, key: str, start: str) -> Iterator[str]:
        """Write an unanswered question with an example to uncomment.

        Without the `#` of its group, the lines are valid YAML.
        """
        question = self.questions.get(key)
        example = self._example(question) if question else None
        if example is None:
            return
        yield from self._comment(key, "  ", brief=True)
        name = key.rpartition(".")[2]
        yield f"{start}{name}:{emit_after(example, '', self.variants)}"

    def _example(self, question: Question) -> Plain | None:
        """Return an example of an answer."""
        if question.kind is Kind.CONFIRM:
            return True
        example, default = self._local(question.example), question.default
        if question.kind is Kind.NUMBER:
            return default if isinstance(default, int) else None
        if question.kind is Kind.CHOICE and example is None:
            # One that begins with `=` is worked out from other answers.
            is_value = isinstance(default, str) and not default.startswith("=")
            return str(default) if is_value else None
        return example


def emit_scalar(value: ScalarValue, style: str = "", *, flow: bool = False) -> str:
    """Return a value as YAML, in a style of quotes; `flow`: for use in brackets."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, dt.date):
        text = value.isoformat()
    else:
        text = str(value)
    if not isinstance(value, str) and not style:
        return text
    if _BREAKS.search(text):
        style = '"'  # only there can a line break be written on one line
    # As the only entry of a list: after a bare scalar PyYAML writes a line `...`.
    written = yaml.dump(
        [text],
        Dumper=yaml.SafeDumper,
        default_flow_style=flow,
        # A block text is replaced on one line, where `|` and `>` cannot be used.
        default_style=style if style in {'"', "'"} else None,
        allow_unicode=True,
        # PyYAML would break lines after 80 columns.
        width=float("inf"),
    )
    bare = str(written).rstrip("\n")
    bare = bare[1:-1] if flow else bare.removeprefix("- ")
    if not style and bare.startswith("'") and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return bare


def emit_flow(value: Plain) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(emit_flow(item) for item in value) + "]"
    if isinstance(value, dict):
        pairs = (f"{key}: {emit_flow(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return emit_scalar(value, flow=True)


def emit_after(value: Plain, indent: str, variants: Collection[str]) -> str:
    """Return what follows `key:` at an indentation, without the last line break.

    Short lists and short texts per language stay on the line of the key.
    """
    if not isinstance(value, (list, dict)):
        return f" {emit_scalar(value)}"
    flow = emit_flow(value)
    if _is_short(value, flow, variants):
        return f" {flow}"
    deeper = indent + _INDENT
    if isinstance(value, dict):
        return "\n" + emit_entries(value, deeper, variants)
    return "\n" + "\n".join(
        f"{deeper}- {emit_item(item, deeper, variants)}" for item in value
    )


def emit_item(value: Plain, indent: str, variants: Collection[str]) -> str:
    """Return what follows a list's `- ` at an indentation, without the line break."""
    if isinstance(value, dict) and value:
        # The first entry stands beside the dash.
        return emit_entries(value, indent + _INDENT, variants).lstrip(" ")
    return emit_flow(value) if isinstance(value, (list, dict)) else emit_scalar(value)


def emit_entries(
    value: dict[str, Plain], indent: str, variants: Collection[str]
) -> str:
    """Return the lines of a map at an indentation, without the last line break."""
    return "\n".join(
        f"{indent}{key}:{emit_after(item, indent, variants)}"
        for key, item in value.items()
    )


def _is_short(
    value: list[Plain] | dict[str, Plain], flow: str, variants: Collection[str]
) -> bool:
    if not value:
        return True
    if isinstance(value, dict):
        # Other maps, such as contacts, are read line by line.
        return set(value) <= set(variants) and len(flow) <= _MAP_WIDTH
    scalars = not any(isinstance(item, (list, dict)) for item in value)
    return scalars and len(flow) <= _LIST_WIDTH
