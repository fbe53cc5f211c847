"""A browser that shows an interpreter's rings while their page is closed."""

from django.db import models

from safecall.interpreting.models.interpreter import Interpreter
from safecall.privacy.fields import SealedTextField


class PushSubscription(models.Model):
    """What the browser gave us: where its maker's service takes messages, and its keys.

    Whoever has the address can send to the browser, so it is sealed; `endpoint_hash` finds it
    again. Made by `actions.keep_push` alone.
    """

    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint_hash = models.CharField(max_length=64, unique=True)
    endpoint = SealedTextField()
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"push subscription {self.pk}"
