"""Writes files and folders completely or not at all, and by one writer at a time."""

from guidegen.files.atomic import write_atomic
from guidegen.files.cache import cache_folder
from guidegen.files.folder import (
    exchange_names,
    leave_to_next_run,
    replace_folder,
    restore_folder,
    staging_folder,
)
from guidegen.files.inside import move_inside, open_inside
from guidegen.files.lock import project_lock
from guidegen.files.system import translate_os_errors

__all__ = [
    "cache_folder",
    "exchange_names",
    "leave_to_next_run",
    "move_inside",
    "open_inside",
    "project_lock",
    "replace_folder",
    "restore_folder",
    "staging_folder",
    "translate_os_errors",
    "write_atomic",
]
