"""Rows that are written once: what was recorded stays, and a later row says what was wrong."""

from typing import Any, NoReturn, TypeVar

from django.db import models

_M = TypeVar("_M", bound=models.Model)


class Unchanging(TypeError):
    """A row that is never edited was about to be changed or deleted."""

    def __init__(self, model: str) -> None:
        super().__init__(f"{model} is never edited: record an amendment instead")


class WrittenOnceQuerySet(models.QuerySet[_M]):
    """Reads and inserts; refuses every other way to change rows."""

    def update(self, **_: Any) -> NoReturn:
        """Refused."""
        raise Unchanging(self.model._meta.label)

    def delete(self) -> NoReturn:
        """Refused."""
        raise Unchanging(self.model._meta.label)


class WrittenOnce(models.Model):
    """A table of such rows."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert. Raises `Unchanging` where the row exists."""
        if not self._state.adding:
            raise Unchanging(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise Unchanging(self._meta.label)
