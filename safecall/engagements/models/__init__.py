"""The tables of engagements."""

from safecall.engagements.models.course import Approval, PolicyFinding, TrackStep
from safecall.engagements.models.engagement import (
    ActionTaken,
    Engagement,
    Instrument,
    RequestType,
    Series,
    TaskForceAgency,
)
from safecall.engagements.models.mention import MentionSettled

__all__ = [
    "ActionTaken",
    "Approval",
    "Engagement",
    "Instrument",
    "MentionSettled",
    "PolicyFinding",
    "RequestType",
    "Series",
    "TaskForceAgency",
    "TrackStep",
]
