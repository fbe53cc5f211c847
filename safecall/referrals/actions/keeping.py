"""Keeping the directory. No change may leave a chain that goes round or ends at nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused, InvalidField
from safecall.referrals import chains
from safecall.referrals.actions import values
from safecall.referrals.models import (
    Directory,
    Location,
    Onward,
    Organization,
    Phone,
    Service,
)

#: A person follows a chain on foot: whoever is sent on this often is helped by nobody.
LONGEST_CHAIN: Final = 12


@dataclass(frozen=True, slots=True)
class OrganizationData:
    """Whose service it is."""

    name: str
    id: UUID | None = None
    description: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class PlaceData:
    """Where it is; an address is whole (street, city, state, postal code) or empty."""

    id: UUID | None = None
    name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"


@dataclass(frozen=True, slots=True)
class PhoneData:
    """A number as it is typed, perhaps with its extension; `kind` as `Phone.Kind`."""

    number: str
    extension: str = ""
    kind: str = Phone.Kind.VOICE.value


@dataclass(frozen=True, slots=True)
class ServiceData:
    """A service as a form or a file gives it; `onward` are ids of services, first choice first."""

    id: UUID
    organization: OrganizationData
    name: str
    description: str = ""
    kind: str = "other"
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: bool = False
    hours: str = ""
    website: str = ""
    active: bool = True
    takes_everyone: bool = False
    phones: tuple[PhoneData, ...] = ()
    places: tuple[PlaceData, ...] = ()
    onward: tuple[UUID, ...] = ()
    rank: int = 100


class BrokenChain(InvalidField):
    """A chain would go round, or end at a service that neither helps everyone nor refers on.

    `chain` are the names of its services, in order.
    """

    def __init__(self, chain: list[str], why: str) -> None:
        super().__init__("onward", f"{' → '.join(chain)}: {why}")
        self.chain = chain


@contextmanager
def hold_directory() -> Iterator[None]:
    """A transaction in which nobody else changes the directory."""
    with transaction.atomic():
        Directory.objects.get_or_create(pk=1)
        Directory.objects.filter(pk=1).update(version=F("version") + 1)
        yield


def keep_service(
    actor: Actor, data: ServiceData, *, confirmed: bool = False, seen: datetime | None = None
) -> Service:
    """Make the service of this id, or change it.

    `confirmed`: the office was asked today and says that all of this is right. Without it a
    change of what people are told (numbers, hours, languages, place) ends the confirmation.
    `seen`: when it had last been changed as somebody opened it.

    Raises `ActRefused` where somebody else changed it since, `InvalidField` (and `BrokenChain`,
    with the chain), `guard.GuardUnavailable`.
    """
    with hold_directory():
        if seen and Service.objects.filter(pk=data.id, changed_at__gt=seen).exists():
            raise ActRefused(
                "Somebody else changed this service meanwhile. Nothing of yours is lost or kept: "
                "open it in a second window, compare, and put yours in there."
            )
        service = keep_alone(data)
        if confirmed and actor.user:
            _confirm(actor, service)
        require_whole()
    return service


def confirm(actor: Actor, service: Service) -> Service:
    """The office was asked today, and what stands in the directory is right."""
    with hold_directory():
        current = Service.objects.get(pk=service.pk)
        _confirm(actor, current)
    return current


def _confirm(actor: Actor, service: Service) -> None:
    service.confirmed_on = timezone.localdate()
    service.confirmed_by = actor.user
    service.save(update_fields=["confirmed_on", "confirmed_by", "changed_at"])


def keep_alone(data: ServiceData) -> Service:
    """Keep one service without looking at the chains; inside `hold_directory`, before
    `require_whole`. Onward services have to be there already, see `keep_onward`."""
    columns, phones = service_columns(data), phone_columns(data.phones)
    if data.takes_everyone and not any(one["kind"] == Phone.Kind.VOICE for one in phones):
        raise InvalidField("phones", "A service that takes everyone needs a number to call.")
    before = _told(Service.objects.filter(pk=data.id).first())
    organization = _keep_organization(data.organization)
    service, _ = Service.objects.update_or_create(
        pk=data.id, defaults={**columns, "organization": organization}
    )
    service.phones.all().delete()
    for one in phones:
        Phone.objects.create(service=service, **one)
    service.locations.set([_keep_place(organization, one) for one in data.places])
    keep_onward(service, data.onward)
    if before != _told(service) and service.confirmed_on:
        service.confirmed_on = service.confirmed_by = None
        service.save(update_fields=["confirmed_on", "confirmed_by"])
    return service


def keep_onward(service: Service, targets: tuple[UUID, ...]) -> None:
    """Where it refers on becomes exactly this. Raises `InvalidField` where one is not there."""
    there = set(Service.objects.filter(pk__in=targets).values_list("pk", flat=True))
    if missing := [target for target in targets if target not in there]:
        raise InvalidField("onward", f"There is no service {missing[0]} to refer on to.")
    service.onward.all().delete()
    for rank, target in enumerate(dict.fromkeys(targets), 1):
        Onward.objects.create(service=service, target_id=target, rank=rank)


def require_whole() -> None:
    """Raise `BrokenChain` where a chain of the active services goes round or ends at nobody."""
    graph, ends, names = graph_of_active()
    if found := chains.circle(graph):
        raise BrokenChain([names[key] for key in found], "this goes round. Whom else do they know?")
    if found := chains.loose_end(graph, ends):
        raise BrokenChain(
            [names[key] for key in found],
            "the chain ends here, and this service does not take everyone. Say where it refers "
            "on, for example to 211.",
        )
    if len(found := chains.longest(graph)) > LONGEST_CHAIN:
        raise BrokenChain(
            [names[key] for key in found], f"more than {LONGEST_CHAIN} services. Shorten it."
        )


def graph_of_active() -> tuple[dict[UUID, list[UUID]], set[UUID], dict[UUID, str]]:
    """The onward graph of the active services, those that take everyone, and their names.

    Two queries.
    """
    services = list(Service.objects.filter(active=True))
    graph: dict[UUID, list[UUID]] = {one.pk: [] for one in services}
    edges = Onward.objects.filter(service__active=True).order_by("rank", "id")
    for source, target in edges.values_list("service_id", "target_id"):
        graph[source].append(target)
    ends = {one.pk for one in services if one.takes_everyone}
    return graph, ends, {one.pk: str(one.name) for one in services}


def _told(service: Service | None) -> object:
    """What people are told of the service, and a confirmation therefore covers."""
    if service is None:
        return None
    phones = service.phones.values_list("number", "extension", "kind")
    places = service.locations.values_list("street", "city", "postal_code")
    plain = (service.hours, service.languages, service.interpreter, service.website)
    return (*plain, str(service.name), sorted(phones), sorted(map(str, places)))


def service_columns(data: ServiceData) -> dict[str, Any]:
    """The columns that may be stored. Raises `InvalidField`."""
    if not 0 <= data.rank <= 999:
        raise InvalidField("rank", "A whole number from 0 (shown first) to 999.")
    return {
        "name": values.words("name", data.name, needed=True),
        "description": values.words("description", data.description),
        "kind": values.kind(data.kind),
        "needs": values.needs(data.needs),
        "languages": values.tags(data.languages),
        "interpreter": data.interpreter,
        "hours": values.weekly(data.hours),
        "website": values.website(data.website),
        "active": data.active,
        "takes_everyone": data.takes_everyone,
        "rank": data.rank,
    }


def phone_columns(phones: tuple[PhoneData, ...]) -> list[dict[str, str]]:
    """The numbers that may be stored. Raises `InvalidField`."""
    found = []
    for one in phones:
        number, extension = values.number(one.number)
        extension = values.extension(one.extension) or extension
        kind = values.phone_kind(one.kind)
        found.append({"number": number, "extension": extension, "kind": kind})
    return found


def organization_columns(data: OrganizationData) -> dict[str, Any]:
    """The columns that may be stored. Raises `InvalidField`."""
    return {
        "name": values.words("organization", data.name, needed=True),
        "description": values.words("organization", data.description),
        "website": values.website(data.website),
    }


def place_columns(data: PlaceData) -> dict[str, Any]:
    """The columns that may be stored. Raises `InvalidField`."""
    values.coordinates(data.latitude, data.longitude)
    address = (data.street, data.city, data.state, data.postal_code)
    if any(address) and not all(address):
        raise InvalidField("street", "Give street, city, state and postal code, or none of them.")
    return {
        "name": values.words("place", data.name),
        "latitude": data.latitude,
        "longitude": data.longitude,
        "street": values.words("street", data.street),
        "city": values.words("city", data.city),
        "state": values.matching("state", data.state),
        "postal_code": values.matching("postal_code", data.postal_code),
        "country": values.matching("country", data.country),
    }


def _keep_organization(data: OrganizationData) -> Organization:
    columns = organization_columns(data)
    if data.id is None:
        same = Organization.objects.filter(name=str(columns["name"])).order_by("id").first()
        if same:
            return same
    return Organization.objects.update_or_create(pk=data.id or uuid4(), defaults=columns)[0]


def _keep_place(organization: Organization, data: PlaceData) -> Location:
    columns = {**place_columns(data), "organization": organization}
    return Location.objects.update_or_create(pk=data.id or uuid4(), defaults=columns)[0]
