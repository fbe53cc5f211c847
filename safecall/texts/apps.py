from django.apps import AppConfig


class TextsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "safecall.texts"
    label = "texts"
    verbose_name = "Texts"
