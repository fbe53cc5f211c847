"""Who could be asked for a request now: the database's rows as the engine's roster.

Four queries, however long the roster is: tags, skills, rings, vendors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from safecall.interpreting.authority import is_immigration_authority
from safecall.interpreting.models import (
    Availability,
    Interpreter,
    InterpreterRequest,
    Offer,
    Skill,
    Vendor,
)
from safecall.interpreting.models.vendor import EVERY_LANGUAGE
from safecall.interpreting.terms import (
    SIGNED,
    Candidate,
    Kind,
    Modality,
    Outcome,
    Purpose,
    Roster,
    VendorLine,
)
from safecall.vocabulary import hours
from safecall.vocabulary.matching import How, Match, matches, spoken

# How exactly the language fits weighs more than how well it is spoken.
_BY_FIT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The roster, and in which tag each of its candidates and vendors would serve."""

    roster: Roster
    candidate_tags: dict[str, str]
    vendor_tags: dict[str, str]


def roster_for(request: InterpreterRequest, now: datetime) -> Asked:
    """Everybody who speaks the request's language and is there now.

    A language that needs the caller's consent counts once the request says `consented`.
    """
    candidates, candidate_tags = _candidates(request, now)
    vendors, vendor_tags = _vendors(request, now)
    return Asked(Roster(candidates, vendors), candidate_tags, vendor_tags)


def fitting(request: InterpreterRequest, tags: Iterable[str]) -> list[Match]:
    """The tags that may serve this request, the best first."""
    found = matches(request.language, tags, request.second_languages.split())
    return [match for match in found if request.consented or not match.needs_consent]


def speaks(user_id: int | None, language: str) -> bool:
    """Whether this member of staff may speak with callers in the language themselves."""
    if user_id is None:
        return False
    today = timezone.localdate()
    skills = Skill.objects.filter(
        interpreter__user=user_id, interpreter__active=True
    ).select_related("interpreter")
    return any(
        Purpose.DISPATCH in skill.purposes(skill.interpreter.kind, today)
        and any(match.how is How.EXACT for match in matches(language, [skill.tag]))
        for skill in skills
    )


def somebody_to_ask() -> bool:
    """Whether the department has set up any interpreter or vendor; without, nothing rings."""
    active = Interpreter.objects.filter(active=True).exists()
    return active or Vendor.objects.filter(active=True).exists()


def available(interpreter: Interpreter, exceptions: Sequence[Availability], now: datetime) -> bool:
    """Whether they are on shift or on call; an exception outweighs the weekly hours, away first."""
    current = [one.available for one in exceptions if one.begins_at <= now < one.ends_at]
    if current:
        return all(current)
    return hours.covers(interpreter.hours, timezone.localtime(now))


def _candidates(
    request: InterpreterRequest, now: datetime
) -> tuple[tuple[Candidate, ...], dict[str, str]]:
    tags = Skill.objects.filter(interpreter__active=True).values_list("tag", flat=True).distinct()
    fits = {match.offered: place for place, match in enumerate(fitting(request, tags))}
    if not fits:
        return (), {}
    best: dict[int, Skill] = {}
    skills = _skills(list(fits), now)
    for skill in sorted(skills, key=lambda one: (fits[one.tag], -(one.ilr or 0), one.pk)):
        best.setdefault(skill.interpreter_id, skill)
    here = {
        pk: skill
        for pk, skill in best.items()
        if available(skill.interpreter, list(skill.interpreter.exceptions.all()), now)
        and (skill.interpreter.user_id is None or skill.interpreter.user_id != _asker(request))
    }
    rings = _rings(list(here), request)
    today = timezone.localdate(now)
    return (
        tuple(
            _candidate(skill, fits[skill.tag], rings.get(pk), today) for pk, skill in here.items()
        ),
        {str(pk): skill.tag for pk, skill in here.items()},
    )


def _asker(request: InterpreterRequest) -> int | None:
    return request.requested_by_id


def _skills(tags: list[str], now: datetime) -> list[Skill]:
    current = Availability.objects.filter(begins_at__lte=now, ends_at__gt=now)
    return list(
        Skill.objects.filter(tag__in=tags, interpreter__active=True)
        .select_related("interpreter")
        .prefetch_related(Prefetch("interpreter__exceptions", queryset=current))
    )


def _rings(interpreters: list[int], request: InterpreterRequest) -> dict[int, Offer]:
    """What each of them is at now, apart from this request's own ring."""
    now_at = (
        Offer.objects.filter(interpreter__in=interpreters, over_at__isnull=True)
        .exclude(request=request)
        .select_related("request")
    )
    return {offer.interpreter_id: offer for offer in now_at if offer.interpreter_id is not None}


def _candidate(skill: Skill, fit: int, ring: Offer | None, today: date) -> Candidate:
    one = skill.interpreter
    engaged = ring is not None and ring.outcome == Outcome.ACCEPTED
    return Candidate(
        id=str(one.pk),
        kind=Kind(one.kind),
        rank=fit * _BY_FIT - (skill.ilr or 0),
        modalities=one.modalities,
        purposes=skill.purposes(one.kind, today),
        traits=frozenset({one.gender} - {""}),
        engaged=engaged,
        ringing_for=ring.request.priority if ring and not engaged else None,
        immigration_authority=is_immigration_authority(str(one.works_for)),
    )


def _vendors(
    request: InterpreterRequest, now: datetime
) -> tuple[tuple[VendorLine, ...], dict[str, str]]:
    local = timezone.localtime(now)
    lines, tags = [], {}
    for vendor in Vendor.objects.filter(active=True):
        tag = vendor_tag(vendor, request)
        if tag is None or not hours.covers(vendor.hours, local):
            continue
        tags[str(vendor.pk)] = tag
        lines.append(
            VendorLine(
                id=str(vendor.pk),
                rank=vendor.rank,
                modalities=vendor.modalities,
                purposes=frozenset(Purpose) if vendor.certified else frozenset({Purpose.DISPATCH}),
                immigration_authority=is_immigration_authority(str(vendor.name)),
            )
        )
    return tuple(lines), tags


def vendor_tag(vendor: Vendor, request: InterpreterRequest) -> str | None:
    """In which language this vendor would serve the request; None: in none.

    A line for every language serves spoken ones; it signs only if it has video.
    """
    if EVERY_LANGUAGE in vendor.tags:
        signed = spoken(request.language) in SIGNED
        return request.language if not signed or Modality.VIDEO in vendor.modalities else None
    found = fitting(request, vendor.tags)
    return found[0].offered if found else None
