"""What the project remembers of its publications, for `guidegen status`.

The targets themselves know better; this record only spares asking them. Losing it costs
nothing, since the next publication writes it again.
"""

from __future__ import annotations

import json

from guidegen.files import write_atomic
from guidegen.model.json_records import from_json, parsed_json, read_record, to_json
from guidegen.model.project import Project
from guidegen.model.publication import Manifest, Publication, TargetSettings


def last_publications(project: Project) -> tuple[Publication, ...]:
    """Return the last publication to each target, as far as this project knows."""
    try:
        data = parsed_json(read_record(project.publications))
        return tuple(
            from_json(Publication, entry, target=name) for name, entry in data.items()
        )
    # AttributeError: JSON that is not an object has no `items`.
    except (OSError, ValueError, AttributeError):
        return ()


def remember(
    project: Project, settings: TargetSettings, address: str, manifest: Manifest
) -> None:
    """Record a publication in the project.

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
    # Sorted, so that publishing in another order gives the same file.
    data = to_json(dict(sorted(known.items())))
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_atomic(project.publications, text.encode(), within=project.folder)
