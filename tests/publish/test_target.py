from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.publish.samples import refusal, settings
from tests.wording import hint_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("kind", "library"),
    [
        ("sftp", "asyncssh"),
        ("s3", "botocore"),
        ("webdav", "webdav4"),
        ("smb", "smbclient"),
    ],
)
def test_libraries_that_are_not_installed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, library: str
) -> None:
    monkeypatch.delitem(sys.modules, f"guidegen.publish.remote_{kind}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)

    error = refusal(
        settings(tmp_path, kind, host="x", path="x", bucket="x", url="https://x")
    )

    assert hint_of(error) == f"install them: install {kind}"
