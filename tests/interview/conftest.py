"""The setting of an interview about the built-in pack."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guidegen.interview import Setting, Words
from guidegen.pack import load_pack

PACK = load_pack("dell")


@pytest.fixture(params=["de", "en"])
def setting(request: pytest.FixtureRequest, tmp_path: Path) -> Setting:
    """Return the setting of an interview in German, then in English."""
    return make_setting(request.param, tmp_path)


@pytest.fixture
def german(tmp_path: Path) -> Setting:
    """Return the setting of an interview in German."""
    return make_setting("de", tmp_path)


def make_setting(language: str, folder: Path) -> Setting:
    """Return the setting of an interview."""
    return Setting(
        pack=PACK,
        words=Words(messages=PACK.messages, language=language),
        today=dt.date(2026, 11, 22),
        folder=folder,
    )
