"""Staff, how they signed in, and the other systems that may reach contacts."""

from safecall.people.models.sign_in import SignInEvent
from safecall.people.models.token import SystemToken
from safecall.people.models.user import User

__all__ = ["SignInEvent", "SystemToken", "User"]
