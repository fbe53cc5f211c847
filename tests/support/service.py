"""A running service as people start it: `safecall serve` in a process of its own."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
SAFECALL = Path(sys.executable).parent / "safecall"
# The first start on a busy machine may compile the guard's rules.
READY_SECONDS = 180


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """One service with its own folder and database.

    `url` is its address, `environment` the variables that it runs with, `log` all that it wrote.
    It can be ended gently (`stop`) or outright (`kill`) and started again on the same data.
    """

    def __init__(
        self, folder: Path, database_url: str = "", settings: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "service.log"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SAFECALL_")}
        self.environment = {
            **kept,
            "SAFECALL_ENV": "demo",
            "SAFECALL_VAR_DIR": str(folder),
            "SAFECALL_STATIC_DIR": str(ROOT / "var" / "static-test"),
            "SAFECALL_DATABASE_URL": database_url or f"sqlite:///{folder / 'service.sqlite3'}",
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._shell: _Shell | None = None

    @property
    def log(self) -> str:
        """What the service wrote to standard output and error."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def pid(self) -> int:
        """The process of `safecall serve`."""
        assert self._process is not None, "the service is not running"
        return self._process.pid

    def start(self, *options: str) -> "Service":
        """Start it and wait until it answers."""
        with self._log.open("ab") as log, _first_one_alone():
            self._take_empty_database()
            self._process = subprocess.Popen(
                [SAFECALL, "serve", "--port", str(self.port), *options],
                env=self.environment,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
            )
            self._wait_until_ready()
        return self

    def stop(self) -> int:
        """End it as an operator does (SIGTERM); its exit code."""
        assert self._process is not None
        self._process.terminate()
        try:
            return self._process.wait(30)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it and its workers outright, as a power cut does."""
        if self._shell is not None:
            self._shell.end()
            self._shell = None
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def migrate(self) -> None:
        """Bring its database up to date, as `start` does, without starting it."""
        self._take_empty_database()
        if not (self.folder / "service.sqlite3").exists():
            self.manage("migrate", "-v0", "--skip-checks")

    def manage(self, *words: str) -> str:
        """Run `safecall manage ...` on its data; what that prints."""
        return self.command("manage", *words)

    def command(self, *words: str) -> str:
        """Run `safecall ...` on its data; what that prints."""
        return self._run([str(SAFECALL), *words])

    def python(self, code: str) -> str:
        """Run Python with Django set up, on its data; what that prints."""
        environment = self._with_settings()
        if self._shell is None or self._shell.environment != environment:
            if self._shell is not None:
                self._shell.end()
            self._shell = _Shell(environment)
        return self._shell.run(code)

    def _take_empty_database(self) -> None:
        """Copy an SQLite database that is up to date: making one takes seconds."""
        database = self.folder / "service.sqlite3"
        if not self.environment["SAFECALL_DATABASE_URL"].endswith(str(database)):
            return
        if not database.exists():
            shutil.copyfile(_up_to_date_database(), database)

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command,
            env=self._with_settings(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _with_settings(self) -> dict[str, str]:
        return {**self.environment, "DJANGO_SETTINGS_MODULE": "safecall.config.settings"}

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"the service ended:\n{self.log}")
            try:
                httpx.get(self.url, timeout=5)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        self.kill()
        raise RuntimeError(f"the service did not answer:\n{self.log}")


class _Shell:
    """A process with Django set up, which takes a second, for many small pieces of Python.

    Each piece has names and database connections of its own.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LOOP], env=environment, cwd=ROOT, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, code: str) -> str:
        """What the code prints."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process ended"
        printed, fault = json.loads(answer)
        assert not fault, f"{code}\n{printed}\n{fault}"
        return str(printed)

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


_LOOP = """
import contextlib, io, json, sys, traceback
import django; django.setup()
from django.db import connections
for line in sys.stdin:
    printed, fault = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), {})
    except BaseException:
        fault = traceback.format_exc()
    connections.close_all()
    print(json.dumps([printed.getvalue(), fault]), flush=True)
"""


def migrate(database_url: str) -> None:
    """Bring a database up to date."""
    environment = {**os.environ, "SAFECALL_DATABASE_URL": database_url}
    command = [str(SAFECALL), "manage", "migrate", "-v0", "--skip-checks"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


def _up_to_date_database() -> Path:
    """An empty SQLite database with all migrations of this moment; made where there is none."""
    files = [*sorted((ROOT / "safecall").glob("*/migrations/*.py")), ROOT / "uv.lock"]
    state = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    kept = ROOT / "var" / f"empty-{state}.sqlite3"
    if not kept.exists():
        making = kept.with_suffix(".making")
        making.unlink(missing_ok=True)
        migrate(f"sqlite:///{making}")
        making.rename(kept)
    return kept


@contextlib.contextmanager
def _first_one_alone() -> Iterator[None]:
    """Services of parallel tests share the folder of static files, which the first one fills."""
    if _static_files_are_there:
        yield
        return
    path = ROOT / "var" / "static-test.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    _static_files_are_there.append(True)


_static_files_are_there: list[bool] = []
