"""Invented answers and complaints, so that a demonstration has something on the page."""

from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.utils import timezone

from safecall.contacts.actions import Actor
from safecall.feedback.actions import complain, give_answers, look_at, settle
from safecall.feedback.models import Answers, Complaint
from safecall.people.models import User

#: helped, own language, asked; words; how many months ago.
ANSWERS: Final = (
    *((("yes", "yes", "no"), "", months) for months in (0, 0, 0, 1, 1, 1, 1, 2, 2)),
    (("yes", "no", "no"), "My daughter had to speak for me.", 1),
    (("no", "yes", "unsaid"), "Nobody came for an hour.", 2),
    (("yes", "yes", "yes"), "At the traffic stop one of them asked. The other one stopped him.", 0),
)
COMPLAINTS: Final = (
    ("interpreter", "I waited at the counter and nobody found an interpreter.", "broken"),
    ("asked", "It was the officer at the traffic stop on Superior Street.", ""),
)


def make_feedback() -> None:
    """Answers and complaints, where there are none yet, one settled by the supervisor."""
    if Answers.objects.exists() or Complaint.objects.exists():
        return
    today = timezone.localdate()
    for replies, words, months in ANSWERS:
        month = today.replace(day=1)
        for _ in range(months):
            month = (month - timedelta(days=1)).replace(day=1)
        once = uuid4()
        named = dict(zip(("helped", "own_language", "asked"), replies, strict=True))
        give_answers(named, words, once=once, demo=True)
        Answers.objects.filter(pk=once).update(month=month)
    supervisor = User.objects.filter(role=User.Role.SUPERVISOR).order_by("pk").first()
    for kind, words, outcome in COMPLAINTS:
        complaint = complain(kind, words, demo=True).complaint
        if supervisor and outcome:
            look_at(Actor.staff(supervisor), complaint)
            settle(Actor.staff(supervisor), complaint, outcome)
