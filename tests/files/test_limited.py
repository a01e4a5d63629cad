from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.files.limited import read_at_most


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
def test_all_of_a_file_is_read_that_is_no_larger(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)

    assert read_at_most(path, size) == b"x" * size
    assert read_at_most(path, 1_000_000) == b"x" * size


def test_of_a_larger_one_only_so_much_that_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    assert 100_000 < len(read_at_most(path, 100_000)) < 200_000


def test_a_file_without_an_end_is_given_up(tmp_path: Path) -> None:
    assert len(read_at_most(Path("/dev/zero"), 100)) > 100
    with pytest.raises(FileNotFoundError):
        read_at_most(tmp_path / "none", 100)
