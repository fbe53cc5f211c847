from django.apps import AppConfig


class UiConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "safecall.ui"
    label = "ui"
    verbose_name = "Pages"
