from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.publish.samples import make_site, publish, settings

if TYPE_CHECKING:  # loaded by those who start it: it takes a second
    from tests.publish.remote_web_servers import S3Server

pytestmark = [pytest.mark.slow, pytest.mark.proof]


def test_s3_says_what_each_file_is_and_how_long_it_may_be_kept(
    s3: S3Server, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site", "1.0.0")
    (site / "assets/main.484c7ddc.min.css").write_text("p{}", encoding="utf-8")
    (site / "changes.xml").write_text("<feed/>", encoding="utf-8")
    (site / "review.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")

    publish(settings(tmp_path, "s3", **s3.options()), site)

    said = {
        name: (key.metadata["Content-Type"], key.metadata["Cache-Control"])
        for name, key in s3.keys().items()
    }
    for_ever = "public, max-age=31536000, immutable"
    assert said["index.html"] == ("text/html; charset=utf-8", "no-cache")
    assert said["assets/main.484c7ddc.min.css"][1] == for_ever
    assert said["assets/main.484c7ddc.min.css"][0] == "text/css; charset=utf-8"
    assert said["guideline-de.pdf"] == ("application/pdf", "no-cache")
    assert said["changes.xml"][0] == "application/xml; charset=utf-8"
    assert said["review.ics"][0] == "text/calendar; charset=utf-8"
