"""Who can help: by need, language, hours and distance. Never nothing: a wish that nobody meets is
left aside, and the answer says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import inf
from typing import Final

from safecall.referrals.models import Service
from safecall.referrals.models.directory import Phone
from safecall.referrals.places import Point
from safecall.vocabulary import hours

ENGLISH: Final = "en"


class Aside(StrEnum):
    """A wish that nobody in the directory meets."""

    NEED = "need"
    OPEN = "open"
    LANGUAGE = "language"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for; empty is anything. `near` is the place they typed, if known."""

    needs: frozenset[str] = frozenset()
    language: str = ""
    open_now: bool = False
    near: Point | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A service as the page shows it.

    `open` is None where nobody knows the hours, `miles` where nobody knows how far it is.
    `otherwise`: no number may be given out, so the page says whom to ask for it.
    """

    service: Service
    open: bool | None
    miles: int | None
    speaks: bool
    old: bool

    @property
    def phones(self) -> list[Phone]:
        """The numbers that may be given out."""
        return self.service.shown_phones

    @property
    def otherwise(self) -> bool:
        """Whether there is no number to call."""
        return not any(one.kind == Phone.Kind.VOICE for one in self.phones)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who can help, the best first, and which wishes had to be left aside."""

    found: list[Found]
    aside: frozenset[Aside]


def find(services: Sequence[Service], wish: Wish, now: datetime) -> Answer:
    """The services that meet the wish; `now` is the department's time.

    Need and hours choose; language and distance order. Unknown hours may be open.
    """
    every = [shown(one, now, wish.language, wish.near) for one in services]
    aside: set[Aside] = set()
    found = every
    if wish.needs:
        met = [one for one in found if wish.needs & set(one.service.need_codes)]
        found = met or found
        if not met:
            aside.add(Aside.NEED)
    if wish.open_now:
        met = [one for one in found if one.open is not False]
        found = met or found
        if not met:
            aside.add(Aside.OPEN)
    if wish.language and not any(one.speaks for one in found):
        aside.add(Aside.LANGUAGE)
    if wish.near and all(one.miles is None for one in found):
        aside.add(Aside.PLACE)
    found = sorted(found, key=lambda one: _order(one, wish))
    return Answer(found, frozenset(aside))


def _order(one: Found, wish: Wish) -> tuple[bool, int, float]:
    shared = len(wish.needs & set(one.service.need_codes))
    far = inf if one.miles is None else one.miles
    return (bool(wish.language) and not one.speaks, -shared, far)


def shown(service: Service, now: datetime, language: str = "", near: Point | None = None) -> Found:
    """One service as the page shows it."""
    return Found(
        service,
        hours.covers(service.hours, now) if service.hours else None,
        _miles(service, near),
        bool(language) and (language in service.tags or language == ENGLISH),
        service.old(_day(now)),
    )


def _day(now: datetime) -> date:
    return now.date()


def _miles(service: Service, near: Point | None) -> int | None:
    if near is None:
        return None
    away = [
        near.miles_to(Point(one.latitude, one.longitude))
        for one in service.locations.all()
        if one.latitude is not None and one.longitude is not None
    ]
    return round(min(away)) if away else None
