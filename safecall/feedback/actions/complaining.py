"""What the one who complains does: complain, come back, say more."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from safecall.contacts import codes
from safecall.contacts.actions.base import Actor, ActRefused, InvalidField
from safecall.feedback.actions.base import Words, count_removed, screened
from safecall.feedback.models import Complaint, ComplaintStep, ComplaintWords

_PURPOSE = "complaint"
_Act = ComplaintStep.Act


@dataclass(frozen=True, slots=True)
class Complained:
    """A complaint that was received, its code, which cannot be shown again, and whether words
    about somebody's status were taken out."""

    complaint: Complaint
    code: str
    removed: bool


def complain(kind: str, words: str = "", *, demo: bool = False) -> Complained:
    """Receive a complaint. Words are not needed.

    Raises `InvalidField` and `guard.GuardUnavailable`.
    """
    if kind not in Complaint.Kind.values:
        raise InvalidField("kind", "Choose what it is about.")
    kept = screened(words)
    code = codes.new()
    today = timezone.localdate()
    with transaction.atomic():
        complaint = Complaint.objects.create(
            code_hash=codes.hashed(code, _PURPOSE), received_on=today, kind=kind, demo=demo
        )
        step(complaint, Actor.resident(), _Act.RECEIVE)
        _keep(complaint, kept)
    return Complained(complaint, code, bool(kept.removed))


def find(code: str) -> Complaint | None:
    """The complaint of this code, typed with or without hyphens and in any case."""
    digest = codes.hashed(code, _PURPOSE)
    return Complaint.objects.filter(code_hash=digest).first() if digest else None


def add_words(complaint: Complaint, words: str) -> bool:
    """Say more; whether words about somebody's status were taken out. A settled one stays settled,
    and a supervisor is told that there is more.

    The same words as the last are not added again. Raises `InvalidField`, `ActRefused` where the
    words were destroyed already, and `guard.GuardUnavailable`.
    """
    kept = screened(words)
    if kept.text is None:
        raise InvalidField("words", "Write what you want to add.")
    with transaction.atomic():
        current = Complaint.objects.select_for_update().get(pk=complaint.pk)
        if current.words_destroyed_at:
            raise ActRefused("This complaint is over. Make a new one.")
        last = current.words.order_by("-id").first()
        if last is None or str(last.text) != kept.text.text:
            current.news = True
            current.version += 1
            current.save(update_fields=["news", "version"])
            step(current, Actor.resident(), _Act.ADD)
            _keep(current, kept)
    return bool(kept.removed)


def step(complaint: Complaint, actor: Actor, act: ComplaintStep.Act, outcome: str = "") -> None:
    """Record an act, in its transaction."""
    ComplaintStep.objects.create(
        complaint=complaint,
        act=act.value,
        on=timezone.localdate(),
        actor=actor.user,
        actor_label=actor.label,
        outcome=outcome,
    )


def _keep(complaint: Complaint, kept: Words) -> None:
    if kept.text is not None:
        ComplaintWords.objects.create(
            complaint=complaint, on=timezone.localdate(), text=kept.text, removed=kept.removed
        )
        count_removed(kept, complaint.subject, timezone.localdate())
