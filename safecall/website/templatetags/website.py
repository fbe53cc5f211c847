"""What public templates need beside Django's own."""

from datetime import date, datetime
from functools import cache
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from safecall.texts import markdown as texts_markdown

register = template.Library()
_ISO: Final = "%Y-%m-%d"
_ISO_MINUTE: Final = "%Y-%m-%d %H:%M"


@cache
def _locale(tag: str) -> Locale | None:
    """CLDR's data of the language; None where it has none (Hmong)."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _local(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


@register.filter
def day(moment: date | datetime | None) -> str:
    """The day in the page's language, as CLDR writes it; "2026-11-28" where it does not know."""
    if moment is None:
        return ""
    local, locale = _local(moment), _locale(get_language() or "en")
    return format_date(local, "long", locale) if locale else local.strftime(_ISO)


@register.filter
def moment(at: datetime | None) -> str:
    """Day and minute in the page's language and the department's zone."""
    if at is None:
        return ""
    local, locale = timezone.localtime(at), _locale(get_language() or "en")
    return format_datetime(local, "short", None, locale) if locale else local.strftime(_ISO_MINUTE)


@register.filter
def markdown(text: str) -> SafeString:
    """A department's text as HTML."""
    return texts_markdown.html(str(text))
