"""A sample company's project."""

from __future__ import annotations

from pathlib import Path

from guidegen.answers.new import IGNORE_FILE
from guidegen.errors import FilesError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.model.project import ANSWERS, Project
from guidegen.pack.find import find_pack


def make_demo(folder: Path) -> Project:
    """Copy the built-in pack's sample answers into a folder, unless they are there.

    Raises:
        FilesError: The folder has other files in it, or cannot be written.
    """
    project = Project(folder)
    if project.answers.is_file():
        return project
    files = sorted((find_pack("dell") / "demo").iterdir())
    contents = {file.name: file.read_bytes() for file in files}
    contents[".gitignore"] = IGNORE_FILE.encode()
    with translate_os_errors(folder):
        # What a demo that was interrupted has left is no obstacle.
        if folder.is_dir() and any(
            contents.get(path.name) != (path.is_file() and path.read_bytes())
            for path in folder.iterdir()
        ):
            raise FilesError("error-demo", path=folder)
    for name in sorted(contents, key=lambda name: name == ANSWERS):
        # The answers come last: without them there is no demo yet.
        write_atomic(folder / name, contents[name], within=folder)
    return project
