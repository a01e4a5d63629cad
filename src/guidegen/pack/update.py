"""Whether the built-in pack has other texts than those that a project is pinned to."""

from __future__ import annotations

from guidegen.model.project import Project
from guidegen.model.release import version_key
from guidegen.pack.find import builtin_packs
from guidegen.pack.pin import kept_digest, pack_digest, read_lock
from guidegen.value import Value


class Update(Value):
    """The built-in pack has other texts now than those a project is pinned to."""

    name: str
    old: str
    """The pinned version."""
    new: str
    """The installed version; it can be the same, as the texts are compared."""

    @property
    def is_older(self) -> bool:
        """Whether the installed texts are older: a colleague has upgraded already."""
        try:
            return version_key(self.new) < version_key(self.old)
        except ValueError:  # not of the form 1.2.3
            return False


def update_available(project: Project) -> Update | None:
    """Return the update that the installed guidegen has for a project, if any.

    Raises:
        PackError: `pack.lock` is broken, or the installation.
    """
    update = other_texts(project)
    return None if update is None or update.is_older else update


def other_texts(project: Project) -> Update | None:
    """Return how the installed texts differ from those a project is pinned to, if so.

    Raises:
        PackError: `pack.lock` is broken, or the installation.
    """
    record = read_lock(project)
    if record is None or not (builtin_packs() / record.name).is_dir():
        return None
    # By digest first: nearly always they are the same, and the pack need not be read.
    if kept_digest(builtin_packs() / record.name) == record.digest:
        return None
    from guidegen.pack.load import load_pack  # noqa: PLC0415  # imports a YAML reader

    installed = load_pack(record.name)
    # One that extends another has texts of both.
    if pack_digest(installed) == record.digest:
        return None
    return Update(name=record.name, old=record.version, new=installed.version)
