"""Who is on call now beside whom the plan wants: language by language, this hour."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from safecall.desk import staffing
from safecall.interpreting.models import Availability, Skill
from safecall.interpreting.roster import available
from safecall.interpreting.terms import Purpose
from safecall.vocabulary import languages
from safecall.vocabulary.matching import matches


@dataclass(frozen=True, slots=True)
class Cover:
    """One language now. `needed` is None where the plan has no such language."""

    name: str
    here: int
    needed: int | None

    @property
    def short(self) -> bool:
        """Whether fewer are on call than the plan wants."""
        return self.needed is not None and self.here < self.needed


def now(found: staffing.Counted | None, at: datetime | None = None) -> list[Cover]:
    """Every language of the plan and of the roster: those that are short first, then by name.

    The plan is that with the usual assumptions. Two queries.
    """
    when = at or timezone.now()
    here = _here(when)
    needed = _needed(found, timezone.localtime(when).hour)
    covers = [
        Cover(languages.label(tag), _who_serves(tag, here), needed.get(tag))
        for tag in needed.keys() | here.keys()
    ]
    return sorted(covers, key=lambda one: (not one.short, one.name))


def _here(when: datetime) -> dict[str, set[int]]:
    """Languages of the roster, and who of those that speak them is on call."""
    current = Availability.objects.filter(begins_at__lte=when, ends_at__gt=when)
    skills = (
        Skill.objects.filter(interpreter__active=True)
        .select_related("interpreter")
        .prefetch_related(Prefetch("interpreter__exceptions", queryset=current))
    )
    today = timezone.localdate(when)
    found: dict[str, set[int]] = {}
    for skill in skills:
        person = skill.interpreter
        people = found.setdefault(skill.tag, set())
        serves = Purpose.DISPATCH in skill.purposes(person.kind, today)
        if serves and available(person, list(person.exceptions.all()), when):
            people.add(person.pk)
    return found


def _who_serves(tag: str, here: dict[str, set[int]]) -> int:
    """How many on call may serve a caller of this language without being asked for consent."""
    fitting = [one.offered for one in matches(tag, here) if not one.needs_consent]
    return len(set[int]().union(*(here[one] for one in fitting)))


def _needed(found: staffing.Counted | None, hour: int) -> dict[str, int]:
    if found is None:
        return {}
    form = staffing.AssumptionsForm(staffing.usual(found))
    if not form.is_valid():
        return {}
    made = staffing.plan(form, found)
    return {one.tag: one.needs[hour].people for one in made.languages}
