"""What may be removed at a target: only what guidegen has put there, as it is now.

A manifest or a note at a target says what guidegen has put there, and whoever can write
there can write them. So nothing is removed for their word alone: a file has to have
the content that they say, and a path that guidegen itself could have given it; a page,
guidegen's mark as well. One that has not stops the run before anything is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Protocol

from guidegen.errors import PublishError
from guidegen.model.publication import FileRecord, Plan, TargetContent, is_page
from guidegen.publish.plan import some_names
from guidegen.value import Value

START: Final = 1 << 14
"""Bytes of a page in which its head has guidegen's mark."""

_LANGUAGE = r"(?:[a-z]{2,3}(?:-[A-Za-z]{2,8})*/)?"
_STEM = r"[A-Za-z0-9_-]+"  # as a page's id may be
# What the site has at its root, in a language's folder and in an old version's.
_OF_SITE = rf"""
    {_STEM}\.html
  | guideline-[a-zA-Z-]+(?:-\d+\.\d+\.\d+)?\.pdf
  | {_STEM}\.(?:xml|ics|vcf|txt) | sitemap\.xml\.gz
  | images/[\w-][\w.-]*\.(?:svg|png|jpe?g|gif|webp|vcf)
  | search/search_index\.js(?:on)?
  | assets/(?:[\w-][\w.-]*/)*[\w-][\w.-]*
    \.(?:css|js|map|json|txt|wasm|woff2?|ttf|otf|svg|png|jpe?g|gif|webp|ico)
"""
_OURS: Final = re.compile(
    rf"""
    {_LANGUAGE}(?:{_OF_SITE})
    | versions/\d+\.\d+\.\d+/{_LANGUAGE}(?:{_OF_SITE})
    | versions/files/[0-9a-f]{{16,64}}\.[a-z0-9]{{2,5}}
    | \.nojekyll
    """,
    re.VERBOSE,
)
_MARK: Final = re.compile(rb'<meta name="generator" content="(?:guidegen|mkdocs)')


class Present(Value):
    """A file as it is at a target now."""

    record: FileRecord | None
    """None if it is no plain file."""
    start: bytes = b""
    """Its first `START` bytes."""


class Holder(Protocol):
    """A target, as far as its files can be read."""

    @property
    def address(self) -> str:
        """Its address as shown to people."""
        ...

    def present(
        self, seen: TargetContent, sizes: Mapping[str, int]
    ) -> Mapping[str, Present]:
        """Return files as they are now, those left out that are not there.

        Args:
            seen: What `look` returned.
            sizes: The most bytes that each may have; of a larger one, no more is read.
        """
        ...


def refuse_claims(target: Holder, plan: Plan) -> None:
    """Stop if something is to be removed or replaced that guidegen did not put there.

    Only what a plan removes is read, and what it overwrites on the word of an
    interrupted run.

    Raises:
        PublishError: The manifest or the note there claims files of others.
    """
    expected = expected_records(plan)
    if not expected:
        return
    sizes = {
        name: max((record.size for record in records), default=0)
        for name, records in expected.items()
    }
    removed = frozenset(plan.removals)
    wrong = [
        name
        for name, found in sorted(target.present(plan.seen, sizes).items())
        if found.record not in expected[name]
        or (name in removed and not _is_ours(name, found))
    ]
    if wrong:
        by_note = set(wrong) <= {*plan.leftover, *plan.doubtful}
        raise PublishError(
            "error-publish-claims-note" if by_note else "error-publish-claims",
            address=target.address,
            names=some_names(wrong),
        )


def expected_records(plan: Plan) -> dict[str, frozenset[FileRecord]]:
    """Return what each file may be that is removed or doubtful."""
    before = plan.seen.live.everything if plan.seen.live else {}
    return {
        name: plan.seen.unfinished.get(name, frozenset())
        | {each[name] for each in (before, plan.manifest.files) if name in each}
        for name in (*plan.removals, *plan.doubtful)
    }


def _is_ours(name: str, found: Present) -> bool:
    marked = not is_page(name) or _MARK.search(found.start)
    return is_producible(name) and bool(marked)


def is_producible(name: str) -> bool:
    """Return whether guidegen could have given a file this path in a site."""
    return bool(_OURS.fullmatch(name))
