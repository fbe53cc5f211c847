"""Each step that the acts record has words on the contact's page."""

import re
from pathlib import Path

from safecall.contacts.actions import Actor
from safecall.contacts.models import Contact
from safecall.desk.showing import history_line
from safecall.interpreting import actions, wording

STEP = re.compile(r'"step": "([a-z_]+)"')


def test_every_step_has_words() -> None:
    recorded = {
        step
        for path in Path(actions.__file__).parent.glob("*.py")
        for step in STEP.findall(path.read_text(encoding="utf-8"))
    }
    assert recorded
    assert recorded == set(wording._STEPS)


def test_the_contact_page_says_it(desk: Actor, somali_call: Contact) -> None:
    request = actions.request_interpreter(desk, somali_call)
    actions.change_language(desk, request, "om")
    actions.cancel(desk, request)
    entries = somali_call.history.filter(act="interpret").order_by("id")
    assert [history_line(entry) for entry in entries] == [
        "asked for an interpreter, Somali",
        "the language is Oromo, not Somali",
        "interpreter: not needed after all",
    ]
