"""Bringing a file into the directory: looked at first, then kept whole, or not at all."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from safecall.contacts.actions.base import InvalidField
from safecall.referrals import selectors
from safecall.referrals.actions.keeping import (
    hold_directory,
    keep_alone,
    keep_onward,
    require_whole,
)
from safecall.referrals.hsds import out
from safecall.referrals.hsds.read import Reading, Remark, read
from safecall.referrals.models import Service


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. With faults it does nothing.

    `ended` are services whose confirmation ends, because what people are told of them changes.
    """

    reading: Reading
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    ended: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[Remark]:
        """What has to be put right first."""
        return self.reading.faults

    @property
    def notices(self) -> list[Remark]:
        """What is left out."""
        return self.reading.notices


def preview(content: bytes) -> Preview:
    """What an import of this file would do; nothing is kept. Raises `guard.GuardUnavailable`."""
    return _bring(content, keep=False)


def bring(content: bytes) -> Preview:
    """Import the file, if it has no fault. An import adds and changes, takes nothing away, and
    confirms nothing. Raises `guard.GuardUnavailable`."""
    return _bring(content, keep=True)


def _bring(content: bytes, *, keep: bool) -> Preview:
    reading = read(content)
    if reading.faults:
        return Preview(reading)
    ids = [one.id for _, one in reading.services]
    with hold_directory():
        before = _state(ids)
        inner = transaction.savepoint()
        _keep(reading)
        after = _state(ids)
        if reading.faults or not keep:
            transaction.savepoint_rollback(inner)
        else:
            transaction.savepoint_commit(inner)
    if reading.faults:
        return Preview(reading)
    names = {one.id: one.name for _, one in reading.services}
    return Preview(
        reading,
        [names[key] for key in ids if key not in before],
        [names[key] for key in ids if key in before and before[key] != after[key]],
        sum(before.get(key) == after[key] for key in ids),
        [
            names[key]
            for key in ids
            if before.get(key, {}).get("assured_date") and not after[key].get("assured_date")
        ],
    )


def _keep(reading: Reading) -> None:
    """All services first, then where they refer on, then the chains; faults go to the reading."""
    kept: list[tuple[str, Service, tuple[UUID, ...]]] = []
    for place, one in reading.services:
        try:
            kept.append((place, keep_alone(replace(one, onward=())), one.onward))
        except InvalidField as error:
            reading.faults.append(Remark(place, error.field, error.message))
    for place, service, onward in kept:
        try:
            keep_onward(service, onward)
        except InvalidField as error:
            reading.faults.append(Remark(place, error.field, error.message))
    if not reading.faults:
        try:
            require_whole()
        except InvalidField as error:
            reading.faults.append(Remark("chains", error.field, error.message))


def _state(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """The services as they would be exported, without the time of their last change."""
    found = selectors.with_everything(Service.objects.filter(pk__in=ids))
    return {
        one.pk: {
            name: value
            for name, value in out.service(one, everything=True).items()
            if name != "last_modified"
        }
        for one in found
    }
