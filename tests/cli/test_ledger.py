"""`safecall ledger`, as the department, a review board and a visitor run it."""

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from safecall.ledger.note import Signer
from tests.ledger.publishing import KEY
from tests.ledger.service import PAST
from tests.ledger.test_verify import built, entries_of, moved, renumbered
from tests.support.service import SAFECALL, Service

NOTHING = {key: value for key, value in os.environ.items() if not key.startswith("SAFECALL_")}


def run(*words: str | Path, **settings: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `safecall ledger ...`, as somebody without settings."""
    done = subprocess.run(
        [SAFECALL, "ledger", *words], env={**NOTHING, **settings}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, " ".join(done.stderr.split())


def make_key(path: Path, name: str, *options: str) -> str:
    code, printed, errors = run("new-key", name, "--out", path, *options)
    assert code == 0, errors
    return printed.strip()


def test_a_new_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    public = make_key(tmp_path / "key", "calls.police.example/ledger")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert str(Signer.parse((tmp_path / "key").read_text()).verifier) == public
    code, _, errors = run("new-key", "calls.police.example/ledger", "--out", tmp_path / "key")
    assert (code, "not there yet" in errors) == (2, True)
    code, _, errors = run("new-key", "two words", "--out", tmp_path / "other")
    assert (code, "no spaces" in errors) == (2, True)


@pytest.mark.slow
def test_from_the_calls_to_a_witness_that_refuses_a_rewritten_history(
    new_service: Callable[..., Service], tmp_path: Path
) -> None:
    key, board = tmp_path / "ledger.key", tmp_path / "board.key"
    public = make_key(key, KEY.name)
    witness_public = make_key(board, "board.example/witness", "--witness")
    service = new_service(settings={
        "SAFECALL_LEDGER_KEY_FILE": str(key), "SAFECALL_LEDGER_WITNESSES": witness_public,
    })  # fmt: skip
    service.migrate()
    code = service.python(PAST).split()[-1]
    www, state = tmp_path / "www", tmp_path / "board"
    assert "5 epochs of days" in service.command("ledger", "publish", "--to", str(www))

    # Anybody: nothing false, and what is owed is told.
    done, said, _ = run("verify", www, "--key", public)
    assert done == 3
    assert said.startswith("277 contacts, 0 engagements")
    assert "neither an engagement nor a signed nil return: 2026-09." in said
    for month in ("2026-09", "2026-10"):
        service.command("ledger", "nil-return", month, "--role", "chief_of_police")
    service.command("ledger", "publish", "--to", str(www))
    assert "nil return: 2026-09" not in run("verify", www, "--key", public)[1]

    # The review board.
    watch = ("witness", www, "--key", public, "--state", state, "--signing-key", board)
    done, cosigned, _ = run(*watch)
    assert done == 0
    kept = tmp_path / "cosigned"
    kept.write_text(cosigned)
    assert "board.example/witness" in service.command("ledger", "publish", "--cosigned", str(kept),
                                                      "--to", str(www))  # fmt: skip
    assert "board.example/witness" in (www / "checkpoint").read_text()
    done, said, _ = run("verify", www, "--key", public, "--witness", state, "--json")
    assert any("are those that board saw" in one for one in json.loads(said)["proved"])
    assert run(*watch)[0] == 0  # looking again is harmless

    # A caller.
    proof = tmp_path / "caller.tlog-proof"
    service.command("ledger", "prove", code, "--out", str(proof))
    done, said, _ = run("check-proof", proof, "--key", public)
    assert (done, "This proof holds" in said) == (0, True)
    proof.write_text(proof.read_text().replace("index 1", "index 2", 1))
    done, _, errors = run("check-proof", proof, "--key", public)
    assert (done, "does not hold" in errors) == (1, True)

    # The department drops one contact, makes everything right again and signs it.
    these = {str(p.relative_to(www)): p.read_bytes() for p in www.rglob("*") if p.is_file()}
    dropped = 40
    entries = entries_of(these)
    entries = renumbered([*entries[:dropped], *entries[dropped + 1 :]])
    forged = built(entries, moved(these["openings"], dropped), Signer.parse(key.read_text()))
    shutil.rmtree(www)
    for name, data in forged.items():
        (www / name).parent.mkdir(parents=True, exist_ok=True)
        (www / name).write_bytes(data)
    done, _, errors = run(*watch)
    assert (done, "The ledger was rewritten" in errors) == (1, True)
    assert len(list((state / "refused").iterdir())) == 1
    done, said, _ = run("verify", www, "--key", public, "--witness", state)
    assert (done, "FALSE" in said) == (1, True)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    done, _, errors = run("verify", tmp_path / "nowhere")
    assert (done, "No such file" in errors) == (2, True)
    done, _, errors = run("verify", "http://127.0.0.1:9/ledger")
    assert (done, "ConnectError" in errors) == (2, True)
    done, _, errors = run("verify", tmp_path, "--key", "nonsense")
    assert (done, "name+hash+key" in errors) == (2, True)
    done, _, errors = run("witness", tmp_path)
    assert (done, "--key" in errors) == (2, True)
    loose = tmp_path / "loose"
    make_key(loose, "w.example", "--witness")
    loose.chmod(0o644)
    done, _, errors = run(
        "witness", tmp_path, "--key", str(KEY.verifier), "--signing-key", loose,
        "--state", tmp_path / "state",
    )  # fmt: skip
    assert (done, "chmod 600" in errors) == (2, True)


def test_a_nil_return_and_a_count_need_a_past_time(new_service: Callable[..., Service]) -> None:
    service = new_service()
    service.migrate()

    def said(*words: str) -> tuple[int, str]:
        done, _, errors = run(*words, **{
            name: value for name, value in service.environment.items() if name[:9] == "SAFECALL_"
        })  # fmt: skip
        return done, errors

    assert said("nil-return", "October", "--role", "chief_of_police") == (
        2, "Write the month as year and month, such as 2026-10.",
    )  # fmt: skip
    assert said("nil-return", "2999-10", "--role", "chief_of_police") == (
        1, "2999-10 is not over yet.",
    )  # fmt: skip
    days = ("--first", "1", "--last", "9", "--count", "10")
    done, errors = said("telephone", "2020-01-01", *days)
    assert (done, "do not fit together" in errors) == (1, True)
    done, errors = said("prove", "00000-00000-00000-00000")
    assert (done, "No contact has this code" in errors) == (1, True)
