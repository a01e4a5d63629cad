"""The places that the person at this computer has agreed to.

They are kept in the person's own folder of settings, never in a project: whoever writes
a project must not be able to agree to a place. On a build machine the variable
`GUIDEGEN_PLACE`, which is set outside the project too, names them instead.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from guidegen.errors import PublishError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.model.json_records import parsed_json
from guidegen.publish.place import NoPlaceError, Place, parse_place

VARIABLE = "GUIDEGEN_PLACE"
"""Names places that count as agreed to, with blanks between them."""
KNOWN_HOSTS_VARIABLE = "GUIDEGEN_KNOWN_HOSTS"
"""Names a file with the keys of servers, as ssh keeps them."""

NO_USER = "guidegen"
"""The user's name in the keyring, and beside a token, where the settings name none."""

_FORMAT = 1
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def is_confirmed(place: Place, target: str) -> bool:
    """Return whether the person has agreed to a place.

    Args:
        place: Where something is to be sent.
        target: The target's name, by which its variables are found: whoever has agreed
            to a place under one name has not agreed to send another's secrets there.

    Raises:
        PublishError: What is kept cannot be trusted, or the variable names no place.
    """
    return _is_named(place) or target in _kept().get(place.text, ())


def knows(place: Place) -> bool:
    """Return whether the person has agreed to a place under any name.

    Raises:
        PublishError: As for `is_confirmed`.
    """
    return _is_named(place) or place.text in _kept()


def confirm(place: Place, target: str) -> None:
    """Keep that the person has agreed to a place.

    Raises:
        PublishError: What is kept cannot be trusted.
        FilesError: The system refuses.
    """
    kept = dict(_kept())
    kept[place.text] = tuple(sorted({*kept.get(place.text, ()), target}))
    places = {text: list(targets) for text, targets in sorted(kept.items())}
    data = {"format": _FORMAT, "places": places}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_own(_file(), text.encode())


def refuse_kept_in(folder: Path, place: Place) -> None:
    """Stop if what the person has agreed to may have come with a project.

    Args:
        folder: What came with the project.
        place: Where something is to be sent; one that the variable names is certain.

    Raises:
        PublishError: The person's settings lie in that folder.
    """
    kept = _folder().resolve()
    if kept.is_relative_to(folder.resolve()) and not _is_named(place):
        raise PublishError(
            "error-place-kept",
            path=kept,
            variable=f"{VARIABLE}={place.text}",
        )


def own_known_hosts() -> Path:
    """Return the file with the keys of servers that the person has agreed to."""
    return _folder() / "known_hosts"


def read_own(path: Path) -> bytes:
    """Return the content of a file that only this person can have written.

    Raises:
        PublishError: Somebody else owns it, or may write to it.
        FilesError: It cannot be read.
    """
    with translate_os_errors(path):
        try:
            with path.open("rb") as file:
                # Of the file that is open: another one may take its name meanwhile.
                _refuse_others(path, os.fstat(file.fileno()))
                _refuse_others(path.parent, path.parent.stat())
                return file.read()
        except FileNotFoundError:
            return b""


def write_own(path: Path, content: bytes) -> None:
    """Write a file that only this person can read.

    Raises:
        PublishError: Somebody else owns the folder, or may write to it.
        FilesError: The system refuses.
    """
    with translate_os_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_others(path.parent, path.parent.stat())
    write_atomic(path, content, mode=0o600)


def _refuse_others(path: Path, status: os.stat_result) -> None:
    # Windows has no such rights; a person's folder there is theirs alone.
    if os.name == "nt":
        return
    if status.st_uid != os.geteuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise PublishError("error-place-store", path=path)


def _folder() -> Path:
    from platformdirs import user_config_path  # noqa: PLC0415  # publishing needs it

    # Without `appauthor=False`, Windows would get a second folder named guidegen.
    return user_config_path("guidegen", appauthor=False)


def _file() -> Path:
    return _folder() / "places.json"


def _kept() -> Mapping[str, tuple[str, ...]]:
    """Return the targets' names under which each place was agreed to."""
    path = _file()
    content = read_own(path)
    if not content:
        return {}
    try:
        data = parsed_json(content)
        if data["format"] != _FORMAT:
            raise PublishError("error-place-store", path=path)
        return {
            str(place): tuple(str(target) for target in targets)
            for place, targets in data["places"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PublishError("error-place-store", path=path) from error


def _is_named(place: Place) -> bool:
    """Return whether the variable names a place."""
    named = _from_environment()
    # Where the settings name no user, the one that goes along with a token counts, too.
    return place in named or (not place.user and replace(place, user=NO_USER) in named)


def _from_environment() -> frozenset[Place]:
    found = set()
    for text in os.environ.get(VARIABLE, "").split():
        try:
            found.add(parse_place(text))
        except NoPlaceError as error:
            raise PublishError(
                "error-place-variable", variable=VARIABLE, given=text
            ) from error
    return frozenset(found)
