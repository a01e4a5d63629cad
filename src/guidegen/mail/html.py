"""A mail as one web page: one column, no scripts, no pictures, nothing from elsewhere.

Mail programs know little of CSS. What counts stands in `style` attributes; the style
sheet only brings dark colours, where a program asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined

from guidegen.colour import (
    DARK_PAGE,
    NO_EDGE,
    QUIET_TEXT,
    SURFACES,
    TEXT,
    WHITE,
    colours,
)
from guidegen.errors import PackError
from guidegen.files.compiled_templates import CompiledTemplates
from guidegen.mail.characters import line_of, lines_of
from guidegen.mail.message import Block, Choices, Mail, Paragraph
from guidegen.pack.find import COMPLETING, builtin_packs, is_installed
from guidegen.sandbox import COMPILED, Sandbox, translate_mistakes
from guidegen.sandbox.sealed import seal
from guidegen.uri.web import openable

TEMPLATE: Final = "mail.html"
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
"""What a mail may load that a template of somebody else makes: nothing."""


def html_mail(mail: Mail, folders: Sequence[Path]) -> str:
    """Return a mail as a web page.

    Args:
        mail: What it says.
        folders: The packs' folders, the most specific first; each may have a `mail/`.

    Raises:
        AddressError: A link leads where no link of a page may lead.
        PackError: The pack's template is wrong.
    """
    look = [each / "mail" for each in folders if (each / "mail").is_dir()]
    look.append(builtin_packs() / COMPLETING / "mail")
    environment = Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader([str(folder) for folder in look]),
        # A plan of several mails compiles the template once.
        bytecode_cache=CompiledTemplates(None, kind=f"mail{COMPILED}"),
    )
    names = {"template": TEMPLATE}
    with translate_mistakes(look, PackError, "error-mail-template", names):
        text = environment.get_template(TEMPLATE).render(_context(mail))
        if any(not is_installed(folder) for folder in look):
            text = seal(text, TEMPLATE, policy=_POLICY).html
    return text


def _context(mail: Mail) -> dict[str, Any]:
    roles = colours(mail.brand)
    edge = None if roles.edge_light == NO_EDGE else roles.edge_light
    return {
        "language": mail.language,
        "company": line_of(mail.company),
        "subject": line_of(mail.subject),
        "preheader": line_of(mail.preheader),
        "title": line_of(mail.title),
        "blocks": [_block(each) for each in mail.blocks],
        "small_print": [line_of(each) for each in mail.small_print],
        "colors": {**asdict(roles), "edge": edge},
        "light": {
            "page": WHITE,
            "ground": SURFACES[0],
            "text": TEXT[0],
            "quiet": QUIET_TEXT[0],
        },
        "dark": {
            "page": DARK_PAGE,
            "ground": SURFACES[1],
            "text": TEXT[1],
            "quiet": QUIET_TEXT[1],
        },
    }


def _block(block: Block) -> dict[str, Any]:
    """Return a block as plain data."""
    data = {name: _plain(name, value) for name, value in asdict(block).items()}
    match block:
        case Paragraph():
            data["text"] = lines_of(block.text)
        case Choices():
            data["question"] = lines_of(block.question)
    return {"kind": block.kind, **data}


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401  # as dataclasses give it
    if isinstance(value, dict):
        return {key: _plain(key, each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(name, each) for each in value]
    if value is None:
        return None
    return openable(value) if name == "href" else line_of(value)
