"""The demonstration's interpreters and lines. Nobody here exists, and no number is anybody's."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from safecall.contacts.actions import Actor
from safecall.contacts.models import Contact
from safecall.interpreting.actions import (
    InterpreterData,
    SkillData,
    VendorData,
    accept,
    end,
    first_word,
    keep_interpreter,
    keep_vendor,
    request_interpreter,
)
from safecall.interpreting.models import Interpreter, InterpreterRequest, Offer, Vendor
from safecall.interpreting.terms import Kind, Modality
from safecall.people.models import User
from safecall.vocabulary.languages import label

_PHONE: Final = frozenset({Modality.TELEPHONE})
_VIDEO: Final = frozenset({Modality.TELEPHONE, Modality.VIDEO})
_SIGN: Final = frozenset({Modality.VIDEO, Modality.IN_PERSON})

# Code, kind, tags with ILR level, certificate, ways to work, hours.
PEOPLE: Final = (
    ("demo-es-1", Kind.STAFF, {"es": "3"}, "", _PHONE, "Mo-Su 06:00-18:00"),
    ("demo-es-2", Kind.ROSTER, {"es": "4"}, "state_court", _VIDEO, "always"),
    ("demo-so-1", Kind.ROSTER, {"so": "3"}, "state_court", _VIDEO, "always"),
    ("demo-so-2", Kind.ROSTER, {"so": "2+", "ar": "2"}, "", _PHONE, "always"),
    ("demo-hmong-1", Kind.ROSTER, {"mww": "3+", "hnj": "2"}, "chi", _PHONE, "always"),
    ("demo-om-1", Kind.ROSTER, {"om": "3", "am": "2+"}, "", _PHONE, "Mo-Fr 08:00-22:00"),
    ("demo-asl-1", Kind.ROSTER, {"ase": "4"}, "nic", _SIGN, "always"),
)
# Who signs in, and as whom (demo/staff.py).
SIGNS_IN: Final = ("demo-so-1", "interpreter")
# Numbers with 555-01 are reserved for fiction.
VENDORS: Final = (
    VendorData(
        "demo-line-1",
        "Demonstration Language Line (demo data)",
        "+18005550171,,1",
        account_secret="DEMO_LINE_1_ACCOUNT",  # noqa: S106  the name of a secret
        price=Decimal("0.95"),
        rank=1,
        demo=True,
    ),
    VendorData(
        "demo-line-2",
        "Second Demonstration Line (demo data)",
        "+18005550172",
        price=Decimal("1.25"),
        rank=2,
        modalities=_VIDEO,
        certified=True,
        demo=True,
    ),
)


def make_interpreters() -> int:
    """Make who is missing; how many interpreters and lines there are."""
    there = {*Interpreter.objects.values_list("code", flat=True)}
    for code, kind, levels, certificate, ways, hours in PEOPLE:
        if code in there:
            continue
        named = " and ".join(label(tag) for tag in levels)
        skills = tuple(
            SkillData(tag, "ilr", level, certificate=certificate) for tag, level in levels.items()
        )
        name = f"Demo interpreter, {named}"
        keep_interpreter(
            InterpreterData(
                code, name, skills, kind, _account(code), modalities=ways, hours=hours, demo=True
            )
        )
    lines = {*Vendor.objects.values_list("code", flat=True)}
    for vendor in VENDORS:
        if vendor.code not in lines:
            keep_vendor(vendor)
    return Interpreter.objects.count() + Vendor.objects.count()


def _account(code: str) -> User | None:
    """One of them signs in and has the page on which offers ring."""
    return User.objects.filter(username=SIGNS_IN[1]).first() if code == SIGNS_IN[0] else None


def interpreted(actor: Actor, contact: Contact, number: int) -> None:
    """A call that was interpreted: the same acts as in life, moved back to the call's own time.

    The waits are invented: 8 to 22 seconds to the answer, 4 more to the first word.
    """
    request = request_interpreter(actor, contact)
    mine = Offer.objects.filter(request=request, outcome="").first()
    if mine is None or mine.kind == Kind.SUPERVISOR:
        end(actor, request)
        return
    accept(actor, mine)
    first_word(actor, request)
    end(actor, request)
    _move_back(request, contact, 8 + number % 15)


def _move_back(request: InterpreterRequest, contact: Contact, waited: int) -> None:
    needed = (contact.answered_at or contact.received_at) + timedelta(seconds=5)
    answered = needed + timedelta(seconds=waited)
    InterpreterRequest.objects.filter(pk=request.pk).update(
        needed_at=needed,
        requested_at=needed,
        offered_at=needed,
        answered_at=answered,
        first_word_at=answered + timedelta(seconds=4),
        ended_at=answered + timedelta(minutes=6),
    )
    Offer.objects.filter(request=request).update(at=needed)
