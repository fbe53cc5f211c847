"""The forms that ship, read from their files and checked: a faulty one does not load."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from safecall.accountability.forms.answers import ANSWERS
from safecall.accountability.periods import Period

FOLDER: Final = "safecall.accountability.forms"


class Span(StrEnum):
    """How long a time a form covers."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    QUARTER = "quarter"
    MONTH = "month"


_MONTHS: Final = {Span.YEAR: 12, Span.HALF_YEAR: 6, Span.QUARTER: 3, Span.MONTH: 1}


class BadForm(ValueError):
    """A form's file cannot be used; the message says what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. `not_applicable`: why it has no answer here; otherwise empty."""

    name: str
    wording: str
    not_applicable: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """A form. `confirmed_by` is empty while its wordings are ours, written from memory."""

    code: str
    title: str
    law: str
    receiver: str
    span: Span
    due: str
    confirmed_by: str
    fields: tuple[Field, ...]

    def last_period(self, today: date) -> Period:
        """The last of its spans that is over."""
        months = _MONTHS[self.span]
        begun = date(today.year, (today.month - 1) // months * months + 1, 1)
        last = begun - timedelta(days=1)
        first = date(last.year, last.month - months + 1, 1)
        return Period(first, last)


@cache
def regimes() -> dict[str, Regime]:
    """All forms by their codes, such as `il-trust-act`. Raises `BadForm`."""
    folder = resources.files(FOLDER) / "regimes"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): read(
            name.removesuffix(".toml"), (folder / name).read_text(encoding="utf-8")
        )
        for name in names
    }


def read(code: str, text: str) -> Regime:
    """A form from its file. Raises `BadForm`."""
    try:
        said = tomllib.loads(text)
        fields = tuple(_field(one) for one in said.pop("field"))
        return Regime(code=code, span=Span(said.pop("span")), fields=fields, **said)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadForm(f"{code}: {error}") from None


def _field(said: dict[str, Any]) -> Field:
    made = Field(**said)
    if not made.not_applicable and made.name not in ANSWERS:
        raise BadForm(f"nothing answers the field {made.name!r}, and it does not say why")
    return made
