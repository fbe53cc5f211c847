"""Who needs an interpreter: a share of the callers of a real log, or the languages of the log."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

from safecall.interpreting.staffing.history import History, tag_of


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call of the log: when (aware); language and priority where the log has them."""

    at: datetime
    language: str = ""
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody needs an interpreter."""

    at: datetime
    language: str
    priority: int


def parse_shares(text: str) -> dict[str, float]:
    """`so=0.01,es=0.05` as language -> share of all callers. Raises ValueError."""
    shares = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, number = part.partition("=")
        try:
            share = float(number)
        except ValueError:
            share = -1
        if not equals or not 0 <= share <= 1:
            raise ValueError("--share is written as so=0.01,es=0.05, each share from 0 to 1")
        shares[tag_of(name)] = share
    if sum(shares.values()) > 1:
        raise ValueError("the shares of --share are more than all callers together")
    return shares


def parse_people(text: str) -> dict[str, int]:
    """`so=3,lo=0` as language -> people on call at any hour. Raises ValueError."""
    people = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = part.partition("=")
        if not (number.strip().isascii() and number.strip().isdigit()):
            raise ValueError("--people is written as so=3,lo=0")
        people[tag_of(name)] = int(number)
    return people


def usable_days(calls: Iterable[LoggedCall], zone: ZoneInfo) -> list[date]:
    """Days of which the log has most calls, in order: at least half as many as a usual day."""
    counts = Counter(call.at.astimezone(zone).date() for call in calls)
    if not counts:
        return []
    enough = median(counts.values()) / 2
    return sorted(day for day, calls_of in counts.items() if calls_of >= enough)


def needs(
    calls: Iterable[LoggedCall], shares: Mapping[str, float], urgent: float, seed: int
) -> list[Need]:
    """The calls that need an interpreter, in order of time.

    A call whose language the log names has that one (none for English); each other gets one by
    the shares. `urgent`: the share of priority 1, where the log names none.
    """
    chance = random.Random(seed)  # noqa: S311  a simulation
    languages, weights = list(shares), list(shares.values())
    found = []
    for call in calls:
        drawn, level = chance.random(), chance.random()
        language = call.language or _drawn(drawn, languages, weights)
        if language and language != "en":
            priority = call.priority or (1 if level < urgent else 3)
            found.append(Need(call.at, language, priority))
    return sorted(found, key=lambda need: need.at)


def _drawn(chance: float, languages: Sequence[str], weights: Sequence[float]) -> str:
    for language, weight in zip(languages, weights, strict=True):
        if chance < weight:
            return language
        chance -= weight
    return ""


def history(found: Iterable[Need], zone: ZoneInfo) -> History:
    """The needs as a history, to make a staffing plan from."""
    made = History()
    for need in found:
        local = need.at.astimezone(zone)
        made.calls[local.date(), local.hour, need.language] += 1
    return made
