"""Trees in memory, made by the definition of RFC 6962 and by nothing that is tested."""

import hashlib
from collections.abc import Sequence
from functools import cache


def entry(number: int) -> bytes:
    return f"entry {number}".encode()


@cache
def defined_root(lo: int, hi: int) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there, over `entry(lo)` to `entry(hi - 1)`."""
    if lo == hi:
        return hashlib.sha256(b"").digest()
    if hi - lo == 1:
        return hashlib.sha256(b"\x00" + entry(lo)).digest()
    k = 1
    while k * 2 < hi - lo:
        k *= 2
    left, right = defined_root(lo, lo + k), defined_root(lo + k, hi)
    return hashlib.sha256(b"\x01" + left + right).digest()


def corruptions(proof: Sequence[bytes]) -> list[list[bytes]]:
    """Proofs that are almost this one."""
    made = [[*proof, b"\x00" * 32], [b"\x11" * 32, *proof]]
    if proof:
        flipped = bytes([proof[0][0] ^ 1]) + proof[0][1:]
        made += [list(proof[:-1]), list(proof[1:]), [flipped, *proof[1:]]]
        made += [[*proof[:-1], proof[-1][:-1]]]
    if len(proof) > 1 and proof[0] != proof[1]:
        made += [[proof[1], proof[0], *proof[2:]]]
    return made
