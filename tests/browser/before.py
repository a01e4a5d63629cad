"""A company's front page in the look of 498d616, which today's look is measured by.

The styles are that commit's own file; the frame keeps what takes up height on a phone.
Both looks are then measured by the same browser with the same fonts.
"""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import jinja2

from guidegen.model.document import Document
from guidegen.model.labels import facts_of
from guidegen.page.tree import PageParser

FOLDER = Path(__file__).with_name("look_before")
_SENTENCE = re.compile(r'<p class="magic-sentence".*?</p>', re.DOTALL)


def write_page_before(document: Document, into: Path) -> Path:
    """Write a document's front page in the look of 498d616, and return its file.

    The text is the bare page: what the look itself adds or folds is not in it.
    """
    into.mkdir(parents=True, exist_ok=True)
    styles = Path(str(files("material"))) / "templates/assets/stylesheets"
    [theme] = styles.glob("main.*.min.css")
    for source in (theme, FOLDER / "brand.css", FOLDER / "site.css"):
        shutil.copyfile(source, into / source.name)
    page = into / "index.html"
    page.write_text(_html(document, theme.name), "utf-8")
    return page


def _html(document: Document, theme: str) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True
    )
    labels = document.labels
    draft = "draft" in document.running_texts and labels.word(
        "draft_bar", version=document.edition.version
    )
    parsed = PageParser(document.markdown_extensions).parse(document.pages[0])
    return environment.get_template("frame.html").render(
        article=_SENTENCE.sub(lambda found: found[0] + _button(document), parsed.html),
        document=document,
        draft=draft,
        facts=facts_of(document.running_texts, labels),
        material=theme,
    )


def _button(document: Document) -> str:
    """Return the button that a script put below the magic sentence."""
    word = document.labels.html("copy")
    return (
        '<p class="gg-copy"><button type="button" class="gg-copy__button">'
        f'{word}</button><span class="gg-copy__status" role="status"></span></p>'
    )
