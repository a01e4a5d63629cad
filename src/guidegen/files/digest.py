"""Digests: SHA-256, in hexadecimal."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

# In pieces, so that no large file is in memory as a whole.
_CHUNK = 1 << 20
# O_BINARY is Windows' alone; the others, which it lacks, do not wait for a pipe, and
# refuse a link.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def sha256(content: bytes) -> str:
    """Return the digest of some bytes."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: str | Path, *, follow: bool = True) -> str:
    """Return the digest of a file; there may be thousands, and `open` is slower.

    Args:
        path: The file.
        follow: Whether it may be a link, which Windows alone cannot refuse here.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    file = os.open(path, _READING if follow else _READING | _NO_LINK)
    try:
        while chunk := os.read(file, _CHUNK):
            digest.update(chunk)
    finally:
        os.close(file)
    return digest.hexdigest()
