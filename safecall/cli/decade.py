"""`safecall decade`: a million real calls, five example engagements, published and verified."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from safecall.cli._bulk import Wanted, imported
from safecall.cli._cost import ended, step
from safecall.cli._django import fail, setup
from safecall.cli.ledger._reading import bar

if TYPE_CHECKING:
    from safecall.contacts.models import AnsweringPoint
    from safecall.demo.decade import City
    from safecall.feeds.bulk import Tally

REFUSED: Final = 1
_OURS: Final = "made-by-safecall-decade"
_LEDGER: Final = "ledger"
_LOOKS: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    data: Path
    to: Path
    limit: int | None
    engagements: int


def decade(
    data: Annotated[
        Path, typer.Option(help="The folder with sapd_calls.parquet and oakland_cfs.parquet.")
    ] = Path("../shared/data"),
    to: Annotated[
        Path, typer.Option(help="A folder for the database and the published ledger.")
    ] = Path("var/decade"),
    limit: Annotated[int | None, typer.Option(min=1, help="Only N rows of each file.")] = None,
    engagements: Annotated[int, typer.Option(min=0, max=100, help="How many examples.")] = 5,
) -> None:
    """Show a decade of contacts: real open data, examples of engagements, a ledger, its proof.

    The calls of two cities become contacts in a fresh database, engagements and nil returns are
    recorded as examples, the ledger is published, and `safecall ledger verify` checks it in a
    process of its own that knows neither database nor settings. Time, CPU and memory of each step
    are printed. The database says that it is a demonstration; it is never a department's.

    Exit code 0: made and verified. 1: the check found a fault. 2: files, folder or settings.

    Examples:

      safecall decade

      safecall decade --data ~/open-data --to /tmp/decade --limit 20000
    """
    asked = Asked(data, to, limit, engagements)
    _fresh(asked.to)
    setup()
    from safecall.demo import decade as room

    if absent := room.missing(data):
        fail(
            f"{data} lacks {' and '.join(absent)}. They are the calls for service that San "
            "Antonio and Oakland publish, as parquet with their own column names. Name their "
            "folder: make decade DATA=folder"
        )
    began = time.monotonic()
    _database()
    _open(asked)
    _examples(asked)
    _publish(asked)
    _statement()
    counts = _verify(asked.to / _LEDGER)
    typer.echo(
        f"\n{counts.get('contact', 0):,} contacts, {counts.get('engagement', 0):,} engagements "
        f"(in {time.monotonic() - began:,.0f} seconds)\n\n"
        "The calls are open data of two cities. The engagements and nil returns are examples: no "
        "police\ndepartment made them. To look at it:\n"
        f"{room.how_to_look()}"
    )


def _fresh(to: Path) -> None:
    """An empty folder, and settings that point there; what an earlier run made is deleted."""
    mark = to / _OURS
    if to.exists() and any(to.iterdir()) and not mark.exists():
        fail(f"{to} holds other files. Name another folder with --to, or empty this one.")
    if os.environ.get("SAFECALL_ENV", "demo") != "demo":
        fail("This is a demonstration: it runs with SAFECALL_ENV=demo, which is the default.")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    mark.touch()
    os.environ["SAFECALL_VAR_DIR"] = str(to.resolve())


def _database() -> None:
    from django.core.management import call_command

    from safecall.contacts.models import Agency

    with step("Database and static files") as cost:
        call_command("migrate", verbosity=0, interactive=False)
        if Agency.objects.exists():
            fail("SAFECALL_DATABASE_URL names a database that is not empty. Name an empty one.")
        call_command("collectstatic", verbosity=0, interactive=False)
        cost.said = "fresh"


def _open(asked: Asked) -> None:
    from safecall.demo.decade import CITIES, make_department

    points = make_department()
    for city in CITIES:
        with step(f"Opening {city.name}") as cost:
            tally = _import(asked, city, points[city.name])
            cost.said = f"{tally.opened:,} contacts"
            cost.helpers_cpu, cost.helpers_mb = tally.helpers_cpu, tally.helpers_mb
        if tally.interrupted:
            fail("Interrupted.", 130)
        for reason, count in tally.reasons.most_common():
            typer.echo(f"  {count:,} refused: {reason}")


def _import(asked: Asked, city: "City", point: "AnsweringPoint") -> "Tally":
    from safecall.feeds import files, mapping_file
    from safecall.feeds.mapping import MappingError

    path = asked.data / city.file
    try:
        stream = files.stream(path, asked.limit)
        mapping = mapping_file.load(city.mapping)
        mapping.check_columns(stream.columns)
    except (files.FileUnreadable, MappingError) as error:
        fail(str(error))
    return imported(stream, mapping, point, Wanted([path], city.mapping))


def _examples(asked: Asked) -> None:
    from django.utils import timezone

    from safecall.demo.decade import certify, engage

    with step("Engagements, as examples") as cost:
        made = engage(asked.engagements)
        nils = certify(timezone.localdate())
        cost.said = f"{made}, {nils} nil returns"


def _publish(asked: Asked) -> None:
    from django.utils import timezone

    from safecall.contacts import counted
    from safecall.ledger import files, release, sequencer, signing

    with step("Placing in the log inside") as cost:
        signing.begin()
        cost.said = f"{sequencer.sequence_all():,} entries"
    with step("Releasing by shuffled days") as cost, bar("Releasing") as progress:
        task = progress.add_task("", total=release.waiting_contacts())
        done = release.release(
            timezone.localdate(),
            counted.counted,
            progress=lambda count: progress.update(task, completed=count),
        )
        head = signing.sign(timezone.now())
        cost.said = f"{done.days:,} epochs, {head.size:,} entries"
    with step("Writing the ledger's files") as cost:
        cost.said = f"{files.write(asked.to / _LEDGER):,} files"


def _statement() -> None:
    from django.test import Client

    from safecall.accountability import statement

    with step("Figures of the public page") as cost:
        cost.said = f"{len(statement.prepare())} statements"
    page = Client(HTTP_HOST="127.0.0.1")
    took = []
    for _ in range(_LOOKS):
        began = time.perf_counter()
        answer = page.get("/accountability", follow=True)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            fail(f"/accountability answers {answer.status_code}.", REFUSED)
    typer.echo(
        f"  /accountability answers in {sorted(took)[len(took) // 2]:.0f} ms (middle of {_LOOKS})"
    )


def _verify(folder: Path) -> dict[str, int]:
    """The independent check in a process that has none of our settings; the totals it found."""
    from safecall.ledger import signing

    with step("Verifying, independently") as cost:
        code = "from safecall.cli.main import app; app()"
        key = str(signing.known_keys()[0])
        command = [sys.executable, "-c", code, "ledger", "verify", str(folder), "--key", key]
        run = subprocess.Popen(  # noqa: S603  this program itself
            [*command, "--json"],
            env={k: v for k, v in os.environ.items() if not k.startswith(("SAFECALL_", "DJANGO_"))},
            stdout=subprocess.PIPE,
        )
        said, cost.helpers_mb = ended(run)
        found: dict[str, Any] = json.loads(said or "{}")
        cost.said = "nothing is false" if found and not found["faults"] else "FAULTS"
    for mark in ("proved", "faults", "missing"):
        for sentence in found.get(mark, ()):
            typer.echo(f"  {mark}: {sentence}")
    if not found or found["faults"]:
        fail("The ledger does not hold.", REFUSED)
    counts: dict[str, int] = found["counts"]
    return counts
