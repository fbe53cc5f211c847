"""What the ledger costs: a million entries placed, published, proved and verified, on SQLite.

Run apart (`python -m bench.ledger FOLDER`) because it needs a database of its own.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from bench import report

#: Days over which the entries are spread: ten years.
DAYS = 3650
PROOFS = 1000
FIRST_DAY = date(2016, 1, 1)


@dataclass
class Ledger:
    """Seconds, and seconds of CPU, for so many entries; milliseconds of CPU for one proof."""

    entries: int
    placed: float
    placed_cpu: float
    released: float
    released_cpu: float
    proof_ms: list[float]
    verified: float
    verified_cpu: float
    verify_megabytes: float
    published_megabytes: float
    peer_appended_cpu: float
    peer_proof_ms: list[float]
    peer_state_cpu: float


def measure(folder: Path, entries: int) -> Ledger:
    """Measure in a process of its own; `folder` is made for its data."""
    folder.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SAFECALL_")}
    environment = {
        **kept,
        "SAFECALL_ENV": "demo",
        "SAFECALL_VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "safecall.config.settings",
    }
    command = [sys.executable, "-m", "bench.ledger", str(folder), "--entries", str(entries)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Ledger(**json.loads(done.stdout.splitlines()[-1]))


def lines(made: Ledger) -> list[str]:
    """What the ledger costs, beside its goals and pymerkle."""
    count = made.entries
    proof, peer = report.share(made.proof_ms, 0.5), report.share(made.peer_proof_ms, 0.5)
    rows = (
        (f"placing {count:,} entries", made.placed_cpu, made.placed, "30,000 a second"),
        ("releasing them, ten years of days", made.released_cpu, made.released, ""),
        ("full verification, from files", made.verified_cpu, made.verified, "10 s"),
    )
    return [
        "| what | CPU s | s | a second of CPU | goal |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {what} | {cpu:.1f} | {s:.1f} | {count / cpu:,.0f} | {goal} |"
            for what, cpu, s, goal in rows
        ),
        "",
        f"""An inclusion proof at {count:,} entries takes {proof:.2f} ms of CPU (p99
{report.share(made.proof_ms, 0.99):.2f}; goal 1 ms), every tile read from the database; in pymerkle
{peer:,.0f} ms. Appending without proofs at hand takes pymerkle {made.peer_appended_cpu:.1f} s of
CPU, its root {made.peer_state_cpu:.1f} s more. Published are
{made.published_megabytes:,.0f} MB of files; the verification held
{made.verify_megabytes:,.0f} MB.""",
    ]


def main() -> int:
    """Measure here, with the settings of the environment, and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1_000_000)
    wanted = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(asdict(_measure(wanted.folder, wanted.entries))))
    return 0


def _measure(folder: Path, entries: int) -> Ledger:
    from safecall.ledger import files, release, signing
    from safecall.ledger.sequencer import sequence_all

    _fill(entries)
    _say("placing")
    placed = _timed(sequence_all)
    signing.begin()
    _say("releasing")
    released = _timed(lambda: release.release(date(2030, 1, 1), _counted))
    signing.sign(_now())
    _say("proving")
    proofs = _proofs()
    www = folder / "www"
    files.write(www)
    _say("verifying")
    verified, megabytes = _verify(www)
    _say("pymerkle")
    peer = _pymerkle(folder / "pymerkle.sqlite3", entries)
    size = sum(path.stat().st_size for path in www.rglob("*") if path.is_file())
    return Ledger(entries, *placed, *released, proofs, *verified, megabytes, size / 1e6, *peer)


def _say(what: str) -> None:
    print(f"ledger: {what}", file=sys.stderr)


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - began, time.process_time() - cpu


def _fill(entries: int) -> None:
    """Rows as acts write them, without the acts: contacts, and five engagements."""
    from django.core.management import call_command
    from django.db import transaction

    from safecall.ledger.models import LedgerRow

    call_command("migrate", verbosity=0)
    kind = LedgerRow.Kind
    for start in range(0, entries, 50_000):
        numbers = range(start, min(start + 50_000, entries))
        with transaction.atomic():
            LedgerRow.objects.bulk_create(
                (
                    LedgerRow(
                        kind=kind.ENGAGEMENT if number % (entries // 5) == 7 else kind.CONTACT,
                        day=FIRST_DAY + timedelta(days=number * DAYS // entries),
                        salt=os.urandom(32),
                        commitment=os.urandom(32),
                    )
                    for number in numbers
                ),
                batch_size=5000,
            )


def _counted(_first: date, _last: date, _late: object) -> dict[str, object]:
    """What the contacts' room says of these days; here it has no contacts to count."""
    return {"numbers": [], "by_telephone": 0}


def _now() -> object:
    from django.utils import timezone

    return timezone.now()


def _proofs() -> list[float]:
    """CPU milliseconds for each of many inclusion proofs, every tile read from the database."""
    from safecall.ledger import store
    from safecall.ledger.models import Log

    log = Log.objects.get(name=Log.PUBLIC)
    pick, times = random.Random(7), []
    for _ in range(PROOFS):
        index = pick.randrange(log.size)
        began = time.process_time()
        store.inclusion(Log.PUBLIC, index, log.size)
        times.append((time.process_time() - began) * 1000)
    return times


def _verify(www: Path) -> tuple[tuple[float, float], float]:
    """The independent check in a process of its own, and the most memory that it took."""
    code = (
        "import resource, sys, time; from pathlib import Path\n"
        "from safecall.ledger.verify import verify\n"
        "began, cpu = time.perf_counter(), time.process_time()\n"
        "found = verify(lambda path: (Path(sys.argv[1]) / path).read_bytes())\n"
        "assert any('exactly the root' in one for one in found.proved), found.faults\n"
        "print(time.perf_counter() - began, time.process_time() - cpu,\n"
        "      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(www)], capture_output=True, text=True, check=True
    )
    seconds, cpu, megabytes = map(float, done.stdout.split())
    return (seconds, cpu), megabytes


def _pymerkle(path: Path, entries: int) -> tuple[float, list[float], float]:
    """The same in pymerkle, its own SQLite: appending, proofs, and the root at the end."""
    from pymerkle import SqliteTree

    made = [os.urandom(250) for _ in range(min(entries, 50_000))]
    tree = SqliteTree(str(path))
    began = time.process_time()
    for start in range(0, entries, len(made)):
        tree.append_entries(made[: entries - start])
    appended = time.process_time() - began
    pick, times = random.Random(7), []
    for _ in range(20):
        index = pick.randrange(entries) + 1
        began = time.process_time()
        tree.prove_inclusion(index, entries)
        times.append((time.process_time() - began) * 1000)
    began = time.process_time()
    tree.get_root()
    return appended, times, time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
