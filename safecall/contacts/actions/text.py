"""The door of text: everything that anyone types passes here before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import phonenumbers

from safecall import guard
from safecall.contacts.actions.base import InvalidField
from safecall.guard import Finding, Screened
from safecall.privacy.kept import KeptText

LIMITS = {"narrative": 20_000, "place": 500, "callback": 200, "caller_name": 200}
_OTHER_LIMIT = 500


def storable(text: str) -> str:
    """The text with what no database takes (NUL, lone surrogates) shown as U+FFFD."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


@dataclass(slots=True)
class TextDoor:
    """Screens the texts of one act and gathers what was found.

    With `open_for_safety`, a guard that cannot load keeps the text out (its field is then in
    `not_kept`), but an address passes and the act goes on. Otherwise `GuardUnavailable` is raised.
    `screened` holds texts that were screened already, as a column; any other is screened here.
    """

    open_for_safety: bool = False
    screened: Mapping[str, Screened] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    not_kept: list[str] = field(default_factory=list)

    def keep(self, name: str, text: str) -> Screened | KeptText:
        """What may be stored for this field. Raises `InvalidField` where it is too long."""
        limit = LIMITS.get(name, _OTHER_LIMIT)
        if len(text) > limit:
            raise InvalidField(name, f"At most {limit:,} characters; please shorten it.")
        plain = storable(text).strip()
        if not plain:
            return KeptText.stored("")
        try:
            screened = self.screened.get(plain) or guard.screen(plain)
        except guard.GuardUnavailable:
            if not self.open_for_safety:
                raise
            return self._without_guard(name, plain)
        self.findings.extend(screened.findings)
        return screened

    def words(self, name: str, text: str) -> KeptText:
        """The text alone, where nobody asks what was found in it."""
        kept = self.keep(name, text)
        return KeptText.screened(kept) if isinstance(kept, Screened) else kept

    def callback(self, text: str) -> KeptText:
        """A callback as E.164 where it is a telephone number, else as words.

        A number holds no words, so it is kept without the guard too: someone must ring back.
        """
        number = _e164(text)
        return KeptText.stored(number) if number else self.words("callback", text)

    @property
    def removed(self) -> tuple[Finding, ...]:
        """The findings whose words were taken out."""
        return tuple(finding for finding in self.findings if finding.removed)

    def _without_guard(self, name: str, plain: str) -> KeptText:
        address = KeptText.address(plain) if name == "place" else None
        if address is None:
            self.not_kept.append(name)
        return address or KeptText.stored("")


def _e164(text: str) -> str | None:
    if not any(char.isdigit() for char in text):
        return None
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
