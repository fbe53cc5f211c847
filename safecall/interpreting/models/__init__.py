"""The tables of interpreting, one model a file."""

from safecall.interpreting.models.delivery import Delivery
from safecall.interpreting.models.interpreter import Availability, Conflict, Interpreter
from safecall.interpreting.models.offer import Offer
from safecall.interpreting.models.push import PushSubscription
from safecall.interpreting.models.request import InterpreterRequest
from safecall.interpreting.models.skill import Skill
from safecall.interpreting.models.vendor import Vendor

__all__ = [
    "Availability",
    "Conflict",
    "Delivery",
    "Interpreter",
    "InterpreterRequest",
    "Offer",
    "PushSubscription",
    "Skill",
    "Vendor",
]
