"""The parts of a release that its pages were made with: the pack and the logos."""

from __future__ import annotations

from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.release import Release
from guidegen.pack.load import load_released
from guidegen.pack.pin import pack_digest


def pack_of(release: Release, pack: Pack) -> Pack:
    """Return the pack that a release was made with."""
    if pack_digest(pack) == release.pack.digest:
        return pack
    # Kept texts that are gone are for `verify` to report; a build goes on without.
    return load_released(release.pack, Project(release.folder.parents[1])) or pack


def logos_of(release: Release) -> dict[str, str]:
    """Return the digests of a release's logos, by their names in the answers."""
    # All languages have the same ones.
    document = next(iter(release.documents.values()))
    logos = {"logo": document.logo, "logo_dark": document.logo_dark}
    digests = {
        name: release.files.get(f"{document.language}/{path}")
        for name, path in logos.items()
        if path
    }
    return {name: digest for name, digest in digests.items() if digest}
