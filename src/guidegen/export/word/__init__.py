"""The guideline as a Word file."""

from guidegen.export.word.file import docx_file

__all__ = ["docx_file"]
