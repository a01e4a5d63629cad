"""Digests: SHA-256, in hexadecimal."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

# In pieces, so that no large file is in memory as a whole.
_CHUNK = 1 << 20
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # which Windows alone has


def sha256(content: bytes) -> str:
    """Return the digest of some bytes."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: str | Path) -> str:
    """Return the digest of a file; there may be thousands, and `open` is slower.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    file = os.open(path, _READING)
    try:
        while chunk := os.read(file, _CHUNK):
            digest.update(chunk)
    finally:
        os.close(file)
    return digest.hexdigest()
