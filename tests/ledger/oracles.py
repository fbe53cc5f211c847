"""Verifiers that nobody here wrote: Go's sumdb packages (Debian) and sigstore's."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore.errors import VerificationError

GO_SOURCES = Path("/usr/share/gocode")


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Go:
    """Debian's `golang.org/x/mod/sumdb/note` and `tlog`, in a program of their own."""

    def __init__(self, folder: Path) -> None:
        self._program = folder / "check"
        environment = {
            **os.environ,
            "GO111MODULE": "off",
            "GOPATH": str(GO_SOURCES),
            "GOCACHE": str(folder / "cache"),
            "CGO_ENABLED": "0",
        }
        source = Path(__file__).parent / "go" / "check.go"
        subprocess.run(
            ["go", "build", "-o", self._program, source], env=environment, cwd=folder, check=True
        )

    def verdicts(self, tasks: Sequence[dict[str, Any]]) -> list[bool]:
        """What Go says to each task."""
        lines = "".join(f"{json.dumps(one)}\n" for one in tasks)
        done = subprocess.run(
            [self._program], input=lines, capture_output=True, text=True, check=True
        )
        return [word == "true" for word in done.stdout.split()]


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Go:
    if shutil.which("go") is None or not (GO_SOURCES / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("Go or golang-golang-x-mod-dev is not installed; run: make setup-test")
    return Go(tmp_path_factory.mktemp("go"))


def sigstore_accepts(
    index: int, size: int, entry: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """sigstore's verdict on an inclusion proof; it is private there, so it may move."""
    claimed = SimpleNamespace(log_index=index, tree_size=size, hashes=list(proof), root_hash=root)
    inner = SimpleNamespace(inclusion_proof=claimed, canonicalized_body=entry)
    try:
        verify_merkle_inclusion(SimpleNamespace(_inner=inner))  # type: ignore[arg-type]
    except VerificationError:
        return False
    return True
