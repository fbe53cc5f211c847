"""The serving process is killed outright, again and again, in the middle of a replay."""

import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from safecall.feeds import mapping_file
from safecall.feeds.replay import Options, Replay
from tests.api.department import SET_UP
from tests.support.service import Service

KILLS = 8
MAPPING = mapping_file.parse(
    """
name = "crash"
title = "Invented calls"
timezone = "America/Chicago"
[contact]
source_number = "{no}"
narrative = "Invented call {no}: two men at the door."
[times]
received_at = { columns = ["at"], format = "iso" }
[channel]
default = "911"
[disposition]
default = "13"
[types]
fallback = "DISORD"
""",
    "crash",
)


def _rows(enough: threading.Event) -> Iterator[tuple[int, dict[str, str]]]:
    number = 0
    while not enough.is_set():
        number += 1
        yield number, {"no": f"C-{number}", "at": "2024-01-01T10:00:00"}


def _numbered(service: Service) -> sqlite3.Connection:
    """The database, once every contact has its number."""
    database = sqlite3.connect(service.folder / "service.sqlite3")
    end = time.monotonic() + 20
    waiting = "SELECT COUNT(*) FROM contacts_contact WHERE serial IS NULL"
    while database.execute(waiting).fetchone()[0] and time.monotonic() < end:
        time.sleep(0.1)
    return database


def _wait_for_more(acknowledged: dict[str, str], calls: int) -> None:
    """Until so many more calls were acknowledged: the next ones are then under way."""
    wanted, end = len(acknowledged) + calls, time.monotonic() + 20
    while len(acknowledged) < wanted and time.monotonic() < end:
        time.sleep(0.005)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(
    new_service: Callable[..., Service],
) -> None:
    service = new_service().start()
    token = service.python(SET_UP).split()[-1]
    acknowledged: dict[str, str] = {}
    enough = threading.Event()
    replay = Replay(
        MAPPING,
        Options(service.url, token, workers=4, patience=120),
        accepted=lambda call, contact: acknowledged.update(
            {contact["id"]: call.payload["source_number"]}
        ),
    )
    sending = threading.Thread(target=replay.run, args=[_rows(enough)])
    sending.start()
    for _ in range(KILLS):
        _wait_for_more(acknowledged, random.randint(5, 80))
        service.kill()
        service.start()
    enough.set()
    sending.join()

    assert replay.summary.unanswered == 0
    assert replay.summary.refusals == []
    assert replay.summary.retries > 0
    assert len(acknowledged) > KILLS
    database = _numbered(service)

    def values(sql: str) -> list[str]:
        return [row[0] for row in database.execute(sql)]

    contacts = set(values("SELECT id FROM contacts_contact"))
    assert {identity.replace("-", "") for identity in acknowledged} <= contacts
    # Sent again after each kill, yet opened once.
    sent = values("SELECT source_number FROM contacts_contact")
    assert len(sent) == len(set(sent)) == replay.summary.sent == len(acknowledged)
    serials = sorted(map(int, values("SELECT serial FROM contacts_contact")))
    assert serials == list(range(1, len(contacts) + 1))
    whole = {
        "note": "SELECT contact_id FROM contacts_note",
        "key": "SELECT contact_id FROM api_idempotencykey",
        "history": "SELECT contact_id FROM contacts_historyentry WHERE act = 'open'",
        "ledger": "SELECT subject FROM ledger_ledgerrow WHERE kind = 'contact'",
    }
    for name, sql in whole.items():
        found = values(sql)
        assert len(found) == len(set(found)), name
        assert set(found) == contacts, name
