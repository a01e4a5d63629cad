"""Passwords and tokens: from the environment or the keyring, never from a file.

In the keyring they lie under the place that they open. A variable is named after the
target, so it counts only for places that the person has agreed to under that name. What
an ssh agent, git's own credential helper or a cloud's own files provide, those programs
and libraries find by themselves, and only at such places.
"""

from __future__ import annotations

import os
import re
import shlex

from guidegen.errors import PublishError
from guidegen.publish.confirmed import NO_USER, VARIABLE, is_confirmed, knows
from guidegen.publish.place import Place
from guidegen.redact import hide
from guidegen.value import Value

SERVICE = "guidegen"
"""What the names of all the keyring's services of ours begin with."""

_NAMES = (
    *("password", "private_key", "passphrase", "token"),
    *("access_key", "secret_key"),
)
_FOR_THE_USER = {"password", "token"}
"""What is sent along with the user's name; of these, a place has one for each user."""


class Sought(Value):
    """Where a secret was looked for."""

    variable: str
    command: str
    """What puts it into the keyring."""


def variable(target: str, name: str = "password") -> str:
    """Return the environment variable that holds a target's secret.

    Args:
        target: The target's name in `guideline.yml`.
        name: `password`, `private_key`, `passphrase`, `token`, `access_key` or
            `secret_key`.
    """
    # POSIX allows only capital letters, digits and underscores in the names of
    # environment variables that all programs share.
    return f"GUIDEGEN_{re.sub('[^A-Z0-9]', '_', target.upper())}_{name.upper()}"


def variables_set(target: str) -> tuple[str, ...]:
    """Return which of a target's variables hold something."""
    names = (variable(target, name) for name in _NAMES)
    return tuple(name for name in names if os.environ.get(name))


def sought(place: Place, target: str, name: str = "password") -> Sought:
    """Return where a secret is looked for, for messages that say so."""
    service, user = _entry(place, name)
    return Sought(
        variable=variable(target, name),
        command=f"keyring set {shlex.quote(service)} {shlex.quote(user)}",
    )


def find_secret(place: Place, target: str, name: str = "password") -> str | None:
    """Return the secret for a place, None if there is none; no output will show it.

    Args:
        place: Where it is going to be sent.
        target: The target's name in `guideline.yml`.
        name: As for `variable`.

    Raises:
        PublishError: Nobody has agreed to the place; or the keyring has a secret under
            the target's name alone, as it was kept formerly.
    """
    # A second lock behind the one of `open_target`.
    if not knows(place):
        raise PublishError(
            "error-place-unconfirmed",
            place=place.text,
            target=target,
            variable=f"{VARIABLE}={place.text}",
        )
    secret = None
    # Build machines pass secrets as variables and have no keyring; asking the
    # environment first also spares loading one.
    if is_confirmed(place, target):
        secret = os.environ.get(variable(target, name))
    secret = secret or _ask_keyring(*_entry(place, name))
    if secret:
        hide(secret, user=place.user)
        # Beside a token, this name is sent where there is no other.
        hide(secret, user=NO_USER)
    elif _ask_keyring(SERVICE, _former_entry(target, name)):
        raise PublishError(
            "error-place-former",
            target=target,
            place=place.text,
            command=sought(place, target, name).command,
            former=f"keyring del {SERVICE} {_former_entry(target, name)}",
        )
    # A keyring may hold an empty password, which opens nothing.
    return secret or None


def need_secret(place: Place, target: str, name: str = "password") -> str:
    """Return the secret for a place.

    Raises:
        PublishError: It is neither in the environment nor in the keyring.
    """
    secret = find_secret(place, target, name)
    if secret is None:
        where = sought(place, target, name)
        raise PublishError(
            "error-publish-secret",
            target=target,
            name=name,
            variable=where.variable,
            command=where.command,
        )
    return secret


def _entry(place: Place, name: str) -> tuple[str, str]:
    """Return the keyring's service and user for a secret."""
    user = place.user or NO_USER
    # In the service, since a user may have any name, also that of another secret.
    kind = "" if name in _FOR_THE_USER else f"-{name.replace('_', '-')}"
    return f"{SERVICE}{kind}:{place.origin}", user


def _former_entry(target: str, name: str) -> str:
    return target if name == "password" else f"{target}-{name}"


def _ask_keyring(service: str, user: str) -> str | None:
    try:
        import keyring  # noqa: PLC0415  # an extra, and slow to load
    except ImportError:
        return None
    try:
        return keyring.get_password(service, user)
    except Exception:  # noqa: BLE001  # each backend raises what it likes: no keyring
        return None
