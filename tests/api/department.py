"""A department for services that run on their own; everything in it is invented."""

# Python for `Service.python`: the last word that it prints is a token's secret.
SET_UP = """
from safecall.contacts.models import Agency, AnsweringPoint
from safecall.people.models import SystemToken
agency, _ = Agency.objects.get_or_create(code="test-pd", defaults={"name": "Test PD"})
AnsweringPoint.objects.get_or_create(
    code="test-911", defaults={"name": "Test 911", "agency": agency})
print(SystemToken.issue("Test CAD", list(SystemToken.SCOPES))[1])
"""
