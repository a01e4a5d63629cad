"""The step: what tells everybody of a release, from mail to poster."""

from guidegen.announce.files import kit_files
from guidegen.announce.kit import Kit, Links
from guidegen.announce.sheets import SHEETS, sheet

__all__ = ["SHEETS", "Kit", "Links", "kit_files", "sheet"]
