from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "safecall.engagements"
    label = "engagements"
    verbose_name = "Engagements"
