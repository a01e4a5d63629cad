"""What the project remembers of its publications, for `guidegen status`.

The targets know better; this is only so that nobody has to ask them. Losing it costs
nothing: the next publication writes it anew.
"""

from __future__ import annotations

import datetime as dt
import json

from guidegen.files import write_atomic
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.publication import Manifest, Publication, TargetSettings


def last_publications(project: Project) -> tuple[Publication, ...]:
    """Return the last publication to each target, as far as this project knows."""
    try:
        data = json.loads(project.publications.read_text(encoding="utf-8"))
        return tuple(
            Publication(
                target=str(name),
                kind=str(entry["kind"]),
                address=str(entry["place"]),
                version=str(entry["version"]),
                state=State(entry["state"]),
                when=dt.datetime.fromisoformat(entry["when"]),
                files=int(entry["files"]),
            )
            for name, entry in data.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def remember(
    project: Project, settings: TargetSettings, address: str, manifest: Manifest
) -> None:
    """Note a publication in the project.

    Raises:
        FilesError: The system refuses.
    """
    known = {each.target: each for each in last_publications(project)}
    known[settings.name] = Publication(
        target=settings.name,
        kind=settings.kind,
        address=address,
        version=manifest.version,
        state=manifest.state,
        when=manifest.when,
        files=len(manifest.files),
    )
    data = {
        name: {
            "kind": each.kind,
            "place": each.address,
            "version": each.version,
            "state": each.state.value,
            "when": each.when.isoformat(),
            "files": each.files,
        }
        for name, each in sorted(known.items())
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_atomic(project.publications, text.encode())
