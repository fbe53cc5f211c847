"""What a record never holds: names, identifiers, origin, status, documents, languages, places."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from hypothesis import HealthCheck, given, settings

from safecall import guard
from safecall.contacts.actions import Actor, InvalidField
from safecall.engagements.actions import amend, record
from safecall.engagements.facts import Facts, TaskForce
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.vocabulary.coded import Coded
from safecall.vocabulary.engagements import occasion, outcome
from tests.engagements.anything import facts as any_facts
from tests.engagements.said import about_a_suspect

#: Every column of the room that is neither a time, a number, a flag, a link nor a code of a closed
#: list; each is checked by its act, or is about staff.
TEXT = {
    "Engagement.offense_code",
    "Engagement.recorded_by_label",
    "Engagement.task_force",
    "Approval.asked_by_label",
    "Approval.approved_by_label",
    "Approval.role",
    "TrackStep.recorded_by_label",
    "PolicyFinding.seen_by_label",
    "MentionSettled.settled_by_label",
}
NEVER = {
    "name", "birth", "born", "dob", "ssn", "alien", "fbi", "sid", "country", "origin", "nation",
    "citizen", "status", "visa", "language", "address", "place", "phone", "victim", "narrative",
    "note_text", "ncic", "race", "sex", "age",
}  # fmt: skip


def _columns() -> list[tuple[str, models.Field[Any, Any]]]:
    return [
        (f"{model.__name__}.{column.name}", column)
        for model in apps.get_app_config("engagements").get_models()
        for column in model._meta.local_fields
    ]


def test_there_is_no_column_for_it() -> None:
    columns = _columns()
    assert len(columns) > 60
    wrong = [name for name, column in columns if NEVER & set(column.name.split("_")) - {""}]
    assert wrong == []


def test_no_column_takes_words() -> None:
    text = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    free = {name for name, one in _columns() if isinstance(one, text) and not one.choices}
    assert free == TEXT


def test_no_code_and_no_label_names_somebodys_status() -> None:
    lists = [
        one for one in (*vars(occasion).values(), *vars(outcome).values()) if isinstance(one, type)
    ]
    coded = [
        member for one in lists if issubclass(one, Coded) and one is not Coded for member in one
    ]
    assert len(coded) > 150
    for member in coded:
        removed = [one for one in guard.screen(member.label).findings if one.removed]
        assert removed == [], member
        assert not guard.ask(member.label), member


#: The whole of what the public ledger may say of an engagement, and of which kind it is.
CLOSED: dict[str, Any] = {
    "month": "month",
    "number": "number",
    "version": int,
    "source": occasion.Source,
    "direction": occasion.Direction,
    "authority": occasion.Authority,
    "purpose_class": occasion.Purpose,
    "request_types": [occasion.RequestKind],
    "instruments": [{"kind": occasion.InstrumentKind, "judicial": bool}],
    "subject_role": occasion.SubjectRole,
    "subject_count": int,
    "offense_level": occasion.OffenseLevel,
    "stage": occasion.Stage,
    "investigation_continues": (bool, type(None)),
    "decision": outcome.Decision,
    "decline_reason": outcome.DeclineReason,
    "legal_basis": outcome.Basis,
    "actions_taken": [outcome.Action],
    "custody_outcome": outcome.Custody,
    "held_beyond_release": bool,
    "held_minutes": int,
    "resources": {"people": int, "minutes": int, "vehicles": int, "facilities": int},
    "findings": [outcome.Finding],
}


def holds(value: Any, kind: Any) -> bool:
    """Whether a value of the record is of its kind, and nothing else is in it."""
    if isinstance(kind, dict):
        return value.keys() == kind.keys() and all(holds(value[k], kind[k]) for k in kind)
    if isinstance(kind, list):
        return all(holds(one, kind[0]) for one in value)
    if kind == "month":
        return len(value) == 7 and value[:4].isdigit() and 1 <= int(value[5:]) <= 12
    if kind == "number":
        return value.startswith("E-") and value[2:].replace("-", "").isdigit()
    if isinstance(kind, type) and issubclass(kind, Coded):
        return value in {one.value for one in kind}
    return isinstance(value, kind)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(any_facts(), any_facts())
def test_the_public_record_is_a_closed_world(amina: User, first: Facts, then: Facts) -> None:
    row = record(Actor.staff(amina), first)
    leaf = LedgerRow.objects.get(kind=LedgerRow.Kind.ENGAGEMENT, subject=row.pk)
    assert holds(leaf.record, CLOSED), leaf.record
    if first != then:
        later = amend(Actor.staff(amina), row, then)
        leaf = LedgerRow.objects.get(kind=LedgerRow.Kind.CORRECTION, subject=later.pk)
        assert holds(leaf.record, {"corrects": "number", **CLOSED}), leaf.record
    said = json.dumps(leaf.record)
    assert f"{then.happened_at:%Y-%m-%d}" not in said


def test_a_record_with_more_in_it_would_be_noticed(amina: User) -> None:
    kinds = {"month": "month", "resources": {"people": int}}
    assert holds({"month": "2026-10", "resources": {"people": 2}}, kinds)
    for wrong in (
        {"month": "2026-10-17", "resources": {"people": 2}},
        {"month": "2026-10", "resources": {"people": "two"}},
        {"month": "2026-10", "resources": {"people": 2, "name": 1}},
        {"month": "2026-10", "resources": {"people": 2}, "note": ""},
    ):
        assert not holds(wrong, kinds)


def test_every_immigration_authority_can_be_named_as_part_of_a_task_force() -> None:
    agencies = {one.value: one.label for one in occasion.Agency}
    known = {one.value: one.label for one in occasion.Authority}
    assert known.pop("UNKNOWN")
    assert known.items() <= agencies.items()
    assert len(set(agencies.values())) == len(agencies)


@pytest.mark.parametrize("code", ["asked-for-his-green-card", "Two Words", "x" * 41, "9th"])
def test_a_task_force_is_a_code(amina: User, code: str) -> None:

    with pytest.raises(InvalidField, match="code"):
        record(Actor.staff(amina), about_a_suspect(task_force=TaskForce(code)))


def test_arrests_for_immigration_are_a_part_of_all_arrests(amina: User) -> None:
    with pytest.raises(InvalidField, match="a part of all arrests"):
        record(Actor.staff(amina), about_a_suspect(task_force=TaskForce("lake-drugs", 2, 3)))
