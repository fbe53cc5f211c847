"""The demonstration's staff, with passwords that differ in each installation."""

from pathlib import Path
from typing import Final

from safecall.demo.files import write_private
from safecall.people.models import User
from safecall.people.passwords import new_password

Role = User.Role
# User name, name that colleagues see, role.
PEOPLE: Final = (
    ("calltaker", "Demo Call Taker", Role.CALL_TAKER),
    ("dispatcher", "Demo Dispatcher", Role.DISPATCHER),
    ("supervisor", "Demo Supervisor", Role.SUPERVISOR),
    ("records", "Demo Records Clerk", Role.RECORDS),
    ("interpreter", "Demo Interpreter", Role.INTERPRETER),
    ("admin", "Demo Administrator", Role.ADMIN),
)
_HEADING: Final = "Sign-ins of the demonstration: user name, password, role"


def make_staff(path: Path) -> list[tuple[str, str, str]]:
    """Make who is missing; give a new password to whom the file's does not open.

    Returns user name, password and role of each, as they then stand in the file.
    """
    known = _read(path)
    lines = []
    for username, name, role in PEOPLE:
        user = User.objects.filter(username=username).first() or User(username=username)
        password = known.get(username, "")
        if not (password and user.pk and user.check_password(password)):
            password = new_password()
            user.set_password(password)
        user.display_name, user.role, user.is_active = name, role, True
        user.save()
        lines.append((username, password, str(role.label)))
    write_private(path, "\n".join([_HEADING, *("  ".join(line) for line in lines), ""]))
    return lines


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    words = (line.split() for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {line[0]: line[1] for line in words if len(line) >= 2}
