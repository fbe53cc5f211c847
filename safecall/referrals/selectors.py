"""Reading the directory and its figures: as many queries with a thousand services as with one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils import timezone

from safecall.referrals.models import Location, Onward, Referral, Service
from safecall.referrals.models.directory import STALE_AFTER, Directory

UNTOLD: Final = "untold"


def services(*, active_only: bool = True) -> list[Service]:
    """Services in the order in which they are shown, with all that pages show. Five queries."""
    found = with_everything(Service.objects.all())
    if active_only:
        found = found.filter(active=True)
    return list(found.order_by("rank", "name", "id"))


def state() -> tuple[int, datetime | None]:
    """What is another after each change of the directory. Two small queries."""
    version = Directory.objects.values_list("version", flat=True).first()
    return version or 0, Service.objects.aggregate(last=Max("changed_at"))["last"]


def service(pk: UUID, *, active_only: bool = True) -> Service | None:
    """One service with all that pages show. Five queries."""
    found = with_everything(Service.objects.filter(pk=pk))
    return found.filter(active=True).first() if active_only else found.first()


def with_everything(found: QuerySet[Service]) -> QuerySet[Service]:
    """The services with organization, numbers, places and where they refer on."""
    onward = Onward.objects.filter(target__active=True).select_related("target")
    # A service's places are kept in no order of their own.
    places = Prefetch("locations", queryset=Location.objects.order_by("id"))
    return found.select_related("organization", "confirmed_by").prefetch_related(
        "phones", places, Prefetch("onward", queryset=onward)
    )


def to_confirm() -> list[Service]:
    """Active services whose confirmation is missing or old, the oldest first; for a clerk's list.
    Six queries."""
    today = timezone.localdate()
    due = Service.objects.filter(active=True).filter(
        Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=today - STALE_AFTER)
    )
    found = with_everything(due).order_by("confirmed_on", "rank", "id")
    return [one for one in found if needs_confirming(one, today)]


def needs_confirming(one: Service, today: date) -> bool:
    """Whether a clerk has to ask: nobody ever did, or longer ago than 90 days. 911 is asked by
    nobody."""
    return one.kind != "emergency" and (one.confirmed_on is None or one.old(today))


@dataclass(frozen=True, slots=True)
class Became:
    """Referrals of a year by kind of service, and by what became of them; exact counts.

    Both add up to the same. `untold`: nobody said anything.
    """

    kinds: dict[str, int]
    outcomes: dict[str, int]


def became(year: int) -> Became:
    """What became of the referrals that were given in a year. One query."""
    kinds: Counter[str] = Counter()
    outcomes = Counter(dict.fromkeys((*Referral.Outcome.values, UNTOLD), 0))
    counted = (
        Referral.objects.filter(given_on__year=year)
        .order_by()
        .values_list("service__kind", "outcome")
        .annotate(count=Count("id"))
    )
    for kind, outcome, count in counted:
        kinds[kind] += count
        outcomes[outcome or UNTOLD] += count
    return Became(dict(kinds), dict(outcomes))


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the referrals to one service, as exact counts.

    `reached` = `helped` + `sent_on`; `untold`: nobody said anything. Small counts are to be hidden
    by whoever publishes them (accountability).
    """

    service: UUID
    name: str
    given: int
    helped: int
    sent_on: int
    not_reached: int

    @property
    def reached(self) -> int:
        """Who reached the service, whether or not it could help."""
        return self.helped + self.sent_on

    @property
    def untold(self) -> int:
        """Of how many nobody said what became."""
        return self.given - self.reached - self.not_reached


def figures(begin: date, end: date) -> list[Figures]:
    """Figures per service of referrals given from `begin` to before `end`, all services of the
    directory, also those with none. Two queries."""
    outcome = Referral.Outcome
    counted: Iterable[Mapping[str, Any]] = (
        Referral.objects.filter(given_on__gte=begin, given_on__lt=end)
        .order_by()
        .values("service_id")
        .annotate(
            given=Count("id"),
            helped=Count("id", filter=Q(outcome=outcome.HELPED)),
            sent_on=Count("id", filter=Q(outcome=outcome.SENT_ON)),
            not_reached=Count("id", filter=Q(outcome=outcome.NOT_REACHED)),
        )
    )
    names = ("given", "helped", "sent_on", "not_reached")
    by_service = {row["service_id"]: {name: int(row[name]) for name in names} for row in counted}
    none = dict.fromkeys(names, 0)
    shown: Iterable[tuple[UUID, str]] = (
        (one.pk, str(one.name))
        for one in Service.objects.only("id", "name", "active", "rank").order_by("rank", "id")
        if one.active or one.pk in by_service
    )
    return [Figures(pk, name, **by_service.get(pk, none)) for pk, name in shown]
