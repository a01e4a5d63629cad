"""What a package says of itself: the manifest of SCORM 1.2.

After ADL, "SCORM Content Aggregation Model" 1.2 (2001), section 2.3, and its schemas.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from guidegen.steering import STEERING
from guidegen.value import Value

_IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

MANIFEST = "imsmanifest.xml"
"""Platforms look for this name at the root."""


class Course(Value):
    """What a learning platform is told of a package."""

    identifier: str
    """The same in all versions: a platform replaces the course then."""
    version: str
    title: str
    mark: int | None
    """How many per cent pass; None if whoever has practised is done."""


def manifest(course: Course, start: str, files: Sequence[str]) -> bytes:
    """Return the manifest of a course that is one page with its files."""
    root = Element(
        "manifest",
        {
            "xmlns": _IMS,
            "xmlns:adlcp": _ADL,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": (
                f"{_IMS} imscp_rootv1p1p2.xsd {_ADL} adlcp_rootv1p2.xsd"
            ),
            "identifier": course.identifier,
            "version": course.version,
        },
    )
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "ADL SCORM"
    SubElement(metadata, "schemaversion").text = "1.2"
    _organization(root, course)
    resource = SubElement(
        SubElement(root, "resources"),
        "resource",
        {
            "identifier": "content",
            "type": "webcontent",
            "adlcp:scormtype": "sco",
            "href": start,
        },
    )
    for name in files:
        SubElement(resource, "file", href=name)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _organization(root: Element, course: Course) -> None:
    organizations = SubElement(root, "organizations", default="course")
    organization = SubElement(organizations, "organization", identifier="course")
    item = {"identifier": "practice", "identifierref": "content", "isvisible": "true"}
    SubElement(organization, "title").text = _title(course.title)
    entry = SubElement(organization, "item", item)
    SubElement(entry, "title").text = _title(course.title)
    if course.mark is not None:
        SubElement(entry, "adlcp:masteryscore").text = str(course.mark)


def _title(title: str) -> str:
    """Return a title of at most 200 characters, as the standard has it."""
    text = " ".join(STEERING.sub("", title).split())
    return text if len(text) <= 200 else f"{text[:199]}…"  # noqa: PLR2004
