"""A PostgreSQL server of our own for as long as tests need it, from Debian's binaries.

`python -m tests.support.postgresql COMMAND...` runs a command with one, its address in
`SAFECALL_TEST_DATABASE_URL`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# The tests' data is worth nothing: no waiting for the disk.
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class PostgresMissing(RuntimeError):
    """The server's binaries are not installed."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise PostgresMissing("PostgreSQL is not installed; run: make setup-test")
    return found[-1].parent


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as Debian's user for it."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """A new server on a socket; its address for SAFECALL_DATABASE_URL. It ends with the block.

    `durable=True` keeps waiting for the disk, as in production. Raises `PostgresMissing`.
    """
    binaries, user = _binaries(), _as_server_user()
    home = Path(tempfile.mkdtemp(prefix="safecall-pg-"))
    if user:
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"
    make = [binaries / "initdb", "--auth=trust", "--username=postgres", "--no-sync"]
    form = ["--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", data]
    subprocess.run([*user, *make, *form], check=True, stdout=subprocess.DEVNULL, cwd=home)
    options = [f"unix_socket_directories={home}", "listen_addresses=", "max_connections=60"]
    options += [] if durable else _FAST
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*user, binaries / "postgres", "-D", data]
            + [word for option in options for word in ("-c", option)],
            stdout=log,
            stderr=log,
            cwd=home,
        )
    try:
        _wait(home, server)
        yield f"postgresql://postgres@/postgres?host={home}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(home, ignore_errors=True)


def _wait(home: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError((home / "log").read_text()) from None
        else:
            return
    raise RuntimeError("PostgreSQL did not answer within 30 seconds")


def main(command: list[str]) -> int:
    """Run `command` with a server; its exit code."""
    with cluster() as url:
        environment = {**os.environ, "SAFECALL_TEST_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    # Python ends at once on SIGTERM; this way the server ends too.
    import signal

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main(sys.argv[1:]))
