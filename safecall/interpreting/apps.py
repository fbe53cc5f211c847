from django.apps import AppConfig


class InterpretingConfig(AppConfig):
    name = "safecall.interpreting"
    label = "interpreting"
    verbose_name = "Interpreting"
