"""Gets ready while there is nothing else to do."""

from __future__ import annotations


def get_ready() -> None:
    """Import what building a site needs.

    For a caller that waits for something that needs no Python, such as typesetting.
    """
    import guidegen.site.quick  # noqa: F401, PLC0415
