"""A page that somebody else's templates made: made harmless, or refused.

The first thing on it is a policy that stops whatever would run or load something (CSP).
What a policy does not stop is looked for letter by letter: a browser makes a `script`
element of nothing but the letters `<script`, so nobody's idea of HTML is needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

from guidegen.errors import SiteError
from guidegen.value import Value

POLICY: Final = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:;"
    " img-src 'self' file: data:; connect-src 'self'; worker-src 'self';"
    " manifest-src 'none'; base-uri 'none'; form-action 'none'"
)
"""What a page of the site may load: the same as in the built-in pack."""

_ATTRIBUTES: Final = r"""((?:\s+[a-z][a-z:-]*(?:="[^"<>]*")?)*)\s*/?>"""
"""What follows an element's name, in the one spelling that is allowed."""

_OUR_SCRIPT: Final = re.compile(
    r'<script src="(?:\.\./)*assets/'
    r"(?:guidegen/(?:start|site|practice|iframe-worker)|javascripts/bundle\.[0-9a-f]{8}\.min)"
    r'\.js"(?:\s+data-[a-z]+="[^"<>]*")*></script>'
)
_ANY_SCRIPT_FILE: Final = re.compile(
    r'<script src="(?!//)[^"<>:]*"'
    r'(?:\s+(?:defer|async|data-[a-z]+="[^"<>]*"))*></script>'
)
_CONFIGURATION: Final = re.compile(
    r'<script id="__config" type="application/json">([^<]*)</script>'
)
_SCRIPT: Final = re.compile(
    r"<script\b[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE
)
_MOST_SCRIPTS: Final = 100
_BUNDLE: Final = re.compile(r"<script[^>]*bundle\.", re.IGNORECASE)
_WORKER: Final = re.compile(
    r"(?:\.\./)*assets/javascripts/workers/search\.[0-9a-f]{8}\.min\.js"
)
_BASE: Final = re.compile(r"\.{1,2}(?:/\.\.)*/?")

_DOCTYPE: Final = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")

_REFUSED: Final = re.compile(
    r"<(?:iframe|frame|frameset|object|embed|applet|base|portal|fencedframe)\b"
    r"|\breferrerpolicy\b|\bhttp-equiv\b(?!=\"content-security-policy\")",
    re.IGNORECASE,
)
"""What brings another page into this one or sends readers to it, or says to others
where they come from."""

_ACTIVE: Final = re.compile(r"<(?:script|link|meta|style)\b", re.IGNORECASE)

_LINK: Final = re.compile(r"<link\b", re.IGNORECASE)
_LINK_ALLOWED: Final = re.compile("<link" + _ATTRIBUTES, re.IGNORECASE)
_RELATIONS: Final = frozenset(
    (
        *("alternate", "apple-touch-icon", "author", "canonical", "icon", "license"),
        *("next", "prev", "shortcut icon", "stylesheet"),
    )
)
"""None of them makes a browser look up another host beforehand."""

_META: Final = re.compile(r"<meta\b", re.IGNORECASE)
_META_ALLOWED: Final = re.compile("<meta" + _ATTRIBUTES, re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r'([a-z][a-z:-]*)(?:="([^"]*)")?', re.IGNORECASE)
_NAMES: Final = frozenset(
    (
        *("application-name", "author", "color-scheme", "description", "generator"),
        *("keywords", "referrer", "robots", "theme-color", "viewport"),
    )
)
_NO_REFERRER: Final = frozenset(("no-referrer", "same-origin"))


class Sealed(Value):
    """A page that can be shown."""

    html: str
    scripts: int
    """How many scripts have been left out."""


def seal(
    html: str, page: str, *, policy: str = POLICY, trust_scripts: bool = False
) -> Sealed:
    """Return a page of foreign templates with guidegen's policy, without their scripts.

    Args:
        html: The page as the templates made it.
        page: What it is called in an error.
        policy: The Content-Security-Policy.
        trust_scripts: Whether the templates' own script files may stay.

    Raises:
        SiteError: It holds what no policy stops.
    """
    html, configuration = _without_configuration(html, page)
    html, scripts = _without_scripts(html, page, trust_scripts=trust_scripts)
    # Only now: what was left out may have stood in the middle of something.
    if found := _CONTROL.search(html) or _REFUSED.search(html):
        raise _unsafe(page, found[0])
    _check(html, page, _LINK, _LINK_ALLOWED, _is_harmless_link)
    _check(html, page, _META, _META_ALLOWED, _is_harmless_meta)
    doctype = _DOCTYPE.match(html)
    rest = html[doctype.end() :] if doctype else html
    # The theme's script reads the first element of that name, whichever that is.
    head = (
        "<!doctype html>",
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta charset="utf-8">',
        '<meta name="referrer" content="no-referrer">',
        # By this, publishing knows later that the page is guidegen's to remove.
        '<meta name="generator" content="guidegen">',
        *((configuration,) if configuration else ()),
    )
    return Sealed(html="\n".join(head) + rest, scripts=scripts)


def refuse_active(html: str, page: str) -> None:
    """Refuse a released page's text that would do something.

    No page that guidegen has released holds such elements; the releases of a stranger's
    project may.

    Args:
        html: The page, without its frame.
        page: What it is called in an error.

    Raises:
        SiteError: There is one.
    """
    if found := _REFUSED.search(html) or _ACTIVE.search(html):
        raise _unsafe(page, found[0])


def _without_configuration(html: str, page: str) -> tuple[str, str]:
    """Take the theme's settings out of a page: they say where its worker lies."""
    found = _CONFIGURATION.search(html)
    if found is None:
        if bundle := _BUNDLE.search(html):
            raise _unsafe(page, bundle[0])
        return html, ""
    try:
        settings = json.loads(found[1])
        known = _WORKER.fullmatch(settings["search"]) and _BASE.fullmatch(
            settings["base"]
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        known = None
    if not known:
        raise _unsafe(page, found[1][:80])
    return html[: found.start()] + html[found.end() :], found[0]


def _without_scripts(html: str, page: str, *, trust_scripts: bool) -> tuple[str, int]:
    """Leave out all scripts but guidegen's and the theme's, and count them."""
    allowed = (_OUR_SCRIPT, *((_ANY_SCRIPT_FILE,) if trust_scripts else ()))

    def is_allowed(text: str, start: int) -> bool:
        return any(pattern.match(text, start) for pattern in allowed)

    out = 0

    def judged(found: re.Match[str]) -> str:
        nonlocal out
        if is_allowed(html, found.start()):
            return found[0]
        out += 1
        return ""

    # Each that does not end is looked for up to the page's end.
    if (first := re.search("<script", html, re.IGNORECASE)) and len(
        re.findall("<script", html, re.IGNORECASE)
    ) > _MOST_SCRIPTS:
        raise _unsafe(page, first[0])
    rest = _SCRIPT.sub(judged, html)
    # What was around a script may make another one.
    for found in re.finditer("<script", rest, re.IGNORECASE):
        if not is_allowed(rest, found.start()):
            raise _unsafe(page, rest[found.start() : found.start() + 60])
    return rest, out


def _check(
    html: str,
    page: str,
    begins: re.Pattern[str],
    allowed: re.Pattern[str],
    is_harmless: Callable[[dict[str, str]], bool],
) -> None:
    """Refuse elements that are spelt otherwise than allowed, or say something else."""
    for found in begins.finditer(html):
        element = allowed.match(html, found.start())
        attributes = _ATTRIBUTE.findall(element[1]) if element else []
        # A browser takes the first of two of a name; here, there must not be two.
        values = {name.lower(): value for name, value in attributes}
        if not element or len(values) < len(attributes) or not is_harmless(values):
            raise _unsafe(page, html[found.start() : found.start() + 60])


def _is_harmless_link(attributes: dict[str, str]) -> bool:
    relation = attributes.get("rel", "").strip().lower()
    return relation in _RELATIONS


def _is_harmless_meta(attributes: dict[str, str]) -> bool:
    if "http-equiv" in attributes:
        return attributes["http-equiv"].lower() == "content-security-policy"
    if "charset" in attributes:
        return attributes["charset"].lower() == "utf-8"
    if attributes.get("property", "").startswith("og:"):
        return True
    name = attributes.get("name", "").lower()
    value = attributes.get("content", "").lower()
    return name in _NAMES and (name != "referrer" or value in _NO_REFERRER)


def _unsafe(page: str, found: str) -> SiteError:
    return SiteError("error-site-unsafe", page=page, found=found.strip() or repr(found))
