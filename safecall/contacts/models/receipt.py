"""The code by which somebody who gave no name can come back to what they reported."""

from django.db import models

from safecall.contacts.models.contact import Contact


class Receipt(models.Model):
    """Only the hash of the code is kept: the database alone opens no report."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="receipts")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"receipt {self.pk}"
