"""The table of transitions, held against what the actions really do."""

from itertools import product

import pytest

from safecall.contacts import actions
from safecall.contacts.actions import Actor, ActRefused, Changes
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Unit
from safecall.contacts.workflow import ALLOWED, Act, State
from safecall.ledger.models import LedgerRow
from safecall.people.models import User


def _bring_to(state: State, contact: Contact, actor: Actor) -> None:
    if state in (State.ANSWERED, State.CLOSED):
        actions.answer(actor, contact)
    if state is State.CLOSED:
        actions.close(actor, contact, "18")


def _do(act: Act, contact: Contact, actor: Actor, unit: Unit, neighbor: AnsweringPoint) -> None:
    match act:
        case Act.ANSWER:
            actions.answer(actor, contact)
        case Act.NOTE:
            actions.add_note(actor, contact, "Two men left on foot.")
        case Act.CHANGE:
            actions.change(actor, contact, Changes(priority=2))
        case Act.ASSIGN:
            actions.assign_unit(actor, contact, unit)
        case Act.TRANSFER:
            actions.transfer(actor, contact, neighbor)
        case Act.CLOSE:
            actions.close(actor, contact, "01")
        case Act.REOPEN:
            actions.reopen(actor, contact)
        case _:
            raise AssertionError(act)


# What interpreters do is tried in tests/interpreting.
ELSEWHERE = (Act.OPEN, Act.UNIT_STATUS, Act.DESTROY, Act.INTERPRET)
TRIED = [act for act in Act if act not in ELSEWHERE]


@pytest.mark.parametrize(("state", "act"), list(product(State, TRIED)))
def test_each_act_in_each_state_is_done_and_recorded_or_refused_without_a_trace(
    state: State,
    act: Act,
    contact: Contact,
    amina: User,
    unit_12: Unit,
    neighbor: AnsweringPoint,
) -> None:
    actor = Actor.staff(amina)
    _bring_to(state, contact, actor)
    entries, rows = HistoryEntry.objects.count(), LedgerRow.objects.count()
    wanted = ALLOWED[state].get(act)
    if wanted is None:
        with pytest.raises(ActRefused):
            _do(act, contact, actor, unit_12, neighbor)
        assert (HistoryEntry.objects.count(), LedgerRow.objects.count()) == (entries, rows)
        return
    _do(act, contact, actor, unit_12, neighbor)
    assert Contact.objects.get(pk=contact.pk).state == wanted
    newest = HistoryEntry.objects.latest("id")
    assert (newest.act, newest.actor) == (act.value, amina)
    assert LedgerRow.objects.count() == rows + 1


def test_closing_takes_back_nothing_while_a_unit_is_there(
    contact: Contact, amina: User, unit_12: Unit
) -> None:
    actor = Actor.staff(amina)
    assignment = actions.assign_unit(actor, contact, unit_12)
    with pytest.raises(ActRefused, match="Clear these units first: 12"):
        actions.close(actor, contact, "01")
    actions.set_unit_status(actor, assignment, "Cleared")
    assert actions.close(actor, contact, "01").state == "closed"


def test_reopening_clears_the_disposition_and_keeps_the_history(
    contact: Contact, amina: User
) -> None:
    actor = Actor.staff(amina)
    actions.close(actor, contact, "10")
    again = actions.reopen(actor, contact)
    assert (again.state, again.disposition, again.closed_at) == ("answered", "", None)
    assert [e.act for e in contact.history.order_by("id")] == ["open", "close", "reopen"]
