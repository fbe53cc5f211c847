"""C2SP signed notes, checkpoints and cosignatures, with Ed25519. Pure: no Django.

Formats: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature. Keys are
written as Go's `golang.org/x/mod/sumdb/note` writes them, so that its tools can read them:
`name+8 hex digits+base64` for a verifier and `PRIVATE+KEY+name+8 hex digits+base64` for a signer.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safecall.ledger.tree import HASH_BYTES

ED25519: Final = 1
COSIGNATURE: Final = 4
SEED_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
MOST_SIGNATURES: Final = 100
MOST_CHARACTERS: Final = 1_000_000
_DASH: Final = "\u2014 "
_PRIVATE: Final = "PRIVATE+KEY+"
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ValueError):
    """A note, a key or a checkpoint is not what it should be. The message never shows a key."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name. `kind` is `ED25519` or `COSIGNATURE`."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+hash+key`. Raises `NoteError`."""
        name, digest, data = _key_parts(text.strip())
        if len(data) != 1 + SEED_BYTES or data[0] not in (ED25519, COSIGNATURE):
            raise NoteError("this is not an Ed25519 verifier key")
        made = cls(name, data[0], data[1:])
        if made.id.hex() != digest:
            raise NoteError("the verifier key does not fit its own hash: was it copied wholly?")
        return made

    @property
    def id(self) -> bytes:
        """The first 4 bytes of SHA-256(name || newline || kind || key)."""
        data = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(data).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_b64(bytes([self.kind]) + self.public)}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether `signature` (without the key's id) is this key's over the note's text."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            if len(signature) != 8 + SIGNATURE_BYTES:
                return False
            message, signature = _cosigned(text, cosigned_at(signature)), signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A private key with its name; never shown in a representation."""

    name: str
    kind: int
    seed: bytes

    @classmethod
    def new(cls, name: str, kind: int = ED25519) -> Self:
        """A fresh key. Raises `NoteError` where the name cannot be one."""
        _check_name(name)
        return cls(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `PRIVATE+KEY+name+hash+key`. Raises `NoteError`."""
        text = text.strip()
        if not text.startswith(_PRIVATE):
            raise NoteError("a private key begins with PRIVATE+KEY+")
        name, digest, data = _key_parts(text.removeprefix(_PRIVATE))
        if len(data) != 1 + SEED_BYTES or data[0] not in (ED25519, COSIGNATURE):
            raise NoteError("this is not an Ed25519 private key")
        made = cls(name, data[0], data[1:])
        if made.verifier.id.hex() != digest:
            raise NoteError("the private key does not fit its own hash: was it copied wholly?")
        return made

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return Verifier(self.name, self.kind, public)

    def secret(self) -> str:
        """The key as it is kept in a file; keep it to yourself."""
        data = _b64(bytes([self.kind]) + self.seed)
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{data}"

    def line(self, text: str, at: int = 0) -> str:
        """The signature line for a note's text; `at` (Unix seconds) is part of a cosignature."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        if self.kind == COSIGNATURE:
            made = at.to_bytes(8, "big") + key.sign(_cosigned(text, at))
        else:
            made = key.sign(text.encode())
        return f"{_DASH}{self.name} {_b64(self.verifier.id + made)}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and id, and the bytes that follow the id."""

    name: str
    id: bytes
    data: bytes

    @property
    def line(self) -> str:
        """The line as it stands in the note."""
        return f"{_DASH}{self.name} {_b64(self.id + self.data)}\n"

    def by(self, key: Verifier) -> bool:
        """Whether it claims to be this key's."""
        return (self.name, self.id) == (key.name, key.id)


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a newline, and its signatures, not yet checked."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, data: str) -> Self:
        """Read a signed note. Raises `NoteError`."""
        if len(data) > MOST_CHARACTERS or any(c < " " and c != "\n" for c in data):
            raise NoteError("this is not a signed note")
        text, blank, lines = data.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise NoteError("this is not a signed note: it needs an empty line and signatures")
        signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
        if len(signatures) > MOST_SIGNATURES:
            raise NoteError("the note has too many signatures")
        return cls(text + "\n", signatures)

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(one.line for one in self.signatures)}"

    def signed_by(self, keys: Iterable[Verifier]) -> list[tuple[Verifier, Signature]]:
        """Which of these keys signed, with their signatures.

        Raises `NoteError` where a signature claims to be one of them and is not. Signatures of
        other keys are passed over, as the format wants it.
        """
        found = []
        for key in keys:
            mine = [one for one in self.signatures if one.by(key)]
            if any(not key.accepts(self.text, one.data) for one in mine):
                raise NoteError(f"the signature of {key.name} is false")
            found += [(key, one) for one in mine[:1]]
        return found

    def with_line(self, line: str) -> "Note":
        """The note with one more signature line, taking the place of the same key's."""
        added = _signature(line.rstrip("\n"))
        others = [one for one in self.signatures if (one.name, one.id) != (added.name, added.id)]
        return Note(self.text, (*others, added))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: whose (`origin`), how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a checkpoint note; further lines are allowed. Raises `NoteError`."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _SIZE.fullmatch(lines[1]):
            raise NoteError("this is not a checkpoint")
        root = unb64(lines[2])
        if len(root) != HASH_BYTES:
            raise NoteError("the checkpoint's root has not 32 bytes")
        return cls(lines[0], int(lines[1]), root)

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"

    def sign(self, signers: Iterable[Signer]) -> Note:
        """The checkpoint as a note, signed by all of these."""
        lines = "".join(one.line(self.text) for one in signers)
        return Note.parse(f"{self.text}\n{lines}")


def open_checkpoint(data: str, keys: Iterable[Verifier]) -> tuple[Checkpoint, Note]:
    """A checkpoint that at least one of these keys of its log signed.

    Raises `NoteError` where none did, or where origin and key name differ.
    """
    note = Note.parse(data)
    point = Checkpoint.parse(note.text)
    signed = note.signed_by(keys)
    if not signed:
        raise NoteError("the checkpoint is not signed by the key that was expected")
    if any(key.name != point.origin for key, _ in signed):
        raise NoteError("the checkpoint names another log than its key")
    return point, note


def cosigned_at(signature: bytes) -> int:
    """When a witness cosigned (Unix seconds), from the bytes after the key's id."""
    return int.from_bytes(signature[:8], "big")


def unb64(text: str) -> bytes:
    """Standard base64, padded, in its one canonical spelling. Raises `NoteError`."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("this is not base64") from None
    if _b64(data) != text:
        raise NoteError("this is not base64 in its canonical spelling")
    return data


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() or not c.isprintable() for c in name):
        raise NoteError(
            "a key's name has no spaces and no plus sign, such as police.example/ledger"
        )


def _key_parts(text: str) -> tuple[str, str, bytes]:
    name, plus, rest = text.partition("+")
    digest, second, key = rest.partition("+")
    if not plus or not second:
        raise NoteError("a key has the form name+hash+key")
    _check_name(name)
    return name, digest, unb64(key)


def _signature(line: str) -> Signature:
    name, space, data = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NoteError("this is not a signature line")
    _check_name(name)
    raw = unb64(data)
    if len(raw) < 5:
        raise NoteError("a signature is too short")
    return Signature(name, raw[:4], raw[4:])
