"""One call, however many records of it come."""

import logging
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.feeds.ali.feed import AliFeed
from safecall.feeds.wire.calls import Call, Moved, News
from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.opener import Opener
from tests.feeds.ali.examples import ETX, EXAMPLE, STX, record
from tests.support.service import ROOT, SAFECALL, Service, free_port

# The middle of a span of the example's 300 seconds.
NOW = datetime(2026, 1, 2, 12, 2, 30, tzinfo=UTC)


class Desk:
    """A feed whose news are kept, and a clock that can be put forward."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.counts = Counts(logging.getLogger("safecall.test"))
        self.feed = AliFeed(self._put, self.counts, EXAMPLE)

    def _put(self, news: News) -> bool:
        self.news.append(news)
        return True

    def hear(self, data: bytes, after: float = 0) -> None:
        with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
            self.feed.handle(data)


def test_the_second_link_s_copy_is_a_repeat_and_a_better_place_is_news() -> None:
    desk = Desk()
    desk.hear(record())
    desk.hear(record(), after=1)
    desk.hear(record(lat=46.9), after=200)
    assert [type(one) for one in desk.news] == [Call, Moved]
    assert desk.news[0].key == desk.news[1].key
    assert desk.counts["repeated"] == 1


def test_later_the_same_number_is_a_new_call() -> None:
    desk = Desk()
    desk.hear(record())
    desk.hear(record(lat=46.9), after=200)
    desk.hear(record(), after=301)
    assert [type(one) for one in desk.news] == [Call, Moved, Call]
    assert desk.news[0].key != desk.news[2].key


def test_other_numbers_are_other_calls() -> None:
    desk = Desk()
    desk.hear(record())
    desk.hear(record(number="555-0143"))
    desk.hear(record(clock="10:13 11/28"))
    assert [type(one) for one in desk.news] == [Call, Call, Call]


@pytest.mark.django_db
@pytest.mark.both
@pytest.mark.parametrize(("after", "contacts"), [(10, 1), (290, 1), (310, 2), (900, 2)])
def test_after_a_restart_the_records_know_the_call(
    answering_point: AnsweringPoint, after: float, contacts: int
) -> None:
    """Also where a span of time ends in between."""
    counts = Counts(logging.getLogger("safecall.test"))
    for seconds in (0, after):
        opener = Opener("ali", answering_point, counts)
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            AliFeed(opener._tried, counts, EXAMPLE).handle(record())
    assert Contact.objects.count() == contacts


def test_over_tcp_from_record_to_contact(service: Service, tmp_path: Path) -> None:
    service.python(
        "from safecall.contacts.models import Agency, AnsweringPoint as A\n"
        "agency = Agency.objects.create(code='ali-pd', name='Ali PD')\n"
        "A.objects.create(code='one-911', name='One', agency=agency)\n"
        "A.objects.create(code='two-911', name='Two', agency=agency)"
    )
    port = free_port()
    options = ["--listen", f"127.0.0.1:{port}", "--template", "example"]
    feed = subprocess.Popen(
        [SAFECALL, "ali", *options, "--answering-point", "two-911"],
        env=service.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert feed.stdout is not None
    assert "Reading ALI" in feed.stdout.readline()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(STX + b"H" + ETX + record() + record() + record(lat=46.9) + b"\x02junk\x03")
        line.shutdown(socket.SHUT_WR)
        assert line.recv(10) == b""
    feed.terminate()
    printed = feed.communicate(timeout=60)[0]
    assert feed.returncode == 0
    for counted in ("1  opened", "1  heartbeat", "1  repeated", "1  position updated"):
        assert counted in printed
    assert "1  malformed: record without number and place" in printed
    shown = service.python(
        "from safecall.contacts.models import Contact\n"
        "c = Contact.objects.get()\n"
        "print(c.answering_point.code, c.callback, c.latitude, c.state)"
    )
    assert shown.split() == ["two-911", "+12185550142", "46.9", "received"]


def test_a_dry_run_shows_each_field_and_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.txt"
    path.write_bytes(record() + STX + b"H" + ETX + record()[:40])
    done = CliRunner().invoke(app, ["ali", "--template", "example", "--try", str(path)])
    assert done.exit_code == 0
    for words in ("house      = '211'", "+12185550142", "211 W 2ND ST", "This is: heartbeat"):
        assert words in done.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["ali"], "Which template?"),
        (["ali", "--template", "none.toml"], "There is no template"),
        (["ali", "--template", "example"], "Say where to listen"),
        (["ali", "--template", "example", "--try", "none.txt"], "cannot be read"),
        (["ali", "--template", "example", "--listen", "0.0.0.0:5070"], "--from"),
        (["sip", "--listen", "10.0.0.1:5060", "--from", "county"], "--from is an address"),
        (["sip", "--listen", "nowhere"], "--listen is an address and a port"),
        (["sip", "--listen", "::1"], "--listen is an address and a port"),
        (["sip"], "Say where to listen"),
        (["sip", "--try", "none.txt"], "cannot be read"),
        (["sip", "--channel", "web", "--listen", "127.0.0.1:5060"], "--channel is"),
    ],
)
def test_wrong_options_say_what_to_do(options: list[str], words: str) -> None:
    done = CliRunner().invoke(app, options)
    assert done.exit_code == 2
    assert words in done.output
