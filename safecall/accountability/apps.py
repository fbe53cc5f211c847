from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """The figures, the statement, the open data and the states' forms."""

    name = "safecall.accountability"
    label = "accountability"
