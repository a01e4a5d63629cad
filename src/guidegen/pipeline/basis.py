"""What a company's texts were when all of them were right: kept until the next build.

Before the first release, nothing else knows which language or form of address a text
was written for.
"""

from __future__ import annotations

import json

from guidegen.errors import FilesError
from guidegen.files import write_atomic
from guidegen.files.links import refuse_link
from guidegen.model.json_records import Data, parsed_json, read_record
from guidegen.model.own_text import Basis
from guidegen.model.project import Project


def remember_basis(project: Project, basis: Basis) -> None:
    """Keep what the texts are now.

    Raises:
        FilesError: The system refuses.
    """
    if remembered_basis(project) == basis:
        return
    known = {"answers": basis.data, "files": dict(basis.files)}
    text = json.dumps(known, ensure_ascii=False, indent=1)
    # Names of files need not be valid UTF-8; `json` reads them back as they are.
    content = f"{text}\n".encode(errors="surrogatepass")
    write_atomic(project.basis, content, within=project.work.parent)


def remembered_basis(project: Project) -> Basis | None:
    """Return what the texts were, None if nobody knows."""
    try:
        refuse_link(project.basis)
        content = parsed_json(read_record(project.basis))
        answers, files = content["answers"], content["files"]
    # Not knowing only means that their words have to tell.
    except (FilesError, OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(answers, dict) or not isinstance(files, dict):
        return None
    data: Data = answers
    return Basis(
        data=data, files={str(name): str(digest) for name, digest in files.items()}
    )
