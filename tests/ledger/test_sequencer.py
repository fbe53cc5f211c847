"""Every row gets one place, whoever writes, however many sequence, and whatever is killed."""

import random
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safecall.ledger import store, tree
from safecall.ledger.models import LedgerRow, Log
from safecall.ledger.sequencer import sequence, sequence_all
from tests.ledger.rows import Kind, add, head, inside_by_definition
from tests.support.service import ROOT, Service

WRITE = """
from tests.ledger.rows import Kind, add
import random
from django.db import OperationalError, transaction
for _ in range(60):
    try:
        with transaction.atomic():
            add(random.choice([Kind.CONTACT, Kind.CONTACT_ACT, Kind.GUARD_REMOVED]), 5)
            if random.random() < 0.2:
                raise ZeroDivisionError
    except ZeroDivisionError:
        pass
"""
SEQUENCE = """
import time
from safecall.ledger.sequencer import sequence
while True:
    sequence(batch=7)
    time.sleep(0.001)
"""
SETTLE = """
from safecall.ledger.models import LedgerRow
from safecall.ledger.sequencer import sequence_all
from tests.ledger.rows import head, inside_by_definition
sequence_all()
waiting = LedgerRow.objects.filter(index=None).count()
print(waiting, LedgerRow.objects.count(), head() == inside_by_definition(), head()[0])
"""


def test_rows_are_placed_in_batches_that_go_on_where_the_last_ended(db: None) -> None:
    add(Kind.CONTACT, 300)
    add(Kind.CONTACT_ACT, 300)
    assert sequence(batch=290) == 290
    add(Kind.CONTACT, 10)
    assert sequence_all(batch=100) == 320
    assert sequence() == 0
    assert head() == inside_by_definition()
    assert Log.objects.get(name=Log.INSIDE).totals == {"contact": 310, "contact_act": 300}


def test_proofs_come_from_the_stored_tiles(db: None) -> None:
    add(Kind.CONTACT, 1000)
    sequence_all(batch=333)
    log = Log.objects.get(name=Log.INSIDE)
    subtree = store.subtree(log)
    old = tree.root_at(700, subtree)
    proof = tree.consistency(700, 1000, subtree)
    tree.verify_consistency(700, 1000, proof, old, bytes(log.root))


def test_an_empty_ledger_has_nothing_to_place(db: None) -> None:
    assert sequence() == 0
    assert not Log.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_commits_late_is_not_left_behind() -> None:
    """On PostgreSQL a later id can be there before an earlier one; on SQLite writers queue."""
    add(Kind.CONTACT, 3)
    late = LedgerRow.objects.order_by("id").first()
    assert late
    pk = late.pk
    late.delete()
    sequence_all()
    late.pk = pk
    late.save(force_insert=True)
    sequence_all()
    assert head() == inside_by_definition()
    assert LedgerRow.objects.get(pk=pk).index == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_interrupted_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    add(Kind.CONTACT, 10)
    sequence(batch=4)
    before = head()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(store, "_place", fail)
        with pytest.raises(ZeroDivisionError):
            sequence()
    assert head() == before
    sequence_all()
    assert head() == inside_by_definition()


def test_as_many_queries_for_many_rows_as_for_few(db: None) -> None:
    def counted(rows: int) -> int:
        add(Kind.CONTACT, rows)
        with CaptureQueriesContext(connection) as queries:
            assert sequence() == rows
        return len(queries)

    counted(1)  # makes the log
    few = counted(2)
    assert counted(90) == few


def _together(service: Service) -> None:
    """Writers and sequencers at once, in processes of their own; sequencers are killed."""

    def run(code: str) -> subprocess.Popen[bytes]:
        setup = f"import django; django.setup()\n{code}"
        environment = {
            **service.environment,
            "DJANGO_SETTINGS_MODULE": "safecall.config.settings",
        }
        return subprocess.Popen([sys.executable, "-c", setup], env=environment, cwd=ROOT)

    sequencers = [run(SEQUENCE) for _ in range(3)]
    writers = [run(WRITE) for _ in range(2)]
    kills = 0
    try:
        while any(one.poll() is None for one in writers) or kills < 6:
            time.sleep(random.uniform(0.3, 0.8))
            victim = random.randrange(len(sequencers))
            assert sequencers[victim].poll() is None, "a sequencer ended by itself"
            sequencers[victim].send_signal(signal.SIGKILL)
            sequencers[victim].wait()
            kills += 1
            sequencers[victim] = run(SEQUENCE)
    finally:
        for one in (*sequencers, *writers):
            one.kill()
            one.wait()
    assert [one.returncode for one in writers] == [0, 0]
    waiting, rows, sound, size = service.python(SETTLE).split()
    assert (waiting, sound) == ("0", "True")
    assert int(size) == int(rows) > 300


@pytest.mark.slow
def test_several_processes_on_sqlite(new_service: Callable[..., Service]) -> None:
    service = new_service()
    service.migrate()
    _together(service)


@pytest.mark.slow
def test_several_processes_on_postgresql(
    new_service: Callable[..., Service], postgres: str, tmp_path: Path
) -> None:
    name = f"ledger_{secrets.token_hex(4)}"
    host = postgres.split("host=")[1]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    service = new_service(postgres.replace("@/postgres", f"@/{name}"))
    service.migrate()
    _together(service)
