from __future__ import annotations

import pytest

from guidegen.model.document import Page
from guidegen.page.extensions import ALLOWED
from guidegen.page.tree import PageParser

PAGE = Page(
    id="index", title="A", markdown="# A\n\nSome *text* (tm) with a [link](#a).\n"
)


@pytest.mark.parametrize("extension", ALLOWED)
def test_each_extension_that_a_pack_can_choose_is_installed(extension: str) -> None:
    assert PageParser((extension,)).parse(PAGE).content
