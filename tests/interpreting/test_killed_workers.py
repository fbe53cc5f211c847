"""Two workers in processes of their own, killed outright again and again: no ring is doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.service import ROOT, Service

REQUESTS, PEOPLE, KILLS = 5, 3, 8
# The ladder in a hurry, so that every rung falls while workers are being killed.
HURRY = {
    "SAFECALL_INTERPRETER_SINGLE_SECONDS": "2",
    "SAFECALL_INTERPRETER_ROSTER_WINDOW_SECONDS": "4",
    "SAFECALL_INTERPRETER_SECOND_VENDOR_SECONDS": "6",
    "SAFECALL_INTERPRETER_SUPERVISOR_SECONDS": "8",
    "SAFECALL_INTERPRETER_SILENCE_SECONDS": "3600",
    "SAFECALL_INTERPRETER_AGAIN_SECONDS": "3600",
}
WORKER = """
import threading
import django; django.setup()
from safecall.interpreting.worker import workers
workers[0].start()
threading.Event().wait()
"""
SET_UP = f"""
from safecall.contacts.actions import *
from safecall.contacts.models import *
from safecall.interpreting.actions import *
agency = Agency.objects.create(code="kill-pd", name="Test Police Department")
point = AnsweringPoint.objects.create(code="kill-911", name="Test County 911", agency=agency)
for number in (1, 2):
    code = f"line-{{number}}"
    keep_vendor(VendorData(code, f"Invented {{code}}", "+18005550100", rank=number))
for tag in {["so", "vi", "om", "ar", "uk"][:REQUESTS]}:
    for number in range({PEOPLE}):
        code = f"{{tag}}-{{number}}"
        skills = (SkillData(tag),)
        keep_interpreter(InterpreterData(code, f"Invented {{code}}", skills, hours="always"))
    opened = open_contact(Actor.system("CAD"), ContactOpening("911", point, language=tag))
    request_interpreter(Actor.system("CAD"), opened.contact)
"""
OFFERS = f"""
import time
from safecall.interpreting.models import Offer
end = time.monotonic() + 60
while Offer.objects.count() < {REQUESTS * (PEOPLE + 2 + 1)} and time.monotonic() < end:
    time.sleep(0.5)
time.sleep(2)
for offer in Offer.objects.order_by("id"):
    at = (offer.at - offer.request.requested_at).total_seconds()
    print(offer.request_id, offer.kind, offer.interpreter_id or offer.vendor_id, at, sep=",")
"""


def _worker(service: Service) -> subprocess.Popen[bytes]:
    environment = {**service.environment, "DJANGO_SETTINGS_MODULE": "safecall.config.settings"}
    with (service.folder / "workers.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", WORKER], env=environment, cwd=ROOT, stdout=log, stderr=log
        )


def _kill(process: subprocess.Popen[bytes]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def _offers(service: Service) -> list[list[str]]:
    """All offers once the last rung was reached, and two seconds more for any that is too many."""
    return [line.split(",") for line in service.python(OFFERS).split()]


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_workers_ring_nobody_twice_and_forget_nobody(
    database: str, new_service: Callable[..., Service], request: pytest.FixtureRequest
) -> None:
    url: Any = request.getfixturevalue("postgres") if database == "postgresql" else ""
    service = new_service(url, HURRY)
    service.migrate()
    service.manage("flush", "--no-input")
    service.python(SET_UP)
    workers = [_worker(service), _worker(service)]
    try:
        for kill in range(KILLS):
            time.sleep(random.uniform(0.5, 3.0))
            _kill(workers[kill % 2])
            workers[kill % 2] = _worker(service)
        wanted = REQUESTS * (PEOPLE + 2 + 1)
        offers = _offers(service)
    finally:
        for process in workers:
            _kill(process)
    rings = [(which, kind, who) for which, kind, who, _ in offers]
    assert len(rings) == len(set(rings)) == wanted
    # No rung before its time: alone for two seconds, vendors at four and six, then the supervisor.
    least = {"roster": 0, "vendor": 4, "supervisor": 8}
    assert all(float(at) >= least[kind] for _, kind, _, at in offers)
