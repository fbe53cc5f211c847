"""The browser's side of web push, for tests."""

import base64
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from safecall.interpreting.webpush import Browser

Private = ec.EllipticCurvePrivateKey


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def made(endpoint: str) -> tuple[Browser, Private]:
    """A browser that subscribed, and its private key."""
    private = ec.generate_private_key(ec.SECP256R1())
    return Browser(endpoint, text(raw(private.public_key())), text(os.urandom(16))), private


def decrypt(body: bytes, private: Private, auth: str) -> bytes:
    """What the browser reads of a message of one record (RFC 8291, section 3.4)."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(sealed) <= size
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    shared = private.exchange(ec.ECDH(), public)
    secret = base64.urlsafe_b64decode(auth + "==")
    info = b"WebPush: info\0" + raw(private.public_key()) + sender
    key = HKDF(SHA256(), 32, secret, info).derive(shared)
    content = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(key)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(key)
    padded = AESGCM(content).decrypt(nonce, sealed, None)
    plain, _, _ = padded.rpartition(b"\x02")
    return plain
