from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.archives import archive_of, released
from tests.samples import sample_project
from tests.site.test_versions import dead_links

from guidegen.answers.read import read_answers
from guidegen.model.document import Document
from guidegen.model.former_contacts import FormerContacts
from guidegen.model.json_records import Data
from guidegen.pipeline.working_copy import compose_documents
from guidegen.site import Archive, Look, build_site

pytestmark = pytest.mark.slow

FORMER = FormerContacts(
    ways={
        "email": ("social@nordlicht.example",),
        "phone": ("+49 40 1234567",),
        "chat": ("https://chat.nordlicht.example/social",),
    },
    names=("Mira Jansen",),
)
SECRETS = ("social@nordlicht", "1234567", "chat.nordlicht", "Mira Jansen")
TEXT = """
Schreib [uns](mailto:social@nordlicht.example), ruf [+49 40 1234567](tel:+49401234567)
an, frag im [Chat](https://chat.nordlicht.example/social) oder gleich
[Mira Jansen](contact.md); social@nordlicht.example geht auch.
"""


LEFT = """\
  - name: Mira Jansen
    role: {de: Social-Media-Beraterin, en: Social media adviser}
    email: social@nordlicht.example
    phone: "+49 40 1234567"
    chat: https://chat.nordlicht.example/social
"""
FOLLOWS = """\
  - name: Ole Brandt
    role: {de: Social-Media-Beraterin, en: Social media adviser}
    email: ole@nordlicht.example
    phone: "+49 (0)40 765432-1 DW 12"
"""


def _documents(
    folder: Path, contact: str, *, address: str = "sie"
) -> tuple[Document, ...]:
    project = sample_project("listed", folder)
    text = project.answers.read_text("utf-8")
    assert LEFT in text
    text = text.replace(LEFT, contact).replace("address: sie", f"address: {address}")
    project.answers.write_text(text, "utf-8")
    documents = compose_documents(*read_answers(project.answers))
    return tuple(released(document, "2.0.0") for document in documents)


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, ...]:
    return _documents(tmp_path_factory.mktemp("today"), FOLLOWS)


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, ...]:
    """Return documents in which the company's own text names the contact, too."""
    documents = []
    for document in _documents(tmp_path_factory.mktemp("then"), LEFT):
        front, *others = document.pages
        markdown = f"{front.markdown}\n## Eigenes {{: #own }}\n{TEXT}"
        pages = (replace(front, markdown=markdown), *others)
        documents.append(replace(document, pages=pages))
    return tuple(documents)


def _archive(folder: Path, then: tuple[Document, ...]) -> Archive:
    archive = archive_of(
        folder, then, ["1.0.0", "2.0.0"], shown="2.0.0", old_pdfs=False
    )
    answers: Data = {
        "contacts": [{"name": "Mira Jansen", "role": "Social-Media-Beraterin"}]
    }
    releases = tuple(replace(each, answers=answers) for each in archive.releases)
    return replace(archive, releases=releases, former=FORMER)


def _codes_of_then(archive: Archive, site: Path) -> list[Path]:
    """Return the pictures of old versions that hold how to reach somebody."""
    kept = archive.releases[0].folder.rglob("contact-*.svg")
    codes = {path.read_bytes() for path in kept}
    assert codes
    found = (site / "versions").rglob("*.svg")
    return [path for path in found if path.read_bytes() in codes]


def test_no_file_of_the_site_says_how_to_reach_who_has_left(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
    today: tuple[Document, ...],
) -> None:
    archive = _archive(tmp_path / "r", then)
    site = tmp_path / "site"

    build_site(today, look=Look(folders=theme), into=site, archive=archive)

    frozen = (archive.releases[0].folder / "de/index.html").read_text("utf-8")
    assert all(secret in frozen for secret in SECRETS)
    for path in (each for each in site.rglob("*") if each.is_file()):
        text = path.read_bytes().decode(errors="ignore")
        # The root's own texts are the owner's: here, none of them names anybody.
        assert [each for each in SECRETS if each in text] == [], path
    assert dead_links(site) == []
    # No old PDF, and no picture with a code of then.
    assert [path.name for path in site.rglob("guideline-*.pdf")] == []
    assert not _codes_of_then(archive, site)


