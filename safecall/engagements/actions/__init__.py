"""Every act on an engagement: the one door that pages, API, command line and import all use.

Each act checks, then does, then records (rows that are never edited, and a ledger row) in one
transaction, and judges last: findings never stop a record.
"""

from safecall.engagements.actions.approving import answer, approve, ask
from safecall.engagements.actions.judging import judge, judge_due, mark_seen
from safecall.engagements.actions.mentions import settle_as_nothing, settle_as_record
from safecall.engagements.actions.recording import Said, amend, record
from safecall.engagements.actions.steps import take_step

__all__ = [
    "Said",
    "amend",
    "answer",
    "approve",
    "ask",
    "judge",
    "judge_due",
    "mark_seen",
    "record",
    "settle_as_nothing",
    "settle_as_record",
    "take_step",
]
