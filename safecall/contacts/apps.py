from django.apps import AppConfig


class ContactsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "safecall.contacts"
    label = "contacts"
    verbose_name = "Contacts"
