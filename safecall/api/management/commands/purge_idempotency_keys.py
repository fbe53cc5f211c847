from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from safecall.api.models import IdempotencyKey


class Command(BaseCommand):
    """Forgets which requests were already carried out, once nobody sends them again."""

    help = "Forget the API's idempotency keys that are older than --days (30)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        """Forget, and say how many."""
        gone = IdempotencyKey.purge(timedelta(days=days))
        self.stdout.write(f"{gone:,} keys forgotten.")
