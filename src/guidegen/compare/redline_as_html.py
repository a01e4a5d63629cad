"""A redline as HTML that reads well aloud, in print and without colour.

Either a piece of a page, or a whole page that reports all that has changed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from guidegen.errors import SiteError
from guidegen.model.labels import Labels
from guidegen.model.redline import CELLS, HEADINGS, Block, Op, PageRedline, Run
from guidegen.pack.find import is_installed
from guidegen.page.links import is_outside
from guidegen.value import Value

LABELS: Final = (
    *("redline_inserted", "redline_deleted", "redline_left_out"),
    *("redline_page_new", "redline_page_gone"),
)
"""The labels of a pack that a redline needs."""

_HEAD: Final = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_STYLE: Final = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
# HTML has no heading below h6.
_DEEPEST: Final = 6
_REPORT_LEVEL: Final = 4
"""The headings of the guideline's pages, below those of the languages."""
_TAGS: Final = {Op.INSERT: "ins", Op.DELETE: "del"}
_SPOKEN: Final = {Op.INSERT: "redline_inserted", Op.DELETE: "redline_deleted"}
_OF_PAGE: Final = {Op.INSERT: "redline_page_new", Op.DELETE: "redline_page_gone"}
_AROUND: Final = {"li": "ul", "tr": "table", "dt": "dl", "dd": "dl"}
"""What blocks that belong together stand in."""


def redline_html(pages: Iterable[PageRedline], labels: Labels, *, level: int) -> str:
    """Return redlines as HTML without styles; the pack's `redline.css` has those.

    New and deleted text is also announced in words, for screen readers only: the class
    `gg-spoken` hides them from view.

    Args:
        pages: What changed.
        labels: The words of `LABELS`, plain text, in the pages' language.
        level: Which level of heading the pages' titles are, from 1.
    """
    return "".join(_page(page, labels, level) for page in pages)


def _page(page: PageRedline, labels: Labels, level: int) -> str:
    title = escape(page.title)
    if page.op is not Op.SAME:
        word = escape(labels.word(_OF_PAGE[page.op]))
        title += f' <span class="gg-tag gg-tag-{page.op}">{word}</span>'
    heading = min(level, _DEEPEST)
    groups = groupby(_placed(page.blocks), lambda placed: placed[0])
    content = "".join(
        _group(around, [block for _, block in placed], labels, heading)
        for around, placed in groups
    )
    return (
        f'<section class="gg-redline"><h{heading}>{title}</h{heading}>'
        f"{content}</section>"
    )


def _placed(
    blocks: Sequence[Block | None],
) -> Iterator[tuple[str, Block | None]]:
    """Yield each block with the element around it; a gap in a table belongs to it."""
    for index, block in enumerate(blocks):
        if block:
            yield _AROUND.get(block.kind, ""), block
            continue
        beside = {each.kind for each in blocks[max(index - 1, 0) : index + 2] if each}
        # A gap between two rows must not end the table: its columns would no longer
        # line up.
        inside = 0 < index < len(blocks) - 1 and beside == {"tr"}
        yield _AROUND["tr"] if inside else "", None


def _group(around: str, blocks: list[Block | None], labels: Labels, level: int) -> str:
    if around == _AROUND["tr"]:
        return _table(blocks, labels)
    if around == _AROUND["dt"]:
        around, blocks = _definitions(blocks)
    content = "".join(_block(block, labels, level) for block in blocks)
    return f"<{around}>{content}</{around}>" if around else content


def _definitions(blocks: list[Block | None]) -> tuple[str, list[Block | None]]:
    """Return what is around terms and what they mean, and what stays of them."""
    kinds = [block.kind for block in blocks if block]
    # The next term, whose meaning is left out, says nothing by itself.
    if len(kinds) > 1 and kinds[-1] == "dt" and (last := blocks[-1]):
        blocks = blocks[:-1] if last.op is Op.SAME else blocks
        kinds = kinds[: len(blocks)]
    # HTML (4.4.9) wants both, terms first; what has lost its term is a paragraph.
    if kinds[0] == "dt" and kinds[-1] == "dd":
        return _AROUND["dt"], blocks
    return "", [block and replace(block, kind="p") for block in blocks]


def _table(blocks: list[Block | None], labels: Labels) -> str:
    first = blocks[0]
    head = _split_row(first) if first and _is_head(first) else []
    names = ["".join(run.text for run in cell) for cell in head]
    rows = ""
    if first and head:
        cells = "".join(f'<th scope="col">{_runs(cell, labels)}</th>' for cell in head)
        rows = f'<thead><tr class="gg-{first.op}">{cells}</tr></thead>'
        blocks = blocks[1:]
    columns = max(
        (len(_split_row(block)) for block in (first, *blocks) if block), default=1
    )
    body = "".join(_table_row(block, names, columns, labels) for block in blocks)
    return f"<table>{rows}<tbody>{body}</tbody></table>"


def _is_head(row: Block) -> bool:
    """Return whether a row is a table's header: all of its cells are bold."""
    runs = [run for cell in _split_row(row) for run in cell]
    # A block does not say which cells are `th`; `tokens` has made those bold.
    filled = all(_split_row(row))
    return row.op is Op.SAME and filled and all(run.strong for run in runs)


