"""What a service is given before its public pages are looked at: code for its own Python."""

DEPARTMENT = """
from safecall.contacts.models import Agency, AnsweringPoint
agency = Agency.objects.create(code="test-pd", name="Test Police Department")
AnsweringPoint.objects.create(code="test-911", name="Test County 911", agency=agency)
"""

POLICY = """
from safecall.people.models import User
from safecall.texts import actions, selectors
people = [User.objects.create(username=name, role="supervisor") for name in ("one", "two")]
for body in ("# Calls", selectors.model_policy()):
    draft = actions.write(people[0], "policy", "en", body, changed="More words.")
    actions.publish(people[1], actions.propose(people[0], draft))
"""
