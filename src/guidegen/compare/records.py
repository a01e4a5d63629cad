"""Redlines as plain data, in which a release keeps them."""

from __future__ import annotations

from collections.abc import Iterable

from guidegen.model.redline import Block, Op, PageRedline, Run
from guidegen.model.release import Json


def redline_data(pages: Iterable[PageRedline]) -> list[Json]:
    """Return redlines as data that JSON can hold."""
    return [
        {
            "page": page.page,
            "title": page.title,
            "op": page.op.value,
            "blocks": [_block_data(block) for block in page.blocks],
        }
        for page in pages
    ]


def redline_from_data(data: Json) -> tuple[PageRedline, ...]:
    """Return the redlines that `redline_data` has made data of.

    Raises:
        ValueError: It has not.
    """
    try:
        return tuple(_page(page) for page in _listed(data))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is not a redline") from error


def _block_data(block: Block | None) -> Json:
    if block is None:
        return None
    return {
        "kind": block.kind,
        "op": block.op.value,
        "runs": [_run_data(run) for run in block.runs],
    }


def _run_data(run: Run) -> Json:
    data: dict[str, Json] = {"op": run.op.value, "text": run.text}
    if run.strong:
        data["strong"] = True
    if run.emphasis:
        data["emphasis"] = True
    if run.link is not None:
        data["link"] = run.link
    return data


def _page(data: Json) -> PageRedline:
    page = _mapped(data)
    return PageRedline(
        page=_text(page["page"]),
        title=_text(page["title"]),
        op=Op(_text(page["op"])),
        blocks=tuple(
            None if block is None else _block(block)
            for block in _listed(page["blocks"])
        ),
    )


def _block(data: Json) -> Block:
    block = _mapped(data)
    return Block(
        kind=_text(block["kind"]),
        op=Op(_text(block["op"])),
        runs=tuple(_run(run) for run in _listed(block["runs"])),
    )


def _run(data: Json) -> Run:
    run = _mapped(data)
    link = run.get("link")
    return Run(
        op=Op(_text(run["op"])),
        text=_text(run["text"]),
        strong=run.get("strong") is True,
        emphasis=run.get("emphasis") is True,
        link=None if link is None else _text(link),
    )


def _mapped(data: Json) -> dict[str, Json]:
    if not isinstance(data, dict):
        raise TypeError
    return data


def _listed(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise TypeError
    return data


def _text(data: Json) -> str:
    if not isinstance(data, str):
        raise TypeError
    return data
