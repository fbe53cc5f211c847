"""Languages that public pages come in, as part of an address."""

from django.conf import settings


class LanguageConverter:
    """One of the languages of the service, such as `es`; anything else is no such page."""

    regex = "|".join(code for code, _ in settings.LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
