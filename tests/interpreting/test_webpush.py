"""Web push against the examples of its standards, and with a browser's side of it."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from safecall.interpreting.webpush import (
    MOST_BYTES,
    BadKey,
    Browser,
    authorization,
    encrypt,
    new_key,
    public_key,
)
from tests.interpreting.push_browser import decrypt, made

# RFC 8291, section 5.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SENDER_PUBLIC = (
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
)
RECEIVER = Browser(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
)
SALT = base64.urlsafe_b64decode("DGv6ra1nlYgDCS1FRnbzlw==")
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
    "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulc"
    "y4a-fN"
)
# RFC 8292, section 2.4.
TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0"
    "NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCG"
    "SK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
TOKEN_KEY = (
    "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


def test_the_message_of_the_standard() -> None:
    sealed = encrypt(PLAIN, RECEIVER, key=SENDER, salt=SALT)
    assert base64.urlsafe_b64encode(sealed).rstrip(b"=").decode() == SEALED
    assert public_key(SENDER) == SENDER_PUBLIC


@given(st.binary(max_size=MOST_BYTES))
def test_only_its_browser_reads_a_message(plain: bytes) -> None:
    browser, private = made("https://push.example.net/x")
    _, other = made("https://push.example.net/y")
    sealed = encrypt(plain, browser)
    assert decrypt(sealed, private, browser.auth) == plain
    with pytest.raises(InvalidTag):
        decrypt(sealed, other, browser.auth)


def test_no_two_messages_are_alike() -> None:
    browser, _ = made("https://push.example.net/x")
    assert encrypt(PLAIN, browser) != encrypt(PLAIN, browser)


def claims(token: str, key: str) -> dict[str, object]:
    """The claims of a token that this key signed. Raises `InvalidSignature`."""
    head, body, signature = token.split(".")
    point = base64.urlsafe_b64decode(key + "=")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    raw = base64.urlsafe_b64decode(signature + "==")
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(der, f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(base64.urlsafe_b64decode(head + "==")) == {"typ": "JWT", "alg": "ES256"}
    told: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=="))
    return told


def test_a_sender_is_known_as_in_the_standard() -> None:
    """Signatures are random, so ours and the standard's own are read by the same reader."""
    assert claims(TOKEN, TOKEN_KEY)["aud"] == "https://push.example.net"
    key = new_key()
    said = authorization(RECEIVER.endpoint, "https://calls.police.example", key, 1_000_000)
    scheme, token, public = said.split(" ")
    assert scheme == "vapid"
    assert public.removeprefix("k=") == public_key(key)
    assert claims(token.removeprefix("t=").removesuffix(","), public_key(key)) == {
        "aud": "https://push.example.net",
        "exp": 1_000_000 + 12 * 3600,
        "sub": "https://calls.police.example",
    }
    with pytest.raises(InvalidSignature):
        claims(token.removeprefix("t=").removesuffix(","), TOKEN_KEY)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", RECEIVER.auth),
        ("BCVx", RECEIVER.auth),
        (SENDER_PUBLIC[:-4] + "AAAA", RECEIVER.auth),
        (RECEIVER.p256dh, "BTBZ"),
        (RECEIVER.p256dh, "ü"),
    ],
)
def test_a_browser_with_a_wrong_key_is_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(BadKey):
        Browser(RECEIVER.endpoint, p256dh, auth)


@pytest.mark.parametrize("key", ["", "AAAA", "A" * 43])
def test_a_wrong_key_of_the_sender_is_refused(key: str) -> None:
    with pytest.raises(BadKey):
        public_key(key)


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="3993"):
        encrypt(b"x" * (MOST_BYTES + 1), RECEIVER)
