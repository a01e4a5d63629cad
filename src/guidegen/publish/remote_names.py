"""Where guidegen keeps its own things at a server."""

from __future__ import annotations

from guidegen.publish.manifest import OWN

MANIFEST = f"{OWN}/manifest.json"
PENDING = f"{OWN}/pending.json"
OBJECTS = f"{OWN}/objects/"
PUBLICATIONS = f"{OWN}/publications/"
TMP = f"{OWN}/new/"

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"}


def object_name(digest: str) -> str:
    """Return where the content with a digest lies."""
    return f"{OBJECTS}{digest}"


def publication_name(identity: str) -> str:
    """Return where the manifest of a publication lies that is kept."""
    return f"{PUBLICATIONS}{identity}.json"


def is_own(name: str) -> bool:
    """Return whether a file is one of those that readers never see."""
    return name == OWN or name.startswith(f"{OWN}/")


def is_litter(name: str) -> bool:
    """Return whether a file was left there by an operating system."""
    return name.rpartition("/")[2] in _LEFT_BY_SYSTEMS
