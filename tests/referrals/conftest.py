"""The offices of these tests. All are invented; numbers with 555-01 are reserved for fiction."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from safecall.contacts.actions import Actor
from safecall.people.models import User
from safecall.referrals.actions import OrganizationData, PhoneData, ServiceData, keep_service
from safecall.referrals.models import Service

Make = Callable[..., Service]


def data(name: str, **fields: object) -> ServiceData:
    """A service that takes everyone, unless `fields` say otherwise."""
    values: dict[str, object] = {"takes_everyone": True, "phones": (PhoneData("218 555 0142"),)}
    values |= fields
    key = values.pop("id", None)
    assert key is None or isinstance(key, UUID)
    return ServiceData(
        key or uuid4(),
        OrganizationData("Invented Office"),
        name,
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def clerk(ruth: User) -> Actor:
    return Actor.staff(ruth)


@pytest.fixture
def make(clerk: Actor) -> Make:
    """Makes services: `make("Help line", onward=(other.pk,), takes_everyone=False)`."""

    def made(name: str, *, confirmed: bool = False, **fields: object) -> Service:
        return keep_service(clerk, data(name, **fields), confirmed=confirmed)

    return made
