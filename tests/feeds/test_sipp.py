"""Five hundred calls at a hundred a second from Debian's sipp, half of them garbled."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.service import ROOT, SAFECALL, Service, free_port

SCENARIOS = Path(__file__).parent / "sipp"
EACH = 250
# As sent -> as kept: the first is preferred, aliases of the standard's errata, sign language.
LANGUAGES = {"so": "so", "es en": "es", "mww *": "mww", "sp": "es", "gr en *": "el", "ase": "ase"}

_DEPARTMENT = """
from safecall.contacts.models import Agency, AnsweringPoint
agency = Agency.objects.create(code="sipp-pd", name="Sipp PD")
AnsweringPoint.objects.create(code="sipp-911", name="Sipp 911", agency=agency)
"""
_RECORDED = """
import json
from safecall.contacts.models import Contact
print(json.dumps([
    [c.callback, c.language, c.place_words, c.latitude, c.longitude, c.state, c.channel,
     c.notes.count()]
    for c in Contact.objects.all()]))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("sipp") is None, reason="sipp is not installed; run: make setup-test"
    ),
]


def expected(number: int) -> tuple[str, list[object]]:
    """The line that sipp sends for a call, and what is to be recorded of it."""
    stated, kept = list(LANGUAGES.items())[number % len(LANGUAGES)]
    callback, house = f"+1218555{number:04d}", 100 + number
    lat, lon = round(46.7 + number / 10_000, 4), round(-92.1 + number / 10_000, 4)
    words = f"{house} Invented Ave, Duluth, MN"
    line = f"{stated};{callback};{house};{lat};{lon};"
    return line, [callback, kept, words, lat, lon, "received", "911", 1]


def sipp(
    port: int, scenario: str, fields: Path, transport: str, folder: Path
) -> "subprocess.Popen[bytes]":
    """Sends a scenario's calls, fifty a second."""
    return subprocess.Popen(
        [
            "sipp", f"127.0.0.1:{port}", "-sf", SCENARIOS / scenario, "-inf", fields,
            "-m", str(EACH), "-r", "50", "-t", transport, "-i", "127.0.0.1",
            "-p", str(free_port()), "-max_socket", "1000", "-nostdin",
        ],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def totals(printed: str) -> dict[str, int]:
    """The counts that the feed prints when it ends."""
    lines = [line.strip().split("  ", 1) for line in printed.splitlines()]
    return {line[1]: int(line[0].replace(",", "")) for line in lines if line[0].isdigit()}


def send(service: Service, transport: str, folder: Path) -> dict[str, int]:
    """Run the feed while both halves are sent; what it counted."""
    calls = folder / "calls.csv"
    calls.write_text("SEQUENTIAL\n" + "".join(f"{expected(n)[0]}\n" for n in range(EACH)))
    port = free_port()
    with (folder / "feed.log").open("w") as log:
        feed = subprocess.Popen(
            [SAFECALL, "sip", "--listen", f"127.0.0.1:{port}"],
            env=service.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        assert feed.stdout is not None
        assert "Reading SIP" in feed.stdout.readline()
        good = sipp(port, "wellformed.xml", calls, transport, folder)
        bad = sipp(port, "garbled.xml", SCENARIOS / "garbled.csv", transport, folder)
        assert good.wait(120) == 0
        # Where the stream is closed under a garbled call, sipp counts that call as failed.
        assert bad.wait(120) in (0, 1)
        time.sleep(0.5)  # what was sent last is still on its way through the system
        assert feed.poll() is None, "the feed ended"
        feed.terminate()
        printed = feed.communicate(timeout=60)[0]
    assert feed.returncode == 0
    return totals(printed)


@pytest.mark.parametrize(
    ("transport", "on_postgres"),
    [("u1", False), ("tn", False), pytest.param("u1", True, marks=pytest.mark.postgres)],
    ids=["udp", "tcp", "udp-postgresql"],
)
def test_every_well_formed_call_is_a_contact_and_every_garbled_one_is_counted(
    new_service: Callable[..., Service],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    transport: str,
    on_postgres: bool,
) -> None:
    database = request.getfixturevalue("postgres") if on_postgres else ""
    service = new_service(database)
    service.start()
    service.python(_DEPARTMENT)
    counted = send(service, transport, tmp_path)
    assert counted["opened"] == EACH
    assert counted["repeated"] == EACH
    garbled = {what: times for what, times in counted.items() if what.startswith("malformed")}
    assert sum(garbled.values()) == EACH
    assert len(garbled) == 5
    recorded = sorted(json.loads(service.python(_RECORDED)))
    assert recorded == sorted(expected(number)[1] for number in range(EACH))
    assert service.stop() == 0
    log = (tmp_path / "feed.log").read_text()
    assert "+1218555" not in log
    assert "Invented" not in log
