from __future__ import annotations

import base64
import sys
import types

import pytest
from tests.wording import hint_of, text_of

from guidegen import redact
from guidegen.errors import PublishError
from guidegen.publish.credentials import find_secret, need_secret, variable

SECRET = 'pä"ss w/rd%41'  # noqa: S105  # of nobody


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin without secrets, and without the user's own keyring."""
    monkeypatch.setattr(redact, "_secrets", set())
    monkeypatch.setitem(sys.modules, "keyring", None)


def _keyring(monkeypatch: pytest.MonkeyPatch, kept: dict[tuple[str, str], str]) -> None:
    keyring = types.ModuleType("keyring")
    vars(keyring)["get_password"] = lambda service, name: kept.get((service, name))
    monkeypatch.setitem(sys.modules, "keyring", keyring)


def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEGEN_WEB_SHOP_PASSWORD", SECRET)

    assert variable("web-shop") == "GUIDEGEN_WEB_SHOP_PASSWORD"
    assert find_secret("web-shop") == SECRET


def test_or_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    _keyring(
        monkeypatch,
        {("guidegen", "drive"): SECRET, ("guidegen", "drive-token"): "t0ken"},
    )

    assert find_secret("drive") == SECRET
    assert find_secret("drive", "token") == "t0ken"
    assert find_secret("other") is None


def test_a_keyring_that_is_locked_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("locked")

    keyring = types.ModuleType("keyring")
    vars(keyring)["get_password"] = refuse
    monkeypatch.setitem(sys.modules, "keyring", keyring)

    assert find_secret("drive") is None


def test_a_secret_that_is_missing_is_an_error_that_says_where_to_put_it() -> None:
    with pytest.raises(PublishError) as caught:
        need_secret("web-shop", "token")

    assert text_of(caught.value) == "the target “web-shop” needs a secret: token"
    assert hint_of(caught.value) == (
        "put it into the variable GUIDEGEN_WEB_SHOP_TOKEN, or into the keyring:"
        " keyring set guidegen web-shop-token"
    )


def test_a_secret_is_taken_out_of_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEGEN_X_PASSWORD", SECRET)
    find_secret("x", user="anna")
    basic = base64.b64encode(f"anna:{SECRET}".encode()).decode()

    for text in (
        f"login anna/{SECRET} failed",
        "https://anna:p%C3%A4%22ss%20w%2Frd%2541@host/",
        f"Authorization: Basic {basic}",
        f"KeyError({SECRET!r})",
    ):
        assert "***" in redact.redacted(text)
        assert "ss w" not in redact.redacted(text)
        assert basic not in redact.redacted(text)


def test_no_secret_hides_nothing() -> None:
    redact.hide("")

    assert redact.redacted("a text") == "a text"
