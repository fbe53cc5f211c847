"""Whom to ring back."""

import pytest

from safecall.feeds.sip.callback import Callback, callback, number_of
from safecall.feeds.sip.message import parse
from tests.feeds.sip.examples import invite


def found(**headers: str | None) -> Callback:
    message = parse(invite(**headers))
    assert message is not None
    return callback(message)


def test_what_the_network_asserts_comes_before_what_the_telephone_says() -> None:
    assert found() == Callback("+12185550142")


def test_without_it_the_telephone_s_own_number() -> None:
    assert found(P_Asserted_Identity=None) == Callback("+12185550199")


@pytest.mark.parametrize(
    ("identity", "number"),
    [
        ("tel:+1-218-555-0142", "+12185550142"),
        ("<tel:(218)555-0142>", "+12185550142"),
        ("<tel:5550142;phone-context=+1218>", "+12185550142"),
        ('"Doe, Jo" <sip:2185550142@pbx.example>, <tel:+12185550143>', "+12185550142"),
        ("<sip:reception@pbx.example>, <tel:+12185550143>", "+12185550143"),
        ("<sips:%2B12185550142;cpc=ordinary@x.example>", "+12185550142"),
        ("<sip:+525555550142@x.example>", "+525555550142"),
        ("<sip:reception@pbx.example;transport=tcp>", "sip:reception@pbx.example"),
    ],
)
def test_numbers_in_all_their_forms(identity: str, number: str) -> None:
    assert found(P_Asserted_Identity=identity).text == number


@pytest.mark.parametrize(
    "nobody",
    [
        "<sip:anonymous@anonymous.invalid>",
        "<sip:unavailable@unknown.example>",
        "<mailto:a@b.example>",
        "<sip:>",
        "garbage",
        "<sip:a b@x.example>",
    ],
)
def test_nobody_to_ring_back(nobody: str) -> None:
    assert found(P_Asserted_Identity=None, From=f"{nobody};tag=one") == Callback()


def test_a_telephone_without_a_contract_cannot_be_rung() -> None:
    assert found(P_Asserted_Identity="<tel:+19115550142>", From="<sip:911@x>;tag=1") == Callback(
        no_service=True
    )


def test_what_is_no_number() -> None:
    assert number_of("911") == ""
    assert number_of("+" + "9" * 29) == ""
    assert number_of("call me") == ""
