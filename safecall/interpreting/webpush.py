"""Web push: a message that only one browser can read (RFC 8291), from a sender that its push
service knows again (RFC 8292). Pure, on the `cryptography` package alone.

Keys are as browsers and push services write them: unpadded URL-safe base64 of a point on P-256 (65
bytes), of a private number (32 bytes), or of 16 random bytes.
"""

import base64
import binascii
import json
import os
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_CURVE: Final = ec.SECP256R1()
_RECORD: Final = 4096
#: What fits a single record, as push services want it.
MOST_BYTES: Final = 3993
#: RFC 8292: a day at most. Push services' clocks may differ by minutes.
VALID_SECONDS: Final = 12 * 3600


class BadKey(ValueError):
    """A key is none of P-256, or has the wrong length."""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where one browser is reached, its public key, and the secret that it shares with us.

    Raises `BadKey`.
    """

    endpoint: str
    p256dh: str
    auth: str

    def __post_init__(self) -> None:
        _point(self.p256dh)
        if len(_unbase64(self.auth)) != 16:
            raise BadKey("the browser's secret has 16 bytes")


def new_key() -> str:
    """A fresh private key of a sender."""
    return _private_text(ec.generate_private_key(_CURVE))


def public_key(key: str) -> str:
    """The public key of a sender's private one, for browsers. Raises `BadKey`."""
    return _base64(_raw(_private(key).public_key()))


def encrypt(plain: bytes, browser: Browser, *, key: str = "", salt: bytes = b"") -> bytes:
    """The body of the message: one record of `aes128gcm` (RFC 8188).

    `key` and `salt` are made anew for each message; tests give those of the standard.
    """
    if len(plain) > MOST_BYTES:
        raise ValueError(f"a push message has {MOST_BYTES} bytes at most")
    own = _private(key) if key else ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    theirs = _point(browser.p256dh)
    mine, other = _raw(own.public_key()), _raw(theirs)
    shared = own.exchange(ec.ECDH(), theirs)
    secret = _derive(shared, _unbase64(browser.auth), b"WebPush: info\0" + other + mine, 32)
    content = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(content).encrypt(nonce, plain + b"\x02", None)
    return salt + _RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine + sealed


def authorization(endpoint: str, subject: str, key: str, now: int) -> str:
    """The header by which the push service knows us again: `vapid t=..., k=...`.

    `subject` is where the push service reaches us, an `https:` or `mailto:` address; `now` in
    seconds since 1970.
    """
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now + VALID_SECONDS, "sub": subject}
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    der = _private(key).sign(signed.encode(), ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(der)
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return f"vapid t={signed}.{_base64(signature)}, k={public_key(key)}"


def _json(value: object) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        raise BadKey("a key is URL-safe base64") from None


def _point(text: str) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _unbase64(text))
    except ValueError:
        raise BadKey("a public key is a point on P-256") from None


def _private(text: str) -> ec.EllipticCurvePrivateKey:
    number = _unbase64(text)
    if len(number) != 32:
        raise BadKey("a private key has 32 bytes")
    try:
        return ec.derive_private_key(int.from_bytes(number, "big"), _CURVE)
    except ValueError:
        raise BadKey("a private key is a number of P-256") from None


def _private_text(key: ec.EllipticCurvePrivateKey) -> str:
    return _base64(key.private_numbers().private_value.to_bytes(32, "big"))


def _raw(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
