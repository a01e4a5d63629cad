"""The context of an interview about the built-in pack."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guidegen.interview import InterviewContext, Messages
from guidegen.pack.load import load_pack

PACK = load_pack("dell")


@pytest.fixture(params=["de", "en"])
def context(request: pytest.FixtureRequest, tmp_path: Path) -> InterviewContext:
    """Return the context of an interview in German, then in English."""
    return make_context(request.param, tmp_path)


@pytest.fixture
def german(tmp_path: Path) -> InterviewContext:
    """Return the context of an interview in German."""
    return make_context("de", tmp_path)


def make_context(language: str, folder: Path) -> InterviewContext:
    """Return the context of an interview."""
    return InterviewContext(
        pack=PACK,
        messages=Messages(texts=PACK.messages, language=language),
        today=dt.date(2026, 11, 22),
        folder=folder,
    )
