"""Staff, and the other systems that may reach contacts."""

from safecall.people.models.token import SystemToken
from safecall.people.models.user import User

__all__ = ["SystemToken", "User"]
