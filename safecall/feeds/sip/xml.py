"""XML from the wire: no DTD, no entities, nothing fetched (defusedxml), and no namespaces to mind.

Elements are found by their local names: senders differ in their namespaces' versions, and the
names read here mean one thing in a location object.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_LARGEST: Final = 128 * 1024


def read(data: bytes) -> Element | None:
    """The document's root; None where it is not well-formed, too large, or has a DTD."""
    if len(data) > _LARGEST:
        return None
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    return root


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def every(root: Element, *names: str) -> Iterator[Element]:
    """The root and everything below it that has one of these local names, in document order."""
    return (element for element in root.iter() if local(element) in names)


def text(root: Element, name: str) -> str:
    """The text of the first element with this local name, without blanks around it."""
    found = next(every(root, name), None)
    return (found.text or "").strip() if found is not None else ""
