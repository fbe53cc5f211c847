"""Where a ledger is read from: an address or a folder. No Django."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from safecall.cli._django import fail
from safecall.ledger.note import NoteError, Signer, Verifier
from safecall.ledger.verify import Unreadable

Read = Callable[[str], bytes]
_SECONDS = 30


@contextmanager
def source(where: str) -> Iterator[Read]:
    """Reads the files of the ledger at an address (`https://...`) or in a folder.

    The reader raises `Unreadable`.
    """
    if not where.startswith(("https://", "http://")):
        yield _folder(Path(where))
        return
    base = where.rstrip("/")
    with httpx.Client(timeout=_SECONDS, follow_redirects=True) as client:

        def read(path: str) -> bytes:
            try:
                answer = client.get(f"{base}/{path}")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unreadable(f"{base}/{path}: {type(error).__name__}") from None
            if answer.status_code != httpx.codes.OK:
                raise Unreadable(f"{base}/{path}: the server answers {answer.status_code}")
            return answer.content

        yield read


def _folder(folder: Path) -> Read:
    def read(path: str) -> bytes:
        try:
            return (folder / path).read_bytes()
        except OSError as error:
            raise Unreadable(f"{folder / path}: {error.strerror or 'cannot be read'}") from None

    return read


def verifiers(given: list[str]) -> list[Verifier]:
    """Public keys, each written out or as the name of a file that holds one a line."""
    keys: list[Verifier] = []
    for one in given:
        try:
            text = Path(one).read_text(encoding="utf-8") if Path(one).is_file() else one
            keys += [Verifier.parse(line) for line in text.splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError, NoteError) as error:
            fail(f"--key {one}: {error}")
    return keys


def private_key(path: Path) -> Signer:
    """A private key from a file that its owner alone may read."""
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            fail(f"{path}: others may read this key; run chmod 600 on it.")
        return Signer.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        fail(f"{path}: this key cannot be read. Make one with: safecall ledger new-key")
    except NoteError as error:
        fail(f"{path}: {error}.")


def bar(what: str, *, console: Console | None = None) -> Progress:
    """A progress bar on standard error."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console or Console(stderr=True), transient=True)
