"""Making the demonstration, and emptying it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.management import call_command

from safecall.accountability import statement
from safecall.contacts.models import Contact, Unit
from safecall.demo.calls import make_calls
from safecall.demo.department import make_department
from safecall.demo.engagements import make_engagements
from safecall.demo.feedback import make_feedback
from safecall.demo.interpreters import make_interpreters
from safecall.demo.past import make_past, publish
from safecall.demo.referrals import make_referrals
from safecall.demo.staff import make_staff
from safecall.demo.texts import make_policy
from safecall.demo.tokens import make_token

SIGN_INS: Final = "demo-sign-ins.txt"
TOKEN: Final = "replay.token"  # noqa: S105  the name of a file


@dataclass(frozen=True, slots=True)
class Built:
    """What stands now. `staff`: user name, password and role of each."""

    department: str
    units: int
    contacts: int
    staff: list[tuple[str, str, str]]


def build(folder: Path, contacts: int, past: int = 0) -> Built:
    """Make what is missing, and publish the ledger; sign-ins and token go to this folder, readable
    by its owner alone.

    `past`: how many calls of the two days before there should be beside `contacts`.
    """
    point = make_department()
    staff = make_staff(folder / SIGN_INS)
    make_token(folder / TOKEN)
    make_interpreters()
    make_feedback()
    make_policy()
    make_referrals()
    make_past(point, past)
    make_calls(point, contacts)
    make_engagements()
    publish()
    statement.prepare()
    return Built(point.agency.name, Unit.objects.count(), Contact.objects.count(), staff)


def empty() -> None:
    """Delete every row of the database; call `refusal.refuse_where_real` before."""
    call_command("flush", verbosity=0, interactive=False)
