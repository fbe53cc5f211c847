from django.apps import AppConfig


class DemoConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "safecall.demo"
    label = "demo"
    verbose_name = "Demonstration"
