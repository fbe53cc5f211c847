"""The same rows through the API one by one, and through the bulk door: the same records."""

import json
from collections import Counter
from itertools import count
from typing import Any

import polars as pl
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safecall.api import intake
from safecall.contacts.actions.bulk import write
from safecall.contacts.models import Agency, AnsweringPoint, Contact, HistoryEntry, Note
from safecall.feeds import bulk, mapping_file
from safecall.feeds.mapping import RowRefused
from safecall.ledger.models import LedgerRow
from safecall.people.models import SystemToken

MAPPING = mapping_file.parse(
    """
name = "two-doors"
title = "Invented calls"
timezone = "America/Chicago"
[contact]
source_number = "{no}"
place = "{place}"
narrative = "{words}"
latitude = "{lat}"
longitude = "{lon}"
priority = "{priority}"
language = "{language}"
[times]
received_at = { columns = ["at"], format = "iso" }
answered_at = { columns = ["answered"], format = "iso" }
finished_at = { columns = ["end"], format = "iso" }
[channel]
column = "way"
default = "911"
[channel.values]
"counter" = "counter"
[disposition]
default = "13"
[types]
column = "type"
fallback = "NONEMERG"
[types.values]
"LOUD" = "NOISE"
"FIRE" = "FUNK"
""",
    "two-doors.toml",
)
_WORDS = (
    "", "Two men at the door.", "He is undocumented and afraid.", "Caller says ICE was here.",
    "Her visa expired. She has no papers.", "a note of too many words " * 900,
)  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "place": st.sampled_from(
            ["", "12 Invented Lane", "The undocumented man, 3 Main St", "x" * 501]
        ),
        "words": st.sampled_from(_WORDS),
        "lat": st.sampled_from(["", "46.8", "0.0", "95"]),
        "lon": st.sampled_from(["", "-92.1", "0.01"]),
        "priority": st.sampled_from(["", "2", "9"]),
        "language": st.sampled_from(["", "so", "zh-Hant", "not a tag"]),
        "at": st.sampled_from(
            [
                "", "soon", "2018-12-31T23:59:59", "2019-01-01T00:00:01", "2019-06-01T12:00:00",
                "2024-02-29T10:00:00+00:00", "2199-01-01T00:00:00",
            ]
        ),
        "answered": st.sampled_from(["", "2019-06-01T12:00:05", "2020-01-01T00:00:00"]),
        "end": st.sampled_from(["", "2018-01-01T00:00:00", "2024-03-01T00:00:00"]),
        "way": st.sampled_from(["counter", "radio"]),
        "type": st.sampled_from(["LOUD", "FIRE", "SOMETHING"]),
    }
)  # fmt: skip
#: Rows of a file: (the source's number, the row). A number that comes again has the same row.
FILE = st.lists(st.tuples(st.sampled_from(["", "!", "N-1", "N-2", "N 3"]), ROW), max_size=7)
_codes = count()

Record = tuple[Any, ...]


def _rows(chosen: list[tuple[str, dict[str, str]]]) -> list[dict[str, str]]:
    first: dict[str, dict[str, str]] = {}
    rows = []
    for number, row in chosen:
        same = first.setdefault(number, row) if number else row
        rows.append({"no": number, **same})
    return rows


def _records() -> Counter[Record]:
    """Every contact with what belongs to it; what has to differ between the doors left out."""
    left_out = {"id", "opened_at", "source", "year", "serial"}
    columns = [one.attname for one in Contact._meta.concrete_fields if one.name not in left_out]
    found: Counter[Record] = Counter()
    for contact in Contact.objects.all():
        history = [
            (
                one.act,
                one.version,
                tuple(sorted((k, v) for k, v in one.data.items() if k != "source")),
            )
            for one in HistoryEntry.objects.filter(contact=contact).order_by("id")
        ]
        ledger = Counter(
            LedgerRow.objects.filter(subject=contact.pk).values_list("kind", flat=True)
        )
        notes = Note.objects.filter(contact=contact)
        found[
            tuple(getattr(contact, name) for name in columns),
            tuple(history),
            tuple(sorted(ledger.items())),
            tuple(notes.values_list("text", "removed", "mentions_authority")),
        ] += 1
    return found


class TwoDoors(TestCase):
    """A department whose calls come in twice: one by one, and by the bulk door."""

    def setUp(self) -> None:
        code = f"doors-{next(_codes)}"
        agency = Agency.objects.create(code=code, name="Test Police Department")
        self.point = AnsweringPoint.objects.create(code=code, name="Here", agency=agency)
        self.secret = SystemToken.issue(code, ["contacts:write"], self.point.code)[1]
        intake._points.clear()

    def _post(self, path: str, body: dict[str, Any], key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"}
        if key:
            headers["Idempotency-Key"] = key
        return Client().post(
            path, json.dumps(body), content_type="application/json", headers=headers
        )

    def _one_by_one(self, rows: list[dict[str, str]]) -> tuple[set[int], int]:
        """As `safecall replay --close` sends them; the rows refused, and how many were there."""
        refused, there = set(), 0
        for number, row in enumerate(rows, start=1):
            try:
                call = MAPPING.call(number, row)
            except RowRefused:
                refused.add(number)
                continue
            answer = self._post("/api/v1/contacts", call.payload, call.key)
            if answer.status_code not in (200, 201):
                refused.add(number)
                continue
            there += answer.status_code == 200
            said = answer.json()
            if call.finished_at and said["state"] != "closed":
                body = {"disposition": call.disposition, "at": call.finished_at}
                self._post(f"/api/v1/contacts/{said['id']}/close", body)
        return refused, there

    @settings(max_examples=60, deadline=None)
    @given(FILE)
    def test_both_doors_lead_to_the_same_records(
        self, chosen: list[tuple[str, dict[str, str]]]
    ) -> None:
        rows = _rows(chosen)
        with transaction.atomic():
            refused, there = self._one_by_one(rows)
            wanted = _records()
            transaction.set_rollback(True)
        if not rows:
            return
        mapped = bulk.make(bulk.Plain(MAPPING, self.point), 1, pl.DataFrame(rows))
        done = write(mapped.batch)
        assert _records() == wanted
        assert set(mapped.refused) == refused
        assert (done.already_there, done.other) == (there, [])
        assert done.opened == sum(wanted.values()) == Contact.objects.count()
