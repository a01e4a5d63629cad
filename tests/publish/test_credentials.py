from __future__ import annotations

import base64
import sys
import types

import pytest
from tests.wording import hint_of, text_of

from guidegen import redact
from guidegen.errors import PublishError
from guidegen.publish.confirmed import confirm
from guidegen.publish.credentials import find_secret, need_secret, variable
from guidegen.publish.place import parse_place

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


PLACE = parse_place("https://anna@cloud.example")


@pytest.fixture(autouse=True)
def agreed() -> None:
    """Have the person agree to one place, for the targets of these tests."""
    for target in ("web-shop", "drive", "x"):
        confirm(PLACE, target)


def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEGEN_WEB_SHOP_PASSWORD", SECRET)

    assert variable("web-shop") == "GUIDEGEN_WEB_SHOP_PASSWORD"
    assert find_secret(PLACE, "web-shop") == SECRET


def test_or_from_the_keyring_where_it_lies_under_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _keyring(
        monkeypatch,
        {
            ("guidegen:https://cloud.example", "anna"): SECRET,
            ("guidegen-passphrase:https://cloud.example", "anna"): "phrase",
        },
    )

    assert find_secret(PLACE, "drive") == SECRET
    assert find_secret(PLACE, "drive", "token") == SECRET
    assert find_secret(PLACE, "drive", "passphrase") == "phrase"
    assert find_secret(PLACE, "drive", "access_key") is None


@pytest.mark.parametrize(
    "other",
    [
        "https://bob@cloud.example",
        "https://cloud.example",
        "https://anna@cloud.example:8443",
        "https://anna@cloud.example.evil.example",
        "http://anna@cloud.example",
        "ssh://anna@cloud.example",
        "https://anna@c1oud.example",
    ],
)
def test_a_secret_counts_for_its_place_alone(
    monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    """Not for another port, user, host or scheme, whatever the target is called."""
    monkeypatch.setenv("GUIDEGEN_DRIVE_PASSWORD", SECRET)
    _keyring(monkeypatch, {("guidegen:https://cloud.example", "anna"): SECRET})

    with pytest.raises(PublishError, match="error-place-unconfirmed"):
        find_secret(parse_place(other), "drive")

    confirm(parse_place(other), "web-shop")
    assert find_secret(parse_place(other), "drive") is None


def test_a_variable_counts_for_the_name_under_which_a_place_was_agreed_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GUIDEGEN_OTHER_PASSWORD", SECRET)

    assert find_secret(PLACE, "other") is None


def test_a_secret_of_the_former_kind_is_never_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was bound to the target's name, which any project can give to its target."""
    _keyring(monkeypatch, {("guidegen", "drive"): SECRET})

    with pytest.raises(PublishError) as caught:
        find_secret(PLACE, "drive")

    assert "without the place it belongs to" in text_of(caught.value)
    assert hint_of(caught.value) == (
        "if it belongs to https://anna@cloud.example, store it anew: keyring set"
        " guidegen:https://cloud.example anna – and remove the old one: keyring del"
        " guidegen drive"
    )


def test_a_keyring_that_is_locked_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("locked")

    keyring = types.ModuleType("keyring")
    vars(keyring)["get_password"] = refuse
    monkeypatch.setitem(sys.modules, "keyring", keyring)

    assert find_secret(PLACE, "drive") is None


def test_a_secret_that_is_missing_is_an_error_that_says_where_to_put_it() -> None:
    with pytest.raises(PublishError) as caught:
        need_secret(PLACE, "web-shop", "secret_key")

    assert text_of(caught.value) == "the target “web-shop” needs a secret: secret_key"
    assert hint_of(caught.value) == (
        "put it into the variable GUIDEGEN_WEB_SHOP_SECRET_KEY, or into the keyring:"
        " keyring set guidegen-secret-key:https://cloud.example anna"
    )


def test_a_secret_is_taken_out_of_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEGEN_X_PASSWORD", SECRET)
    find_secret(PLACE, "x")
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


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("a", "a server at a place has a bad answer", None),
        ("a", "no https://bob:a@host/ there", "no https://bob:***@host/ there"),
        ("a", "KeyError('a'), password=a", "KeyError('***'), password=***"),
        ("a", "Authorization: Basic Ym9iOmE=", "Authorization: Basic ***"),
        ("test", "testing is the latest fashion", None),
        ("test", "user anna, test, refused", "user anna, ***, refused"),
        ("geheim", "geheim ist das Geheimnis", "*** ist das Geheimnis"),
        ("hunter22", "xhunter22x", "x***x"),
    ],
)
def test_a_short_secret_leaves_other_words_alone(
    secret: str, text: str, shown: str | None
) -> None:
    redact.hide(secret, user="bob")

    assert redact.redacted(text) == (shown or text)


def test_no_secret_hides_nothing() -> None:
    redact.hide("")

    assert redact.redacted("a text") == "a text"
