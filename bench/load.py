"""A client that opens contacts over HTTP as fast as the service takes them."""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

CLIENTS = 8

# Invented notes of 200 characters: what call takers type, in their shorthand.
_PARTS = (
    "RP HEARD LOUD BANGING FROM THE APARTMENT ABOVE",
    "MALE IN A BLACK JACKET WALKING IN AND OUT OF TRAFFIC",
    "NO WEAPONS SEEN, NO INJURIES REPORTED AT THIS TIME",
    "WHITE SEDAN LEFT NORTHBOUND, PARTIAL PLATE ONLY",
    "CALLER WILL WAIT IN FRONT OF THE BUILDING",
    "FEMALE CRYING, WILL NOT COME TO THE DOOR",
    "SPEAKS SOMALI ONLY, INTERPRETER REQUESTED",
    "SECOND CALLER REPORTS SMOKE FROM THE REAR WINDOW",
    "NEIGHBOR'S DOG HAS BEEN BARKING SINCE MIDNIGHT",
    "VEHICLE PARKED ACROSS THE DRIVEWAY, OWNER NOT FOUND",
    "SUBJECT SITTING ON THE CURB, CONSCIOUS AND BREATHING",
    "Front window broken, nothing seems to be missing",
    "Business is closed, alarm company has no keyholder",
    "They were arguing about the parking spot again",
)


def note(number: int, length: int = 200) -> str:
    """An invented note of exactly this many characters; another one for each number."""
    pick = random.Random(number)
    text = ""
    while len(text) < length:
        text += f"{pick.choice(_PARTS)} {pick.randrange(10, 9999)}. "
    return text[:length].strip().ljust(length, "X")


def opening(number: int) -> dict[str, object]:
    """The body that opens one contact: about ten fields and the note."""
    return {
        "channel": "911",
        "place": {"words": f"{100 + number % 900} Invented Ave", "latitude": 46, "longitude": -92},
        "callback": f"+1218555{number % 10000:04d}",
        "incident_type": "DISORD",
        "priority": 3,
        "language": "en",
        "source_number": f"BENCH-{number}",
        "concern": {"for_whom": "self"},
        "narrative": note(number),
    }  # fmt: skip


@dataclass
class Load:
    """What one round gave. `milliseconds` holds each request's time."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)


def run(port: int, token: str, first: int, contacts: int) -> Load:
    """Open `contacts` contacts from `CLIENTS` connections; each has to be answered 201."""
    load, lock, threads = Load(), threading.Lock(), []
    numbers = iter(range(first, first + contacts))

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        times = []
        while (number := _next(numbers, lock)) is not None:
            began = time.perf_counter()
            _open(connection, token, number)
            times.append((time.perf_counter() - began) * 1000)
        with lock:
            load.milliseconds += times

    began = time.perf_counter()
    for _ in range(CLIENTS):
        threads.append(threading.Thread(target=client))
        threads[-1].start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    if len(load.milliseconds) != contacts:
        raise SystemExit(f"only {len(load.milliseconds)} of {contacts} contacts were opened")
    return load


def _next(numbers: Iterator[int], lock: threading.Lock) -> int | None:
    with lock:
        return next(numbers, None)


def _open(connection: http.client.HTTPConnection, token: str, number: int) -> None:
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"bench-{number}",
    }
    connection.request("POST", "/api/v1/contacts", json.dumps(opening(number)), headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 201:
        raise SystemExit(f"the service answered {answer.status}: {body[:300]!r}")
