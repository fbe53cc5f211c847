from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "safecall.privacy"
    label = "privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        from safecall.privacy import checks  # noqa: F401, PLC0415  registering them is the point
