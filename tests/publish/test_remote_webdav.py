from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.publish.samples import make_site, publish, refusal, settings, with_options
from tests.wording import raises, text_of

from guidegen.errors import PublishError

if TYPE_CHECKING:  # loaded by those who start it: it takes a second
    from tests.publish.remote_web_servers import WebdavServer

pytestmark = pytest.mark.slow


def test_a_password_is_not_sent_unencrypted(tmp_path: Path) -> None:
    target = settings(tmp_path, "webdav", url="http://dav.example/x", user="anna")

    assert "unencrypted" in text_of(refusal(target))


@pytest.mark.proof
def test_what_is_not_there_is_said(webdav: WebdavServer, tmp_path: Path) -> None:
    target = settings(tmp_path, "webdav", **webdav.options())
    lost = with_options(target, url=f"http://127.0.0.1:{webdav.port}/no/such/place/")

    with raises(PublishError, match="not there"):
        publish(lost, make_site(tmp_path / "site", "1.0.0"))
