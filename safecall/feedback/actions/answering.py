"""Taking the three answers, and a supervisor's having seen that somebody was asked."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from safecall.contacts.actions.base import Actor, InvalidField
from safecall.contacts.models import Contact
from safecall.feedback.actions.base import count_removed, refuse_unless_supervisor, screened
from safecall.feedback.models import Answered, Answers, Reply

QUESTIONS: Final = ("helped", "own_language", "asked")


@dataclass(frozen=True, slots=True)
class Given:
    """`again`: this report's writer has answered before, so nothing was kept. `removed`: words
    about somebody's status were taken out."""

    again: bool = False
    removed: bool = False


def once_of(typed: str) -> UUID:
    """The id of the answers that a page with this random value sends; sent twice, one id."""
    if not typed:
        return uuid4()
    return UUID(salted_hmac("safecall.feedback.once", typed, algorithm="sha256").hexdigest()[:32])


def give_answers(
    replies: dict[str, str],
    words: str = "",
    *,
    contact: Contact | None = None,
    once: UUID | None = None,
    demo: bool = False,
) -> Given:
    """Keep the answers to `QUESTIONS` (what is missing is `unsaid`), and the words, screened.

    `contact` is the report that they are about; only that it was answered is kept, apart from the
    answers. Raises `InvalidField` and `guard.GuardUnavailable`.
    """
    columns = {name: replies.get(name) or Reply.UNSAID.value for name in QUESTIONS}
    if wrong := [name for name, value in columns.items() if value not in Reply.values]:
        raise InvalidField(wrong[0], "Choose one of the answers.")
    kept, key = screened(words), once or uuid4()
    today = timezone.localdate()
    with transaction.atomic():
        if contact is not None and not _first(contact):
            return Given(again=True)
        _, new = Answers.objects.get_or_create(
            pk=key,
            defaults={
                **columns,
                "month": today.replace(day=1),
                "coded": contact is not None,
                "words": kept.text or "",
                "removed": kept.removed,
                "demo": demo,
            },
        )
        if new:
            count_removed(kept, key, today)
    return Given(removed=bool(kept.removed))


def _first(contact: Contact) -> bool:
    key = salted_hmac("safecall.feedback.answered", str(contact.pk), algorithm="sha256").hexdigest()
    return Answered.objects.get_or_create(key=key)[1]


def mark_seen(actor: Actor, answers: Answers) -> None:
    """A supervisor has seen that somebody says they were asked.

    Raises `ActRefused` for anyone else.
    """
    refuse_unless_supervisor(actor)
    Answers.objects.filter(pk=answers.pk, seen_at__isnull=True).update(seen_at=timezone.now())