def test_an_old_page_says_whom_to_ask_today(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
    today: tuple[Document, ...],
) -> None:
    site = tmp_path / "site"

    archive = _archive(tmp_path / "r", then)
    build_site(today, look=Look(folders=theme), into=site, archive=archive)

    contact = (site / "versions/1.0.0/en/contact.html").read_text("utf-8")
    assert "These are today’s contacts." in contact
    assert 'href="mailto:ole@nordlicht.example"' in contact
    assert 'src="../../../en/images/contact-1.svg"' in contact
    assert 'download="" href="../../../en/images/contact-1.vcf"' in contact
    front = html.fromstring((site / "versions/1.0.0/index.html").read_text("utf-8"))
    [section] = front.xpath('//section[@class="gg-contact"]')
    assert "Ole Brandt" in section.text_content()
    own = front.xpath('//h2[@id="own"]/ancestor::*[1]')[0]
    said = " ".join(own.text_content().split())
    assert "ruf +49 (0)40 765432-1 DW 12 an, frag im [früherer Kontakt] oder " in said
    assert "oder gleich Ole Brandt; [früherer Kontakt] geht auch." in said
    assert own.xpath('.//a[text()="uns"]/@href') == ["mailto:ole@nordlicht.example"]
    assert "tel:+49407654321;ext=12" in own.xpath(".//a/@href")


def test_an_old_page_with_sie_says_whom_to_ask_without_du(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
) -> None:
    today = _documents(tmp_path / "du", FOLLOWS, address="du")
    site = tmp_path / "site"

    archive = _archive(tmp_path / "r", then)
    build_site(today, look=Look(folders=theme), into=site, archive=archive)

    section = {}
    for name in ("", "versions/1.0.0/"):
        page = html.fromstring((site / f"{name}index.html").read_text("utf-8"))
        [found] = page.xpath('//section[@class="gg-contact"]')
        section[name] = " ".join(found.text_content().split())
    assert "Für Dich da: Ole Brandt" in section[""]
    old = section["versions/1.0.0/"]
    assert "Ole Brandt" in old
    assert "E-Mail: ole@nordlicht.example" in old
    assert not re.search(r"\b(Du|Dich|Dir|Dein\w*)\b", old)


def test_a_language_that_is_gone_has_the_contacts_of_another_marked_as_such(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
    today: tuple[Document, ...],
) -> None:
    site = tmp_path / "site"

    archive = _archive(tmp_path / "r", then)
    build_site((today[0],), look=Look(folders=theme), into=site, archive=archive)

    text = (site / "versions/1.0.0/en/contact.html").read_text("utf-8")
    persons = html.fromstring(text).xpath('//section[contains(@class, "gg-person")]')
    person = persons[0]
    assert person.get("lang") == "de"
    assert person.xpath(".//img/@src") == ["../../../images/contact-1.svg"]
    assert dead_links(site) == []


def test_what_cannot_be_read_as_a_tree_keeps_no_secret_either(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
    today: tuple[Document, ...],
) -> None:
    archive = _archive(tmp_path / "r", then)
    plain = archive.read

    def strange(release: object, name: str) -> bytes:
        content = plain(release, name)  # type: ignore[arg-type]
        return content + b"<article>?</article>" if name.endswith("html") else content

    site = tmp_path / "site"
    build_site(
        today,
        look=Look(folders=theme),
        into=site,
        archive=replace(archive, read=strange),
    )

    for path in (site / "versions").rglob("*.html"):
        text = path.read_text("utf-8")
        assert [each for each in SECRETS if each in text] == [], path
    assert not _codes_of_then(archive, site)


def test_old_pdfs_are_there_if_somebody_wants_them(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
    today: tuple[Document, ...],
) -> None:
    archive = replace(_archive(tmp_path / "r", then), old_pdfs=True)
    site = tmp_path / "site"

    build_site(today, look=Look(folders=theme), into=site, archive=archive)

    assert (site / "versions/1.0.0/guideline-de-1.0.0.pdf").is_file()
    assert "guideline-de-1.0.0.pdf" in (site / "changes.html").read_text("utf-8")
    page = (site / "versions/1.0.0/index.html").read_text("utf-8")
    assert "guideline-de-1.0.0.pdf" in page


def test_the_search_knows_today_s_contact_only(
    theme: tuple[Path, ...],
    tmp_path: Path,
    then: tuple[Document, ...],
    today: tuple[Document, ...],
) -> None:
    site = tmp_path / "site"
    archive = _archive(tmp_path / "r", then)
    build_site(today, look=Look(folders=theme), into=site, archive=archive)

    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert "Ole Brandt" in str(index)
    assert "Mira" not in str(index)
