"""Numbers that exist only in the immigration system, as patterns on folded text.

They are written here, not in the rule files, because a number is no phrase: rules name them
as ``{@a_number}`` and so on.

Sources: USCIS Policy Manual and I-9 Central (A-number: A and 7 to 9 digits; receipt: three
letters and 10 digits), DHS SEVIS (N and 10 digits), CBP (I-94 number: 11 characters).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

SHAPES: Final[dict[str, str]] = {
    # A012345678, A 012 345 678, A-012-345-678, A#12345678. With 9 digits in any grouping by
    # threes, with 8 as one run or 2-3-3. `A-07969-22` (an item number) has neither shape.
    "a_number": (
        r"a[\s\-#:.]{0,3}(?:[0-9]{8,9}|[0-9]{3}[\s\-.][0-9]{3}[\s\-.][0-9]{3}"
        r"|[0-9]{2}[\s\-.][0-9]{3}[\s\-.][0-9]{3})"
    ),
    "uscis_receipt": (
        r"(?:eac|wac|lin|src|nbc|msc|ioe|ysc)"
        r"[\s\-#:.]{0,2}(?:[0-9][\s\-.]?){9}[0-9]"
    ),
    "sevis": r"n[\s\-#:.]{0,2}00[0-9]{8}|n[0-9]{10}",
    # Eleven signs (nine digits, a letter, a digit; once digits alone), as people copy them.
    "i94": (
        r"[0-9]{7,10}[a-z][0-9]{0,2}|[0-9]{11}"
        r"|[0-9]{3}[\s\-][0-9]{3}[\s\-][0-9]{3}[\s\-][0-9]{2}"
    ),
    "visa_foil": r"[a-z]?[0-9]{7,8}",
    # Any other number of 6 to 15 digits; grouped by threes if parted by spaces.
    "digits": r"[0-9]{6,15}|[0-9]{2,4}(?:[\-.][0-9]{2,6}){1,4}|[0-9]{3}(?: [0-9]{3}){1,3}[0-9]?",
}


def standing_alone(names: Iterable[str]) -> str:
    """A pattern for numbers of these shapes; letters of other scripts may stand next to one."""
    return rf"(?<![a-z0-9])(?:{'|'.join(SHAPES[name] for name in names)})(?![a-z0-9])"


_ANY: Final = ("",)
#: What stands before the first digit of a number of each shape, in words parted by spaces.
STARTS: Final[dict[str, tuple[str, ...]]] = {
    "a_number": ("a", "a "),
    "uscis_receipt": tuple(
        start + space
        for start in ("eac", "wac", "lin", "src", "nbc", "msc", "ioe", "ysc")
        for space in ("", " ")
    ),
    "sevis": ("n", "n "),
    "i94": _ANY,
    "visa_foil": (*_ANY, *"abcdefghijklmnopqrstuvwxyz"),
    "digits": _ANY,
}
#: Shapes of numbers that hardly anything else has.
RARE_SHAPES: Final = frozenset({"a_number", "uscis_receipt", "sevis"})
