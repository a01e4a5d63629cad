"""The user's own cache, for everything that can be recreated."""

from __future__ import annotations

from pathlib import Path

from guidegen import __version__


def cache_folder(name: str) -> Path | None:
    """Return a folder in the user's own cache, None if it cannot be written.

    It is not in the project: compiled templates lie in it, which Python runs, and a
    project may come from somebody else.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415  # only builds need it

    # By version, so that none reads what another has kept. Without `appauthor=False`,
    # Windows would get a second folder named guidegen above it.
    folder = user_cache_path("guidegen", appauthor=False) / __version__ / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A folder that exists may still be read-only.
        probe = folder / ".probe"
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError:
        return None
    return folder
