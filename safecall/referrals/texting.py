"""Texting somebody whom to call. The number is used for this one message and kept nowhere.

`SAFECALL_TEXT_PROVIDER` is the https address of the department's provider of text messages (or a
small bridge to it), which gets `{"to", "text"}` signed as interpreters' webhooks are; or `file`,
for a demonstration: the words go to `texts.jsonl` in the data folder, without the number.
"""

import json
import time
from pathlib import Path
from typing import Final

import phonenumbers
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from safecall.privacy.webhooks import SIGNATURE, signature
from safecall.referrals.kinds import KINDS
from safecall.referrals.models import Phone, Service
from safecall.referrals.provider import FILE
from safecall.vocabulary import written

FILE_NAME: Final = "texts.jsonl"
TIMEOUT_SECONDS: Final = 5.0
_LEGAL: Final = frozenset({"immigration", "legal", "federal"})


class NotSent(Exception):
    """The message did not go out; `message` says what to do. It never holds the number."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def available() -> bool:
    """Whether a provider is set."""
    return bool(settings.TEXT_PROVIDER)


def send(number: str, text: str) -> None:
    """Send the text to this telephone. Raises `NotSent`."""
    import httpx  # noqa: PLC0415  a tenth of a second that few processes need

    to = _e164(number)
    if not available():
        raise NotSent("No provider of text messages is set. Read the number out.")
    if settings.TEXT_PROVIDER == FILE:
        _write(text)
        return
    body = json.dumps({"to": to, "text": text}, ensure_ascii=False).encode()
    signed = signature(settings.TEXT_SECRET, body, int(time.time()))
    headers = {"Content-Type": "application/json", SIGNATURE: signed}
    try:
        answer = httpx.post(
            settings.TEXT_PROVIDER, content=body, headers=headers, timeout=TIMEOUT_SECONDS
        )
        answer.raise_for_status()
    except httpx.HTTPError:
        raise NotSent("The text could not be sent. Read the number out.") from None


def words(service: Service, code: str, language: str) -> str:
    """What is texted, in the caller's language where pages come in it, else in English."""
    with translation.override(_page_language(language)):
        numbers = [one for one in service.shown_phones if one.kind == Phone.Kind.VOICE]
        lines = [str(service.name), str(KINDS[service.kind].name)]
        lines += [_("Call %(number)s") % {"number": one.shown} for one in numbers]
        if not numbers:
            lines.append(_("Call 211 and ask for this office."))
        if _LEGAL & set(service.need_codes):
            lines.append(_("This is not legal advice."))
        if settings.PUBLIC_URL:
            lines.append(f"{settings.PUBLIC_URL}/referral")
        lines.append(_("Your code: %(code)s") % {"code": code})
    return "\n".join(lines)


def _page_language(language: str) -> str:
    offered = (tag for tag, _name in settings.LANGUAGES if tag in written.BY_TAG)
    return next((tag for tag in offered if language in written.BY_TAG[tag].spoken), "en")


def _e164(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed) or parsed.extension:
        raise NotSent("This is no number to text. Type it with its area code, or read it out.")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _write(text: str) -> None:
    path = Path(settings.VAR_DIR) / FILE_NAME
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"to": "not kept", "text": text}, ensure_ascii=False) + "\n")
    except OSError:
        raise NotSent("The text could not be written. Read the number out.") from None
