"""Text that may be stored, as a type of its own."""

import re
from typing import Self, final

from safecall.guard import Screened

# What stands between "no text is stored" and "help is sent to the right door" when the guard
# cannot load: a house number and street, or two streets that cross, and nothing else.
_STREET = (
    r"(?:[NSEW]{1,2}\.? )?(?:[A-Z][a-z]+|[0-9]{1,3}(?:st|nd|rd|th))(?: [A-Z][a-z]+){0,2}"
    r" (?:St|Ave|Av|Rd|Dr|Ln|Ct|Blvd|Hwy|Pl|Ter|Pkwy|Way|Street|Avenue|Road|Drive|Lane)\.?"
)
_ADDRESS = re.compile(rf"[0-9]{{1,6}} {_STREET}|{_STREET} ?(?:/|&|and) ?{_STREET}")


@final
class KeptText(str):
    """Text that was screened before it was stored, or is read back from where it was stored.

    Made only by the class methods below: a plain `str` cannot become one by accident.
    """

    __slots__ = ()

    @classmethod
    def screened(cls, screened: Screened) -> Self:
        """The redacted text of what the guard returned."""
        return cls(screened.text)

    @classmethod
    def stored(cls, text: str) -> Self:
        """Text that comes from a column which takes screened text alone."""
        return cls(text)

    @classmethod
    def address(cls, text: str) -> Self | None:
        """A street address or crossing, kept as it is when no guard is there; else None."""
        plain = " ".join(text.split())
        return cls(plain) if _ADDRESS.fullmatch(plain) else None


class UnscreenedText(TypeError):
    """Text that was not screened was about to be stored. The text is not part of the message."""

    def __init__(self, column: str) -> None:
        super().__init__(f"{column}: assign what guard.screen returns, not a plain string")
