"""What an entry of the ledger says, and the commitment within it. Pure: no Django.

An entry is canonical JSON (RFC 8785):
`{"c":{running totals},"d":day or month,"k":commitment,"n":number within its type,"t":type,"v":1}`.
`c` counts, for each type, the entries up to and including this one, so the last entry alone
carries the headline figures. `k` is base64 of SHA-256(domain || random bytes || record).
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

DOMAIN: Final = b"safecall/ledger/v1\n"
SALT_BYTES: Final = 32
VERSION: Final = 1
#: Every type that a public entry can have.
PUBLIC_TYPES: Final = frozenset(
    {
        "contact",
        "engagement",
        "guard_removed",
        "rule_change",
        "request_declined",
        "seal",
        "nil_return",
        "correction",
        "key_change",
        "retention",
    }
)
_TYPE = "[a-z][a-z_]{0,31}"
_COUNT = "(?:0|[1-9][0-9]{0,14})"
# One pass over an entry: totals, day, commitment, number, type. Exactly the canonical spelling.
_ENTRY = re.compile(
    rf'\{{"c":\{{((?:"{_TYPE}":{_COUNT},?)*)\}},'
    r'"d":"([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)",'
    r'"k":"([A-Za-z0-9+/]{43}=)",'
    rf'"n":({_COUNT}),"t":"({_TYPE})","v":1\}}'
)


class LeafError(ValueError):
    """An entry is not one that this ledger could have written."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry, read. `totals` is the text between the braces of `c`, as it stands."""

    type: str
    n: int
    day: str
    commitment: str
    totals: str

    @classmethod
    def parse(cls, entry: bytes) -> "Leaf":
        """Raises `LeafError`."""
        try:
            found = _ENTRY.fullmatch(entry.decode("ascii"))
        except UnicodeDecodeError:
            found = None
        if found is None:
            raise LeafError("an entry is not in the form of this ledger")
        totals, day, commitment, number, kind = found.groups()
        return cls(kind, int(number), day, commitment, totals)

    def counts(self) -> dict[str, int]:
        """The running totals. Raises `LeafError` where one stands twice or out of order."""
        counts: dict[str, int] = json.loads(f"{{{self.totals}}}")
        if totals_text(counts) != self.totals:
            raise LeafError("the totals of an entry are not in canonical form")
        return counts


def commit(salt: bytes, record: object) -> bytes:
    """SHA-256(domain || salt || canonical JSON of the record), RFC 8785.

    Without the random salt a record of few possible values (a day, a telephone number) could be
    guessed from its hash.
    """
    return hashlib.sha256(DOMAIN + salt + canonical(record)).digest()


def canonical(record: Any) -> bytes:
    """A record as canonical JSON (RFC 8785).

    Most records are names with texts and small whole numbers, which Python's own encoder writes in
    the same way in a fraction of the time; all others are left to the library.
    """
    if type(record) is dict and all(
        type(name) is str
        and name.isascii()
        and (type(value) is str or (type(value) is int and abs(value) <= _MOST_INT))
        for name, value in record.items()
    ):
        return _encoder.encode(record).encode()
    return rfc8785.dumps(record)


_MOST_INT: Final = 2**53 - 1
_encoder: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def totals_text(counts: Mapping[str, int]) -> str:
    """Totals as they stand in an entry: sorted, types that were never counted left out."""
    return ",".join([f'"{kind}":{counts[kind]}' for kind in sorted(counts) if counts[kind]])


class Counter:
    """Writes entries one after the other, with numbers and running totals.

    Equal to RFC 8785 because types, days and base64 hold no character that it would escape and
    every number is a whole one; written by hand because it is done for every entry.
    """

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts: dict[str, int] = {k: v for k, v in (counts or {}).items() if v}
        self._parts = {kind: f'"{kind}":{count}' for kind, count in sorted(self.counts.items())}

    def next(self, kind: str, day: str, commitment: str) -> bytes:
        """The next entry of this type; `commitment` is base64."""
        number = self.counts.get(kind, 0) + 1
        new = number == 1
        self.counts[kind] = number
        self._parts[kind] = f'"{kind}":{number}'
        if new:
            self._parts = dict(sorted(self._parts.items()))
        totals = ",".join(self._parts.values())
        return (
            f'{{"c":{{{totals}}},"d":"{day}","k":"{commitment}","n":{number},"t":"{kind}","v":1}}'
        ).encode("ascii")


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens one entry's commitment: the random bytes and the record."""

    index: int
    salt: bytes
    record: Any

    def line(self) -> bytes:
        """One line of the published openings."""
        salt = base64.b64encode(self.salt).decode()
        made = {"i": self.index, "r": salt, "record": self.record}
        return rfc8785.dumps(made) + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> "Opening":
        """Raises `LeafError`."""
        try:
            said = json.loads(line)
            salt = base64.b64decode(said["r"], validate=True)
            index = int(said["i"])
        except (ValueError, KeyError, TypeError):
            raise LeafError("a published opening cannot be read") from None
        return cls(index, salt, said["record"])

    def opens(self, commitment: str) -> bool:
        """Whether it opens this commitment (base64)."""
        if len(self.salt) != SALT_BYTES:
            return False
        return base64.b64encode(commit(self.salt, self.record)).decode() == commitment
