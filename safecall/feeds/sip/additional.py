"""Additional data of an emergency call (RFC 7852): the subscriber's languages, and nothing else.

Such data can hold names, addresses, contacts, medical and vehicle data. Only `lang` of the
subscriber's vCard (RFC 6351) is read; the rest is dropped unread. `Language` of a ProviderInfo is
what the *provider's* staff speak, so it is no hint either.
"""

from collections.abc import Iterable
from typing import Final

from safecall.feeds.sip import xml
from safecall.feeds.sip.bodies import Part
from safecall.feeds.sip.languages import canonical, unique

_SUBSCRIBER: Final = "application/emergencycalldata.subscriberinfo+xml"
_LAST: Final = 100
_MOST: Final = 8


def hints(parts: Iterable[Part]) -> tuple[str, ...]:
    """Language tags, preferred ones first. The subscriber need not be the one who calls."""
    ranked: list[tuple[int, str]] = []
    for part in parts:
        root = xml.read(part.data) if part.kind == _SUBSCRIBER else None
        if root is None:
            continue
        for element in xml.every(root, "lang"):
            rank = xml.text(element, "integer")
            order = int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 4 else _LAST
            ranked.append((order, canonical(xml.text(element, "language-tag"))))
    ranked.sort(key=lambda one: one[0])
    return unique(tag for _, tag in ranked if tag)[:_MOST]
