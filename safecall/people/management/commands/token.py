"""`safecall manage token`: which other systems may reach contacts."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from safecall.people.models import SystemToken

EXAMPLES = """
Examples:
  safecall manage token issue "County CAD" --scope contacts:read --scope contacts:write
  safecall manage token revoke "County CAD"
  safecall manage token list
"""


class Command(BaseCommand):
    """Issue, revoke, list."""

    help = "Let another system, such as computer-aided dispatch, use the API; or stop it."

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
        issue = acts.add_parser("issue", help="make a token; it is shown this once")
        issue.add_argument("name", help="the system's name, as the history of contacts shows it")
        issue.add_argument(
            "--scope", action="append", choices=SystemToken.SCOPES, required=True, dest="scopes"
        )
        issue.add_argument(
            "--answering-point", default="", help="code; for calls that do not name one"
        )
        acts.add_parser("revoke", help="end a token for good").add_argument("name")
        acts.add_parser("list", help="all tokens")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        {"issue": self._issue, "revoke": self._revoke, "list": self._list}[options["act"]](options)

    def _issue(self, options: dict[str, Any]) -> None:
        try:
            with transaction.atomic():
                _, secret = SystemToken.issue(
                    options["name"], options["scopes"], options["answering_point"]
                )
        except IntegrityError:
            raise CommandError("There is a token of this name. Choose another name.") from None
        self.stdout.write(secret)

    def _revoke(self, options: dict[str, Any]) -> None:
        token = SystemToken.objects.filter(name=options["name"]).first()
        if token is None:
            raise CommandError("There is no token of this name. See: safecall manage token list")
        token.revoke()
        self.stdout.write(f"{token.name} is revoked; within five seconds nothing accepts it.")

    def _list(self, _: dict[str, Any]) -> None:
        for token in SystemToken.objects.order_by("name"):
            used = token.last_used_on or "never"
            state = "revoked" if token.revoked_at else f"last used {used}"
            self.stdout.write(f"{token.name:<30} {', '.join(token.scopes)}  ({state})")
