"""What the project remembers of its publications, for `guidegen status`.

The targets know better; this is only so that nobody has to ask them. Losing it costs
nothing: the next publication writes it anew.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.files import write_atomic
from guidegen.model.document import State
from guidegen.model.publication import Publication

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, TargetSettings

RECORD = ".guidegen/publications.json"
"""In the project's folder."""


def last_publications(project: Path) -> tuple[Publication, ...]:
    """Return the last publication to each target, as far as this project knows.

    Args:
        project: The project's folder.
    """
    try:
        data = json.loads((project / RECORD).read_text(encoding="utf-8"))
        return tuple(
            Publication(
                target=str(name),
                kind=str(entry["kind"]),
                place=str(entry["place"]),
                version=str(entry["version"]),
                state=State(entry["state"]),
                when=dt.datetime.fromisoformat(entry["when"]),
                files=int(entry["files"]),
            )
            for name, entry in data.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def remember(settings: TargetSettings, place: str, manifest: Manifest) -> None:
    """Note a publication in the project.

    Raises:
        FilesError: The system refuses.
    """
    known = {each.target: each for each in last_publications(settings.folder)}
    known[settings.name] = Publication(
        target=settings.name,
        kind=settings.kind,
        place=place,
        version=manifest.version,
        state=manifest.state,
        when=manifest.when,
        files=len(manifest.files),
    )
    data = {
        name: {
            "kind": each.kind,
            "place": each.place,
            "version": each.version,
            "state": each.state.value,
            "when": each.when.isoformat(),
            "files": each.files,
        }
        for name, each in sorted(known.items())
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_atomic(settings.folder / RECORD, text.encode())
