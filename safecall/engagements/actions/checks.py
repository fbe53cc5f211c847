"""Checks of what is said: refused is what no register can hold, never what should not have been."""

import re
from dataclasses import replace
from typing import Final

from safecall import guard
from safecall.contacts.actions.base import Actor, ActRefused, InvalidField
from safecall.contacts.actions.values import past
from safecall.engagements.facts import Facts, Predicate, TaskForce
from safecall.people.models import User
from safecall.vocabulary.engagements.occasion import OffenseLevel

#: Who may record: everybody who takes calls, sends help, supervises or keeps records.
RECORDERS: Final = frozenset(
    {User.Role.CALL_TAKER, User.Role.DISPATCHER, User.Role.SUPERVISOR, User.Role.RECORDS}
)
#: Numbers of a statute or of NIBRS: 609.52, 152.021, 13A. It begins with a digit and holds no word.
_OFFENSE = re.compile(r"[0-9]{1,4}[A-Z]?(?:[.:-][0-9]{1,5}[A-Za-z]?){0,3}")
#: NIBRS' codes of immigration offences do not exist here; that there was no other offence does.
_IMMIGRATION_OFFENSE = re.compile(r"30[A-D]")
_TASK_FORCE = re.compile(r"[a-z][a-z0-9-]{1,39}")
_MOST: Final = {"subject_count": 10_000, "people": 10_000, "vehicles": 10_000, "facilities": 1_000}
_MOST_MINUTES: Final = 10_000_000


def refuse_unless(actor: Actor, roles: frozenset[str], who: str) -> None:
    """Raises `ActRefused` where staff of another role acts; systems are held to their scopes."""
    if actor.user is not None and actor.user.role not in roles:
        raise ActRefused(f"{who} can do this.")


def recorder(actor: Actor) -> None:
    """Raises `ActRefused` for those who record no engagements."""
    refuse_unless(actor, RECORDERS, "Call takers, dispatchers, supervisors and records clerks")


def checked(facts: Facts) -> Facts:
    """The facts as they can be kept. Raises `InvalidField`, naming the field and what to do."""
    past("happened_at", facts.happened_at)
    if facts.decided_at:
        past("decided_at", facts.decided_at)
    if facts.custody_event_at:
        past("custody_event_at", facts.custody_event_at)
    counts = {
        "subject_count": facts.subject_count,
        "people": facts.resources.people,
        "vehicles": facts.resources.vehicles,
        "facilities": facts.resources.facilities,
    }
    for name, count in counts.items():
        _count(name, count, _MOST[name])
    for name, minutes in (
        ("held_minutes", facts.held_minutes),
        ("minutes", facts.resources.minutes),
        ("task_force_arrests", facts.task_force.arrests),
        ("task_force_immigration_arrests", facts.task_force.immigration_arrests),
    ):
        _count(name, minutes, _MOST_MINUTES)
    return replace(
        facts,
        predicate=_predicate(facts.predicate),
        task_force=_task_force(facts.task_force),
        held_beyond_release=facts.held_beyond_release or facts.held_minutes > 0,
    )


def _count(name: str, value: int, most: int) -> None:
    if not 0 <= value <= most:
        raise InvalidField(name, f"Give a whole number from 0 to {most:,}.")


def _predicate(said: Predicate) -> Predicate:
    code = said.offense_code.strip().upper()
    if not code:
        return replace(said, offense_code="")
    if _IMMIGRATION_OFFENSE.fullmatch(code):
        level = said.offense_level
        if level is OffenseLevel.NONE:
            level = OffenseLevel.IMMIGRATION_ONLY
        return replace(said, offense_code="", offense_level=level)
    if len(code) > 12 or not _OFFENSE.fullmatch(code):
        raise InvalidField(
            "offense_code", "Give the statute's or NIBRS' number, such as 609.52 or 13A; no words."
        )
    return replace(said, offense_code=code)


def _task_force(said: TaskForce) -> TaskForce:
    code = said.code.strip().lower()
    if code and not _TASK_FORCE.fullmatch(code):
        raise InvalidField(
            "task_force", "Give the task force's short code, such as lake-superior-drugs."
        )
    if code and any(one.removed for one in guard.screen(code.replace("-", " ")).findings):
        raise InvalidField("task_force", "Give the task force's own code, nothing about anybody.")
    if said.immigration_arrests > said.arrests:
        raise InvalidField(
            "task_force_immigration_arrests", "Arrests for immigration are a part of all arrests."
        )
    return replace(said, code=code)
