"""A closed list of codes, each with the words that people see for it."""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A code with the words that people see for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """The member is its code; `label` stands beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and label of each, in order, for columns and forms."""
        return [(one.value, one.label) for one in cls]
