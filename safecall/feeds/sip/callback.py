"""Whom to ring back when the line drops: P-Asserted-Identity (RFC 3325) before From."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import phonenumbers

from safecall.feeds.sip.message import Address, Message, address
from safecall.feeds.wire.calls import plain

REGION: Final = "US"
NO_SERVICE: Final = "The telephone has no number of its own: it cannot be rung back."
_LONGEST: Final = 150
_NUMBER = re.compile(r"\+?[0-9().\s-]{3,30}")
_NOBODY: Final = frozenset(
    {"", "anonymous", "unavailable", "restricted", "unknown", "private", "withheld"}
)


@dataclass(frozen=True, slots=True)
class Callback:
    """A number in E.164, else a SIP address, else "".

    `no_service` says that the number cannot be rung: a telephone without a contract shows 911 and
    seven digits of its own (ANSI J-STD-036).
    """

    text: str = ""
    no_service: bool = False


def callback(message: Message) -> Callback:
    """The first identity that can be rung; a number before a SIP address of the same header."""
    no_service = False
    for header in ("p-asserted-identity", "from"):
        addresses = [address(value) for value in message.all(header)]
        for one in addresses:
            number = _number(one)
            if cannot_be_rung(number):
                no_service = True
            elif number:
                return Callback(number)
        for one in addresses:
            if not no_service and (sip := _sip_address(one)):
                return Callback(sip)
    return Callback(no_service=no_service)


def number_of(text: str, region: str = REGION) -> str:
    """A telephone number in E.164; "" where the text is none."""
    if not _NUMBER.fullmatch(text):
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def cannot_be_rung(number: str) -> bool:
    """Whether this is what a telephone without a contract shows in place of a number."""
    return number.startswith("+1911")


def _number(one: Address) -> str:
    scheme, _, rest = one.uri.partition(":")
    scheme = scheme.lower()
    if scheme not in ("tel", "sip", "sips"):
        return ""
    if scheme != "tel":
        rest = rest.rpartition("@")[0]
    user, *params = rest.split(";")
    user = unquote(user)
    # tel:5550142;phone-context=+1218 (RFC 3966 section 5.1.5)
    context = next((text for text in params if text.lower().startswith("phone-context=+")), "")
    if context and not user.startswith("+"):
        user = f"{context.partition('=')[2]}{user}"
    return number_of(user)


def _sip_address(one: Address) -> str:
    scheme, _, rest = one.uri.partition(":")
    user, at, host = rest.partition("?")[0].rpartition("@")
    user, host = user.split(";")[0].split(":")[0], host.split(";")[0]
    if scheme.lower() not in ("sip", "sips") or not at or host.endswith(".invalid"):
        return ""
    if unquote(user).lower() in _NOBODY:
        return ""
    text = plain(f"{scheme.lower()}:{user}@{host}", _LONGEST + 1)
    return text if len(text) <= _LONGEST and " " not in text else ""
