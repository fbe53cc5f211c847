"""`safecall manage staff`: the accounts of the people who work here."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safecall.people import accounts, audit
from safecall.people.models import SignInEvent, User

EXAMPLES = """
Examples:
  safecall manage staff add amina --role call_taker --name "Amina Warsame"
  safecall manage staff role amina dispatcher
  safecall manage staff password amina
  safecall manage staff unlock amina
  safecall manage staff sign-ins amina
"""


class Command(BaseCommand):
    """One word says what to do; `list` and `sign-ins` only look."""

    help = "Make and change accounts of staff, unlock them, and read the record of sign-ins."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The parser, with examples."""
        return super().create_parser(
            prog_name,
            subcommand,
            epilog=EXAMPLES,
            formatter_class=RawDescriptionHelpFormatter,
            **kwargs,
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may follow."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="WHAT")
        acts.add_parser("list", help="who has an account")
        add = acts.add_parser("add", help="make an account; prints its first password")
        add.add_argument("username")
        add.add_argument("--role", choices=User.Role.values, required=True)
        add.add_argument("--name", default="", help="the name that colleagues see")
        role = acts.add_parser("role", help="give another role")
        role.add_argument("username")
        role.add_argument("role", choices=User.Role.values)
        for act, what in {
            "password": "set and print a new password",
            "unlock": "let somebody try again after five wrong tries",
            "second-factor": "remove all second factors of somebody who lost them",
            "close": "nobody can sign in to the account any more",
            "open": "open a closed account again",
        }.items():
            acts.add_parser(act, help=what).add_argument("username")
        record = acts.add_parser("sign-ins", help="the latest 50 steps of the record")
        record.add_argument("username", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        acts: dict[str, Callable[..., None]] = {
            "list": self._list,
            "add": self._add,
            "sign-ins": self._sign_ins,
        }
        try:
            if options["act"] in acts:
                acts[options["act"]](options)
            else:
                self._change(options["act"], _user(options["username"]), options.get("role"))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None

    def _list(self, _: dict[str, Any]) -> None:
        for user in User.objects.order_by("username"):
            closed = "" if user.is_active else "  (closed)"
            self.stdout.write(f"{user.username:<20} {user.role:<12} {user.display_name}{closed}")

    def _add(self, options: dict[str, Any]) -> None:
        user, password = accounts.add(options["username"], options["role"], options["name"])
        self.stdout.write(f"{user.username} can sign in with this password: {password}")

    def _change(self, act: str, user: User, role: str | None) -> None:
        if act == "password":
            password = accounts.renew_password(user)
            self.stdout.write(f"The new password of {user.username}: {password}")
            return
        acts: dict[str, Callable[[], object]] = {
            "role": lambda: accounts.change(user, role=role),
            "unlock": lambda: audit.unlock(user),
            "second-factor": lambda: accounts.remove_second_factors(user),
            "close": lambda: accounts.change(user, is_active=False),
            "open": lambda: accounts.change(user, is_active=True),
        }
        acts[act]()
        self.stdout.write(f"{user.username}: done.")

    def _sign_ins(self, options: dict[str, Any]) -> None:
        events = SignInEvent.objects.select_related("user").order_by("-at", "-id")
        if options["username"]:
            events = events.filter(user=_user(options["username"]))
        for event in events[:50]:
            at = timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S")
            who = event.user.username if event.user else "(no such account)"
            self.stdout.write(f"{at}  {who:<20} {event.get_kind_display()}  {event.address or ''}")


def _user(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(
            "There is no account with this user name. See: safecall manage staff list"
        )
    return user
