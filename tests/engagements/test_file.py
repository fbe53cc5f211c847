"""Engagements from a spreadsheet: line by line, twice the same, nothing that is not known."""

import csv
import io
from typing import Any

import pytest

from safecall.contacts.actions import Actor
from safecall.engagements import file, reading, selectors
from safecall.engagements.models import Engagement, PolicyFinding
from safecall.vocabulary.engagements import outcome
from tests.engagements.said import about_a_suspect, detainer, in_a_task_force

pytestmark = pytest.mark.django_db
SERVICE = Actor.service()


def written(*rows: dict[str, str], more: tuple[str, ...] = ()) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, [*file.COLUMNS, *more])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def line(**changes: str) -> dict[str, str]:
    return {**file.EXAMPLES[0], **changes}


def test_the_template_is_recorded_once() -> None:
    sent = file.template().encode()
    first = file.keep(SERVICE, file.read(sent))
    assert [one.number for one in first] == ["E-2019-0001", "E-2020-0001"]
    assert all(one.source == "historical_import" for one in first)
    again = file.read(sent)
    assert (again.new, again.known) == ((), 2)
    assert file.keep(SERVICE, again) == []
    assert Engagement.objects.count() == 2
    # The op-ed's case and a declined detainer of the past break nothing.
    assert not PolicyFinding.objects.exists()


def test_everything_that_can_be_said_can_be_imported() -> None:
    for facts in (
        about_a_suspect(held_minutes=4, held_beyond_release=True),
        detainer(decision=outcome.Decision.GRANTED_FULL),
        in_a_task_force(),
    ):
        row: dict[str, Any] = {**reading.flat(facts), "key": "1", "source": "live"}
        papers = [f"{p['kind']}/{p['signed_by']}/{p['issuing_court']}" for p in row["instruments"]]
        told = {name: said(row.get(name)) for name in file.COLUMNS} | {"papers": " ".join(papers)}
        preview = file.read(written(told))
        assert preview.faults == ()
        assert preview.new[0].facts == facts


def said(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("change", "column", "told"),
    [
        ({"key": ""}, "key", "key of its own"),
        ({"happened_at": "14.3.2019"}, "happened_at", "2026-01-31 14:30"),
        ({"happened_at": "2999-01-01"}, "happened_at", "future"),
        ({"happened_at": ""}, "happened_at", "Say when"),
        ({"authority": "ICE"}, "authority", "Choose one of: CBP_USBP"),
        ({"direction": ""}, "direction", "inbound_request"),
        ({"request_types": "detainer_hold nonsense"}, "request_types", "detainer_hold"),
        ({"task_force_purpose": "drugs"}, "task_force_purpose", "Choose one of: narcotics"),
        ({"task_force_agencies": "fbi Duluth"}, "task_force_agencies", "city_police"),
        ({"papers": "I-247A/judge"}, "papers", "judge_or_magistrate"),
        ({"offense_code": "theft"}, "offense_code", "no words"),
        ({"investigation_continues": "maybe"}, "investigation_continues", "yes or no"),
        ({"people": "two"}, "people", "whole number"),
        ({"people": "99999999"}, "people", "0 to 10,000"),
        ({"approval": "approved"}, "approved_at", "Say when it was approved"),
        (
            {"approval": "approved", "approved_at": "2019-03-14", "approval_role": "Sgt. Doe"},
            "approval_role",
            "small letters",
        ),
        ({"contact_number": "2019-000001"}, "contact_number", "No contact"),
        ({"source": "elsewhere"}, "source", "live"),
    ],
)
def test_a_wrong_line_says_what_to_write(change: dict[str, str], column: str, told: str) -> None:
    preview = file.read(written(line(key="right"), line(**change)))
    assert [(one.line, one.column) for one in preview.faults] == [(3, column)]
    assert told in preview.faults[0].message
    # What was typed is never repeated: it may be anything.
    assert not {value for value in change.values() if value} & {preview.faults[0].message}
    with pytest.raises(ValueError, match="faults"):
        file.keep(SERVICE, preview)


def test_columns_with_somebodys_status_are_not_read() -> None:
    sent = written(
        {**line(), "ALIEN": "Y", "PLACE OF BIRTH": "Honduras", "name": "Juan Canary"},
        more=("ALIEN", "PLACE OF BIRTH", "name"),
    )
    preview = file.read(sent)
    assert (preview.faults, preview.unread) == ((), 3)
    row = file.keep(SERVICE, preview)[0]
    kept = str(list(Engagement.objects.values())) + str(selectors.facts(selectors.latest(row)))
    assert "Honduras" not in kept
    assert "Canary" not in kept


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", "columns are missing"),
        (b"key,when\n", "columns are missing: happened_at"),
        (",".join(file.COLUMNS).encode(), "no line below"),
        ("clé,é".encode("latin-1"), "CSV UTF-8"),
        ((",".join(file.COLUMNS) + '\n"open').encode(), ""),
    ],
)
def test_a_file_that_is_none(sent: bytes, told: str) -> None:
    preview = file.read(sent)
    assert len(preview.faults) == 1
    assert told in preview.faults[0].message


def test_two_lines_with_one_key() -> None:
    faults = file.read(written(line(), line())).faults
    assert [(one.line, one.column) for one in faults] == [(3, "key")]


def test_an_approval_comes_along() -> None:
    told = line(
        source="live",
        happened_at="2026-11-20 10:00",
        approval="approved",
        approved_at="2026-11-20 09:00",
        approval_role="sergeant",
    )
    row = file.keep(SERVICE, file.read(written(told)))[0]
    assert row.approvals.get().role == "sergeant"
    assert "APPROVAL_MISSING" not in row.policy_findings.values_list("code", flat=True)
