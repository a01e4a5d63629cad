"""The built-in pack and a complete file of answers, with comments to be kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.samples import fitting_pack, pack_from_before

from guidegen.model.pack import Pack
from guidegen.pack.load import load_pack

ANSWERS = """\
# Our answers.
format: 1
pack: dell
languages: [de, en]              # German first
address: du
company:
  name:   Nordlicht Technik GmbH
  short_name: 'Nordlicht'        # in the magic sentence
  sector: manufacturing
  countries: [DE]
  works_council: true
contacts:
  # Mira knows.
  - name: Mira Jansen
    role: {de: Social-Media-Beraterin, en: Social media adviser}
    email: social@nordlicht.example
    phone: "+49 40 1234567"
links:
  code_of_conduct: https://intranet.nordlicht.example/code-of-conduct

taboo_topics:
  - financial-figures            # the first
  # changed:
  - id: strategy
    speakers: [management]
  - name: {de: Windpark Baltic 3, en: Baltic 3 wind farm}
    speakers: [management, press]
    why: {de: Noch geheim., en: Still secret.}
    dont: {de: Wir bauen!, en: We build!}
    do: {de: Fragt mich., en: Ask me.}
version:
  owner: Jana Petersen
  valid_from: 2026-12-01
# The end.
"""


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


@pytest.fixture(scope="session")
def fitting(pack: Pack) -> Pack:
    """Return a pack whose texts fit a company."""
    return fitting_pack(pack)


@pytest.fixture(scope="session")
def plain_pack(pack: Pack) -> Pack:
    """Return a pack whose texts are from before they fitted a company."""
    return pack_from_before(pack)


@pytest.fixture
def text() -> str:
    """Return the answers' text."""
    return ANSWERS


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Return a function that writes `guideline.yml`."""

    def write_answers(content: str | bytes) -> Path:
        path = tmp_path / "guideline.yml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_answers
