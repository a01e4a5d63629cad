"""Passwords and tokens: from the environment or the keyring, never from a file.

Each target's module knows which of them it needs. What an ssh agent, git's own
credential helper or a cloud's own files provide, those programs and libraries find by
themselves.
"""

from __future__ import annotations

import os
import re

from guidegen.errors import PublishError
from guidegen.redact import hide

SERVICE = "guidegen"
"""The keyring's service that holds the secrets: `keyring set guidegen NAME`."""


def variable(target: str, name: str = "password") -> str:
    """Return the environment variable that holds a target's secret.

    Args:
        target: The target's name in `guideline.yml`.
        name: `password`, `passphrase`, `token`, `access_key` or `secret_key`.
    """
    # POSIX allows only capital letters, digits and underscores in the names of
    # environment variables that all programs share.
    return f"GUIDEGEN_{re.sub('[^A-Z0-9]', '_', target.upper())}_{name.upper()}"


def find_secret(
    target: str, name: str = "password", *, user: str | None = None
) -> str | None:
    """Return a target's secret, None if there is none; no output will show it.

    Args:
        target: The target's name in `guideline.yml`.
        name: As for `variable`.
        user: The user it is sent along with, if any.
    """
    # Build machines pass secrets as variables and have no keyring; asking the
    # environment first also spares loading one.
    secret = os.environ.get(variable(target, name)) or _from_keyring(target, name)
    if secret:
        hide(secret, user=user)
    # A keyring may hold an empty password, which opens nothing.
    return secret or None


def need_secret(target: str, name: str = "password", *, user: str | None = None) -> str:
    """Return a target's secret.

    Raises:
        PublishError: It is neither in the environment nor in the keyring.
    """
    secret = find_secret(target, name, user=user)
    if secret is None:
        raise PublishError(
            "error-publish-secret",
            target=target,
            name=name,
            variable=variable(target, name),
            command=f"keyring set {SERVICE} {_entry(target, name)}",
        )
    return secret


def _entry(target: str, name: str) -> str:
    return target if name == "password" else f"{target}-{name}"


def _from_keyring(target: str, name: str) -> str | None:
    try:
        import keyring  # noqa: PLC0415  # an extra, and slow to load
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, _entry(target, name))
    except Exception:  # noqa: BLE001  # each backend raises what it likes: no keyring
        return None
