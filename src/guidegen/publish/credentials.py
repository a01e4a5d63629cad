"""Passwords and tokens: from the environment or the keyring, never from a file.

Which of them a target needs, its module knows. What an ssh agent, git's own credential
helper or a cloud's own files provide, those programs and libraries find by themselves.
"""

from __future__ import annotations

import os
import re

from guidegen.errors import PublishError
from guidegen.redact import hide

SERVICE = "guidegen"
"""What secrets are filed under in the keyring: `keyring set guidegen NAME`."""


def variable(target: str, what: str = "password") -> str:
    """Return the environment variable that holds a target's secret.

    Args:
        target: The target's name in `guideline.yml`.
        what: `password`, `passphrase`, `token`, `access_key` or `secret_key`.
    """
    return f"GUIDEGEN_{re.sub('[^A-Z0-9]', '_', target.upper())}_{what.upper()}"


def find_secret(
    target: str, what: str = "password", *, user: str | None = None
) -> str | None:
    """Return a target's secret, None if there is none; it is hidden from all output.

    Args:
        target: The target's name in `guideline.yml`.
        what: As for `variable`.
        user: Whose it is, if that is sent together with it.
    """
    secret = os.environ.get(variable(target, what)) or _from_keyring(target, what)
    if secret:
        hide(secret, user=user)
    return secret or None


def need_secret(target: str, what: str = "password", *, user: str | None = None) -> str:
    """Return a target's secret.

    Raises:
        PublishError: It is neither in the environment nor in the keyring.
    """
    secret = find_secret(target, what, user=user)
    if secret is None:
        raise PublishError(
            "error-publish-secret",
            target=target,
            what=what,
            variable=variable(target, what),
            command=f"keyring set {SERVICE} {_entry(target, what)}",
        )
    return secret


def _entry(target: str, what: str) -> str:
    return target if what == "password" else f"{target}-{what}"


def _from_keyring(target: str, what: str) -> str | None:
    try:
        import keyring  # noqa: PLC0415  # an extra, and slow to load
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, _entry(target, what))
    except Exception:  # noqa: BLE001  # each backend raises what it likes: no keyring
        return None
