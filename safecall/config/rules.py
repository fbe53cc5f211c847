"""Putting rules of the guard in force: check, record in the ledger, and only then use.

A change of rules is an entry of the ledger, written once: which rule files (by digest) and how
many rules, no names.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from safecall.config import accepted
from safecall.guard import department, store
from safecall.guard.engine import load, stand_beside
from safecall.guard.kinds import RULES_DIR, RuleError
from safecall.ledger.append import Entry, append, commit
from safecall.ledger.models import LedgerRow

_log = logging.getLogger(__name__)
_LOCK = 0x5AFE_CA11  # of PostgreSQL; any number that nothing else here locks


class RulesRefused(ValueError):
    """A department's rules are not put in force; `faults` names file, line and reason of each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules in force: SHA-256 of all rule files, and how many rules.

    `own` says whether a department's are among them, `recorded` whether the ledger got an entry.
    """

    digest: str
    rules: int
    own: bool
    recorded: bool


def activate(rules_dir: Path | None, var_dir: Path) -> InForce:
    """Put the rules in `rules_dir` in force beside ours; without a folder, ours alone.

    Rules that were accepted before, with this release, are not checked again.

    Raises `RulesRefused`; what was in force stays so. Raises `RuleError` where our own rules
    cannot be used.
    """
    if rules_dir is None:
        return _put(None)
    if faults := department.layout(rules_dir):
        # Told with the faults of the rules that can be read, if there are any.
        raise RulesRefused(
            tuple(dict.fromkeys((*faults, *department.check(rules_dir, RULES_DIR).faults)))
        )
    try:
        folder = accepted.copy(rules_dir, var_dir)
    except OSError as error:
        raise RulesRefused((f"{rules_dir}: {error.strerror or 'cannot be read'}",)) from None
    checked = store.digest(RULES_DIR, folder)
    before = accepted.accepted(var_dir)
    try:
        known = before is not None and (before.folder, before.checked) == (folder, checked)
        if faults := () if known else department.check(folder, RULES_DIR).faults:
            raise RulesRefused(tuple(one.replace(str(folder), str(rules_dir)) for one in faults))
        done = _put(folder)
        accepted.accept(folder, checked, var_dir)
    finally:
        accepted.forget_others(var_dir)
    return done


def at_start(rules_dir: Path | None, var_dir: Path, *, production: bool) -> InForce:
    """`activate`, or where that is refused what was accepted before, with a loud log line.

    Where nothing was, ours alone; in production that raises `RulesRefused`.
    """
    try:
        return activate(rules_dir, var_dir)
    except RulesRefused as refused:
        for fault in refused.faults:
            _log.critical("a rule of SAFECALL_RULES_DIR is refused: %s", fault)
        before = accepted.accepted(var_dir)
        if before is not None:
            try:
                done = _put(before.folder)
            except RuleError as error:
                _log.critical("the rules accepted before no longer load: %s", error)
            else:
                _log.critical("SAFECALL_RULES_DIR is refused: the rules accepted before stay")
                return done
        if production:
            raise
        _log.critical("SAFECALL_RULES_DIR is refused: the guard's own rules stand alone")
        return _put(None)


def _put(folder: Path | None) -> InForce:
    """Record the rules if they are others than before, and use them in this process."""
    engine = load(RULES_DIR, beside=folder)
    roots = (RULES_DIR,) if folder is None else (RULES_DIR, folder)
    digest, rules = store.rules_digest(*roots), len(engine.plan.rules)
    recorded = _record(digest, rules)
    stand_beside(folder, engine)
    return InForce(digest, rules, folder is not None, recorded)


def _record(digest: str, rules: int) -> bool:
    """Write the ledger's entry, unless the last one of its kind says the same."""
    entry = Entry(
        LedgerRow.Kind.RULE_CHANGE, None, {"digest": digest, "rules": rules}, published=True
    )
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite locks as the transaction begins
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        # A subject has the change of a text that the department publishes.
        changes = LedgerRow.objects.filter(kind=LedgerRow.Kind.RULE_CHANGE, subject__isnull=True)
        last = changes.order_by("-id").first()
        if last is not None and _says(last, entry):
            return False
        append([entry])
    return True


def _says(row: LedgerRow, entry: Entry) -> bool:
    """Whether a row commits to this very record."""
    return row.salt is not None and commit(bytes(row.salt), entry.record) == bytes(row.commitment)
