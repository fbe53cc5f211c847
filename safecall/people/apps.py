from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Staff, their sign-in and their permissions."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "safecall.people"
    label = "people"
    verbose_name = "Staff"

    def ready(self) -> None:
        """Listen to what happens at sign-in."""
        from safecall.people import signals  # noqa: PLC0415  models must be loaded first

        signals.connect()