def _table_row(
    row: Block | None, names: list[str], columns: int, labels: Labels
) -> str:
    if row is None:
        text = escape(labels.word("redline_left_out"))
        return f'<tr class="gg-left-out"><td colspan="{columns}">{text}</td></tr>'
    cells = _split_row(row)
    # Where there is no room for columns, each cell says itself what it is.
    labelled = [f' data-label="{escape(name)}"' for name in names]
    labelled += [""] * (len(cells) - len(labelled))
    content = "".join(
        f"<td{label}>{_runs(cell, labels)}</td>"
        for label, cell in zip(labelled, cells, strict=False)
    )
    return f'<tr class="gg-{row.op}">{content}</tr>'


def _block(block: Block | None, labels: Labels, level: int) -> str:
    if block is None:
        return f'<p class="gg-left-out">{escape(labels.word("redline_left_out"))}</p>'
    tag = block.kind
    if tag in HEADINGS:
        # A page's own headings lie below its title here, whatever their level there.
        tag = f"h{min(level + max(int(tag[1]) - 1, 1), _DEEPEST)}"
    elif tag not in {*_AROUND, "blockquote"}:
        tag = "p"
    return f'<{tag} class="gg-{block.op}">{_runs(block.runs, labels)}</{tag}>'


def _split_row(block: Block) -> list[list[Run]]:
    """Return the runs of each cell of a row."""
    cells: list[list[Run]] = [[]]
    for run in block.runs:
        if run.text == CELLS:
            cells.append([])
        else:
            cells[-1].append(run)
    return cells


def _runs(runs: Iterable[Run], labels: Labels) -> str:
    content = ""
    for op, group in groupby(runs, lambda run: run.op):
        text = "".join(map(_run, group))
        if op is not Op.SAME:
            # Most screen readers pass over `ins` and `del` in silence.
            spoken = escape(labels.word(_SPOKEN[op]))
            tag = _TAGS[op]
            text = f'<{tag}><span class="gg-spoken">{spoken} </span>{text}</{tag}>'
        content += text
    return content


def _run(run: Run) -> str:
    text = escape(run.text, quote=False).replace("\n", "<br>")
    if run.strong:
        text = f"<strong>{text}</strong>"
    if run.emphasis:
        text = f"<em>{text}</em>"
    # A link to another page leads nowhere from a report, and a company's text may hold
    # any scheme: `is_outside` lets only harmless ones pass.
    if run.link and is_outside(run.link):
        text = f'<a href="{escape(run.link)}">{text}</a>'
    return text


class StepReport(Value):
    """How far the next release should go, and why."""

    step: str
    """Which part of the version grows: `major`, `minor` or `patch`."""
    title: str
    means: str
    reasons: tuple[str, ...]


class TextReport(Value):
    """What changed in one language's text; `labels` are that language's own words."""

    language: str
    name: str
    pages: tuple[PageRedline, ...]
    labels: Labels


class Report(Value):
    """Everything that the page says, in the author's language; plain text."""

    language: str
    company: str
    guideline: str
    title: str
    facts: str | None = None
    nothing: str | None = None
    """That there is nothing to show."""
    step: StepReport | None = None
    changes: tuple[str, ...] = ()
    texts: tuple[TextReport, ...] = ()
    words: Mapping[str, str]
    """The page's own words: see the template."""


def report_html(report: Report, template: Path, style: str) -> str:
    """Return a report as a page that needs no other files.

    Args:
        report: What it says.
        template: The pack's `site/diff.html`.
        style: The look of a page that stands alone.
    """
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415  # rarely needed

    from guidegen.sandbox import Sandbox, translate_mistakes  # noqa: PLC0415
    from guidegen.sandbox.sealed import seal  # noqa: PLC0415

    # Packs may bring this template, too.
    environment = Sandbox(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        # A name misspelt in the template must fail, not leave a gap in the page.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts = [
        {
            "language": text.language,
            "name": text.name,
            # It is HTML already, every text in it escaped.
            "redline": Markup(  # noqa: S704
                redline_html(text.pages, text.labels, level=_REPORT_LEVEL)
            ),
        }
        for text in report.texts
    ]
    # The style sheet is no text of the company's.
    values = asdict(report) | {"texts": texts, "style": Markup(style)}  # noqa: S704
    with translate_mistakes([template.parent], SiteError, "error-site-template"):
        page = environment.get_template(template.name).render(values)
    policy = _policy(page)
    if not is_installed(template.parent):
        # Somebody else's may have put something before its head, or no head at all.
        return seal(page, template.name, policy=policy).html
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    # First of all: it does not hold for what stands before it.
    found = _HEAD.search(page)
    at = found.end() if found else 0
    return f"{page[:at]}\n{meta}{page[at:]}" if at else f"{meta}\n{page}"


def _policy(page: str) -> str:
    """Return a policy by which a browser obeys a page's own styles alone.

    No script runs in it and nothing is loaded, whoever wrote the template.
    """
    digests = (
        base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        for style in _STYLE.findall(page)
    )
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )
