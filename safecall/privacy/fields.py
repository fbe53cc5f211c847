"""Model fields that take only what the guard has returned."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.signals import setting_changed
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from safecall.guard import Screened
from safecall.privacy.kept import KeptText, UnscreenedText


class ScreenedTextField(models.TextField["Screened | str", KeptText]):
    """Free text. Assign the `Screened` that `guard.screen` returns, or an empty string.

    Raises `UnscreenedText` on every way to the database (save, update, bulk_create, bulk_update)
    where the value is a plain string.
    """

    if TYPE_CHECKING:
        # What the checker of Django's types reads for `Model(column=...)`.
        _pyi_private_set_type: Screened | str  # type: ignore[assignment]
        _pyi_private_get_type: KeptText

    def _kept(self, value: object) -> KeptText:
        if isinstance(value, Screened):
            return KeptText.screened(value)
        if isinstance(value, KeptText):
            return value
        if value == "":
            return KeptText.stored("")
        raise UnscreenedText(f"{self.model._meta.label}.{self.attname}")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        kept = self._kept(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, kept)
        return kept

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return str(self._kept(value))

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> KeptText:
        return KeptText.stored(value or "")


class LostKey(RuntimeError):
    """A sealed column cannot be opened with any of the keys that are configured."""


@lru_cache(maxsize=1)
def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def _forget_cipher(setting: str, **_: object) -> None:
    if setting == "FIELD_KEYS":
        _cipher.cache_clear()


setting_changed.connect(_forget_cipher)


class SealedTextField(ScreenedTextField):
    """Screened text that is encrypted at rest: Fernet (AES-128-CBC with HMAC-SHA-256).

    The first of `settings.FIELD_KEYS` seals; every key opens, so keys can be rotated.
    It cannot be searched. Raises `LostKey` where no key opens what is stored.
    """

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        text = super().get_db_prep_save(value, connection)
        return _cipher().encrypt(text.encode()).decode() if text else ""

    def get_prep_value(self, value: Any) -> Any:
        if value != "":
            raise TypeError("a sealed column cannot be searched")
        return value

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> KeptText:
        if not value:
            return KeptText.stored("")
        try:
            return KeptText.stored(_cipher().decrypt(value.encode()).decode())
        except InvalidToken:
            raise LostKey("a sealed column was written with a key that is not configured") from None
