from django.apps import AppConfig


class DeskConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "safecall.desk"
    label = "desk"
    verbose_name = "Desk"
