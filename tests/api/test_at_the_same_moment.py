"""Two copies of a request that arrive together open one contact, on both databases."""

import threading
from collections.abc import Callable

import httpx

from tests.api.department import SET_UP
from tests.support.service import Service

CALL = {"channel": "911", "narrative": "Invented call.", "source_number": "CAD-1"}


def _together(service: Service) -> None:
    token = service.python(SET_UP).split()[-1]
    answers: list[httpx.Response] = []
    start = threading.Barrier(8)

    def send(key: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        with httpx.Client(base_url=service.url, headers=headers) as client:
            start.wait()
            answers.append(client.post("/api/v1/contacts", json=CALL))

    for round_ in range(5):
        threads = [threading.Thread(target=send, args=[f"key-{round_}"]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 35 + [201] * 5
    assert len({answer.json()["id"] for answer in answers}) == 5
    counted = service.python(
        "from safecall.contacts.models import Contact, HistoryEntry\n"
        "print(Contact.objects.count(), HistoryEntry.objects.filter(act='open').count())"
    )
    assert counted.split() == ["5", "5"]


def test_on_sqlite(service: Service) -> None:
    _together(service)


def test_on_postgresql(new_service: Callable[..., Service], postgres: str) -> None:
    _together(new_service(database_url=postgres).start())


def test_a_contact_gets_its_number_soon(service: Service) -> None:
    token = service.python(SET_UP).split()[-1]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=service.url, headers=headers) as client:
        opened = client.post("/api/v1/contacts", json=CALL)
        for _ in range(100):
            if found := client.get(opened.headers["Location"]).json()["number"]:
                break
        assert found
        assert found.endswith("-000001")
