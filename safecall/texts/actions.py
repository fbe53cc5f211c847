"""Writing, proposing and publishing a text; suggesting a better translation. Each act is checked,
done and recorded in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from safecall import guard
from safecall.contacts.actions.base import ActRefused, InvalidField
from safecall.contacts.actions.text import storable
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.texts import markdown
from safecall.texts.models import Suggestion, Version
from safecall.vocabulary.written import BY_TAG

BODY_LENGTH: Final = 50_000
SHORT_LENGTH: Final = 500
SUGGESTION_LENGTH: Final = 2_000
_State = Version.State
#: Who may publish; anybody who may write may propose.
PUBLISHERS: Final = frozenset({User.Role.SUPERVISOR.value, User.Role.ADMIN.value})


@dataclass(frozen=True, slots=True)
class Fault:
    """A passage that asks what is never asked, and the guard's rules that say so."""

    passage: str
    rules: str


def faults(body: str) -> list[Fault]:
    """The passages that ask what we never ask. Raises `guard.GuardUnavailable`."""
    return [
        Fault(passage, ", ".join(sorted({found.rule for found in asked})))
        for passage in markdown.passages(body)
        if (asked := guard.ask(passage))
    ]


def _plain(field: str, text: str, most: int) -> str:
    """The text as it may be kept. It is about the department and has to say what it does not
    ask, so it is not screened: it is held against the question rules, and two people read it."""
    plain = storable(text).replace("\r\n", "\n").strip()
    if len(plain) > most:
        raise InvalidField(field, f"At most {most:,} characters; please shorten it.")
    if found := faults(plain):
        raise InvalidField(
            field, f"This asks what we never ask ({found[0].rules}): “{found[0].passage[:120]}”"
        )
    return plain


def write(
    user: User,
    name: str,
    lang: str,
    body: str,
    *,
    changed: str = "",
    version: Version | None = None,
) -> Version:
    """Keep a draft: a new one, or (with `version`) one's own draft as it stands now.

    Raises `InvalidField`, `ActRefused` and `guard.GuardUnavailable`.
    """
    if name not in Version.Name.values:
        raise InvalidField("name", f"Choose one of: {', '.join(Version.Name.values)}.")
    if lang not in BY_TAG:
        raise InvalidField("lang", f"Choose one of: {', '.join(BY_TAG)}.")
    if not body.strip():
        raise InvalidField("body", "Please write the text.")
    kept = _plain("body", body, BODY_LENGTH)
    what = _plain("changed", changed, SHORT_LENGTH)
    with transaction.atomic():
        one = version and Version.objects.select_for_update().get(pk=version.pk)
        if one and (one.state not in (_State.DRAFT, _State.SENT_BACK) or one.written_by != user):
            raise ActRefused("Only its writer changes a draft, and only before it is proposed.")
        one = one or Version(name=name, lang=lang)
        one.body, one.changed = kept, what
        one.sha256 = hashlib.sha256(kept.encode()).hexdigest()
        one.written_by, one.written_at, one.state = user, timezone.now(), _State.DRAFT
        one.save()
    return one


def propose(user: User, version: Version) -> Version:
    """Hand a draft to a second person. Raises `ActRefused`."""
    with transaction.atomic():
        one = Version.objects.select_for_update().get(pk=version.pk)
        if one.state not in (_State.DRAFT, _State.SENT_BACK):
            raise ActRefused("It was proposed already.")
        if one.written_by != user:
            raise ActRefused("Only its writer proposes a draft.")
        one.state = _State.PROPOSED
        one.save(update_fields=["state"])
    return one


def publish(user: User, version: Version, at: datetime | None = None) -> Version:
    """Put a proposed version in force, with its row in the public ledger.

    Raises `ActRefused`: a writer never publishes what they wrote.
    """
    if user.role not in PUBLISHERS:
        raise ActRefused("A supervisor or an administrator publishes.")
    try:
        with transaction.atomic():
            return _publish(user, version, at or timezone.now())
    except IntegrityError:
        # Two first versions at the same moment: no row was there that both could have locked.
        raise ActRefused("Somebody published another version just now. Look at it first.") from None


def _publish(user: User, version: Version, at: datetime) -> Version:
    one = Version.objects.select_for_update().get(pk=version.pk)
    if one.state != _State.PROPOSED:
        raise ActRefused("Only what was proposed can be published.")
    if one.written_by == user:
        raise ActRefused("You wrote this, so somebody else has to publish it.")
    before = (
        Version.objects.select_for_update()
        .filter(name=one.name, lang=one.lang, state=_State.PUBLISHED)
        .order_by("-number")
        .first()
    )
    one.number = (before.number or 0) + 1 if before else 1
    one.state, one.published_by, one.published_at = _State.PUBLISHED, user, at
    one.save()
    record = {
        "text": one.name,
        "lang": one.lang,
        "version": one.number,
        "sha256": one.sha256,
        "before": before.sha256 if before else "",
    }
    append([Entry(LedgerRow.Kind.RULE_CHANGE, one.pk, record, published=True)])
    return one


def send_back(user: User, version: Version) -> Version:
    """Give a proposed version back to its writer. Raises `ActRefused`."""
    with transaction.atomic():
        one = Version.objects.select_for_update().get(pk=version.pk)
        if one.state != _State.PROPOSED:
            raise ActRefused("Only what was proposed can be sent back.")
        if user.role not in PUBLISHERS and one.written_by != user:
            raise ActRefused("Its writer, a supervisor or an administrator sends it back.")
        one.state = _State.SENT_BACK
        one.save(update_fields=["state"])
    return one


def suggest(lang: str, wrong: str, better: str) -> tuple[Suggestion, bool]:
    """Take a better translation in; returns it, and whether words were removed from it.

    Raises `InvalidField` and `guard.GuardUnavailable`.
    """
    if lang not in BY_TAG:
        raise InvalidField("lang", "Please choose a language from the list.")
    kept = [guard.screen(storable(text).strip()[:SUGGESTION_LENGTH]) for text in (wrong, better)]
    if not kept[1].text:
        raise InvalidField("better", "Please write how you would say it.")
    with transaction.atomic():
        one = Suggestion.objects.create(
            lang=lang, wrong=kept[0], better=kept[1], received_on=timezone.localdate()
        )
    return one, any(finding.removed for screened in kept for finding in screened.findings)


def settle(user: User, suggestion: Suggestion, *, accepted: bool) -> Suggestion:
    """Say what becomes of a suggestion; it can be said anew, and the words always stay."""
    with transaction.atomic():
        one = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        one.state = Suggestion.State.ACCEPTED if accepted else Suggestion.State.DECLINED
        one.settled_by, one.settled_at = user, timezone.now()
        one.save(update_fields=["state", "settled_by", "settled_at"])
    return one
